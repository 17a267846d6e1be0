"""The simulator: a few questions without an account, answered by the rules (R-PORTAIL-1, R-REGLES-1)."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from demandes.simulateur.questionnaire import Questionnaire
from demandes.simulateur.questions import ETAPES
from demandes.vues.orientation import presenter
from demandes.vues.presentation import cas_de
from referentiels import territoire


@require_safe
@login_not_required
def simulateur(request: HttpRequest) -> HttpResponse:
    """Ask the next questions, or show what the rules answer. Everything is in the query string."""
    questionnaire = Questionnaire(request.GET.dict(), timezone.localdate())
    if questionnaire.redirection is not None:
        return redirect(f"{reverse('demandes:simulateur')}?{questionnaire.redirection}")
    contexte: dict[str, Any] = {
        "rubrique": "simulateur",
        "questionnaire": questionnaire,
        "resume": resume(questionnaire),
    }
    if questionnaire.formulaire is not None:
        contexte["form"] = questionnaire.formulaire
        return render(request, "portail/simulateur_question.html", contexte)
    orientation, situation = questionnaire.orientation, questionnaire.situation
    resultat = presenter(orientation, situation, questionnaire.au)
    contexte |= {"resultat": resultat, "situation": situation, "cas": cas_de(situation, questionnaire.au)}
    if resultat["vers_la_prefecture"]:
        contexte |= _prefecture(request)
    return render(request, "portail/simulateur_resultat.html", contexte)


def _prefecture(request: HttpRequest) -> dict[str, Any]:
    """The départements to choose from, and the prefecture of the one that was chosen."""
    code = request.GET.get("departement", "")[:3]
    lieux = territoire.service()
    return {
        "departements": lieux.departements(),
        "departement": code,
        "prefecture": lieux.prefecture(code) if code else None,
    }


def resume(questionnaire: Questionnaire) -> list[dict[str, str]]:
    """The answers given: [{question, reponse, lien}], `lien` leading back to their page."""
    lignes = []
    pages = {etape.formulaire: etape for etape in ETAPES}
    for formulaire in questionnaire.repondues:
        etape = pages[type(formulaire)]
        for champ in formulaire:
            if reponse := _reponse(champ, questionnaire.reponses.get(champ.name, "")):
                lien = questionnaire.adresse(etape.nom)
                lignes.append({"question": str(champ.label), "reponse": reponse, "lien": lien})
    return lignes


def _reponse(champ: Any, valeur: str) -> str:
    choix = dict(getattr(champ.field, "choices", ()))
    if choix:
        return str(choix.get(valeur, ""))
    annee, mois, jour = [*valeur.split("-"), "", ""][:3]
    return "/".join(partie for partie in (jour, mois, annee) if partie.strip("0"))
