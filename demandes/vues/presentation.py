"""The choice of the case, and its presentation before the deposit starts (R-PORTAIL-1, R-REGLES-8)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from demandes.regles.dates import ajouter_mois
from demandes.regles.faits import DateNaissance, Lien, Nature, Situation, Statut, StatutProtege
from demandes.regles.pieces import pieces_de
from demandes.vues.orientation import presenter_pieces

# Official map of the approved booths and photographers.
CARTE_EPHOTO = "https://permisdeconduire.ants.gouv.fr/services/geolocaliser-les-photographes-habilites"


@dataclass(frozen=True, slots=True)
class Cas:
    """A case that a person recognises; `type_*` are the facts whose documents are listed."""

    cle: str
    titre: Any
    pour_qui: Any
    pour: str
    statut: Statut
    nature: Nature
    age: int = 30
    recoit_apd: bool = True


CAS = {
    cas.cle: cas
    for cas in (
        Cas(
            "premiere-demande",
            _("Ma première demande de titre de séjour"),
            _("Vous venez d’obtenir le statut de réfugié ou la protection subsidiaire."),
            "moi",
            Statut.REFUGIE,
            Nature.PREMIERE,
        ),
        Cas(
            "renouvellement",
            _("Le renouvellement de mon titre de séjour"),
            _("Votre titre finit dans moins de 3 mois, ou il a fini depuis moins de 6 mois."),
            "moi",
            Statut.REFUGIE,
            Nature.RENOUVELLEMENT,
        ),
        Cas(
            "enfant",
            _("Une demande pour mon enfant de 16 ou 17 ans"),
            _("Votre enfant est protégé, ou de la famille d’une personne protégée, et veut travailler."),
            "enfant",
            Statut.REFUGIE,
            Nature.PREMIERE,
            age=16,
        ),
        Cas(
            "famille",
            _("Une demande comme membre de la famille"),
            _("Vous êtes l’époux, l’épouse, l’enfant, le père ou la mère d’une personne protégée."),
            "moi",
            Statut.MEMBRE_FAMILLE,
            Nature.PREMIERE,
            recoit_apd=False,
        ),
    )
}


@require_safe
@login_not_required
def demander(request: HttpRequest) -> HttpResponse:
    """Choose the case."""
    return render(request, "portail/demander.html", {"rubrique": "demander", "cas": CAS.values()})


@require_safe
@login_not_required
def presentation(request: HttpRequest, cas: str) -> HttpResponse:
    """What to prepare, what will be received and when, then « Commencer ». 404 for an unknown case."""
    if cas not in CAS:
        raise Http404
    choisi = CAS[cas]
    au = timezone.localdate()
    contexte = {
        "rubrique": "demander",
        "cas": choisi,
        "pieces": presenter_pieces(pieces_de(situation_type(choisi, au), au)),
        "carte_ephoto": CARTE_EPHOTO,
    }
    return render(request, "portail/presentation.html", contexte)


def situation_type(cas: Cas, au: date) -> Situation:
    """The plainest person of this case, whose documents stand for all: facts of no real person."""
    famille = cas.statut is Statut.MEMBRE_FAMILLE
    return Situation(
        statut=cas.statut,
        nature=cas.nature,
        date_naissance=DateNaissance.du_jour(ajouter_mois(au, -12 * cas.age - 1)),
        souhaite_travailler=True,
        lien=Lien.CONJOINT if famille else None,
        statut_du_protege=StatutProtege.REFUGIE if famille else None,
    )


def cas_de(situation: Situation, au: date) -> Cas:
    """The case in which this person recognises themselves."""
    if ajouter_mois(situation.date_naissance.au_plus_tot, 18 * 12) > au:
        return CAS["enfant"]
    if situation.nature is Nature.RENOUVELLEMENT:
        return CAS["renouvellement"]
    return CAS["famille" if situation.statut is Statut.MEMBRE_FAMILLE else "premiere-demande"]
