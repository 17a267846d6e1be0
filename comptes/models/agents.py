"""Staff: who they are, their second factor, what happened to their accounts (R-COMPTE-5)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from comptes import second_facteur
from comptes.models.compte import Compte, CompteManager


class AgentManager(CompteManager):
    def get_queryset(self) -> models.QuerySet["Compte"]:
        """Staff only: an usager's account does not exist here."""
        return super().get_queryset().exclude(role=Compte.Role.USAGER)


class Agent(Compte):
    """A member of staff, as an administrateur sees them (R-COMPTE-5)."""

    # Who examines dossiers does so for one prefecture at least; the others belong to none.
    ROLES_EN_PREFECTURE = frozenset({Compte.Role.INSTRUCTEUR, Compte.Role.RESPONSABLE})
    ROLES = [(role.value, role.label) for role in Compte.Role if role != Compte.Role.USAGER]

    objects = AgentManager()

    class Meta:
        proxy = True
        verbose_name = _("agent")
        verbose_name_plural = _("agents")


class Authentificateur(TOTPDevice):
    """The application on an agent's telephone. `key` is a seed: what the telephone knows is derived from it."""

    # The devices that the demonstration makes, whose codes it shows.
    DE_DEMONSTRATION = "demonstration"

    class Meta:
        proxy = True
        verbose_name = _("second facteur")

    @property
    def bin_key(self) -> bytes:
        """The secret shared with the telephone."""
        return second_facteur.secret(self.key)


class EvenementAgent(models.Model):
    """What happened to a staff account: append-only, kept so by a trigger of the database."""

    class Type(models.TextChoices):
        CREE = "cree", _("Compte créé")
        MODIFIE = "modifie", _("Compte modifié")
        DESACTIVE = "desactive", _("Compte désactivé")
        REACTIVE = "reactive", _("Compte réactivé")
        LIEN_ENVOYE = "lien_envoye", _("Lien de mot de passe envoyé")
        MOT_DE_PASSE_CHANGE = "mot_de_passe_change", _("Mot de passe changé")
        SECOND_FACTEUR_ACTIVE = "second_facteur_active", _("Second facteur activé")
        SECOND_FACTEUR_REINITIALISE = "second_facteur_reinitialise", _("Second facteur réinitialisé")
        CODES_RENOUVELES = "codes_renouveles", _("Codes de secours renouvelés")
        CODE_DE_SECOURS_UTILISE = "code_de_secours_utilise", _("Code de secours utilisé")

    CHAMPS = {
        "nom": _("nom"),
        "prenoms": _("prénoms"),
        "email": _("adresse électronique"),
        "role": _("rôle"),
        "prefectures": _("préfectures"),
        "restants": _("codes restants"),
    }

    agent = models.ForeignKey(Compte, on_delete=models.PROTECT, related_name="evenements")
    # None: the operator, at the machine's terminal.
    acteur = models.ForeignKey(Compte, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    type = models.CharField(max_length=30, choices=Type.choices)
    valeurs = models.JSONField(default=dict, blank=True)
    le = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-le", "-pk"]
        indexes = [models.Index(fields=["agent", "-le"], name="evenement_d_un_agent")]

    @property
    def detail(self) -> str:
        """The values in words: « rôle : Instructeur → Responsable », « adresse électronique »."""
        # The database keeps the keys of a JSON object in an order of its own.
        return " ; ".join(
            str(libelle)
            if self.valeurs[champ] is True
            else f"{libelle} : {_en_mots(champ, self.valeurs[champ])}"
            for champ, libelle in self.CHAMPS.items()
            if champ in self.valeurs
        )


def _en_mots(champ: str, valeur: Any) -> str:
    if champ == "role":
        roles = valeur if isinstance(valeur, list) else [valeur]
        return " → ".join(str(Compte.Role(role).label) for role in roles)
    if champ == "prefectures":
        listes = valeur if valeur and isinstance(valeur[0], list) else [valeur]
        return " → ".join(", ".join(codes) or str(_("aucune")) for codes in listes)
    return str(valeur)
