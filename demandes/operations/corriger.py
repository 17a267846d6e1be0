"""An agent corrects a named field of a deposited dossier, with a reason (spec part 13)."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from attestations.donnees import APD
from attestations.models import Attestation
from attestations.operations.terminer import remplacer
from attestations.validite import VIVANTE, Situation, pas_finie, situation
from demandes.documents import apd, attestation_du_depot
from demandes.etats import A_DECIDER
from demandes.models import Demande
from demandes.operations.dossier import exiger_etat, majorite_de, noter, verrouiller_dossier
from demandes.operations.emettre_attestation import emettre
from demandes.operations.prevenir import prevenir
from demandes.operations.prolonger import consigner, suivre
from demandes.operations.refus import ActionImpossible
from demandes.recherche import nom_complet, texte_de_recherche
from demandes.regles.faits import DateNaissance
from referentiels import pays, territoire

PARIS = ZoneInfo("Europe/Paris")
TEXTE = re.compile(r"[^\x00-\x1f\x7f]{1,120}")


def _texte(valeur: str) -> str:
    if not TEXTE.fullmatch(valeur):
        raise ValueError
    return valeur


def _texte_ou_rien(valeur: str) -> str:
    return _texte(valeur) if valeur else ""


def _prenoms(valeur: str) -> list[str]:
    return _texte(valeur).split()


def _sexe(valeur: str) -> str:
    if valeur not in ("M", "F"):
        raise ValueError
    return valeur


def _naissance(valeur: str) -> str:
    return str(DateNaissance.lire(valeur))


def _pays(valeur: str) -> str:
    if not pays.nom_pays(valeur):
        raise ValueError
    return valeur


def _commune(valeur: str) -> dict[str, str]:
    """« 39000 Lons-le-Saunier »: postal code and commune change together."""
    code_postal, _espace, nom = valeur.partition(" ")
    for commune in territoire.service().communes(code_postal):
        if commune.nom.casefold() == nom.strip().casefold():
            return {"code_postal": code_postal, "code_insee": commune.code_insee, "commune": commune.nom}
    raise ValueError


# Field → (label, part of the frozen copy, how the value typed is read: raises ValueError).
CHAMPS: dict[str, tuple[Any, str, Callable[[str], Any]]] = {
    "nom": (_("Nom de famille"), "civil", _texte),
    "nom_usage": (_("Nom d’usage"), "civil", _texte_ou_rien),
    "prenoms": (_("Prénoms"), "civil", _prenoms),
    "sexe": (_("Sexe (M ou F)"), "civil", _sexe),
    "date_naissance": (_("Date de naissance (AAAA-MM-JJ, 00 si inconnu)"), "civil", _naissance),
    "ville_naissance": (_("Ville de naissance"), "civil", _texte_ou_rien),
    "pays_naissance": (_("Pays de naissance (code de deux lettres)"), "civil", _pays),
    "nationalite": (_("Nationalité (code de deux lettres)"), "civil", _pays),
    "ligne": (_("Numéro et rue"), "adresse", _texte),
    "complement": (_("Complément d’adresse"), "adresse", _texte_ou_rien),
    "commune": (_("Code postal et commune"), "adresse", _commune),
}


@transaction.atomic
def corriger(
    *,
    demande_id: UUID,
    agent_id: int,
    version: int | None,
    champ: str,
    valeur: str,
    motif: str,
    maintenant: datetime,
) -> Demande:
    """Change one field of the frozen copy; a new attestation replaces those in force, the person is told.

    `champ` is a key of CHAMPS. The journal keeps the value before and after. Raises `DossierIntrouvable`,
    `DossierModifie`, `ActionImpossible` (etat, champ, valeur, inchange, phrase).
    """
    demande, agent = verrouiller_dossier(demande_id=demande_id, agent_id=agent_id, version=version)
    exiger_etat(demande, *A_DECIDER)
    if not motif.strip():
        raise ActionImpossible("phrase")
    avant, apres = _changer(demande, champ, valeur.strip())
    attestation = _refaire_les_attestations(demande, maintenant)
    demande.personne = nom_complet(demande.donnees["civil"])
    demande.recherche = texte_de_recherche(demande.donnees["civil"])
    noter(
        demande,
        "corriger",
        acteur=agent,
        valeurs={"champ": champ, "avant": avant, "apres": apres, "motif": motif.strip()},
    )
    prevenir(
        demande,
        type="correction",
        cle=f"correction:{demande.pk}:{demande.version}",
        attestation=attestation,
        champ=champ,
        refaite=attestation is not None,
    )
    return demande


def _changer(demande: Demande, champ: str, valeur: str) -> tuple[Any, Any]:
    """Write the value in the frozen copy; gives (before, after)."""
    if champ not in CHAMPS:
        raise ActionImpossible("champ")
    _libelle, partie, lire = CHAMPS[champ]
    try:
        apres = lire(valeur)
    except ValueError:
        raise ActionImpossible("valeur") from None
    if champ == "date_naissance" and str(apres) > demande.donnees["au"]:
        raise ActionImpossible("valeur")
    fige = demande.donnees[partie]
    changes = apres if isinstance(apres, dict) else {champ: apres}
    avant = {nom: fige[nom] for nom in changes}
    if avant == changes:
        raise ActionImpossible("inchange")
    fige.update(changes)
    if champ == "date_naissance":
        demande.donnees["situation"]["date_naissance"] = apres
        demande.majorite_le = majorite_de(demande)
    corrections = demande.donnees.setdefault("corrections", [])
    corrections.append({"champ": champ, "avant": avant, "apres": changes})
    return avant, changes


def _refaire_les_attestations(demande: Demande, maintenant: datetime) -> Attestation | None:
    """Order those in force or yet to start again with the corrected data, each for the same days.

    Gives the one in force, else the first to come. What has ended keeps proving its days as it was issued. A birth
    date may have opened the right to an APD: the chain looks at the dossier again.
    """
    jour = maintenant.astimezone(PARIS).date()
    vivantes = list(demande.attestations.filter(VIVANTE, pas_finie(jour)).order_by("debut"))
    remplacer(demande_id=demande.pk, types={a.type for a in vivantes}, maintenant=maintenant)
    refaites = [
        emettre(
            demande,
            apd(demande, debut=ancienne.debut, emise_le=maintenant)
            if ancienne.type == APD
            else attestation_du_depot(demande),
        )
        for ancienne in vivantes
    ]
    nouvelles = suivre(demande, maintenant)
    consigner(demande, nouvelles)
    refaites += nouvelles
    en_vigueur = [a for a in refaites if situation(a, jour) == Situation.EN_VIGUEUR]
    return next(iter([*en_vigueur[-1:], *refaites]), None)


def valeur_en_mots(valeur: Any) -> str:
    """A value of a correction as one line of text."""
    if isinstance(valeur, list):
        return " ".join(valeur)
    if isinstance(valeur, date):
        return valeur.isoformat()
    return str(valeur)
