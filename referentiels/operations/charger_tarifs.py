"""Load the dated table of what is paid when a card is handed over."""

from datetime import date

from django.db import transaction

from referentiels.donnees import lignes
from referentiels.models import Tarif


@transaction.atomic
def charger_tarifs() -> int:
    """Replace the tariff table by tarifs.csv; returns the number of lines."""
    tarifs = [
        Tarif(
            titre_code=ligne["titre_code"],
            fondement=ligne["fondement"],
            nature=ligne["nature"],
            libelle=ligne["libelle"],
            article=ligne["article"],
            euros=int(ligne["euros"]),
            du=date.fromisoformat(ligne["du"]) if ligne["du"] else None,
            au=date.fromisoformat(ligne["au"]) if ligne["au"] else None,
            a_confirmer=ligne["a_confirmer"] == "oui",
            source=ligne["source"],
        )
        for ligne in lignes("tarifs.csv")
    ]
    Tarif.objects.all().delete()
    return len(Tarif.objects.bulk_create(tarifs))
