"""« Signaler une erreur »: a structured request to the prefecture; nothing is edited silently (R-ESPACE-2)."""

from uuid import UUID

from django.db import transaction

from demandes.etats import OUVERTS
from demandes.models import Rectification
from demandes.operations.dossier import noter, verrouiller_sienne
from demandes.operations.refus import GesteImpossible
from demandes.textes import CHAMPS_A_RECTIFIER

OUVERTES_AU_PLUS = 10


@transaction.atomic
def signaler_erreur(
    *, demande_id: UUID, compte_id: int, champ: str, valeur: str, explication: str
) -> Rectification:
    """Tell the prefecture that `champ` (a key of CHAMPS_A_RECTIFIER) is wrong, what it should be and why.

    The agent corrects it or says why not (`corriger`). The same report sent twice is one report. Raises
    `DossierIntrouvable`, `GesteImpossible` (erreur_demande_close, erreur_deja_signalee, trop_d_erreurs), ValueError for
    an unknown field or an empty explanation, which the page never sends.
    """
    if champ not in CHAMPS_A_RECTIFIER or not explication.strip():
        raise ValueError(champ)
    demande, compte = verrouiller_sienne(demande_id=demande_id, compte_id=compte_id)
    if demande.etat not in OUVERTS:
        raise GesteImpossible("erreur_demande_close")
    ouvertes = Rectification.objects.filter(demande=demande, etat=Rectification.Etat.OUVERTE)
    dite = {"champ": champ, "valeur": valeur.strip(), "explication": explication.strip()}
    if deja := ouvertes.filter(**dite).first():
        return deja
    if champ != "autre" and ouvertes.filter(champ=champ).exists():
        raise GesteImpossible("erreur_deja_signalee")
    if ouvertes.count() >= OUVERTES_AU_PLUS:
        raise GesteImpossible("trop_d_erreurs")
    rectification = Rectification.objects.create(demande=demande, **dite)
    noter(
        demande,
        "signaler_erreur",
        acteur=compte,
        valeurs={"rectification": rectification.pk, "champ": champ},
    )
    return rectification
