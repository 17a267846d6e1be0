"""What happened: the journal of a dossier, the proofs of failed deposits, the reminders asked for."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from demandes.models.demande import Demande


class TransactionCourante(Func):
    """The number of the current transaction (PostgreSQL)."""

    template = "pg_current_xact_id()::text::bigint"
    arity = 0
    output_field = models.BigIntegerField()


class Evenement(models.Model):
    """The journal: append-only, kept so by a trigger of the database (R-INSTR-1).

    Another trigger refuses a change of state without its entry in the same transaction.
    """

    demande = models.ForeignKey(Demande, on_delete=models.PROTECT, related_name="evenements")
    type = models.CharField(max_length=40)
    acteur = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    de = models.CharField(max_length=24, blank=True)
    vers = models.CharField(max_length=24, blank=True)
    valeurs = models.JSONField(default=dict, blank=True)
    le = models.DateTimeField(auto_now_add=True)
    # The transaction that wrote it, for the trigger that wants an entry with each change of state.
    transaction = models.BigIntegerField(null=True, db_default=TransactionCourante(), editable=False)

    class Meta:
        verbose_name = _("événement")
        ordering = ["le", "pk"]
        indexes = [models.Index(fields=["demande", "le"])]


class Trace(models.Model):
    """Who did what, and when, about what is no dossier: a declaration about a permit, a lost address.

    Append-only, kept so by the same trigger of the database as the journal.
    """

    # The id of the declaration or of the request.
    sujet = models.UUIDField()
    quoi = models.CharField(max_length=40)
    acteur = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    valeurs = models.JSONField(default=dict, blank=True)
    le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("trace")
        ordering = ["le", "pk"]
        indexes = [models.Index(fields=["sujet", "le"], name="traces_d_un_sujet")]


class EchecDepot(models.Model):
    """A deposit that failed for a reason of ours: the dated proof that the person can download."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="echecs")
    reference = models.CharField(max_length=16, unique=True)
    le = models.DateTimeField(auto_now_add=True)


class RappelEcheance(models.Model):
    """A reminder sent because a permit of the register ends: the row is what keeps it from being sent twice."""

    class Palier(models.TextChoices):
        QUATRE_MOIS = "quatre_mois", _("Quatre mois avant la fin")
        DEUX_MOIS = "deux_mois", _("Deux mois avant la fin")
        UNE_SEMAINE = "une_semaine", _("Une semaine avant la fin")

    compte = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="rappels_d_echeance"
    )
    beneficiaire = models.CharField(max_length=20)
    # The last day of the permit.
    fin = models.DateField()
    palier = models.CharField(max_length=12, choices=Palier.choices)
    envoye_le = models.DateTimeField()

    class Meta:
        verbose_name = _("rappel d’échéance")
        verbose_name_plural = _("rappels d’échéance")
        constraints = [
            models.UniqueConstraint(
                fields=["beneficiaire", "fin", "palier"], name="un_rappel_par_palier_d_echeance"
            )
        ]


class Rappel(models.Model):
    """A reminder asked for by someone who came before the renewal window (R-REGLES-4)."""

    compte = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="rappels")
    beneficiaire = models.CharField(max_length=20)
    # First day of the renewal window.
    jour = models.DateField()
    envoye_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("rappel")
        constraints = [
            models.UniqueConstraint(fields=["compte", "beneficiaire", "jour"], name="un_rappel_par_fenetre")
        ]
        indexes = [
            models.Index(fields=["jour"], condition=Q(envoye_le__isnull=True), name="rappel_a_envoyer")
        ]
