"""The answer to whoever shows a code, a number or a share code (R-ATT-3)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from attestations.deuxddoc.certificats import Certificats, EtatCertificat
from attestations.deuxddoc.message import Defaut
from attestations.deuxddoc.signature import US
from attestations.deuxddoc.verification import EtatSignature, Verdict, verifier
from attestations.donnees import CONFIRMATION_DEPOT, DonneesAttestation, Droits
from attestations.lecture import lire
from attestations.models import Attestation
from attestations.phrases import phrases

# More codes than this in one file are no honest document.
CODES_MAXIMUM = 5


class Issue(StrEnum):
    EN_VIGUEUR = "en_vigueur"
    PAS_ENCORE = "pas_encore"
    TERMINEE = "terminee"
    REMPLACEE = "remplacee"
    REVOQUEE = "revoquee"
    # The code was changed or made up.
    CONTREFAITE = "contrefaite"
    # A 2D-Doc of another issuer, or of another kind of document.
    ETRANGERE = "etrangere"
    # Signed with a certificate that was not, or is no longer, to be trusted.
    CERTIFICAT_REFUSE = "certificat_refuse"
    # The signature is right, and yet no document of ours says this.
    NON_ENREGISTREE = "non_enregistree"
    # No such document for this number and date, or for this share code: which is not told.
    INTROUVABLE = "introuvable"


AUTHENTIQUES = frozenset(
    {Issue.EN_VIGUEUR, Issue.PAS_ENCORE, Issue.TERMINEE, Issue.REMPLACEE, Issue.REVOQUEE}
)
# The documents whose rights are told: those of a document without effect would be read as still there.
AVEC_DROITS = frozenset({Issue.EN_VIGUEUR, Issue.PAS_ENCORE})


@dataclass(frozen=True, kw_only=True, slots=True)
class Reponse:
    """All that is told. `type`, dates and `droits` come from the document that we issued, and only then.

    `titulaire` is the name as the code itself has it: who shows the code has it already. `raisons` say why a code
    is not believed. `fichier_modifie`: the PDF is not, byte for byte, the one that we made. `sans_valeur`: signed
    for a trial or a demonstration.
    """

    issue: Issue
    type: str = ""
    debut: date | None = None
    fin: date | None = None
    droits: Droits | None = None
    titulaire: str = ""
    raisons: tuple[str, ...] = ()
    fichier_modifie: bool = False
    sans_valeur: bool = False

    @property
    def authentique(self) -> bool:
        return self.issue in AUTHENTIQUES

    @property
    def nom_du_type(self) -> str:
        return str(Attestation.Type(self.type).label)

    @property
    def est_une_confirmation(self) -> bool:
        return self.type == CONFIRMATION_DEPOT


INTROUVABLE = Reponse(issue=Issue.INTROUVABLE)


def repondre_au_fichier(octets: bytes, connus: Certificats, *, au: date) -> list[Reponse]:
    """One answer for each code of a PDF or a photo; none when it has no code.

    Raises attestations.lecture.FichierRefuse. The file is read in a process of its own and is not kept.
    """
    empreinte = hashlib.sha256(octets).hexdigest() if octets.startswith(b"%PDF-") else ""
    textes = lire(octets)[:CODES_MAXIMUM]
    return [repondre_au_code(texte, connus, au=au, empreinte=empreinte) for texte in textes]


def repondre_au_code(texte: str, connus: Certificats, *, au: date, empreinte: str = "") -> Reponse:
    """The answer for the text of one code. `empreinte` is the SHA-256 of the PDF that carries it, if one does."""
    verdict = verifier(texte, connus, au=au)
    if not verdict.authentique:
        return Reponse(issue=_refus(verdict), raisons=tuple(phrases(verdict)))
    attestation = _du_registre(texte, verdict)
    if attestation is None:
        return Reponse(issue=Issue.NON_ENREGISTREE)
    reponse = repondre_a_l_attestation(attestation, au=au)
    return replace(
        reponse,
        titulaire=_titulaire(verdict),
        fichier_modifie=bool(empreinte and attestation.sha256 and empreinte != attestation.sha256),
        sans_valeur=reponse.sans_valeur or (verdict.entete is not None and verdict.entete.de_test),
    )


def repondre_au_numero(numero: str, naissance: str, *, au: date) -> Reponse:
    """The answer for the 19 digits and the birth date printed (« 1990-03-00 »).

    One query for both: an unknown number and a wrong date cost the same and say the same. Of several documents the
    one in force is told, else the last that was issued; a confirmation only when there is nothing better.
    """
    trouvees = list(
        Attestation.objects.filter(donnees__numero=numero, donnees__date_naissance=naissance).order_by(
            "cree_le", "pk"
        )
    )
    if not trouvees:
        return INTROUVABLE
    return repondre_a_l_attestation(_la_plus_utile(trouvees, au), au=au)


def repondre_a_l_attestation(attestation: Attestation, *, au: date) -> Reponse:
    """What is told of a document of ours, without its holder's name."""
    donnees = DonneesAttestation.depuis_dict(attestation.donnees)
    issue = issue_de(attestation, au)
    return Reponse(
        issue=issue,
        type=attestation.type,
        debut=attestation.debut,
        fin=attestation.fin,
        droits=donnees.droits if issue in AVEC_DROITS else None,
        sans_valeur=donnees.demonstration,
    )


def issue_de(attestation: Attestation, au: date) -> Issue:
    """Whether the document is in force on day `au`, both ends included; revoked and replaced come first."""
    if attestation.revoquee_le is not None:
        return Issue.REVOQUEE
    if attestation.remplacee_le is not None:
        return Issue.REMPLACEE
    if au < attestation.debut:
        return Issue.PAS_ENCORE
    if attestation.fin is not None and au > attestation.fin:
        return Issue.TERMINEE
    return Issue.EN_VIGUEUR


def _la_plus_utile(attestations: Sequence[Attestation], au: date) -> Attestation:
    candidates = [a for a in attestations if a.type != CONFIRMATION_DEPOT] or attestations
    en_vigueur = [a for a in candidates if issue_de(a, au) is Issue.EN_VIGUEUR]
    return (en_vigueur or candidates)[-1]


def _du_registre(texte: str, verdict: Verdict) -> Attestation | None:
    """Our document that says exactly what was signed.

    The signature itself is not compared: of one ECDSA signature anybody makes a second valid one.
    """
    signe = texte.partition(US)[0]
    for attestation in Attestation.objects.filter(donnees__numero=verdict.texte("6K")).order_by("pk"):
        if attestation.texte_2ddoc.partition(US)[0] == signe:
            return attestation
    return None


def _refus(verdict: Verdict) -> Issue:
    """Why a code that is not authentic is not, from what cannot be ours to what looks most like it."""
    if Defaut.TYPE_DOCUMENT in {anomalie.defaut for anomalie in verdict.anomalies}:
        return Issue.ETRANGERE
    if verdict.entete is None or verdict.signature is EtatSignature.INVALIDE or verdict.malforme:
        return Issue.CONTREFAITE
    return Issue.ETRANGERE if verdict.etat_certificat is EtatCertificat.INCONNU else Issue.CERTIFICAT_REFUSE


def _titulaire(verdict: Verdict) -> str:
    """« UMID, FARHAD HAIDARI FICTIF », with the name of use where there is one."""
    valeurs = {valeur.identifiant: valeur for valeur in verdict.valeurs}
    morceaux = []
    for identifiant in ("60", "62", "63"):
        valeur = valeurs.get(identifiant)
        if valeur is None or not valeur.texte:
            continue
        texte = valeur.texte.replace("/", ", ") + ("…" if valeur.tronquee else "")
        morceaux.append(f"({texte})" if identifiant == "63" else texte)
    return " ".join(morceaux)
