"""The last step of a lost mailbox: the identity document, normalised at once, and the request is sent."""

import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction

from comptes.operations.avertir import envoyer_seul
from demandes.models import RecuperationAdresse, Trace
from demandes.normalisation.detection import OCTETS_UTILES
from demandes.normalisation.fichier import APERCU, CONTENU, Normalise, verifier_entete
from demandes.normalisation.isolement import Plantage, normaliser_a_part
from demandes.normalisation.motifs import Motif, Refuse
from demandes.operations.adresse_perdue.ouvrir import en_cours
from demandes.operations.refus import FichierRefuse, RecuperationPerimee
from referentiels.relance import relancer

DOSSIER = "identites"
# The person waits for the answer: less than a worker may take.
DELAI_S = 10.0


def joindre_identite(*, recuperation_id: UUID, contenu: File, maintenant: datetime) -> None:
    """Check and normalise the document in a process of its own, keep that copy alone, and send the request.

    The upload itself is never stored. Raises `RecuperationPerimee` (also before the new address is verified);
    `FichierRefuse`, and then nothing is kept.
    """
    with transaction.atomic():
        _verifiee(recuperation_id, maintenant)
    with tempfile.TemporaryDirectory(prefix="identite-") as nom:
        dossier = Path(nom)
        resultat = _normaliser(contenu, dossier)
        ecrits: list[str] = []
        try:
            for partie in (CONTENU, APERCU):
                with (dossier / partie).open("rb") as octets:
                    ecrits.append(default_storage.save(_nom_de_stockage(), File(octets)))
            with transaction.atomic():
                _envoyer(_verifiee(recuperation_id, maintenant), ecrits, resultat, maintenant)
        except BaseException:
            for ecrit in ecrits:
                default_storage.delete(ecrit)
            raise


def _verifiee(recuperation_id: UUID, maintenant: datetime) -> RecuperationAdresse:
    recuperation = en_cours(recuperation_id, maintenant)
    if recuperation.verifiee_le is None:
        raise RecuperationPerimee
    return recuperation


def _normaliser(contenu: File, dossier: Path) -> Normalise:
    source = dossier / "source"
    contenu.seek(0)
    try:
        verifier_entete(contenu.read(OCTETS_UTILES), contenu.size)
        contenu.seek(0)
        with source.open("wb") as vers:
            shutil.copyfileobj(contenu, vers)
        return normaliser_a_part(source, dossier, delai_s=DELAI_S)
    except Refuse as refus:
        raise FichierRefuse(refus.motif) from refus
    except Plantage as plantage:
        raise FichierRefuse(Motif.ILLISIBLE) from plantage


def _envoyer(
    recuperation: RecuperationAdresse, ecrits: list[str], resultat: Normalise, maintenant: datetime
) -> None:
    recuperation.contenu, recuperation.apercu = ecrits
    recuperation.type_mime = resultat.type_mime
    recuperation.etat = RecuperationAdresse.Etat.OUVERTE
    recuperation.soumise_le = maintenant
    recuperation.save()
    Trace.objects.create(sujet=recuperation.pk, quoi="envoyer_recuperation")
    envoyer_seul(
        destinataire=recuperation.nouvelle,
        type="adresse_perdue_recue",
        valeurs={},
        cle=f"adresse_perdue_recue:{recuperation.pk}",
    )
    relancer("demandes.tasks.rattacher_recuperation", str(recuperation.pk))


def _nom_de_stockage() -> str:
    """A random name: it says nothing of the person nor of the document."""
    hasard = uuid4().hex
    return f"{DOSSIER}/{hasard[:2]}/{hasard}"
