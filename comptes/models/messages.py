"""Notifications and the queued mail (R-ESPACE-1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from comptes.models.compte import Compte


class Notification(models.Model):
    """A message in the account: a code and its values, worded when read; every mail has its copy here."""

    compte = models.ForeignKey(Compte, on_delete=models.CASCADE, related_name="notifications")
    demande = models.ForeignKey(
        "demandes.Demande", on_delete=models.CASCADE, null=True, blank=True, related_name="notifications"
    )
    type = models.CharField(max_length=40)
    valeurs = models.JSONField(default=dict, blank=True)
    cle = models.CharField(max_length=120, unique=True)
    cree_le = models.DateTimeField(auto_now_add=True)
    lue_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-cree_le", "-pk"]
        indexes = [models.Index(fields=["compte", "-cree_le"])]

    @property
    def gabarit(self) -> str:
        """The template that words it."""
        return f"notifications/{self.type}.html"


class Courriel(models.Model):
    """An ordered mail: the row is the order, the queue only nudges (docs/decisions/0003-file-de-
    courriels.md).

    `valeurs` holds what wording it needs beyond its foreign keys; never a code or a token.
    """

    class Etat(models.TextChoices):
        A_ENVOYER = "a_envoyer", _("À envoyer")
        ENVOYE = "envoye", _("Envoyé")
        ECHEC = "echec", _("Échec définitif")
        SANS_OBJET = "sans_objet", _("Sans objet")

    compte = models.ForeignKey(
        Compte, on_delete=models.CASCADE, null=True, blank=True, related_name="courriels"
    )
    demande = models.ForeignKey(
        "demandes.Demande", on_delete=models.CASCADE, null=True, blank=True, related_name="courriels"
    )
    attestation = models.ForeignKey(
        "attestations.Attestation", on_delete=models.PROTECT, null=True, blank=True, related_name="courriels"
    )
    destinataire = models.EmailField(max_length=254)
    type = models.CharField(max_length=40)
    valeurs = models.JSONField(default=dict, blank=True)
    langue = models.CharField(max_length=5, default="fr")
    # One mail per key, and the Message-ID made from it: a mail sent twice is recognisable as the same.
    cle = models.CharField(max_length=120, unique=True)
    etat = models.CharField(max_length=12, choices=Etat.choices, default=Etat.A_ENVOYER)
    essais = models.PositiveSmallIntegerField(default=0)
    prochain_essai_le = models.DateTimeField()
    erreur = models.CharField(max_length=60, blank=True)
    cree_le = models.DateTimeField(auto_now_add=True)
    envoye_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("courriel")
        indexes = [
            models.Index(
                fields=["prochain_essai_le"], condition=models.Q(etat="a_envoyer"), name="courriel_a_envoyer"
            )
        ]
