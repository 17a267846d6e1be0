"""Reads: notifications, whether mail reaches the account, staff and their second factor."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken

from comptes.models import Agent, Authentificateur, Compte, Courriel, EvenementAgent, Notification


def notifications(compte: Compte) -> QuerySet[Notification]:
    """The messages of an account, newest first.

    Those about the dossier of somebody else's child end with the child's 18th birthday (R-COMPTE-4).
    """
    devenus_majeurs = Q(demande__compte=compte, demande__majorite_le__lte=timezone.localdate())
    if compte.numero_etranger:
        devenus_majeurs &= ~Q(demande__beneficiaire=compte.numero_etranger)
    return Notification.objects.filter(compte=compte).exclude(devenus_majeurs).order_by("-cree_le", "-pk")


def non_lues(compte: Compte) -> int:
    """How many messages of an account are unread."""
    return notifications(compte).filter(lue_le__isnull=True).count()


def adresse_en_echec(compte: Compte) -> bool:
    """Whether the last mail to the account's present address that came to an end has failed for good."""
    dernier = (
        Courriel.objects.filter(
            compte=compte, destinataire=compte.email, etat__in=[Courriel.Etat.ENVOYE, Courriel.Etat.ECHEC]
        )
        .order_by("-cree_le", "-pk")
        .values_list("etat", flat=True)
        .first()
    )
    return dernier == Courriel.Etat.ECHEC


def agents() -> QuerySet[Agent]:
    """Every member of staff, with `avec_second_facteur`: whether a telephone is enrolled."""
    facteurs = Authentificateur.objects.filter(user=OuterRef("pk"), confirmed=True)
    return Agent.objects.annotate(avec_second_facteur=Exists(facteurs))


def a_un_second_facteur(agent: Compte) -> bool:
    """Whether this member of staff has enrolled a telephone."""
    return Authentificateur.objects.filter(user_id=agent.pk, confirmed=True).exists()


def codes_de_secours_restants(agent_id: int) -> int:
    """How many recovery codes have not served yet."""
    return StaticToken.objects.filter(device__user_id=agent_id).count()


def journal_de(agent: Compte) -> QuerySet[EvenementAgent]:
    """What happened to a staff account, newest first."""
    return EvenementAgent.objects.filter(agent_id=agent.pk).select_related("acteur").order_by("-le", "-pk")
