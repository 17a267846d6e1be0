"""What an agent has checked and the local register had wrong: a permit, its hand-over, a status (spec part 13)."""

from django.db import IntegrityError, transaction
from django.db.models import Q

from referentiels.corrections import TitreCorrige, TitreInconnu, TitreVise
from referentiels.models import DocumentAgdref, PersonneAgdref


@transaction.atomic
def noter_non_remis(titre: TitreVise) -> None:
    """Note that the permit was never handed over; it stays in the register. Raises `TitreInconnu`."""
    document = _titre(titre)
    document.remis = False
    document.save(update_fields=["remis"])


@transaction.atomic
def corriger_titre(titre: TitreVise, corrige: TitreCorrige) -> None:
    """Write the right type, number and days over the wrong ones. Raises `TitreInconnu`."""
    document = _titre(titre)
    document.type, document.numero = corrige.type, corrige.numero
    document.debut, document.fin, document.remis = corrige.debut, corrige.fin, True
    try:
        with transaction.atomic():
            document.save()
    except IntegrityError:
        # The right permit was there already, beside the wrong one.
        document.delete()


@transaction.atomic
def ajouter_titre(identifiant: str, titre: TitreCorrige) -> None:
    """Add a permit that its holder has in hand; again with the same one changes nothing. Raises `TitreInconnu`."""
    DocumentAgdref.objects.get_or_create(
        personne=_personne(identifiant),
        nature=DocumentAgdref.Nature.TITRE,
        numero=titre.numero,
        debut=titre.debut,
        fin=titre.fin,
        defaults={"type": titre.type, "remis": True},
    )


@transaction.atomic
def corriger_statut(identifiant: str, statut: str) -> None:
    """Write the status of a protected person. Raises `TitreInconnu`."""
    personne = _personne(identifiant)
    personne.statut, personne.lien, personne.statut_du_protege = statut, "", ""
    personne.save(update_fields=["statut", "lien", "statut_du_protege"])


def _personne(identifiant: str) -> PersonneAgdref:
    if not identifiant:
        raise TitreInconnu
    personne = (
        PersonneAgdref.objects.select_for_update()
        .filter(Q(numero_etranger=identifiant) | Q(numero_visa=identifiant))
        .first()
    )
    if personne is None:
        raise TitreInconnu
    return personne


def _titre(titre: TitreVise) -> DocumentAgdref:
    document = (
        DocumentAgdref.objects.select_for_update()
        .filter(
            personne=_personne(titre.identifiant),
            nature=DocumentAgdref.Nature.TITRE,
            numero=titre.numero,
            debut=titre.debut,
            fin=titre.fin,
        )
        .first()
    )
    if document is None:
        raise TitreInconnu
    return document
