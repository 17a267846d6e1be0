"""Deposited dossiers as the queue reads them, written at once: no person goes through the five steps here."""

import itertools
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from comptes.models import Compte
from demandes.etats import CLOS, Etat
from demandes.models import Demande
from demandes.recherche import nom_complet, texte_de_recherche
from tests import dossiers_d_essai as essai

_rangs = itertools.count(1)


def dossier(
    nom: str = "EXEMPLE-FICTIF", prenoms: str = "Sara", *, prefecture: str = "39", etat: str = Etat.DEPOSEE,
    **valeurs: Any,
) -> Demande:  # fmt: skip
    """A dossier of that prefecture in that state, deposited a month ago; `droits` is in days from today, or None."""
    rang = next(_rangs)
    civil = {"nom": nom, "nom_usage": valeurs.pop("nom_usage", ""), "prenoms": prenoms.split()}
    deposee_le = valeurs.pop("deposee_le", timezone.now() - timedelta(days=30))
    droits = valeurs.pop("droits", 100)
    defauts = {
        "compte": valeurs.get("compte") or essai.compte(numero_etranger=essai.numero()),
        "beneficiaire": f"98{rang:08d}",
        "numero": f"{essai.prefecture(prefecture).site}202611{rang:09d}",
        "prefecture_id": prefecture,
        "etat": etat,
        "deposee_le": deposee_le,
        "etat_depuis": deposee_le,
        "droits_jusqu_au": None if droits is None else timezone.localdate() + timedelta(days=droits),
        "titre_code": "CR10",
        "nature": "premiere",
        "controle": "confirme",
        "donnees": {"civil": civil},
        "personne": nom_complet(civil),
        "recherche": texte_de_recherche(civil),
        "close_le": timezone.now() - timedelta(minutes=rang) if etat in CLOS else None,
    }
    return Demande.objects.create(**{**defauts, **valeurs})


def plusieurs(nombre: int, **valeurs: Any) -> list[Demande]:
    """`nombre` dossiers alike, of one account."""
    compte: Compte = essai.compte(numero_etranger=essai.numero())
    return [dossier(**{"compte": compte, **valeurs}) for _rang in range(nombre)]


def a_midi(jour: date) -> datetime:
    """Noon of `jour` in Paris."""
    return timezone.make_aware(datetime(jour.year, jour.month, jour.day, 12))
