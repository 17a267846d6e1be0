"""Note in the local register a permit that the prefecture has handed over (R-INSTR-5)."""

from django.db import transaction

from referentiels.agdref import TitreDelivre
from referentiels.models import DocumentAgdref, PersonneAgdref


@transaction.atomic
def enregistrer_titre(titre: TitreDelivre) -> None:
    """Add the permit to its holder's documents, so that the next renewal is pre-filled from it.

    A holder whom the register does not know is added, with the civil status that the prefecture checked. Asked
    twice, nothing changes.
    """
    personne = _titulaire(titre)
    if not personne.statut:
        personne.statut = titre.statut
        personne.lien, personne.statut_du_protege = titre.lien, titre.statut_du_protege
    if personne.residence_reguliere_depuis is None:
        # The register counts the four years of L.424-13 from the first permit that it knows.
        personne.residence_reguliere_depuis = titre.debut
    personne.save()
    DocumentAgdref.objects.get_or_create(
        personne=personne,
        nature=DocumentAgdref.Nature.TITRE,
        numero=titre.numero,
        debut=titre.debut,
        fin=titre.fin,
        defaults={"type": titre.type, "mention": titre.mention, "remis": True},
    )


def _titulaire(titre: TitreDelivre) -> PersonneAgdref:
    champs = [
        (nom, valeur)
        for nom, valeur in (("numero_etranger", titre.numero_etranger), ("numero_visa", titre.numero_visa))
        if valeur
    ]
    for nom, valeur in champs:
        personne = PersonneAgdref.objects.select_for_update().filter(**{nom: valeur}).first()
        if personne is not None:
            return personne
    return PersonneAgdref(**dict(champs), **titre.civil, etat_civil_ofpra=True)
