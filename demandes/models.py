"""A demande from draft to card in hand, its pièces and its journal (docs/architecture.md)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from demandes.etats import OUVERTS, Etat
from demandes.normalisation.motifs import PHRASES, Motif

ETATS_LIBELLES = [
    (Etat.BROUILLON, _("Brouillon")),
    (Etat.DEPOSEE, _("Déposée")),
    (Etat.EN_INSTRUCTION, _("En cours d’instruction")),
    (Etat.COMPLEMENT_DEMANDE, _("Complément demandé")),
    (Etat.DECISION_FAVORABLE, _("Décision favorable")),
    (Etat.DECISION_DEFAVORABLE, _("Décision défavorable")),
    (Etat.CLASSEE_SANS_SUITE, _("Classée sans suite")),
    (Etat.TITRE_DISPONIBLE, _("Titre disponible")),
    (Etat.TITRE_REMIS, _("Titre remis")),
    (Etat.RETIREE, _("Retirée")),
]


class Demande(models.Model):
    """One application for one permit; its random id is the wizard's prefix and stands in URLs."""

    class Controle(models.TextChoices):
        """What AGDREF says of the declared status and permit (spec, settled points)."""

        CONFIRME = "confirme", _("Confirmé par le registre")
        A_VERIFIER = "a_verifier", _("À vérifier par un agent")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    compte = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="demandes")
    etat = models.CharField(_("état"), max_length=24, choices=ETATS_LIBELLES, default=Etat.BROUILLON)
    # Grows at each write of the draft: a stale page is told, nothing is overwritten.
    version = models.PositiveIntegerField(default=0)
    # {step: {field: value}} as typed, and {step: fingerprint of what it was validated against}.
    reponses = models.JSONField(default=dict)
    etapes = models.JSONField(default=dict)
    pour_mineur = models.BooleanField(_("pour un enfant mineur"), default=False)
    # Numéro étranger or visa number of the bénéficiaire, once step 1 is valid.
    beneficiaire = models.CharField(_("bénéficiaire"), max_length=20, blank=True, db_index=True)
    nature = models.CharField(max_length=14, blank=True)
    ephoto_code = models.CharField(max_length=22, blank=True)

    # Filled by the deposit, never changed by the usager afterwards.
    numero = models.CharField(_("numéro de demande"), max_length=19, unique=True, null=True, blank=True)
    deposee_le = models.DateTimeField(_("déposée le"), null=True, blank=True)
    prefecture = models.ForeignKey(
        "referentiels.Prefecture",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("préfecture"),
        related_name="demandes",
    )
    titre_code = models.CharField(_("titre demandé"), max_length=20, blank=True)
    controle = models.CharField(max_length=12, choices=Controle.choices, blank=True)
    # Frozen copy: {"situation", "orientation", "personne", "reponses", "pieces", "declaration"}.
    donnees = models.JSONField(default=dict, blank=True)
    # Codes shown to the agent: alerts of the rules and remarks of the deposit.
    signalements = models.JSONField(default=list, blank=True)

    cree_le = models.DateTimeField(auto_now_add=True)
    modifie_le = models.DateTimeField(auto_now=True)
    close_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("demande")
        verbose_name_plural = _("demandes")
        constraints = [
            models.UniqueConstraint(
                fields=["beneficiaire"],
                condition=Q(etat__in=sorted(OUVERTS)),
                name="une_demande_ouverte_par_beneficiaire",
            ),
            # A code serves once; it is free again when the demande is withdrawn (R-EPHOTO-1).
            models.UniqueConstraint(
                fields=["ephoto_code"],
                condition=~Q(etat__in=[Etat.BROUILLON, Etat.RETIREE]) & ~Q(ephoto_code=""),
                name="une_demande_par_ephoto",
            ),
            models.CheckConstraint(
                condition=Q(etat=Etat.BROUILLON, numero__isnull=True, deposee_le__isnull=True)
                | (
                    ~Q(etat=Etat.BROUILLON)
                    & Q(numero__isnull=False, deposee_le__isnull=False, prefecture__isnull=False)
                    & ~Q(beneficiaire="")
                ),
                name="deposee_est_complete",
            ),
        ]
        indexes = [
            models.Index(fields=["compte", "-cree_le"]),
            models.Index(
                fields=["prefecture", "deposee_le"],
                condition=Q(etat__in=sorted(OUVERTS)),
                name="file_de_prefecture",
            ),
        ]

    def __str__(self) -> str:
        return self.numero or str(self.id)


class Piece(models.Model):
    """One supporting document asked for, with its files (R-REGLES-8, R-PIECE-1)."""

    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="pieces")
    code = models.CharField(max_length=30)

    class Meta:
        verbose_name = _("pièce")
        constraints = [models.UniqueConstraint(fields=["demande", "code"], name="une_piece_par_code")]


class Fichier(models.Model):
    """One uploaded file; what the agent sees is the checked or normalised copy, never the raw upload."""

    class Etat(models.TextChoices):
        A_TRAITER = "a_traiter", _("Vérification en cours")
        PRET = "pret", _("Prêt")
        REFUSE = "refuse", _("Refusé")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    piece = models.ForeignKey(Piece, on_delete=models.CASCADE, related_name="fichiers")
    nom = models.CharField(_("nom donné par la personne"), max_length=150)
    etat = models.CharField(max_length=12, choices=Etat.choices, default=Etat.A_TRAITER)
    motif = models.CharField(max_length=30, blank=True)
    type_mime = models.CharField(max_length=60, blank=True)
    taille = models.PositiveIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    # Storage names: the raw upload (removed once checked), the kept copy, its preview image.
    brut = models.CharField(max_length=120, blank=True)
    contenu = models.CharField(max_length=120, blank=True)
    apercu = models.CharField(max_length=120, blank=True)
    essais = models.PositiveSmallIntegerField(default=0)
    ajoute_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("fichier")
        ordering = ["ajoute_le", "pk"]
        indexes = [
            models.Index(fields=["ajoute_le"], condition=Q(etat="a_traiter"), name="fichier_a_traiter")
        ]

    @property
    def explication(self) -> str:
        """Why the file is refused and what to do; "" when it is not refused."""
        return gettext(PHRASES[Motif(self.motif)]) if self.motif else ""


class Evenement(models.Model):
    """The journal: append-only, kept so by a trigger of the database (R-INSTR-1)."""

    demande = models.ForeignKey(Demande, on_delete=models.PROTECT, related_name="evenements")
    type = models.CharField(max_length=40)
    acteur = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    de = models.CharField(max_length=24, blank=True)
    vers = models.CharField(max_length=24, blank=True)
    valeurs = models.JSONField(default=dict, blank=True)
    le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("événement")
        ordering = ["le", "pk"]
        indexes = [models.Index(fields=["demande", "le"])]


class EchecDepot(models.Model):
    """A deposit that failed for a reason of ours: the dated proof that the person can download."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="echecs")
    reference = models.CharField(max_length=16, unique=True)
    le = models.DateTimeField(auto_now_add=True)


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
