"""Find the account and the prefecture of a lost mailbox: a worker does it, the page does the same work for all."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from comptes.authentification import compte_de
from comptes.models import Compte
from demandes.models import RecuperationAdresse
from demandes.operations.adresse_perdue.regler import verrouiller
from demandes.requetes import demandes_de
from referentiels import agdref, territoire
from referentiels.models import Prefecture


@transaction.atomic
def rattacher_recuperation(recuperation_id: UUID, *, maintenant: datetime) -> bool:
    """Give the request its account, if there is one, and the prefecture whose agents look at it.

    The prefecture is the one that has the person's last dossier, else that of the register's address, else that of
    the département typed. False when there is nothing to do. Raises `AgdrefIndisponible`.
    """
    recuperation = verrouiller(recuperation_id, RecuperationAdresse.Etat.OUVERTE)
    if recuperation is None or recuperation.rattachee_le is not None:
        return False
    compte = compte_de(recuperation.identifiant)
    if compte is not None and compte.role == Compte.Role.USAGER and compte.is_active:
        recuperation.compte = compte
        recuperation.prefecture = _prefecture(compte, recuperation.departement)
    recuperation.rattachee_le = maintenant
    recuperation.save(update_fields=["compte", "prefecture", "rattachee_le"])
    return True


def _prefecture(compte: Compte, departement: str) -> Prefecture | None:
    dossier = demandes_de(compte).exclude(prefecture=None).order_by("-deposee_le").first()
    if dossier is not None:
        return dossier.prefecture
    lieux = territoire.service()
    personne = agdref.service().personne(compte.numero_etranger or compte.numero_visa or "")
    commune = ((personne and personne.adresse) or {}).get("code_insee")
    return (lieux.prefecture_de_commune(commune) if commune else None) or lieux.prefecture(departement)
