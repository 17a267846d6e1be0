"""Controls drawn by Python are those that Django's templates draw."""

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.test.html import parse_html

from referentiels.dessin import Rendu
from referentiels.formulaires import Formulaire, Liste

HOSTILE = """<b>"l'œuf"</b> & {{ x }}"""

CONTROLES = [
    forms.TextInput({"autocomplete": "off", "data-x": HOSTILE, "disabled": True, "readonly": False}),
    forms.EmailInput(), forms.NumberInput({"min": 0}), forms.PasswordInput(), forms.HiddenInput(),
    forms.CheckboxInput(), forms.Textarea({"rows": 4}), forms.DateInput(),
]  # fmt: skip


@pytest.mark.parametrize("valeur", [None, "", HOSTILE, "\nligne", 0, True])
@pytest.mark.parametrize("controle", CONTROLES, ids=lambda controle: type(controle).__name__)
def test_a_control_is_what_the_template_of_django_draws(controle, valeur):
    attrs = {"id": "id_x", "required": True}

    ici = controle.render("x", valeur, attrs, Rendu())

    assert parse_html(ici) == parse_html(controle.render("x", valeur, attrs, TemplatesSetting()))


@pytest.mark.parametrize("valeur", [None, "", "a", "b", HOSTILE, "inconnue"])
def test_a_list_is_what_the_template_of_django_draws(valeur):
    choix = [("", "Choisissez"), ("a", "A & b"), ("b", HOSTILE), (HOSTILE, "C")]

    ici = Liste({"class": "fr-select"}, choix).render("x", valeur, {"id": "id_x"}, Rendu())

    django = forms.Select({"class": "fr-select"}, choix).render(
        "x", valeur, {"id": "id_x"}, TemplatesSetting()
    )
    assert parse_html(ici) == parse_html(django)


@pytest.mark.parametrize("sorte", [forms.RadioSelect, forms.CheckboxSelectMultiple])
def test_a_group_checks_what_is_chosen_and_names_each_control(sorte):
    class Essai(Formulaire):
        choix = forms.MultipleChoiceField(choices=[("a", "A"), ("b", HOSTILE)], widget=sorte)

    html = str(Essai({"choix": ["b"]})["choix"])

    assert html.count("<input") == 2
    assert html.count(" checked") == 1
    assert 'id="id_choix_1" value="b" checked' in html
    assert '<label class="fr-label" for="id_choix_1">&lt;b&gt;' in html
    assert "<b>" not in html
