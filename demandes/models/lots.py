"""Actions on several dossiers, and exports of lists: asked for by an agent, kept to be told (R-INSTR-2)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from demandes.models.demande import Demande


class Lot(models.Model):
    """One action on several dossiers: shown first, then launched; a worker does its lines one after the other."""

    class Action(models.TextChoices):
        PRENDRE = "prendre", _("Prendre en charge")
        CONFIER = "confier", _("Confier à un collègue")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="lots")
    action = models.CharField(max_length=10, choices=Action.choices)
    # To whom, where the action is to hand over; chosen when it is launched.
    confie_a = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cree_le = models.DateTimeField()
    lance_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("action sur plusieurs dossiers")
        verbose_name_plural = _("actions sur plusieurs dossiers")
        indexes = [models.Index(fields=["cree_le"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(action="confier") | Q(lance_le__isnull=True) | Q(confie_a__isnull=False),
                name="lot_confie_a_quelqu_un",
            )
        ]


class LigneDeLot(models.Model):
    """One dossier of the lot, and what became of it: "" not done yet, "fait", or the code of what was in the way."""

    FAIT = "fait"

    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="lignes")
    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="+")
    # The one that the agent saw: a dossier changed since is left alone.
    version = models.PositiveIntegerField()
    resultat = models.CharField(max_length=30, blank=True)

    class Meta:
        verbose_name = _("dossier d’une action")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["lot", "demande"], name="un_dossier_une_fois_par_lot")]
        indexes = [models.Index(fields=["lot"], condition=Q(resultat=""), name="ligne_de_lot_a_faire")]


class ExportDeListe(models.Model):
    """Who took which list out of the portal, and how many dossiers it held (R.142-22)."""

    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exports")
    # A code of demandes.situations.SITUATIONS, and the codes of the prefectures.
    situation = models.CharField(max_length=20)
    prefectures = models.JSONField()
    commence_le = models.DateTimeField()
    # Empty when the portal stopped before it could say.
    fini_le = models.DateTimeField(null=True, blank=True)
    lignes = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("export de liste")
        verbose_name_plural = _("exports de listes")
