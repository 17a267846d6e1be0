"""A lost mailbox: a new address asked for with an identity document (spec part 13)."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RecuperationAdresse(models.Model):
    """A new e-mail asked for with an identity document, checked by an agent, effective after 72 hours."""

    class Etat(models.TextChoices):
        EN_COURS = "en_cours", _("Pas encore envoyée")
        OUVERTE = "ouverte", _("À vérifier")
        ACCEPTEE = "acceptee", _("Acceptée, prend effet après 72 heures")
        REFUSEE = "refusee", _("Refusée")
        ANNULEE = "annulee", _("Annulée par le titulaire")
        FAITE = "faite", _("Faite")

    # How long it may be filled in, and how long one code is good for.
    DUREE = timedelta(hours=24)
    DUREE_CODE = timedelta(minutes=30)
    ESSAIS_PAR_CODE = 5
    # Between the agent's word and its effect: the time for the holder to say no.
    PREAVIS = timedelta(hours=72)
    # The document is kept no longer, whatever happens: what no agent has looked at is refused before.
    CONSERVATION = timedelta(days=30)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # As typed: a row exists whether the account does or not, so that the answer is the same.
    identifiant = models.CharField(_("numéro écrit"), max_length=40)
    departement = models.CharField(max_length=3, blank=True)
    nouvelle = models.EmailField(_("nouvelle adresse"), max_length=254)
    # Codes and links are derived (demandes/courriels.py); `envois` counts those asked for.
    envois = models.PositiveSmallIntegerField(default=0)
    essais = models.PositiveSmallIntegerField(default=0)
    code_expire_le = models.DateTimeField(null=True, blank=True)
    verifiee_le = models.DateTimeField(null=True, blank=True)
    # The identity document: storage names of the normalised copy and of its preview; the upload itself is not kept.
    contenu = models.CharField(max_length=120, blank=True)
    apercu = models.CharField(max_length=120, blank=True)
    type_mime = models.CharField(max_length=60, blank=True)
    etat = models.CharField(_("état"), max_length=10, choices=Etat.choices, default=Etat.EN_COURS)
    cree_le = models.DateTimeField(auto_now_add=True)
    soumise_le = models.DateTimeField(_("envoyée le"), null=True, blank=True)

    # Found by a worker, never by the page that the person sees. No account: nobody to show it to.
    rattachee_le = models.DateTimeField(null=True, blank=True)
    compte = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="recuperations",
    )
    prefecture = models.ForeignKey(
        "referentiels.Prefecture", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    traitee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    traitee_le = models.DateTimeField(null=True, blank=True)
    # The account's address on the day of the agent's word: changed since, the request is void.
    ancienne = models.EmailField(max_length=254, blank=True)
    effet_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("adresse électronique perdue")
        verbose_name_plural = _("adresses électroniques perdues")
        ordering = ["cree_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["compte"], condition=Q(etat="acceptee"), name="une_adresse_acceptee_par_compte"
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=["refusee", "annulee", "faite"]) | Q(contenu="", apercu=""),
                name="piece_d_identite_effacee_une_fois_reglee",
            ),
            models.CheckConstraint(
                condition=~Q(etat="acceptee")
                | Q(compte__isnull=False, traitee_par__isnull=False, effet_le__isnull=False),
                name="adresse_acceptee_par_un_agent",
            ),
        ]
        indexes = [
            models.Index(
                fields=["prefecture", "soumise_le"], condition=Q(etat="ouverte"), name="adresse_a_verifier"
            ),
            models.Index(fields=["effet_le"], condition=Q(etat="acceptee"), name="adresse_a_changer"),
        ]
