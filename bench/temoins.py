"""The baselines: a DSFR form of 8 fields with session and user and nothing else; one INSERT."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from dsfr.forms import DsfrBaseForm

TABLE = "CREATE TABLE IF NOT EXISTS bench_insertion (id bigserial PRIMARY KEY, le timestamptz, texte text)"


class FormulaireTemoin(DsfrBaseForm):
    """Eight fields of the kinds that a step has, drawn by django-dsfr."""

    nom = forms.CharField(label="Nom de famille", max_length=120)
    prenoms = forms.CharField(label="Prénoms", max_length=200, help_text="Séparés par une espace.")
    courriel = forms.EmailField(label="Adresse électronique", help_text="Exemple : nom@exemple.fr")
    telephone = forms.CharField(label="Téléphone", max_length=40)
    naissance = forms.DateField(label="Date de naissance")
    pour = forms.ChoiceField(
        label="Pour qui ?",
        choices=[("moi", "Pour moi"), ("enfant", "Pour un enfant")],
        widget=forms.RadioSelect,
    )
    situation = forms.ChoiceField(
        label="Situation", choices=[("", "Choisissez"), ("a", "Seul"), ("b", "En couple"), ("c", "Autre")]
    )
    observations = forms.CharField(label="Observations", required=False, widget=forms.Textarea({"rows": 4}))


# What the page is filled with and what is posted to it.
SAISIE = {
    "nom": "EXEMPLE-FICTIF", "prenoms": "Sara Mina", "courriel": "fictif@exemple.fr", "telephone": "0199001234",
    "naissance": "1990-03-14", "pour": "moi", "situation": "a", "observations": "",
}  # fmt: skip


def formulaire(request: HttpRequest) -> HttpResponse:
    """Show the form filled in; a valid POST leads back to it. Middleware reads session and user."""
    lie = FormulaireTemoin(request.POST or SAISIE)
    if request.method == "POST" and lie.is_valid():
        return redirect(request.path)
    return render(request, "bench/formulaire.html", {"form": lie, "title": "Formulaire"})


@csrf_exempt
@login_not_required
def insertion(request: HttpRequest) -> HttpResponse:
    """Insert one row; nobody is logged in, so that nothing else touches the database."""
    with connection.cursor() as curseur:
        curseur.execute("INSERT INTO bench_insertion (le, texte) VALUES (now(), %s)", ["dépôt"])
    return HttpResponse(status=204)
