"""People: accounts, sign-ups under way, notifications and the queued mail (R-COMPTE, R-ESPACE-1)."""

import uuid
from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CompteManager(BaseUserManager["Compte"]):
    def create_user(self, identifiant: str, password: str | None = None, **champs) -> "Compte":
        """Create and save an account; `password` None leaves it unusable."""
        compte = self.model(identifiant=identifiant, **champs)
        compte.set_password(password)
        compte.save(using=self._db)
        return compte

    def create_superuser(self, identifiant: str, password: str | None = None, **champs) -> "Compte":
        """Create a technical administrator (used by `manage.py createsuperuser`)."""
        champs.setdefault("role", Compte.Role.ADMINISTRATEUR)
        return self.create_user(identifiant, password, is_superuser=True, **champs)


class Compte(AbstractBaseUser, PermissionsMixin):
    """An account: an usager, or a member of staff. The login is the numéro étranger, or the visa number."""

    class Role(models.TextChoices):
        USAGER = "usager", _("Usager")
        INSTRUCTEUR = "instructeur", _("Instructeur")
        RESPONSABLE = "responsable", _("Responsable")
        CCC = "ccc", _("Centre de contact citoyens")
        ADMINISTRATEUR = "administrateur", _("Administrateur")

    identifiant = models.CharField(_("identifiant"), max_length=40, unique=True)
    numero_etranger = models.CharField(
        _("numéro étranger"), max_length=10, unique=True, null=True, blank=True
    )
    numero_visa = models.CharField(_("numéro de visa"), max_length=20, unique=True, null=True, blank=True)
    nom = models.CharField(_("nom"), max_length=120, blank=True)
    prenoms = models.CharField(_("prénoms"), max_length=200, blank=True)
    email = models.EmailField(_("adresse électronique"), max_length=254, blank=True)
    email_verifie_le = models.DateTimeField(null=True, blank=True)
    telephone = models.CharField(_("téléphone"), max_length=22, blank=True)
    langue = models.CharField(max_length=5, default="fr")
    role = models.CharField(_("rôle"), max_length=20, choices=Role.choices, default=Role.USAGER)
    prefectures = models.ManyToManyField("referentiels.Prefecture", blank=True, related_name="agents")
    # Number of reset links asked for so far: part of each link, so a new one cancels the old.
    reinitialisations = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(_("actif"), default=True)
    cree_le = models.DateTimeField(auto_now_add=True)

    objects = CompteManager()
    USERNAME_FIELD = "identifiant"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("compte")
        verbose_name_plural = _("comptes")
        constraints = [
            models.CheckConstraint(
                condition=Q(numero_etranger__isnull=True) | Q(numero_etranger__regex=r"^[0-9]{10}$"),
                name="numero_etranger_a_dix_chiffres",
            ),
            models.CheckConstraint(condition=~Q(numero_visa=""), name="numero_visa_absent_est_null"),
        ]

    def __str__(self) -> str:
        return f"{self.nom} {self.prenoms}".strip() or self.identifiant

    @property
    def is_staff(self) -> bool:
        """Whether the Django admin may be entered; finer rights follow the role."""
        return self.role != self.Role.USAGER


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
