"""What the portal knows of the outside world: territory, register, e-photos, tariffs (spec, part 12)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Prefecture(models.Model):
    """The prefecture of one of the 101 départements; in Paris, the préfecture de police (R.431-20)."""

    code_departement = models.CharField(_("code du département"), max_length=3, primary_key=True)
    nom = models.CharField(_("nom"), max_length=120)
    departement = models.CharField(_("département"), max_length=60)
    # First four digits of the 19-digit number of a demande.
    site = models.CharField(_("code du site"), max_length=4, unique=True)
    adresse = models.CharField(_("adresse"), max_length=200, blank=True)
    code_postal = models.CharField(_("code postal"), max_length=5, blank=True)
    commune = models.CharField(_("commune"), max_length=80)
    telephone = models.CharField(_("téléphone"), max_length=22, blank=True)
    horaires = models.CharField(_("horaires"), max_length=300, blank=True)
    courriel = models.EmailField(_("adresse électronique"), max_length=254, blank=True)
    site_internet = models.URLField(_("site internet"), max_length=200, blank=True)
    # The day when the facts above were read in the State's directory.
    releve_le = models.DateField(_("données relevées le"), null=True, blank=True)
    emeraude_adresse = models.CharField(_("e-MERAUDE : adresse"), max_length=200, blank=True)
    emeraude_telephone = models.CharField(_("e-MERAUDE : téléphone"), max_length=22, blank=True)
    emeraude_horaires = models.CharField(_("e-MERAUDE : horaires"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("préfecture")
        verbose_name_plural = _("préfectures")
        ordering = ["code_departement"]

    def __str__(self) -> str:
        return self.nom

    @property
    def adresse_complete(self) -> str:
        """The postal address on one line, or « » when the street is not known."""
        if not self.adresse:
            return ""
        return f"{self.adresse}, {self.code_postal} {self.commune}"

    @property
    def annuaire(self) -> str:
        """Address of the State's directory, which alone gives today's address and opening hours."""
        return "https://lannuaire.service-public.fr/"


class Commune(models.Model):
    """One commune with one of its postal codes: a commune with three postal codes is three rows."""

    code_insee = models.CharField(max_length=5, db_index=True)
    nom = models.CharField(max_length=80)
    code_postal = models.CharField(max_length=5, db_index=True)
    prefecture = models.ForeignKey(Prefecture, on_delete=models.PROTECT, related_name="communes")

    class Meta:
        verbose_name = _("commune")
        constraints = [
            models.UniqueConstraint(fields=["code_insee", "code_postal"], name="une_ligne_par_code_postal")
        ]

    def __str__(self) -> str:
        return f"{self.code_postal} {self.nom}"


class PersonneAgdref(models.Model):
    """A person of the register; "" means « not known there », never « none »."""

    class Statut(models.TextChoices):
        REFUGIE = "refugie", _("Réfugié")
        PROTECTION_SUBSIDIAIRE = "protection_subsidiaire", _("Protection subsidiaire")
        APATRIDE = "apatride", _("Apatride")
        MEMBRE_FAMILLE = "membre_famille", _("Membre de famille d’une personne protégée")
        AUTRE = "autre", _("Autre situation")

    class Lien(models.TextChoices):
        CONJOINT = "conjoint", _("Conjoint")
        ENFANT = "enfant", _("Enfant")
        ASCENDANT = "ascendant", _("Ascendant")

    class Sexe(models.TextChoices):
        FEMININ = "F", _("Féminin")
        MASCULIN = "M", _("Masculin")

    class SituationFamiliale(models.TextChoices):
        CELIBATAIRE = "celibataire", _("Célibataire")
        MARIE = "marie", _("Marié")
        PACSE = "pacse", _("Pacsé")
        CONCUBIN = "concubin", _("En concubinage")
        SEPARE = "separe", _("Séparé")
        DIVORCE = "divorce", _("Divorcé")
        VEUF = "veuf", _("Veuf")

    numero_etranger = models.CharField(max_length=10, unique=True, null=True, blank=True)
    numero_visa = models.CharField(max_length=20, unique=True, null=True, blank=True)
    nom = models.CharField(max_length=120)
    nom_usage = models.CharField(max_length=120, blank=True)
    prenoms = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    sexe = models.CharField(max_length=1, choices=Sexe.choices)
    # "YYYY-MM-DD"; an unknown month or day is "00".
    date_naissance = models.CharField(max_length=10)
    ville_naissance = models.CharField(max_length=120, blank=True)
    pays_naissance = models.CharField(max_length=2, blank=True)
    nationalite = models.CharField(max_length=2, blank=True)
    situation_familiale = models.CharField(max_length=12, choices=SituationFamiliale.choices, blank=True)
    statut = models.CharField(max_length=24, choices=Statut.choices, blank=True)
    lien = models.CharField(max_length=10, choices=Lien.choices, blank=True)
    statut_du_protege = models.CharField(max_length=24, choices=Statut.choices, blank=True)
    date_naissance_protege = models.DateField(null=True, blank=True)
    date_demande_asile_protege = models.DateField(null=True, blank=True)
    date_mariage = models.DateField(null=True, blank=True)
    residence_reguliere_depuis = models.DateField(null=True, blank=True)
    etat_civil_ofpra = models.BooleanField(default=False)
    # {"ligne", "complement", "code_postal", "code_insee", "commune"}, all strings.
    adresse = models.JSONField(null=True, blank=True)
    telephone = models.CharField(max_length=22, blank=True)
    # An invented person of the demonstration, and the sentence that says so.
    fictive = models.BooleanField(default=False)
    remarque = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("personne du registre")
        verbose_name_plural = _("personnes du registre")
        constraints = [
            models.CheckConstraint(
                condition=Q(numero_etranger__isnull=False) | Q(numero_visa__isnull=False),
                name="personne_agdref_a_un_numero",
            )
        ]

    def __str__(self) -> str:
        return self.numero_etranger or self.numero_visa or ""


class DocumentAgdref(models.Model):
    """A document that the register says was made for a person."""

    class Nature(models.TextChoices):
        TITRE = "titre", _("Titre de séjour")
        RECEPISSE = "recepisse", _("Récépissé")
        ATDA = "atda", _("Attestation de demande d’asile")
        VISA = "visa", _("Visa")
        DCEM = "dcem", _("Document de circulation pour étranger mineur")

    class Type(models.TextChoices):
        CARTE_RESIDENT = "carte_resident", _("Carte de résident")
        CSP_BPS = "csp_bps", _("Carte pluriannuelle « bénéficiaire de la protection subsidiaire »")
        CSP_FAMILLE_BPS = "csp_famille_bps", _("Carte pluriannuelle « membre de la famille »")
        CST = "cst", _("Carte de séjour temporaire")
        AUTRE = "autre", _("Autre titre")

    # A récépissé says in law's words which protection was granted; the codes are those of R-REGLES-9.
    MENTIONS_RECEPISSE = frozenset({"", "reconnu_refugie", "protection_subsidiaire"})

    personne = models.ForeignKey(PersonneAgdref, on_delete=models.CASCADE, related_name="documents")
    nature = models.CharField(max_length=10, choices=Nature.choices)
    type = models.CharField(max_length=20, choices=Type.choices, blank=True)
    numero = models.CharField(max_length=20, blank=True, db_index=True)
    debut = models.DateField()
    fin = models.DateField()
    # Text of the card; for a récépissé one of MENTIONS_RECEPISSE.
    mention = models.CharField(max_length=150, blank=True)
    remis = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("document du registre")
        verbose_name_plural = _("documents du registre")
        constraints = [
            models.UniqueConstraint(
                fields=["personne", "nature", "numero", "debut", "fin"], name="document_agdref_une_fois"
            ),
            models.CheckConstraint(condition=Q(fin__gte=F("debut")), name="document_agdref_dates_en_ordre"),
        ]
        indexes = [
            models.Index(fields=["fin"], condition=Q(nature="titre", remis=True), name="fin_des_titres_remis")
        ]

    def __str__(self) -> str:
        return f"{self.get_nature_display()} {self.numero}".strip()


class Ephoto(models.Model):
    """An e-photo code, as the service that made it knows it (R-EPHOTO-1)."""

    code = models.CharField(max_length=22, unique=True)
    active_le = models.DateTimeField()
    expire_le = models.DateTimeField()
    utilise_le = models.DateTimeField(null=True, blank=True)
    # What used it: the identifier that the caller of `marquer_utilise` gave.
    reference = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("code e-photo")
        verbose_name_plural = _("codes e-photo")
        constraints = [
            models.CheckConstraint(condition=Q(expire_le__gt=F("active_le")), name="ephoto_dates_en_ordre")
        ]

    def __str__(self) -> str:
        return self.code


class Timbre(models.Model):
    """An electronic tax stamp that was sold (R.436-3)."""

    numero = models.CharField(max_length=16, unique=True)
    euros = models.PositiveSmallIntegerField()
    utilise_le = models.DateTimeField(null=True, blank=True)
    # What used it: the number of a demande.
    reference = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("timbre électronique")
        verbose_name_plural = _("timbres électroniques")
        constraints = [
            models.CheckConstraint(
                condition=Q(numero__regex=r"^[0-9]{16}$"), name="timbre_vendu_a_seize_chiffres"
            )
        ]

    def __str__(self) -> str:
        return self.numero


class Tarif(models.Model):
    """One line of the dated tariff table; a payment is the sum of the lines in force on its day."""

    class Nature(models.TextChoices):
        PREMIERE = "premiere", _("Première demande")
        RENOUVELLEMENT = "renouvellement", _("Renouvellement")
        DUPLICATA = "duplicata", _("Duplicata")
        RETARD = "retard", _("Majoration pour retard")

    # "" for a line that depends on no title (the surcharge for lateness).
    titre_code = models.CharField(max_length=20, blank=True)
    # Article on which the title rests, when the amount depends on it; else "".
    fondement = models.CharField(max_length=12, blank=True)
    nature = models.CharField(max_length=14, choices=Nature.choices)
    libelle = models.CharField(max_length=120)
    article = models.CharField(max_length=12)
    euros = models.PositiveSmallIntegerField()
    # First and last day, both included; an open end is null.
    du = models.DateField(null=True, blank=True)
    au = models.DateField(null=True, blank=True)
    a_confirmer = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("tarif")
        constraints = [
            models.UniqueConstraint(
                fields=["titre_code", "fondement", "nature", "article", "du"],
                nulls_distinct=False,
                name="tarif_une_ligne",
            ),
            models.CheckConstraint(
                condition=Q(du__isnull=True) | Q(au__isnull=True) | Q(au__gte=F("du")),
                name="tarif_dates_en_ordre",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.titre_code} {self.nature} {self.euros} €".strip()
