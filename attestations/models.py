"""Attestations: ordered with frozen data, produced later by a worker (R-ATT-1)."""

import secrets
import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.db.models.fields.json import KeyTransform
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def nom_aleatoire() -> str:
    """A storage name that says nothing of its content, spread over 256 folders."""
    jeton = secrets.token_hex(16)
    return f"attestations/{jeton[:2]}/{jeton}.pdf"


class Jours(Func):
    """The days from `debut` to `fin`, both included; without end where `fin` is null."""

    function = "daterange"
    output_field = DateRangeField()


class Attestation(models.Model):
    """One document. The row exists from the order on; the PDF follows, exactly once."""

    class Type(models.TextChoices):
        APD = "APD", _("Attestation de prolongation d’instruction")
        CONFIRMATION_DEPOT = "CONFIRMATION_DEPOT", _("Confirmation de dépôt")
        ADF = "ADF", _("Attestation de décision favorable")

    class Etat(models.TextChoices):
        A_PRODUIRE = "a_produire", _("À produire")
        PRODUITE = "produite", _("Produite")
        ECHEC = "echec", _("Échec de production")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    demande = models.ForeignKey("demandes.Demande", on_delete=models.PROTECT, related_name="attestations")
    type = models.CharField(max_length=20, choices=Type.choices)
    # Position in the chain of attestations of one type for one demande.
    rang = models.PositiveSmallIntegerField(default=1)
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)
    # Everything printed, frozen at the order: attestations.donnees.DonneesAttestation as a dict.
    donnees = models.JSONField()
    # The versioned template, such as "apd/v1".
    modele = models.CharField(max_length=40)
    # The signed text of its 2D-Doc, frozen when it is first produced: a file made again is the same to the byte.
    texte_2ddoc = models.TextField(blank=True, default="", db_default="", editable=False)
    etat = models.CharField(max_length=12, choices=Etat.choices, default=Etat.A_PRODUIRE)
    essais = models.PositiveSmallIntegerField(default=0)
    prochain_essai_le = models.DateTimeField(default=timezone.now)
    # Chosen at the order: whatever dies in between, a second try writes the same name and leaves no orphan.
    fichier = models.CharField(max_length=120, default=nom_aleatoire, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True)
    taille = models.PositiveIntegerField(null=True, blank=True)
    cree_le = models.DateTimeField(auto_now_add=True)
    produite_le = models.DateTimeField(null=True, blank=True)
    remplacee_le = models.DateTimeField(null=True, blank=True)
    revoquee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("attestation")
        ordering = ["cree_le", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["demande", "type", "rang"], name="une_attestation_par_rang"),
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(fin__gte=models.F("debut")),
                name="attestation_dates_ordonnees",
            ),
            models.CheckConstraint(
                condition=~Q(etat="produite")
                | (~Q(sha256="") & Q(taille__isnull=False) & Q(produite_le__isnull=False)),
                name="attestation_produite_est_complete",
            ),
            # Two documents of one demande never contradict each other (R-ATT-4): what replaces another ends it first.
            ExclusionConstraint(
                name="une_attestation_vivante_par_jour",
                expressions=[
                    ("demande", RangeOperators.EQUAL),
                    (
                        Jours("debut", "fin", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(remplacee_le__isnull=True, revoquee_le__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["prochain_essai_le"], condition=Q(etat="a_produire"), name="attestation_a_produire"
            ),
            # Who verifies gives the number that is printed.
            models.Index(KeyTransform("numero", "donnees"), name="attestation_numero_imprime"),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()} {self.debut:%Y-%m-%d}"

    def contenu_pdf(self) -> bytes:
        """The PDF, made now if no worker has made it yet (R-DEPOT-4).

        Raises attestations.erreurs.AttestationIndisponible (ProductionImpossible, ProductionEnCours,
        FichierAltere).
        """
        from attestations.operations.produire import contenu

        return contenu(self.pk)


class Partage(models.Model):
    """Leave to check one attestation with a code, for a purpose and until a day. The code itself is kept nowhere."""

    class Motif(models.TextChoices):
        EMPLOI = "emploi", _("Un employeur")
        LOGEMENT = "logement", _("Un propriétaire ou une agence")
        BANQUE = "banque", _("Une banque ou une assurance")
        AUTRE = "autre", _("Une autre personne")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    attestation = models.ForeignKey(Attestation, on_delete=models.CASCADE, related_name="partages")
    # attestations.partages.empreinte
    empreinte = models.CharField(max_length=64, unique=True, editable=False)
    motif = models.CharField(max_length=10, choices=Motif.choices)
    # Last day, included.
    fin = models.DateField()
    cree_le = models.DateTimeField(auto_now_add=True)
    consulte_le = models.DateTimeField(null=True, blank=True)
    revoque_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("partage d’attestation")
        verbose_name_plural = _("partages d’attestation")
        ordering = ["-cree_le", "pk"]

    def __str__(self) -> str:
        return f"{self.get_motif_display()} {self.fin:%Y-%m-%d}"
