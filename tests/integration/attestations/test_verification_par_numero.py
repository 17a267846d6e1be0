"""Number and birth date: what is told, to whom nothing is, and how many guesses anybody has (R-ATT-3)."""

import re
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from attestations.operations.terminer import remplacer, revoquer
from attestations.verification import vues
from attestations.verification.reponses import INTROUVABLE, Issue, repondre_au_numero
from tests.donnees_attestation import (
    apd_premiere,
    aujourd_hui,
    confirmation,
    decision_favorable,
)

pytestmark = pytest.mark.django_db(transaction=True)
NUMERO, NAISSANCE = "9201202611231405001", "1990-03-00"


@pytest.fixture(autouse=True)
def _limites_a_zero(settings):
    """Each test counts its tries alone, also beside others on one Redis."""
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}}


def champs(numero=NUMERO, jour="", mois="3", annee="1990"):
    return {"numero": numero, "naissance_jour": jour, "naissance_mois": mois, "naissance_annee": annee}


def demander(client, **saisie):
    return client.post("/verifier/numero/", champs(**saisie))


def principal(reponse):
    """The page without what changes from one request to the next whatever the answer."""
    return re.sub(r"csrfmiddlewaretoken\" value=\"\w+", "", reponse.content.decode())


def apd(debut, jours=10, **changements):
    jour = aujourd_hui() + timedelta(days=debut)
    return apd_premiere(debut=jour, fin=jour + timedelta(days=jours), **changements)


def repondre(au=None):
    return repondre_au_numero(NUMERO, NAISSANCE, au=au or aujourd_hui())


def test_the_number_and_the_birth_date_tell_validity_and_rights_without_a_name(client, ordonner):
    ordonner(apd(0))
    page = demander(client, numero="9201 20261123 1405 001").content.decode()
    assert "Cette attestation est authentique et en vigueur" in page
    assert "Elle permet de travailler." in page
    for absent in ("HAIDARI", "HAÏDARI", "Titulaire", NUMERO, "1990"):
        assert absent not in page


def test_an_unknown_number_and_a_wrong_date_get_one_same_answer(client, ordonner):
    ordonner(apd(0))
    with time_machine.travel(timezone.now(), tick=False):
        inconnu = demander(client, numero="9201202611231405002")
        faux = demander(client, mois="4")
    assert inconnu.status_code == faux.status_code == 200
    assert "Aucune attestation trouvée" in principal(faux)
    assert principal(inconnu) == principal(faux)


def test_both_cost_one_query(ordonner, django_assert_num_queries):
    ordonner(apd(0))
    requetes = []
    for numero, naissance in ((NUMERO, "1990-04-00"), ("9201202611231405002", NAISSANCE)):
        with django_assert_num_queries(1) as vues_par_la_base:
            assert repondre_au_numero(numero, naissance, au=aujourd_hui()) == INTROUVABLE
        assert isinstance(vues_par_la_base, CaptureQueriesContext)
        requetes.append(vues_par_la_base[0]["sql"].replace(numero, "N").replace(naissance, "D"))
    assert requetes[0] == requetes[1]


def test_of_several_documents_the_one_in_force_is_told(ordonner, demande):
    ordonner(confirmation(debut=aujourd_hui()))
    assert repondre().est_une_confirmation
    ordonner(apd(-11))
    ordonner(apd(0))
    ordonner(apd(11))
    assert (repondre().issue, repondre().debut) == (Issue.EN_VIGUEUR, aujourd_hui())
    assert repondre(au=aujourd_hui() + timedelta(days=60)).issue is Issue.TERMINEE
    remplacer(demande_id=demande.pk, types=["APD"], maintenant=timezone.now())
    assert repondre().issue is Issue.REMPLACEE
    ordonner(decision_favorable(debut=aujourd_hui()))
    assert (repondre().issue, repondre().type) == (Issue.EN_VIGUEUR, "ADF")
    revoquer(demande_id=demande.pk, types=["ADF"], maintenant=timezone.now())
    assert repondre().issue is Issue.REVOQUEE
    assert repondre().droits is None


@pytest.mark.parametrize(
    ("saisie", "phrase"),
    [
        ({"numero": ""}, "Écrivez le numéro de la demande : 19 chiffres."),
        ({"numero": "123"}, "Vous en avez écrit 3."),
        ({"numero": "920120261123140500A"}, "n’a que des chiffres"),
        ({"numero": "9" * 400}, "19 chiffres"),
        ({"numero": "٩" * 19}, "n’a que des chiffres"),
        ({"annee": "", "mois": ""}, "Indiquez la date de naissance"),
        ({"jour": "31", "mois": "2"}, "Cette date n’existe pas"),
    ],
)
def test_what_cannot_be_a_number_or_a_date_is_told_and_stays_typed(client, saisie, phrase):
    page = demander(client, **saisie).content.decode()
    assert phrase in page
    assert 'value="1990"' in page or saisie.get("annee") == ""


def test_the_eleventh_try_from_an_address_waits_whatever_the_way(client):
    for rang in range(5):
        assert demander(client, numero=f"92012026112314050{rang:02d}").status_code == 200
        assert client.post("/verifier/code/", {"texte": "DC04"}).status_code == 200
    refuses = [
        demander(client),
        client.post("/verifier/code/", {"texte": "DC04"}),
        client.post("/verifier/partage/", {"code": "0" * 28}),
    ]
    for refuse in refuses:
        assert refuse.status_code == 429
        assert int(refuse["Retry-After"]) <= 600
        assert "Vous pourrez essayer à nouveau dans" in refuse.content.decode()
    assert NUMERO in refuses[0].content.decode()
    assert demander(Client(REMOTE_ADDR="10.9.8.7")).status_code == 200


def test_a_form_with_an_error_is_no_try(client):
    for _ in range(12):
        assert demander(client, numero="1").status_code == 200
    assert demander(client).status_code == 200


def test_the_tries_are_given_back_after_ten_minutes(client):
    with time_machine.travel(timezone.now(), tick=False) as horloge:
        statuts = [demander(client, numero=f"92012026112314051{rang:02d}").status_code for rang in range(11)]
        assert statuts == [200] * 10 + [429]
        horloge.shift(timedelta(minutes=10))
        assert demander(client).status_code == 200


def test_a_thousand_guesses_of_a_birth_date_from_everywhere_are_ten(ordonner, monkeypatch):
    """One number, a thousand machines: ten tries reach the database, right date or not."""
    ordonner(apd(0))
    essais = []
    monkeypatch.setattr(
        vues, "repondre_au_numero", lambda *args, **kwargs: essais.append(args) or INTROUVABLE
    )
    # What the pages look like is not the subject, and a thousand of them take minutes.
    monkeypatch.setattr(vues, "render", lambda *args, status=200, **kwargs: HttpResponse(status=status))
    fabrique = RequestFactory()
    statuts = []
    with time_machine.travel(timezone.now(), tick=False):
        for rang in range(1_000):
            adresse = f"10.0.{rang >> 8}.{rang & 255}"
            saisie = champs(jour=str(rang % 28 + 1), annee=str(1930 + rang % 70))
            statuts.append(
                vues.numero(fabrique.post("/verifier/numero/", saisie, REMOTE_ADDR=adresse)).status_code
            )
    assert len(essais) == 10
    assert statuts == [200] * 10 + [429] * 990
