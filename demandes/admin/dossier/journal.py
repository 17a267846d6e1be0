"""The journal in words for the agent: one sentence an event, with who, when and why (R-INSTR-3)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptes.models import Compte
from demandes.admin.dossier.faits import en_mots as faits_en_mots
from demandes.admin.dossier.faits import libelle_du_champ
from demandes.models import Convocation, Demande, Evenement
from demandes.regles.codes import CodePiece
from demandes.regles.textes import PIECES
from demandes.textes import MOTIFS_DE_CLASSEMENT, MOTIFS_DE_PIECE, MOTIFS_DE_REFUS
from referentiels.models import Prefecture

CONSULTATION = "consultation"
CONSULTATIONS_MONTREES = 30

# Type of event → its sentence. `acteur` is always there; the rest comes from the values of the event.
PHRASES = {
    "deposer": gettext_lazy("%(acteur)s a déposé la demande."),
    "retirer": gettext_lazy("%(acteur)s a retiré la demande."),
    "prendre_en_charge": gettext_lazy("%(acteur)s a commencé l’examen."),
    "affecter": gettext_lazy("%(acteur)s a confié le dossier à %(a)s."),
    "examiner_piece:acceptee": gettext_lazy("%(acteur)s a accepté la pièce « %(piece)s »."),
    "examiner_piece:refusee": gettext_lazy("%(acteur)s a refusé la pièce « %(piece)s »."),
    "examiner_piece:": gettext_lazy("%(acteur)s a remis à examiner la pièce « %(piece)s »."),
    "accepter_les_pieces": gettext_lazy("%(acteur)s a accepté les pièces qui restaient : %(pieces)s."),
    "demander_complement": gettext_lazy("%(acteur)s a demandé un complément : %(pieces)s."),
    "transmettre_complement": gettext_lazy("%(acteur)s a transmis le complément."),
    "renoncer_au_complement": gettext_lazy("%(acteur)s a renoncé au complément. L’examen a repris."),
    "verifier_statut": gettext_lazy("%(acteur)s a vérifié le statut déclaré."),
    "etat_civil_recu": gettext_lazy("%(acteur)s a noté que l’OFPRA a rendu l’état civil."),
    "decider_favorable": gettext_lazy("%(acteur)s a pris une décision favorable."),
    "proposer_refus": gettext_lazy("%(acteur)s a proposé un refus."),
    "confirmer_refus": gettext_lazy("%(acteur)s a confirmé le refus."),
    "renvoyer_refus": gettext_lazy("%(acteur)s a renvoyé la proposition de refus."),
    "classer_sans_suite": gettext_lazy("%(acteur)s a classé la demande sans suite."),
    "annoncer_titre": gettext_lazy("%(acteur)s a annoncé le titre : %(euros)s € à payer."),
    "remettre_titre": gettext_lazy("%(acteur)s a remis le titre."),
    "corriger": gettext_lazy("%(acteur)s a corrigé « %(champ)s » : « %(avant)s » devient « %(apres)s »."),
    "transferer": gettext_lazy("%(acteur)s a transféré le dossier : %(de)s, puis %(vers)s."),
    "convoquer": gettext_lazy("%(acteur)s a donné un rendez-vous : %(objet)s."),
    "honorer_convocation": gettext_lazy("%(acteur)s a noté que la personne est venue : %(objet)s."),
    "annuler_convocation": gettext_lazy("%(acteur)s a annulé un rendez-vous : %(objet)s."),
    "traiter_rectification:corrigee": gettext_lazy(
        "%(acteur)s a répondu à l’erreur signalée sur « %(champ)s » : corrigée."
    ),
    "traiter_rectification:refusee": gettext_lazy(
        "%(acteur)s a répondu à l’erreur signalée sur « %(champ)s » : refusée."
    ),
    "ephoto_valide": gettext_lazy("Le code e-photo est vérifié."),
    "ephoto_refusee": gettext_lazy("Le code e-photo a expiré ou a déjà servi."),
    "ephoto_introuvable": gettext_lazy("Le code e-photo reste inconnu après 72 heures."),
    "prolonger": gettext_lazy("Une APD est établie, à la suite de la précédente."),
    "ordonner_apd": gettext_lazy("%(acteur)s a ordonné une APD."),
    "enfant_invite": gettext_lazy("Un lien est parti pour ouvrir le compte de l’enfant."),
    "signaler_erreur": gettext_lazy("%(acteur)s a signalé une erreur."),
    "demander_report": gettext_lazy("%(acteur)s a demandé une autre date de rendez-vous."),
    "complement_rappele": gettext_lazy("Un rappel du complément est parti."),
    "classement_propose": gettext_lazy("Le complément attend depuis 60 jours : un classement est possible."),
    "delai_legal_depasse": gettext_lazy("Le délai légal est passé."),
    "retrait_rappele": gettext_lazy("Un rappel est parti : la carte attend à la préfecture."),
    CONSULTATION: gettext_lazy("%(acteur)s a ouvert %(objet)s."),
}
# A journal outlives the program that wrote it: the page must open whatever it finds there.
AUTRE_EVENEMENT = gettext_lazy("%(acteur)s : événement « %(type)s ».")
# Where the « why » of an event is a code, its list.
MOTIFS: dict[str, Mapping[str, Any]] = {
    "examiner_piece": MOTIFS_DE_PIECE,
    "proposer_refus": MOTIFS_DE_REFUS,
    "confirmer_refus": MOTIFS_DE_REFUS,
    "classer_sans_suite": MOTIFS_DE_CLASSEMENT,
    "etat_civil_recu": {"registre": gettext_lazy("Lu dans le registre des étrangers.")},
}


@dataclass(frozen=True)
class Ligne:
    """One line of the journal; `pourquoi` is "" when the event gives no reason."""

    le: datetime
    phrase: str
    pourquoi: str


@dataclass(frozen=True)
class Journal:
    """What was done, newest first; the last look-ups and how many there are."""

    actes: list[Ligne]
    consultations: list[Ligne]
    nombre_de_consultations: int


def journal(demande: Demande) -> Journal:
    """The whole journal but for the older look-ups."""
    evenements = Evenement.objects.filter(demande=demande).select_related("acteur").order_by("-le", "-pk")
    consultations = evenements.filter(type=CONSULTATION)
    return Journal(
        actes=en_mots(evenements.exclude(type=CONSULTATION)),
        consultations=en_mots(consultations[:CONSULTATIONS_MONTREES]),
        nombre_de_consultations=consultations.count(),
    )


def changements_depuis(demande: Demande, versions: int) -> list[Ligne]:
    """The last acts, one for each of the `versions` that a page has missed: what to tell its reader."""
    actes = Evenement.objects.filter(demande=demande).exclude(type=CONSULTATION).select_related("acteur")
    return en_mots(actes.order_by("-le", "-pk")[: max(1, min(versions, 5))])


def en_mots(evenements: Iterable[Evenement]) -> list[Ligne]:
    """One line an event, in their order; what their values name is read all at once."""
    evenements = list(evenements)
    noms = _noms(evenements)
    return [
        Ligne(evenement.le, _phrase(evenement) % _valeurs(evenement, noms), _pourquoi(evenement))
        for evenement in evenements
    ]


def acteur_en_mots(compte: Compte | None) -> str:
    """Who did it: an agent by name, the person, or the portal by itself."""
    if compte is None:
        return _("Le portail")
    return _("La personne") if compte.role == Compte.Role.USAGER else str(compte)


def _phrase(evenement: Evenement) -> str:
    precision = evenement.valeurs.get("avis", evenement.valeurs.get("etat", ""))
    cle = evenement.type if evenement.type in PHRASES else f"{evenement.type}:{precision}"
    return str(PHRASES.get(cle, AUTRE_EVENEMENT))


def _noms(evenements: list[Evenement]) -> dict[str, dict[Any, str]]:
    """Names of the agents and of the prefectures that the events give by their number."""
    agents = {e.valeurs["a"] for e in evenements if e.type == "affecter"}
    lieux = {e.valeurs[cote] for e in evenements if e.type == "transferer" for cote in ("de", "vers")}
    return {
        "agents": {a.pk: str(a) for a in Compte.objects.filter(pk__in=agents)} if agents else {},
        "prefectures": {p.pk: p.nom for p in Prefecture.objects.filter(pk__in=lieux)} if lieux else {},
    }


def _valeurs(evenement: Evenement, noms: dict[str, dict[Any, str]]) -> dict[str, str]:
    """What the sentence names, in words."""
    mots = defaultdict(str, acteur=acteur_en_mots(evenement.acteur), type=evenement.type)
    for nom, valeur in evenement.valeurs.items():
        if nom == "piece":
            mots[nom] = _piece(valeur)
        elif nom == "pieces":
            mots[nom] = ", ".join(map(_piece, valeur)) or _("aucune")
        elif nom == "a":
            mots[nom] = noms["agents"].get(valeur, "")
        elif nom in ("de", "vers"):
            mots[nom] = noms["prefectures"].get(valeur, "")
        elif nom == "champ":
            mots[nom] = libelle_du_champ(valeur)
        elif nom in ("avant", "apres"):
            mots[nom] = faits_en_mots(valeur)
        elif nom == "objet" and evenement.type == CONSULTATION:
            mots[nom] = _("le dossier") if valeur == "dossier" else _("un document")
        elif nom == "objet":
            mots[nom] = str(Convocation.Objet(valeur).label)
        else:
            mots[nom] = str(valeur)
    return mots


def _pourquoi(evenement: Evenement) -> str:
    valeurs = evenement.valeurs
    motif = valeurs.get("motif") or valeurs.get("majoration") or ""
    motif = str(MOTIFS.get(evenement.type, {}).get(motif, motif))
    return " ".join(filter(None, (motif, valeurs.get("explication", ""))))


def _piece(code: str) -> str:
    return PIECES[CodePiece(code)].libelle if code in set(CodePiece) else code
