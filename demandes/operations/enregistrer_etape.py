"""Keep what was typed on one step, valid or not, and note whether the step is done (R-DEPOT-1)."""

import hashlib
import json
import re
import unicodedata
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.datastructures import MultiValueDict

from demandes.models import Demande
from demandes.operations.brouillon import verrouiller_brouillon
from demandes.operations.refus import EtapeFermee, ReponsesPerimees
from demandes.parcours.dossier import Dossier
from demandes.parcours.empreinte import empreinte
from referentiels.formulaires import Formulaire

# How our forms name their fields; what else is posted was not asked.
NOM_DE_CHAMP = re.compile(r"[a-z]+-[a-z0-9_]{1,60}")
# Control, direction, surrogate, private and unassigned: nothing that anybody can read.
SANS_DESSIN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
GARDES = frozenset("\n\r\t\u200c\u200d")
# The columns of a draft that a step can change.
ECRITS = [
    "version",
    "reponses",
    "etapes",
    "pour_mineur",
    "nature",
    "beneficiaire",
    "ephoto_code",
    "modifie_le",
]


def marque_des_reponses(demande: Demande, etape: str) -> str:
    """Mark of a step's stored answers, carried by its page: a stale page is recognised by it."""
    texte = json.dumps(demande.reponses.get(etape), sort_keys=True)
    return hashlib.sha256(texte.encode()).hexdigest()[:16]


@transaction.atomic
def enregistrer_etape(
    *, demande_id: UUID, compte_id: int, etape: str, saisie: MultiValueDict[str, str], marque: str, au: date
) -> tuple[Dossier, Formulaire]:
    """Store the typed answers of `etape`; the step is done if they are valid.

    `saisie` is the posted data, `marque` the `marque_des_reponses` that the page carried. Gives the dossier
    as it now stands and the bound form, with its errors. Raises `BrouillonIntrouvable`, `DejaDeposee`,
    `EtapeFermee` when a step before it is to do first, and `ReponsesPerimees` when the step changed since
    the page was shown, unless it holds the same answers.
    """
    demande = verrouiller_brouillon(demande_id=demande_id, compte_id=compte_id)
    dossier = Dossier(demande, au=au)
    if not dossier.ouverte(etape):
        raise EtapeFermee
    reponses = _champs_de_l_etape(saisie, etape)
    if marque != marque_des_reponses(demande, etape) and reponses != demande.reponses.get(etape):
        raise ReponsesPerimees
    dossier = dossier.repondre(etape, reponses)
    formulaire = dossier.formulaire(etape)
    if formulaire.is_valid():
        _retenir(demande, etape, formulaire, dossier)
        demande.etapes[etape] = empreinte(dossier, etape)
    demande.version += 1
    demande.save(update_fields=ECRITS)
    return dossier, formulaire


def _champs_de_l_etape(saisie: MultiValueDict[str, str], etape: str) -> dict[str, list[str]]:
    """The step's own fields."""
    return {
        nom: [_stockable(valeur) for valeur in valeurs]
        for nom, valeurs in saisie.lists()
        if nom.startswith(f"{etape}-") and NOM_DE_CHAMP.fullmatch(nom)
    }


def _stockable(texte: str) -> str:
    """PostgreSQL stores no NUL and no half of a surrogate pair; signs that hide or turn text would mislead an agent.

    The two joiners of Arabic and Indic scripts and the ends of lines stay.
    """
    return "".join(
        signe for signe in texte if signe in GARDES or unicodedata.category(signe) not in SANS_DESSIN
    )


def _retenir(demande: Demande, etape: str, formulaire: Formulaire, dossier: Dossier) -> None:
    """Copy into columns what lists and constraints need."""
    if etape == "situation":
        demande.pour_mineur = formulaire.cleaned_data["pour"] == "enfant"
        demande.nature = formulaire.cleaned_data["nature"]
        demande.beneficiaire = dossier.beneficiaire
    elif etape == "justificatifs":
        demande.ephoto_code = formulaire.cleaned_data["ephoto_code"]
