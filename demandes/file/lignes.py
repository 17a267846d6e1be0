"""What a list reads of each dossier: its row, without the frozen copy."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from demandes.models import Convocation, Demande, Rectification

CHAMPS = (
    "numero", "beneficiaire", "etat", "etat_depuis", "deposee_le", "close_le", "decidee_le", "droits_jusqu_au",
    "version", "titre_code", "nature", "pour_mineur", "ofpra_en_attente", "refus_propose", "controle",
    "signalements", "personne", "prefecture__nom", "agent__nom", "agent__prenoms", "agent__identifiant",
)  # fmt: skip


def lire_les_lignes(dossiers: QuerySet[Demande]) -> QuerySet[Demande]:
    """`dossiers` with what a list shows, in one query."""
    marques: dict[str, Any] = {
        "erreur_signalee": Exists(
            Rectification.objects.filter(demande=OuterRef("pk"), etat=Rectification.Etat.OUVERTE)
        ),
        "rendez_vous_a_reporter": Exists(
            Convocation.objects.filter(demande=OuterRef("pk"), etat=Convocation.Etat.A_REPORTER)
        ),
    }
    return dossiers.select_related("prefecture", "agent").only(*CHAMPS).annotate(**marques)
