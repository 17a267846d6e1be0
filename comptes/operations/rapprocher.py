"""Give an account opened with a visa the numéro étranger that AGDREF has meanwhile given its holder."""

from django.db import IntegrityError, transaction

from comptes.models import Compte
from referentiels import agdref


def rapprocher(*, compte_id: int) -> bool:
    """Ask AGDREF for the numéro étranger of an account that has only a visa number; both are the login from
    then on.

    Gives whether a number was added. An AGDREF that does not answer changes nothing: the visa number still
    works.
    """
    compte = Compte.objects.filter(
        pk=compte_id, numero_etranger__isnull=True, numero_visa__isnull=False
    ).first()
    if compte is None:
        return False
    try:
        personne = agdref.service().personne(compte.numero_visa)
    except agdref.AgdrefIndisponible:
        return False
    if personne is None or not personne.numero_etranger:
        return False
    try:
        with transaction.atomic():
            return bool(
                Compte.objects.filter(pk=compte_id, numero_etranger__isnull=True).update(
                    numero_etranger=personne.numero_etranger
                )
            )
    except IntegrityError:
        # Another account holds that number already: two accounts of one person stay apart until an agent
        # looks.
        return False
