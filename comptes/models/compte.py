"""The account of an usager or of a member of staff."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CompteManager(BaseUserManager["Compte"]):
    def create_user(self, identifiant: str, password: str | None = None, **champs) -> "Compte":
        """Create and save an account; `password` None leaves it unusable."""
        compte = self.model(identifiant=identifiant, **champs)
        compte.set_password(password)
        compte.save(using=self._db)
        return compte

    def create_superuser(self, *args, **champs) -> "Compte":
        """Refuse Django's `createsuperuser`, which would leave no trace; it prints the ValidationError."""
        raise ValidationError(_("Les comptes des agents se créent avec « manage.py creer_agent »."))


class Compte(AbstractBaseUser):
    """An account: an usager, or a member of staff. The login is the numéro étranger, or the visa number.

    Django's groups and permissions are not used: rights follow the role, and each screen says whose it is.
    """

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
    prefectures = models.ManyToManyField(
        "referentiels.Prefecture", verbose_name=_("préfectures"), blank=True, related_name="agents"
    )
    # Number of reset links asked for so far: part of each link, so a new one cancels the old.
    reinitialisations = models.PositiveIntegerField(default=0)
    # Number of times that every session was ended: part of what ties a session to the account.
    fermetures = models.PositiveIntegerField(default=0, db_default=0)
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

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Refuse: a screen of the admin that names no role is open to nobody."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """Refuse, as `has_perm`."""
        return False

    def get_session_auth_hash(self) -> str:
        """What a session must carry to stay this account's: it ends with the password, and with `fermetures`."""
        return f"{super().get_session_auth_hash()}{self.fermetures}"
