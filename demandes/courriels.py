"""What the mails of the demandes need beyond their values: links and codes derived from a row, never stored.

`comptes.redaction` writes the mails and knows nothing of this app: `DemandesConfig.ready` hands these over.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from comptes import jetons
from comptes.models import Courriel
from comptes.redaction import SansObjet
from demandes.models import RecuperationAdresse


def code_adresse_perdue(recuperation: RecuperationAdresse) -> str:
    """The 6 digits of the last mail sent to the new address; another mail gives another code."""
    return jetons.code(
        "adresse_perdue", str(recuperation.pk), recuperation.nouvelle, str(recuperation.envois)
    )


def jeton_adresse_perdue(recuperation: RecuperationAdresse) -> str:
    """The token of the link by which the old address says no."""
    return jetons.jeton("adresse_perdue_annuler", str(recuperation.pk), recuperation.nouvelle)


def _code(courriel: Courriel) -> dict[str, Any]:
    recuperation = RecuperationAdresse.objects.filter(
        pk=courriel.valeurs["recuperation"], etat=RecuperationAdresse.Etat.EN_COURS
    ).first()
    # Replaced by a newer code, used, or too old.
    if (
        recuperation is None
        or recuperation.envois != courriel.valeurs["envoi"]
        or recuperation.verifiee_le is not None
        or recuperation.code_expire_le is None
        or recuperation.code_expire_le <= timezone.now()
    ):
        raise SansObjet
    return {
        "code": code_adresse_perdue(recuperation),
        "minutes": int(RecuperationAdresse.DUREE_CODE.total_seconds() // 60),
        "lien": _absolu("demandes:accueil"),
    }


def _avis(courriel: Courriel) -> dict[str, Any]:
    recuperation = _acceptee(courriel)
    return {
        "effet_le": _instant(courriel),
        "lien": _absolu(
            "demandes:adresse_perdue_annuler", recuperation.pk, jeton_adresse_perdue(recuperation)
        ),
    }


def _accord(courriel: Courriel) -> dict[str, Any]:
    _acceptee(courriel)
    return {"effet_le": _instant(courriel), "lien": _absolu("comptes:connexion")}


def _connexion(courriel: Courriel) -> dict[str, Any]:
    return {"lien": _absolu("comptes:connexion")}


def _declarations(courriel: Courriel) -> dict[str, Any]:
    return {"lien": _absolu("demandes:declarations")}


def _contact(courriel: Courriel) -> dict[str, Any]:
    return {"lien": _absolu("assistance:contact")}


def _acceptee(courriel: Courriel) -> RecuperationAdresse:
    recuperation = RecuperationAdresse.objects.filter(
        pk=courriel.valeurs["recuperation"], etat=RecuperationAdresse.Etat.ACCEPTEE
    ).first()
    if recuperation is None:
        raise SansObjet
    return recuperation


def _instant(courriel: Courriel) -> datetime:
    return timezone.localtime(datetime.fromisoformat(courriel.valeurs["effet"]))


def _absolu(nom: str, *arguments: object) -> str:
    return settings.BASE_URL + reverse(nom, args=arguments)


PREPARATIONS: dict[str, Callable[[Courriel], dict[str, Any]]] = {
    "adresse_perdue_code": _code,
    "adresse_perdue_recue": _contact,
    "adresse_perdue_refusee": _contact,
    "adresse_perdue_avis": _avis,
    "adresse_perdue_accord": _accord,
    "adresse_perdue_annulee": _connexion,
    "declaration_recue": _declarations,
    "declaration_acceptee": _declarations,
    "declaration_refusee": _declarations,
}
