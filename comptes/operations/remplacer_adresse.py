"""Give an account the address that its holder has proved to be theirs, when the old mailbox is lost."""

from datetime import datetime

from django.db import transaction

from comptes.models import ChangementAdresse, Compte
from comptes.operations.avertir import avertir, envoyer_seul


@transaction.atomic
def remplacer_adresse(*, compte_id: int, nouvelle: str, verifiee_le: datetime, cle: str) -> Compte:
    """Set the address, close every session and the password, and send a link to choose another one.

    Whoever had the old mailbox, or knew the password, is out; the old address is told. `cle` is unique for this
    change.
    """
    compte = Compte.objects.select_for_update().get(pk=compte_id)
    ancienne, compte.email = compte.email, nouvelle
    compte.email_verifie_le = verifiee_le
    # Django ties each session to the password: they all end.
    compte.set_unusable_password()
    compte.reinitialisations += 1
    compte.save(update_fields=["email", "email_verifie_le", "password", "reinitialisations"])
    ChangementAdresse.objects.filter(compte=compte).delete()
    avertir(
        compte=compte,
        type="adresse_perdue_faite",
        valeurs={"rang": compte.reinitialisations},
        cle=f"{cle}:faite",
    )
    if ancienne and ancienne != nouvelle:
        envoyer_seul(
            destinataire=ancienne,
            type="adresse_changee",
            valeurs={},
            cle=f"{cle}:ancienne",
            compte=compte,
            langue=compte.langue,
        )
    return compte
