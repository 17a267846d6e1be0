"""« Ce n’est pas moi »: the holder of the account stops a change of address before it takes effect."""

from uuid import UUID

from django.db import transaction

from comptes import jetons
from comptes.models import Compte
from comptes.operations.avertir import avertir
from demandes.courriels import jeton_adresse_perdue
from demandes.models import RecuperationAdresse
from demandes.operations.adresse_perdue.regler import regler
from demandes.operations.refus import RecuperationPerimee

Etat = RecuperationAdresse.Etat


@transaction.atomic
def annuler_par_lien(*, recuperation_id: UUID, jeton: str) -> None:
    """Stop it with the link sent to the old address. Raises `RecuperationPerimee`: done, cancelled, or never ours."""
    recuperation = _acceptee(recuperation_id)
    if recuperation is None or not jetons.egal(jeton, jeton_adresse_perdue(recuperation)):
        raise RecuperationPerimee
    _annuler(recuperation, acteur=None)


@transaction.atomic
def annuler_par_le_compte(*, recuperation_id: UUID, compte_id: int) -> None:
    """Stop it from the account that it is about. Raises `RecuperationPerimee`."""
    recuperation = _acceptee(recuperation_id)
    if recuperation is None or recuperation.compte_id != compte_id:
        raise RecuperationPerimee
    _annuler(recuperation, acteur=recuperation.compte)


def _acceptee(recuperation_id: UUID) -> RecuperationAdresse | None:
    return (
        RecuperationAdresse.objects.select_for_update(of=("self",))
        .select_related("compte")
        .filter(pk=recuperation_id, etat=Etat.ACCEPTEE)
        .first()
    )


def _annuler(recuperation: RecuperationAdresse, *, acteur: Compte | None) -> None:
    regler(recuperation, Etat.ANNULEE, quoi="annuler_recuperation", acteur=acteur)
    if recuperation.compte is not None:
        avertir(
            compte=recuperation.compte,
            type="adresse_perdue_annulee",
            valeurs={},
            cle=f"adresse_perdue_annulee:{recuperation.pk}",
        )
