"""What the examination adds to a dossier: complements, refusals under discussion, the hand-over (R-INSTR-4, 5)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from demandes.models.demande import Demande


class Complement(models.Model):
    """A request by the prefecture to complete the dossier: a row, so that several leave their trace."""

    class Etat(models.TextChoices):
        OUVERT = "ouvert", _("En attente de la personne")
        TRANSMIS = "transmis", _("Transmis par la personne")
        ABANDONNE = "abandonne", _("Abandonné par la préfecture")

    demande = models.ForeignKey(Demande, on_delete=models.PROTECT, related_name="complements")
    etat = models.CharField(max_length=10, choices=Etat.choices, default=Etat.OUVERT)
    message = models.CharField(max_length=1000, blank=True)
    demande_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    demande_le = models.DateTimeField()
    # Last day for the answer (R.431-11: a reasonable delay).
    echeance = models.DateField()
    clos_le = models.DateTimeField(null=True, blank=True)
    # Reminders sent so far, by their day after the request: [15, 25].
    rappels = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("complément")
        ordering = ["demande_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["demande"], condition=Q(etat="ouvert"), name="un_complement_ouvert_par_demande"
            )
        ]
        indexes = [models.Index(fields=["demande_le"], condition=Q(etat="ouvert"), name="complement_ouvert")]


class PieceDemandee(models.Model):
    """One pièce of a complement: why it is asked for, and what the person decided about it."""

    class Choix(models.TextChoices):
        A_CHOISIR = "", _("À décider")
        GARDER = "garder", _("Gardée telle quelle")
        REMPLACER = "remplacer", _("Remplacée")

    complement = models.ForeignKey(Complement, on_delete=models.CASCADE, related_name="pieces")
    # A CodePiece; `ephoto` is answered by a code, the others by files.
    code = models.CharField(max_length=30)
    # A code of demandes.textes.MOTIFS_DE_PIECE, and the sentence written by the agent.
    motif = models.CharField(max_length=30)
    phrase = models.CharField(max_length=500)
    choix = models.CharField(max_length=10, choices=Choix.choices, blank=True, default="")
    # The new e-photo code, where `code` is ephoto.
    ephoto_code = models.CharField(max_length=22, blank=True)
    # Why the person keeps the pièce, or cannot send it: in their words.
    explication = models.CharField(max_length=500, blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("pièce demandée")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["complement", "code"], name="une_ligne_par_piece_demandee")
        ]


class Refus(models.Model):
    """A refusal proposed by an agent, confirmed or sent back by another one (R-INSTR-5)."""

    class Etat(models.TextChoices):
        PROPOSE = "propose", _("Proposé")
        CONFIRME = "confirme", _("Confirmé")
        RENVOYE = "renvoye", _("Renvoyé à l’agent")

    demande = models.ForeignKey(Demande, on_delete=models.PROTECT, related_name="refus")
    etat = models.CharField(max_length=10, choices=Etat.choices, default=Etat.PROPOSE)
    # A code of demandes.textes.MOTIFS_DE_REFUS, and the explanation that the person will read.
    motif = models.CharField(max_length=30)
    explication = models.CharField(max_length=2000)
    propose_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    propose_le = models.DateTimeField()
    conclu_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    conclu_le = models.DateTimeField(null=True, blank=True)
    # Why it was sent back.
    retour = models.CharField(max_length=1000, blank=True)

    class Meta:
        verbose_name = _("refus")
        ordering = ["propose_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["demande"], condition=Q(etat="propose"), name="un_refus_propose_par_demande"
            ),
            models.CheckConstraint(
                condition=Q(etat="propose", conclu_par__isnull=True)
                | Q(conclu_par__isnull=False) & ~Q(conclu_par=F("propose_par")),
                name="refus_conclu_par_une_autre_personne",
            ),
        ]


class Remise(models.Model):
    """The card: what is due, its stamp, its dates, the day it was handed over (R-INSTR-5)."""

    demande = models.OneToOneField(Demande, on_delete=models.PROTECT, related_name="remise")
    annoncee_le = models.DateTimeField()
    # [{"libelle", "euros", "article"}] of the tariff table on that day, and what the agent added.
    lignes = models.JSONField()
    euros = models.PositiveSmallIntegerField()
    # No source confirms one of the lines: the agent sees it.
    a_confirmer = models.BooleanField(default=False)
    titre_numero = models.CharField(max_length=20)
    titre_debut = models.DateField()
    titre_fin = models.DateField()
    # The electronic stamp: 16 digits, used once.
    timbre = models.CharField(max_length=16, unique=True, null=True, blank=True)
    remise_le = models.DateTimeField(null=True, blank=True)
    remise_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The old permit is given back; otherwise why not (lost, stolen, none).
    ancien_titre_rendu = models.BooleanField(null=True, blank=True)
    ancien_titre_motif = models.CharField(max_length=200, blank=True)
    rappels = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("remise du titre")
        verbose_name_plural = _("remises de titres")
        constraints = [
            models.CheckConstraint(
                condition=Q(timbre__isnull=True) | Q(timbre__regex=r"^[0-9]{16}$"),
                name="timbre_a_seize_chiffres",
            ),
            models.CheckConstraint(
                condition=Q(titre_fin__gte=F("titre_debut")), name="titre_remis_dates_en_ordre"
            ),
            models.CheckConstraint(
                condition=Q(remise_le__isnull=True) | Q(remise_par__isnull=False, timbre__isnull=False),
                name="titre_remis_contre_timbre",
            ),
        ]
        indexes = [
            models.Index(
                fields=["annoncee_le"], condition=Q(remise_le__isnull=True), name="remise_en_attente"
            )
        ]
