"""What the person and the prefecture tell each other beside the complement (R-ESPACE-2, spec part 13)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from demandes.models.demande import Demande
from demandes.textes import CHAMPS_A_RECTIFIER


class Convocation(models.Model):
    """An appointment at the prefecture: fingerprints (R.431-9) or collection of the card."""

    class Objet(models.TextChoices):
        EMPREINTES = "empreintes", _("Prise d’empreintes")
        REMISE = "remise", _("Remise du titre")

    class Etat(models.TextChoices):
        PREVUE = "prevue", _("Prévue")
        A_REPORTER = "a_reporter", _("La personne demande une autre date")
        REMPLACEE = "remplacee", _("Remplacée par une autre date")
        HONOREE = "honoree", _("La personne est venue")
        ANNULEE = "annulee", _("Annulée")

    demande = models.ForeignKey(Demande, on_delete=models.PROTECT, related_name="convocations")
    objet = models.CharField(max_length=12, choices=Objet.choices)
    etat = models.CharField(max_length=12, choices=Etat.choices, default=Etat.PREVUE)
    le = models.DateTimeField(_("date et heure"))
    lieu = models.CharField(_("lieu"), max_length=300)
    a_apporter = models.CharField(_("à apporter"), max_length=500, blank=True)
    # When the person cannot come: in their words.
    souhait = models.CharField(max_length=500, blank=True)
    cree_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cree_le = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("convocation")
        ordering = ["le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["demande", "objet"],
                condition=Q(etat__in=["prevue", "a_reporter"]),
                name="une_convocation_en_cours_par_objet",
            )
        ]


class Rectification(models.Model):
    """« Signaler une erreur »: what the person says is wrong in a deposited dossier (R-ESPACE-2)."""

    class Etat(models.TextChoices):
        OUVERTE = "ouverte", _("À traiter")
        CORRIGEE = "corrigee", _("Corrigée")
        REFUSEE = "refusee", _("Refusée")

    demande = models.ForeignKey(Demande, on_delete=models.PROTECT, related_name="rectifications")
    # A key of demandes.operations.corriger.CHAMPS, or "autre".
    champ = models.CharField(max_length=30)
    valeur = models.CharField(max_length=200, blank=True)
    explication = models.CharField(max_length=1000)
    etat = models.CharField(max_length=10, choices=Etat.choices, default=Etat.OUVERTE)
    cree_le = models.DateTimeField(auto_now_add=True)
    traitee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    traitee_le = models.DateTimeField(null=True, blank=True)
    reponse = models.CharField(max_length=1000, blank=True)

    class Meta:
        verbose_name = _("erreur signalée")
        verbose_name_plural = _("erreurs signalées")
        ordering = ["cree_le", "pk"]

    @property
    def nom_du_champ(self) -> str:
        """The information that is said to be wrong, in words."""
        return str(CHAMPS_A_RECTIFIER.get(self.champ, self.champ))


class DeclarationTitre(models.Model):
    """« I never received my card », « the register is wrong about my permit »: declared, then unblocked by an agent."""

    class Genre(models.TextChoices):
        JAMAIS_RECU = "jamais_recu", _("Carte jamais reçue")
        REGISTRE_FAUX = "registre_faux", _("Le registre se trompe sur le titre")

    class Etat(models.TextChoices):
        OUVERTE = "ouverte", _("À traiter")
        ACCEPTEE = "acceptee", _("Acceptée")
        REFUSEE = "refusee", _("Refusée")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    compte = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="declarations_de_titre"
    )
    beneficiaire = models.CharField(_("bénéficiaire"), max_length=20)
    genre = models.CharField(_("problème"), max_length=14, choices=Genre.choices)
    explication = models.CharField(max_length=1000)
    # The permit that the register knew on that day: what the declaration is about. Empty where it knew none.
    titre_type = models.CharField(max_length=20, blank=True)
    titre_numero = models.CharField(max_length=20, blank=True)
    titre_debut = models.DateField(null=True, blank=True)
    titre_fin = models.DateField(null=True, blank=True)
    # What the person reads on the card in their hands.
    carte_numero = models.CharField(max_length=20, blank=True)
    carte_debut = models.DateField(null=True, blank=True)
    carte_fin = models.DateField(null=True, blank=True)
    prefecture = models.ForeignKey("referentiels.Prefecture", on_delete=models.PROTECT, related_name="+")
    etat = models.CharField(_("état"), max_length=10, choices=Etat.choices, default=Etat.OUVERTE)
    cree_le = models.DateTimeField(_("envoyée le"), auto_now_add=True)
    traitee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    traitee_le = models.DateTimeField(null=True, blank=True)
    reponse = models.CharField(max_length=1000, blank=True)

    class Meta:
        verbose_name = _("déclaration sur un titre")
        verbose_name_plural = _("déclarations sur un titre")
        ordering = ["cree_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["compte", "beneficiaire", "genre"],
                condition=Q(etat="ouverte"),
                name="une_declaration_ouverte_par_genre",
            )
        ]
        indexes = [
            models.Index(
                fields=["prefecture", "cree_le"], condition=Q(etat="ouverte"), name="declaration_a_traiter"
            )
        ]
