"""Who is logging in: numéro étranger, visa number or staff login, with a password (R-COMPTE-2)."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import Q
from django.http import HttpRequest

from comptes.identifiants import normaliser_identifiant
from comptes.models import Compte


class IdentifiantBackend(ModelBackend):
    """Django's backend, with several numbers for one account."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **autres
    ) -> Compte | None:
        """Give the account whose number and password these are, else None.

        An unknown number costs the same hash computation as a wrong password.
        """
        if username is None or password is None:
            return None
        compte = compte_de(username)
        if compte is None:
            Compte().set_password(password)
            return None
        if compte.check_password(password) and self.user_can_authenticate(compte):
            return compte
        return None


def compte_de(saisie: str) -> Compte | None:
    """Give the account with this numéro étranger, visa number or staff login, spaces and case ignored."""
    brut, normalise = saisie.strip(), normaliser_identifiant(saisie)
    return (
        Compte.objects.filter(
            Q(identifiant__in={brut, brut.lower(), normalise})
            | Q(numero_etranger=normalise)
            | Q(numero_visa=normalise)
        )
        .order_by("pk")
        .first()
    )
