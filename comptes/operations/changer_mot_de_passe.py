"""Set a new password."""

from uuid import uuid4

from axes.utils import reset
from django.db import transaction

from comptes.models import ChangementAdresse, Compte, EvenementAgent
from comptes.operations.agents.journal import consigner
from comptes.operations.avertir import avertir


def changer_mot_de_passe(*, compte_id: int, mot_de_passe: str) -> Compte:
    """Replace the password by one that has passed the validators, tell the person, lift the lock of failed
    logins.

    Every session ends, as Django ties each to the password; a change of e-mail under way is given up, since
    whoever knew the old password may have asked for it. Links of « mot de passe oublié » stop working.
    """
    with transaction.atomic():
        compte = Compte.objects.select_for_update().get(pk=compte_id)
        compte.set_password(mot_de_passe)
        compte.reinitialisations += 1
        compte.save(update_fields=["password", "reinitialisations"])
        ChangementAdresse.objects.filter(compte=compte).delete()
        avertir(compte=compte, type="mot_de_passe_change", valeurs={}, cle=f"mot_de_passe_change:{uuid4()}")
        if compte.is_staff:
            consigner(EvenementAgent.Type.MOT_DE_PASSE_CHANGE, agent=compte, acteur_id=compte.pk)
        for identifiant in {compte.identifiant, compte.numero_etranger, compte.numero_visa} - {None}:
            reset(username=identifiant)
    return compte
