"""Order an attestation of a dossier and note until when the person keeps their rights."""

from datetime import date

from attestations.donnees import APD, DonneesAttestation
from attestations.models import Attestation
from attestations.operations.commander import commander
from demandes.models import Demande


def emettre(demande: Demande, contenu: DonneesAttestation) -> Attestation:
    """Order `contenu` in the caller's transaction. `demande` is locked by the caller, who saves it."""
    attestation = commander(
        demande_id=demande.pk, type=contenu.type, debut=contenu.debut, fin=contenu.fin, donnees=contenu
    )
    if contenu.type == APD:
        demande.droits_jusqu_au = contenu.fin
    elif demande.droits_jusqu_au is None:
        demande.droits_jusqu_au = droits_sans_apd(demande)
    return attestation


def droits_sans_apd(demande: Demande) -> date:
    """The day rights are lost before any APD: the end of the document held, else the deposit day."""
    document = demande.donnees["document_detenu"]
    return date.fromisoformat(document["fin"] if document else demande.donnees["au"])
