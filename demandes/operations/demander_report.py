"""« Je ne peux pas venir »: the person asks for another date of an appointment (spec part 13)."""

from uuid import UUID

from django.db import transaction

from demandes.models import Convocation
from demandes.operations.dossier import noter, verrouiller_sienne
from demandes.operations.refus import DossierIntrouvable, GesteImpossible


@transaction.atomic
def demander_report(*, demande_id: UUID, compte_id: int, convocation_id: int, souhait: str) -> Convocation:
    """Note that the person cannot come, or could not, and when they can (`souhait`, in their words).

    The appointment stands until an agent gives another one. Asked for twice, the last wish counts. Raises
    `DossierIntrouvable` (also for an unknown appointment), `GesteImpossible` (report_trop_tard).
    """
    demande, compte = verrouiller_sienne(demande_id=demande_id, compte_id=compte_id)
    convocation = demande.convocations.select_for_update().filter(pk=convocation_id).first()
    if convocation is None:
        raise DossierIntrouvable
    if convocation.etat not in (Convocation.Etat.PREVUE, Convocation.Etat.A_REPORTER):
        raise GesteImpossible("report_trop_tard")
    if (convocation.etat, convocation.souhait) == (Convocation.Etat.A_REPORTER, souhait.strip()):
        return convocation
    convocation.etat, convocation.souhait = Convocation.Etat.A_REPORTER, souhait.strip()
    convocation.save()
    noter(demande, "demander_report", acteur=compte, valeurs={"convocation": convocation.pk})
    return convocation
