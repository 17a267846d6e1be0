"""A demande, from draft to card in hand."""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from demandes.etats import A_DECIDER, CLOS, OUVERTS, Etat
from demandes.models.recherche import MOTS
from demandes.situations import DROITS, LIGNES

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
        # The indexes of the queue start with it.
        db_index=False,
    )
    titre_code = models.CharField(_("titre demandé"), max_length=20, blank=True)
    controle = models.CharField(max_length=12, choices=Controle.choices, blank=True)
    # Frozen copy of the deposit: demandes.parcours.gel.geler. An agent's correction changes it, and says so.
    donnees = models.JSONField(default=dict, blank=True)
    # Codes shown to the agent: alerts of the rules and remarks of the deposit.
    signalements = models.JSONField(default=list, blank=True)

    # The examination (docs/examen.md).
    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("agent chargé du dossier"),
        related_name="dossiers",
    )
    # The day on which the person loses rights; it orders the agents' queue.
    droits_jusqu_au = models.DateField(_("droits jusqu’au"), null=True, blank=True)
    # The day from which the next APD is to be ordered; empty when none comes by itself (demandes/chaine.py).
    apd_due_le = models.DateField(null=True, blank=True)
    # OFPRA still rebuilds the civil status: nothing can be decided (R-INSTR-6).
    ofpra_en_attente = models.BooleanField(
        _("état civil attendu de l’OFPRA"), default=False, db_default=False
    )
    # A refusal waits for a second person: the queue shows it to the responsables (R-INSTR-5).
    refus_propose = models.BooleanField(_("refus à confirmer"), default=False, db_default=False)
    # The bénéficiaire as lists show them: the frozen copy is too heavy to be read for each line.
    personne = models.CharField(max_length=350, blank=True, default="", db_default="")
    # The names, as `demandes.recherche.texte_de_recherche` folds them.
    recherche = models.CharField(max_length=600, blank=True, default="", db_default="")
    # For a child: the 18th birthday, when the account that applied stops seeing the dossier.
    majorite_le = models.DateField(null=True, blank=True)
    # When the present state began; empty for a draft.
    etat_depuis = models.DateTimeField(null=True, blank=True)
    decidee_le = models.DateTimeField(null=True, blank=True)

    # The clocks (demandes/operations/horloges/). Since when the owner of a draft knows that it will be deleted.
    prevenu_le = models.DateTimeField(null=True, blank=True)
    # When the register was last asked whether OFPRA's civil status is there.
    registre_consulte_le = models.DateTimeField(null=True, blank=True)

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
            # The queue in its order: each situation, so that counting it reads nothing else; all of them together;
            # mine; the closed dossiers.
            *(
                models.Index(
                    F("prefecture"),
                    DROITS,
                    F("id"),
                    condition=situation.condition,
                    name=f"file_{situation.code}",
                )
                for situation in LIGNES
            ),
            models.Index(
                F("prefecture"),
                DROITS,
                F("id"),
                condition=Q(etat__in=sorted(OUVERTS)),
                name="file_de_prefecture",
            ),
            models.Index(
                F("agent"), DROITS, F("id"), condition=Q(etat__in=sorted(OUVERTS)), name="file_d_agent"
            ),
            models.Index(
                F("prefecture"),
                F("close_le").desc(),
                F("id").desc(),
                condition=Q(etat__in=sorted(CLOS)),
                name="dossiers_clos",
            ),
            # What the clocks look for: the dossiers that wait for the prefecture, the drafts left aside, OFPRA's wait.
            models.Index(
                fields=["deposee_le"],
                condition=Q(etat__in=[Etat.DEPOSEE, Etat.EN_INSTRUCTION]),
                name="dossier_a_decider",
            ),
            models.Index(
                fields=["modifie_le"], condition=Q(etat=Etat.BROUILLON), name="brouillon_par_activite"
            ),
            models.Index(
                fields=["registre_consulte_le"], condition=Q(ofpra_en_attente=True), name="attente_de_l_ofpra"
            ),
            models.Index(
                fields=["apd_due_le", "id"],
                condition=Q(etat__in=sorted(A_DECIDER), apd_due_le__isnull=False),
                name="apd_due",
            ),
            GinIndex(MOTS, name="dossier_par_mots"),
        ]

    def __str__(self) -> str:
        return self.numero or str(self.id)
