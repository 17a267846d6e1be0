"""Health for probes: alive, and ready with its database, broker and storage."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from attestations.models import Attestation
from comptes.models import Courriel

CLE_BATTEMENT = "sante:battement"


@login_not_required
def vivant(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"etat": "vivant"})


@login_not_required
def pret(request: HttpRequest) -> JsonResponse:
    """200 when the database, the broker and the storage answer, 503 otherwise, with the age of what waits."""
    etats = {nom: _essayer(essai) for nom, essai in ESSAIS.items()}
    corps: dict[str, object] = {**etats}
    if etats["base"]:
        corps["attente_s"] = _plus_vieille_attente()
    tout_va = all(etats.values())
    return JsonResponse(corps, status=200 if tout_va else 503)


def _essayer(essai: Callable[[], object]) -> bool:
    try:
        essai()
    except Exception:  # noqa: BLE001 - a probe reports any failure, whatever its kind
        return False
    return True


def _base() -> None:
    with connection.cursor() as curseur:
        curseur.execute("SELECT 1")


def _courtier() -> None:
    cache.get(CLE_BATTEMENT)


def _stockage() -> None:
    default_storage.exists("sante")


ESSAIS: dict[str, Callable[[], object]] = {"base": _base, "courtier": _courtier, "stockage": _stockage}


def _plus_vieille_attente() -> dict[str, int | None]:
    """Age in seconds of the oldest order not yet carried out, by kind."""
    maintenant = timezone.now()
    attentes = {
        "attestations": Attestation.objects.filter(etat="a_produire"),
        "courriels": Courriel.objects.filter(etat="a_envoyer"),
    }
    ages: dict[str, int | None] = {}
    for nom, lignes in attentes.items():
        plus_vieille = lignes.order_by("cree_le").values_list("cree_le", flat=True).first()
        ages[nom] = int((maintenant - plus_vieille).total_seconds()) if plus_vieille else None
    return ages
