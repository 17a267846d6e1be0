"""Staff accounts at the same instant: one code serves once, one telephone is enrolled, one administrateur remains."""

import pytest

from comptes import second_facteur
from comptes.models import Authentificateur, Compte, EvenementAgent
from comptes.operations.agents.activer_agent import desactiver_agent
from comptes.operations.agents.activer_second_facteur import activer_second_facteur
from comptes.operations.agents.refus import CodeRefuse, SansDroit, SecondFacteurPresent
from comptes.operations.agents.renouveler_codes import remplacer_les_codes
from comptes.operations.agents.verifier_second_facteur import verifier_code, verifier_code_de_secours
from referentiels.limites import TropDEssais
from tests import dossiers_d_essai as essai
from tests.seconds_facteurs import code, code_de, telephone_de

GRAINE = "f6" * 20


@pytest.fixture
def agent() -> Compte:
    membre = essai.agent(essai.prefecture("39"))
    telephone_de(membre)
    return membre


def test_one_recovery_code_sent_eight_times_at_once_opens_once(agent, en_parallele):
    remplacer_les_codes(agent.pk, GRAINE)
    (premier, *_autres) = second_facteur.codes_de_secours(GRAINE)

    issues = en_parallele(lambda: verifier_code_de_secours(agent_id=agent.pk, code=premier), 8)

    ouvertes = [issue for issue in issues if not isinstance(issue, Exception)]
    assert len(ouvertes) == 1
    assert {type(issue) for issue in issues if isinstance(issue, Exception)} <= {CodeRefuse, TropDEssais}
    assert EvenementAgent.objects.filter(type="code_de_secours_utilise").count() == 1


def test_one_code_of_the_telephone_sent_eight_times_at_once_opens_once(agent, en_parallele):
    vu = code_de(agent)

    issues = en_parallele(lambda: verifier_code(agent_id=agent.pk, code=vu), 8)

    assert sum(isinstance(issue, Authentificateur) for issue in issues) == 1


def test_eight_wrong_codes_at_once_are_not_eight_tries(agent, en_parallele):
    """They wait for each other: the first one counts, the others are told to wait."""
    issues = en_parallele(lambda: verifier_code(agent_id=agent.pk, code="000000"), 8)

    assert sum(isinstance(issue, CodeRefuse) for issue in issues) <= 2
    assert {type(issue) for issue in issues} <= {CodeRefuse, TropDEssais}


def test_two_pages_that_enrol_at_once_keep_one_telephone(en_parallele):
    agent = essai.agent(role="ccc")
    graines = ["a7" * 20, "b8" * 20]

    issues = en_parallele(
        lambda graine: activer_second_facteur(
            agent_id=agent.pk, graine=graine, graine_codes=graine, code=code(second_facteur.secret(graine))
        ),
        graines,
    )

    (perdue,) = [issue for issue in issues if isinstance(issue, Exception)]
    assert isinstance(perdue, SecondFacteurPresent)
    assert Authentificateur.objects.count() == 1


def test_two_administrateurs_who_shut_each_other_out_at_once_leave_one(en_parallele):
    un, autre = (essai.agent(role="administrateur") for _fois in range(2))

    issues = en_parallele(
        lambda qui: desactiver_agent(acteur_id=qui[0], agent_id=qui[1]),
        [(un.pk, autre.pk), (autre.pk, un.pk)],
    )

    assert sorted(type(issue) for issue in issues if issue is not None) == [SansDroit]
    assert Compte.objects.filter(role="administrateur", is_active=True).count() == 1
