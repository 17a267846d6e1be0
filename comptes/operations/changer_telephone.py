"""Change the telephone number of an account: at once (R-CHGT-1)."""

from comptes.models import Compte


def changer_telephone(*, compte_id: int, telephone: str) -> None:
    """Set the number, in international form (E.164), or remove it with ""."""
    Compte.objects.filter(pk=compte_id).update(telephone=telephone)
