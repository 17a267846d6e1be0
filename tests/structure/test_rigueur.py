"""The strictness itself: each rule of tests/conftest.py is seen to refuse what it is for."""

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.template import Context, Engine, Template
from django.template.base import Origin
from django.urls import reverse

from referentiels.models import Prefecture
from tests.rigueur import cloison, gabarits
from tests.rigueur.navigateur import exiger_les_jetons
from tests.structure.arbre import RACINE


def gabarit(texte: str, nom: str = "templates/essai.html") -> Template:
    """A template as if it stood in that file of the project."""
    return Template(texte, origin=Origin(str(RACINE / nom)), engine=Engine.get_default())


def test_an_undefined_variable_fails_even_where_the_code_survives_it():
    with pytest.raises(gabarits.VariableInconnue, match="absente"):
        gabarit("{{ absente }}").render(Context())
    assert gabarits.rencontrees
    gabarits.rencontrees.clear()


@pytest.mark.parametrize("texte", ["{{ absente|default:'' }}", "{% if absente %}x{% endif %}", "{{ vide }}"])
def test_what_the_template_says_may_be_absent_may_be(texte):
    assert not gabarit(texte).render(Context({"vide": ""}))


def test_the_templates_of_libraries_are_not_ours_to_correct():
    nom = ".venv/lib/python3/site-packages/django/contrib/admin/templates/admin/base.html"
    assert not gabarit("{{ absente }}", nom).render(Context())


def test_a_form_that_posts_without_a_token_fails():
    page = HttpResponse('<form method="POST"><input name="a"></form>')
    page.request = {"PATH_INFO": "/essai/"}
    with pytest.raises(AssertionError, match="csrf_token"):
        exiger_les_jetons(page)


@pytest.mark.django_db
def test_a_browser_that_forges_a_post_is_refused(navigateur):
    assert navigateur.post(reverse("comptes:connexion"), {"username": "9900000001"}).status_code == 403


@pytest.mark.django_db
def test_a_queryset_without_order_comes_in_a_different_one_each_time():
    ordres = {tuple(Prefecture.objects.order_by().values_list("pk", flat=True)) for _fois in range(5)}
    assert len(ordres) > 1
    assert (
        len({tuple(Prefecture.objects.order_by("pk").values_list("pk", flat=True)) for _fois in range(5)})
        == 1
    )


@pytest.mark.django_db
def test_the_reference_data_are_there():
    assert Prefecture.objects.count() == 101


def test_no_test_sees_what_another_one_counted():
    cache.set("compte", 3)
    cloison.renouveler_les_cles()
    assert cache.get("compte") is None
