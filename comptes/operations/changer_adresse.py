"""Change the e-mail of an account: both addresses confirm it (R-COMPTE-2)."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from comptes import jetons
from comptes.models import ChangementAdresse, Compte
from comptes.operations.avertir import avertir, envoyer_seul
from referentiels.limites import verifier


class LienPerime(Exception):
    """The link is too old, was replaced, or was never one of ours."""


def demander_changement(*, compte_id: int, nouvelle: str) -> ChangementAdresse:
    """Send a link to the present address and one to `nouvelle`, good for 24 hours; an earlier request is
    replaced.

    An account without address needs the new one's confirmation only. Raises TropDEssais.
    """
    verifier(f"adresse:{compte_id}", maximum=5, duree=timedelta(hours=1))
    verifier(f"code:{nouvelle.lower()}", maximum=5, duree=timedelta(hours=1))
    with transaction.atomic():
        compte = Compte.objects.select_for_update().get(pk=compte_id)
        ChangementAdresse.objects.filter(compte=compte).delete()
        changement = ChangementAdresse.objects.create(
            compte=compte, nouvelle=nouvelle, ancienne_confirmee_le=None if compte.email else timezone.now()
        )
        valeurs = {"changement": str(changement.pk)}
        avertir(
            compte=compte, type="adresse_ancienne", valeurs=valeurs, cle=f"adresse_ancienne:{changement.pk}"
        )
        envoyer_seul(
            destinataire=nouvelle,
            type="adresse_nouvelle",
            valeurs=valeurs,
            cle=f"adresse_nouvelle:{changement.pk}",
            compte=compte,
            langue=compte.langue,
        )
    return changement


def confirmer_adresse(*, changement_id: UUID, cote: str, jeton: str) -> bool:
    """Confirm one side (jetons.ANCIENNE or NOUVELLE); give True once both have, the address being changed
    then.

    The person is told at the old address and at the new one. Raises LienPerime.
    """
    with transaction.atomic():
        changement = ChangementAdresse.objects.select_for_update().filter(pk=changement_id).first()
        if (
            changement is None
            or changement.perime
            or cote not in (jetons.ANCIENNE, jetons.NOUVELLE)
            or not jetons.egal(jeton, jetons.jeton_adresse(changement, cote))
        ):
            raise LienPerime
        champ = f"{cote}_confirmee_le"
        if getattr(changement, champ) is None:
            setattr(changement, champ, timezone.now())
            changement.save(update_fields=[champ])
        if changement.ancienne_confirmee_le is None or changement.nouvelle_confirmee_le is None:
            return False
        _changer(changement)
    return True


def _changer(changement: ChangementAdresse) -> None:
    compte = Compte.objects.select_for_update().get(pk=changement.compte_id)
    ancienne, compte.email = compte.email, changement.nouvelle
    compte.email_verifie_le = changement.nouvelle_confirmee_le
    compte.save(update_fields=["email", "email_verifie_le"])
    cle = f"adresse_changee:{changement.pk}"
    avertir(compte=compte, type="adresse_changee", valeurs={}, cle=cle)
    if ancienne:
        envoyer_seul(
            destinataire=ancienne,
            type="adresse_changee",
            valeurs={},
            cle=f"{cle}:ancienne",
            compte=compte,
            langue=compte.langue,
        )
    changement.delete()
