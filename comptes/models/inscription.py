"""What is under way: sign-ups, lost passwords, changes of address (R-COMPTE-1, R-COMPTE-2)."""

import uuid
from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comptes.models.compte import Compte


class InvitationEnfant(models.Model):
    """The account that a child may claim by the link sent to their representative (R-COMPTE-4).

    One a child, deleted with the claim: a link serves once.
    """

    DUREE = timedelta(hours=72)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    numero_etranger = models.CharField(max_length=10, unique=True)
    nom = models.CharField(max_length=120)
    prenoms = models.CharField(max_length=200)
    representant = models.ForeignKey(Compte, on_delete=models.CASCADE, related_name="enfants_invites")
    # The link is derived from the row (comptes/jetons.py): `envois` counts them, each cancels the one before.
    envois = models.PositiveSmallIntegerField(default=0)
    # At the latest the midnight of the 18th birthday: from then on nobody but the child opens the account.
    expire_le = models.DateTimeField()
    cree_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("invitation d’un enfant")
        verbose_name_plural = _("invitations d’enfants")

    @property
    def perimee(self) -> bool:
        """Whether its link is too old to be used."""
        return timezone.now() >= self.expire_le


class Inscription(models.Model):
    """A sign-up between its first and its third step (R-COMPTE-1); its id lives in the session."""

    # How long a sign-up may be resumed, and how long one code or link is good for.
    DUREE = timedelta(hours=24)
    DUREE_CODE = timedelta(minutes=30)
    ESSAIS_PAR_CODE = 5

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    numero_etranger = models.CharField(max_length=10, blank=True)
    numero_visa = models.CharField(max_length=20, blank=True)
    nom = models.CharField(max_length=120, blank=True)
    prenoms = models.CharField(max_length=200, blank=True)
    # The child's claim that stands for step 1; a new link ends the sign-ups of the one before.
    invitation = models.ForeignKey(
        InvitationEnfant, on_delete=models.CASCADE, null=True, blank=True, related_name="inscriptions"
    )
    # Step 1 as typed, so that going back shows it again: {"document", "numero", "debut", "fin"}.
    saisie = models.JSONField(default=dict)
    email = models.EmailField(max_length=254, blank=True)
    # Codes and links are derived from the row and the secret key (comptes/jetons.py): none is stored.
    # `envois` counts those asked for; each one cancels the one before.
    envois = models.PositiveSmallIntegerField(default=0)
    code_expire_le = models.DateTimeField(null=True, blank=True)
    essais = models.PositiveSmallIntegerField(default=0)
    email_verifie_le = models.DateTimeField(null=True, blank=True)
    cree_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["cree_le"])]

    @property
    def perimee(self) -> bool:
        """Whether it is too old to be resumed, or the child's claim that it stands for is."""
        if self.invitation is not None and self.invitation.perimee:
            return True
        return timezone.now() >= self.cree_le + self.DUREE

    @property
    def code_en_cours(self) -> bool:
        """Whether a code was sent that can still be typed."""
        return (
            self.email_verifie_le is None
            and self.code_expire_le is not None
            and timezone.now() < self.code_expire_le
            and self.essais < self.ESSAIS_PAR_CODE
        )


class DemandeReinitialisation(models.Model):
    """« Mot de passe oublié » for a typed number; the same row whether the number is known or not."""

    identifiant = models.CharField(max_length=40)
    cree_le = models.DateTimeField(auto_now_add=True)


class ChangementAdresse(models.Model):
    """A change of e-mail under way: done once both addresses have confirmed it (R-COMPTE-2)."""

    DUREE = timedelta(hours=24)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # One at a time: a new request replaces the old one, and its links with it.
    compte = models.OneToOneField(Compte, on_delete=models.CASCADE, related_name="changement_adresse")
    nouvelle = models.EmailField(max_length=254)
    ancienne_confirmee_le = models.DateTimeField(null=True, blank=True)
    nouvelle_confirmee_le = models.DateTimeField(null=True, blank=True)
    cree_le = models.DateTimeField(auto_now_add=True)

    @property
    def perime(self) -> bool:
        """Whether its links are too old to be used."""
        return timezone.now() >= self.cree_le + self.DUREE
