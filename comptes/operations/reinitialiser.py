"""Lost password: a request is one row, whoever it is for; a worker looks up the account and writes to it."""

from django.db import transaction

from comptes.authentification import compte_de
from comptes.models import Compte, DemandeReinitialisation
from comptes.operations.avertir import avertir
from referentiels.relance import relancer


def demander_reinitialisation(*, identifiant: str) -> None:
    """Note that someone lost the password of the account with this number.

    No account is looked up here: the same row is written, in the same time, for a known and an unknown
    number.
    """
    with transaction.atomic():
        demande = DemandeReinitialisation.objects.create(identifiant=identifiant[:40])
        relancer("comptes.tasks.traiter_reinitialisation", demande.pk)


def traiter_reinitialisation(demande_id: int) -> None:
    """Order the mail with a link for a noted request, if there is such an account, and forget the request.

    The link works once, for one hour from the moment the mail leaves; links sent before stop working.
    """
    with transaction.atomic():
        demande = (
            DemandeReinitialisation.objects.select_for_update(skip_locked=True).filter(pk=demande_id).first()
        )
        if demande is None:
            return
        compte = compte_de(demande.identifiant)
        if compte is not None and compte.is_active and compte.email:
            compte = annuler_les_liens(compte.pk)
            avertir(
                compte=compte,
                type="mot_de_passe_oublie",
                valeurs={"rang": compte.reinitialisations},
                cle=f"mot_de_passe_oublie:{compte.pk}:{compte.reinitialisations}",
            )
        demande.delete()


def annuler_les_liens(compte_id: int) -> Compte:
    """Lock the account and make every link sent so far useless; `reinitialisations` is the rank of the next one.

    Inside a transaction.
    """
    compte = Compte.objects.select_for_update().get(pk=compte_id)
    compte.reinitialisations += 1
    compte.save(update_fields=["reinitialisations"])
    return compte
