"""The codes of the demonstration's staff: for whoever tries it, and nowhere else."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from comptes.models import Authentificateur, Compte
from comptes.second_facteur import nouvelle_graine
from demandes.demonstration import MOT_DE_PASSE
from demandes.demonstration.agents import AGENTS
from demandes.demonstration.codes import lier_un_telephone
from tests.rigueur.navigateur import Navigateur

PAGE = "/demonstration/codes/"


@pytest.fixture
def agent(db) -> Compte:
    """One of the demonstration's staff, as `peupler_demo` makes them."""
    membre = Compte.objects.create_user("instructeur-39", MOT_DE_PASSE, role="instructeur")
    lier_un_telephone(membre)
    return membre


def demander(identifiant: str) -> str:
    sortie = StringIO()
    call_command("code_de_demonstration", identifiant, stdout=sortie)
    return sortie.getvalue().strip()


@pytest.mark.parametrize("source", ["la page", "la commande"])
def test_the_code_shown_logs_in(agent, source):
    navigateur = Navigateur()
    connexion = {"username": "instructeur-39", "password": MOT_DE_PASSE}
    page = navigateur.soumettre("/gestion/login/", connexion, follow=True)
    assert PAGE in page.content.decode()
    if source == "la page":
        code = re.search(r"instructeur-39</th>.*?<strong>(\d{6})<", Client().get(PAGE).content.decode())[1]
    else:
        code = demander("instructeur-39")

    assert navigateur.soumettre(page, {"code_unique": code}).url == "/gestion/"


def test_outside_demonstration_there_is_no_page_no_command_and_no_word_of_it(agent, settings):
    navigateur = Navigateur()
    navigateur.force_login(agent, second_facteur=False)
    settings.DEMONSTRATION = False

    assert Client().get(PAGE).status_code == 404
    with pytest.raises(CommandError, match="démonstration"):
        demander("instructeur-39")
    assert PAGE not in navigateur.get("/gestion/second-facteur/").content.decode()


def test_a_telephone_that_somebody_enrolled_is_never_shown(agent):
    Authentificateur.objects.all().delete()
    Authentificateur.objects.create(user=agent, name="application", key=nouvelle_graine())
    ailleurs = Compte.objects.create_user("noa.essai", role="ccc")
    Authentificateur.objects.create(user=ailleurs, name="application", key=nouvelle_graine())

    lier_un_telephone(agent)

    page = Client().get(PAGE).content.decode()
    assert "instructeur-39" not in page
    assert "noa.essai" not in page
    with pytest.raises(CommandError, match="Aucun téléphone de démonstration"):
        demander("noa.essai")


def test_every_agent_of_the_demonstration_has_a_telephone_and_its_key_is_printed(db):
    sortie = StringIO()
    call_command("peupler_demo", verbosity=0)
    call_command("peupler_demo", "--identifiants", stdout=sortie)

    assert Authentificateur.objects.count() == len(AGENTS)
    for agent in AGENTS:
        assert re.search(rf"  {agent.identifiant} .* [A-Z2-7]{{32}}\n", sortie.getvalue()), agent.identifiant
    assert PAGE in sortie.getvalue()
