"""Step 1 of a sign-up: the document shown is one that AGDREF knows (R-COMPTE-1)."""

from datetime import date
from uuid import UUID

from django.db import transaction

from comptes.models import Inscription
from comptes.operations.creer_compte import CompteExistant, compte_existant
from comptes.operations.rapprocher import rapprocher
from referentiels import agdref


class DocumentInconnu(Exception):
    """No document with this number and these two dates; never said which of the three is wrong."""


def ouvrir_inscription(
    *, document: str, numero: str, debut: date, fin: date, precedente: UUID | None = None
) -> Inscription:
    """Open a sign-up for the holder of the document with this number (or numéro étranger) and exactly these
    days.

    `document` is what the person says it is (titre, recepisse, atda, visa); it is kept to be shown again, not
    compared: who calls a récépissé a titre is not stopped for it. `precedente` is the sign-up that this
    session had: kept, with its verified address, when it is for the same person; replaced otherwise. Raises
    DocumentInconnu; CompteExistant, only once number and both dates are right; AgdrefIndisponible.
    """
    registre = agdref.service()
    connu = registre.document(identifiant=numero, debut=debut, fin=fin)
    personne = registre.personne(connu.titulaire) if connu else None
    if personne is None:
        raise DocumentInconnu
    saisie = {"document": document, "numero": numero, "debut": debut.isoformat(), "fin": fin.isoformat()}
    compte = compte_existant(numero_etranger=personne.numero_etranger, numero_visa=personne.numero_visa)
    if compte is not None:
        rapprocher(compte_id=compte.pk)
        raise CompteExistant
    with transaction.atomic():
        inscription = Inscription.objects.select_for_update().filter(pk=precedente).first()
        if (
            inscription is not None
            and not inscription.perimee
            and (
                (inscription.numero_etranger, inscription.numero_visa)
                == (personne.numero_etranger, personne.numero_visa)
            )
        ):
            inscription.saisie = saisie
            inscription.save(update_fields=["saisie"])
            return inscription
        if inscription is not None:
            inscription.delete()
        return Inscription.objects.create(
            numero_etranger=personne.numero_etranger,
            numero_visa=personne.numero_visa,
            nom=personne.nom,
            prenoms=" ".join(personne.prenoms),
            saisie=saisie,
        )
