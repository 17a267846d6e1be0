"""What a code says, and whether it may be believed (§5.1). Never raises, whatever the text."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from attestations.deuxddoc import message
from attestations.deuxddoc.certificats import Certificat, Certificats, EtatCertificat
from attestations.deuxddoc.champs import OBLIGATOIRES, PERIMETRE, TYPE_DOCUMENT_ETRANGER
from attestations.deuxddoc.entete import Entete, EnteteIllisible
from attestations.deuxddoc.message import GS, Defaut, MessageIllisible, Valeur
from attestations.deuxddoc.signature import US, SignatureIllisible, depuis_base32, signature_valide

# Most characters that a Data Matrix may hold (ISO/IEC 16022: 3,116 digits).
LONGUEUR_MAXIMALE = 3116


class EtatSignature(StrEnum):
    VALIDE = "valide"
    INVALIDE = "invalide"
    # No certificate to check it with, or nothing that is a signature.
    NON_VERIFIEE = "non_verifiee"


@dataclass(frozen=True, kw_only=True, slots=True)
class Anomalie:
    """A defect of the code, and the field that has it, if one has."""

    defaut: Defaut
    identifiant: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The answer of `verifier`. `valeurs` are told even when nothing proves them: look at `authentique` first."""

    entete: Entete | None = None
    valeurs: tuple[Valeur, ...] = ()
    signature: EtatSignature = EtatSignature.NON_VERIFIEE
    etat_certificat: EtatCertificat = EtatCertificat.INCONNU
    certificat: Certificat | None = None
    anomalies: tuple[Anomalie, ...] = ()
    # What follows the signature: nothing protects it.
    annexe: str = ""

    @property
    def malforme(self) -> bool:
        return bool(self.anomalies)

    @property
    def authentique(self) -> bool:
        """Well formed, signed, with a known certificate that was in force that day and is not revoked."""
        return (
            self.signature is EtatSignature.VALIDE
            and self.etat_certificat is EtatCertificat.EN_VIGUEUR
            and not self.malforme
        )

    def texte(self, identifiant: str) -> str | None:
        """The value of a field (« 6K »), None when the code has it not."""
        return next((v.texte for v in self.valeurs if v.identifiant == identifiant), None)


def verifier(texte: str, certificats: Certificats, *, au: date | None = None) -> Verdict:
    """Read a code of version 02 to 04 and check it against `certificats`.

    `au` is today: a code signed later is defective. Fields are read for type 13 of perimeter 01 only; of another
    type the header and the signature are told, and the type is the defect.
    """
    if len(texte) > LONGUEUR_MAXIMALE:
        return Verdict(anomalies=(Anomalie(defaut=Defaut.TROP_LONG),))
    if not texte.isascii():
        return Verdict(anomalies=(Anomalie(defaut=Defaut.ALPHABET),))
    donnees, _separateur, suite = texte.partition(US)
    signature, _separateur, annexe = suite.partition(GS)
    try:
        entete = Entete.lire(donnees)
    except EnteteIllisible:
        return Verdict(anomalies=(Anomalie(defaut=Defaut.ENTETE),))
    valeurs, anomalies = _lire_les_champs(entete, donnees[entete.longueur :])
    if au is not None and entete.signe_le > au:
        anomalies.append(Anomalie(defaut=Defaut.SIGNE_DANS_LE_FUTUR))
    certificat = certificats.trouver(entete.autorite, entete.certificat)
    etat = EtatSignature.NON_VERIFIEE
    try:
        octets = depuis_base32(signature)
    except SignatureIllisible:
        anomalies.append(Anomalie(defaut=Defaut.SIGNATURE))
    else:
        if certificat is not None:
            valide = signature_valide(certificat.cle_publique, donnees.encode("ascii"), octets)
            etat = EtatSignature.VALIDE if valide else EtatSignature.INVALIDE
    return Verdict(
        entete=entete,
        valeurs=tuple(valeurs),
        signature=etat,
        etat_certificat=certificats.etat(certificat, entete.signe_le),
        certificat=certificat,
        anomalies=tuple(anomalies),
        annexe=annexe,
    )


def _lire_les_champs(entete: Entete, texte: str) -> tuple[list[Valeur], list[Anomalie]]:
    if (entete.type_document, entete.perimetre) != (TYPE_DOCUMENT_ETRANGER, PERIMETRE):
        return [], [Anomalie(defaut=Defaut.TYPE_DOCUMENT)]
    try:
        valeurs = message.lire(texte)
    except MessageIllisible as erreur:
        return [], [Anomalie(defaut=erreur.defaut, identifiant=erreur.identifiant)]
    presents = [valeur.identifiant for valeur in valeurs]
    anomalies = [
        *(
            Anomalie(defaut=Defaut.VALEUR, identifiant=valeur.identifiant)
            for valeur in valeurs
            if not valeur.bien_formee
        ),
        *(
            Anomalie(defaut=Defaut.CHAMP_REPETE, identifiant=identifiant)
            for identifiant in sorted(set(presents))
            if presents.count(identifiant) > 1
        ),
        *(
            Anomalie(defaut=Defaut.CHAMP_MANQUANT, identifiant=identifiant)
            for identifiant in OBLIGATOIRES
            if identifiant not in presents
        ),
    ]
    return valeurs, anomalies
