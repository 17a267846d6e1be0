"""The supporting documents of a demande and their files (R-PIECE-1, R-INSTR-3)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from demandes.models.demande import Demande
from demandes.normalisation.motifs import PHRASES, Motif


class Piece(models.Model):
    """One supporting document asked for, with its files (R-REGLES-8, R-PIECE-1)."""

    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="pieces")
    code = models.CharField(max_length=30)

    class Avis(models.TextChoices):
        """What the agent thinks of the files in force."""

        A_EXAMINER = "", _("À examiner")
        ACCEPTEE = "acceptee", _("Acceptée")
        REFUSEE = "refusee", _("Refusée")

    avis = models.CharField(max_length=10, choices=Avis.choices, blank=True, default="", db_default="")
    # A code of demandes.textes.MOTIFS_DE_PIECE, and the sentence written by the agent.
    avis_motif = models.CharField(max_length=30, blank=True, default="", db_default="")
    avis_phrase = models.CharField(max_length=500, blank=True, default="", db_default="")
    avis_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    avis_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("pièce")
        constraints = [
            models.UniqueConstraint(fields=["demande", "code"], name="une_piece_par_code"),
            models.CheckConstraint(
                condition=~Q(avis="refusee") | ~Q(avis_motif=""), name="piece_refusee_a_un_motif"
            ),
        ]


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
    # Sent in answer to this complement; before it is transmitted, the agent does not see the file.
    complement = models.ForeignKey(
        "demandes.Complement", on_delete=models.PROTECT, null=True, blank=True, related_name="fichiers"
    )
    # Since when a newer version stands in its place; the old one is kept (R-INSTR-4).
    remplace_le = models.DateTimeField(null=True, blank=True)
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
