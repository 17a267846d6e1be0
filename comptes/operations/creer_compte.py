"""Create the account of an usager."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from comptes.models import Compte
from comptes.operations.avertir import avertir


class CompteExistant(Exception):
    """There is an account already with one of these numbers."""


def creer_compte(
    *,
    numero_etranger: str = "",
    numero_visa: str = "",
    nom: str,
    prenoms: str,
    email: str,
    mot_de_passe: str,
    telephone: str = "",
    email_verifie_le: datetime | None,
) -> Compte:
    """Create an account whose login is the numéro étranger (10 digits), or the visa number of who has no
    other.

    `mot_de_passe` has passed the validators. A welcome message goes to the address and to the account. Raises
    CompteExistant, also when two sign-ups for one number end at the same instant; ValueError without any
    number.
    """
    if not (numero_etranger or numero_visa):
        raise ValueError("an usager has a numéro étranger or a visa number")
    with transaction.atomic():
        if compte_existant(numero_etranger=numero_etranger, numero_visa=numero_visa) is not None:
            raise CompteExistant
        try:
            with transaction.atomic():
                compte = Compte.objects.create_user(
                    numero_etranger or numero_visa,
                    mot_de_passe,
                    numero_etranger=numero_etranger or None,
                    numero_visa=numero_visa or None,
                    nom=nom,
                    prenoms=prenoms,
                    email=email,
                    telephone=telephone,
                    email_verifie_le=email_verifie_le,
                )
        except IntegrityError as erreur:
            if compte_existant(numero_etranger=numero_etranger, numero_visa=numero_visa) is None:
                raise
            raise CompteExistant from erreur
        avertir(compte=compte, type="bienvenue", valeurs={}, cle=f"bienvenue:{compte.pk}")
    return compte


def compte_existant(*, numero_etranger: str, numero_visa: str) -> Compte | None:
    """Give the account that has one of these numbers ("" for none)."""
    numeros = [n for n in (numero_etranger, numero_visa) if n]
    return (
        Compte.objects.filter(
            Q(identifiant__in=numeros) | Q(numero_etranger__in=numeros) | Q(numero_visa__in=numeros)
        )
        .order_by("pk")
        .first()
    )
