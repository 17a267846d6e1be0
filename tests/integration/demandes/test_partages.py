"""Share codes: made, given, used, ended by the person of the dossier and nobody else (R-ATT-3)."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from attestations import partages
from attestations.models import Attestation, Partage
from attestations.operations.commander import commander
from attestations.operations.partager import PARTAGES_MAXIMUM
from demandes.models import Demande
from tests import dossiers_d_essai as essai
from tests.donnees_attestation import apd_premiere

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _limites_a_zero(settings):
    """Each test counts its tries alone, also beside others on one Redis."""
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}}


@pytest.fixture
def compte():
    return essai.compte_de(essai.personne())


@pytest.fixture
def attestation(compte):
    jour = timezone.localdate()
    donnees = apd_premiere(debut=jour, fin=jour + timedelta(days=180))
    demande = Demande.objects.create(compte=compte)
    with transaction.atomic():
        return commander(
            demande_id=demande.pk, type="APD", debut=donnees.debut, fin=donnees.fin, donnees=donnees
        )


@pytest.fixture
def titulaire(compte):
    """The browser of the person of the dossier."""
    navigateur = Client()
    navigateur.force_login(compte, backend="comptes.authentification.IdentifiantBackend")
    return navigateur


def adresse(attestation):
    return f"/espace/attestations/{attestation.pk}/partages/"


def saisie(fin=None, motif="emploi"):
    fin = fin or timezone.localdate() + timedelta(days=30)
    return {"motif": motif, "fin_jour": fin.day, "fin_mois": fin.month, "fin_annee": fin.year}


def creer(titulaire, attestation, **champs):
    """Make a share through the page; gives the code as its holder reads it."""
    reponse = titulaire.post(adresse(attestation), saisie(**champs), follow=True)
    assert reponse.status_code == 200
    return re.search(r'class="portail-code"[^>]*>([0-9A-Z-]+)<', reponse.content.decode())[1]


def demander(code):
    return (
        Client(REMOTE_ADDR=f"10.1.{uuid.uuid4().int % 256}.{uuid.uuid4().int % 256}")
        .post("/verifier/partage/", {"code": code})
        .content.decode()
    )


def test_the_code_shows_validity_and_rights_and_nothing_else(titulaire, attestation):
    code = creer(titulaire, attestation)
    page = demander(code)
    assert "authentique et en vigueur" in page
    assert "Elle permet de travailler." in page
    for absent in ("HAIDARI", "HAÏDARI", "9201202611231405001", "1990", "employeur</dt>", code):
        assert absent not in page


@pytest.mark.parametrize(
    "ecrire", [str.lower, lambda c: c.replace("-", " "), lambda c: c.replace("0", "o").replace("1", "l")]
)
def test_a_code_may_be_typed_as_people_type(titulaire, attestation, ecrire):
    assert "en vigueur" in demander(ecrire(creer(titulaire, attestation)))


@pytest.mark.parametrize("faux", ["", "ABCD", "0" * 29, "U" * 28, "é" * 28, "\x00" * 28, "Z" * 500])
def test_what_cannot_be_a_code_is_a_sentence(client, faux):
    page = client.post("/verifier/partage/", {"code": faux}).content.decode()
    assert "Une réponse est à corriger" in page


def test_the_link_looks_nothing_up_until_the_button_is_pressed(client, titulaire, attestation):
    code = creer(titulaire, attestation)
    page = client.get(f"/verifier/partage/{code}/").content.decode()
    assert f'value="{code}"' in page
    assert "authentique" not in page
    assert Partage.objects.get().consulte_le is None
    assert client.get(f"/verifier/partage/{'0' * 28}/").status_code == 200


def test_neither_the_code_nor_a_part_of_it_is_in_the_database(titulaire, attestation):
    code = partages.normaliser(creer(titulaire, attestation))
    with connection.cursor() as curseur:
        curseur.execute("SELECT p::text FROM attestations_partage p")
        (ligne,) = curseur.fetchone()
    assert code[:6] not in ligne
    assert partages.empreinte(code) in ligne


def test_codes_are_long_and_all_different():
    codes = {partages.code(uuid.uuid4()) for _ in range(2000)}
    assert len(codes) == 2000
    assert {len(code) for code in codes} == {28}
    # Each place takes every letter of the alphabet: 28 × 5 = 140 bits.
    assert all(len({code[rang] for code in codes}) == 32 for rang in range(28))


def test_the_holder_sees_when_a_code_was_used_last(titulaire, attestation):
    code = creer(titulaire, attestation)
    assert "Jamais utilisé." in titulaire.get(adresse(attestation)).content.decode()
    demander(code)
    assert "Utilisé la dernière fois le" in titulaire.get(adresse(attestation)).content.decode()


def test_revoked_over_and_unknown_are_one_same_answer(titulaire, attestation):
    def sans_jeton(page):
        return re.sub(r"csrfmiddlewaretoken\" value=\"\w+|Vérifié le [^<]+", "", page)

    inconnu = sans_jeton(demander("0" * 28))
    assert "Aucune attestation trouvée" in inconnu
    revoque, fini, annule = (
        creer(titulaire, attestation, motif=motif) for motif in ("emploi", "banque", "autre")
    )
    page = titulaire.get(adresse(attestation)).content.decode()
    assert all(code in page for code in (revoque, fini, annule))
    partage = Partage.objects.get(motif="emploi")
    titulaire.post(f"{adresse(attestation)}{partage.pk}/revoquer/")
    Partage.objects.filter(motif="banque").update(fin=timezone.localdate() - timedelta(days=1))
    assert sans_jeton(demander(revoque)) == inconnu
    assert sans_jeton(demander(fini)) == inconnu
    assert "en vigueur" in demander(annule)
    Attestation.objects.update(revoquee_le=timezone.now())
    assert sans_jeton(demander(annule)) == inconnu
    assert Partage.objects.get(motif="emploi").consulte_le is None
    page = titulaire.get(adresse(attestation)).content.decode()
    assert revoque not in page
    assert fini not in page


def test_a_replaced_attestation_is_told_as_such(titulaire, attestation):
    code = creer(titulaire, attestation)
    Attestation.objects.update(remplacee_le=timezone.now())
    assert "elle a été remplacée" in demander(code)


@pytest.mark.parametrize(
    ("jours", "phrase"), [(-1, "Cette date est passée."), (184, "Cette date est trop loin.")]
)
def test_an_end_that_is_past_or_far_is_refused_and_stays_typed(titulaire, attestation, jours, phrase):
    fin = timezone.localdate() + timedelta(days=jours)
    page = titulaire.post(adresse(attestation), saisie(fin=fin)).content.decode()
    assert phrase in page
    assert f'value="{fin.year}"' in page
    assert not Partage.objects.exists()


def test_an_attestation_without_effect_is_not_shared(titulaire, attestation):
    Attestation.objects.update(revoquee_le=timezone.now())
    page = titulaire.post(adresse(attestation), saisie()).content.decode()
    assert "Cette attestation n’est plus valable." in page
    assert not Partage.objects.exists()


def test_codes_in_force_are_twenty_at_most(titulaire, attestation):
    for rang in range(PARTAGES_MAXIMUM):
        Partage.objects.create(
            attestation=attestation, empreinte=f"{rang:064d}", motif="autre", fin=timezone.localdate()
        )
    assert "Vous avez 20 codes en cours." in titulaire.post(adresse(attestation), saisie()).content.decode()
    Partage.objects.filter(empreinte=f"{0:064d}").update(revoque_le=timezone.now())
    creer(titulaire, attestation)
    assert Partage.objects.filter(revoque_le=None).count() == PARTAGES_MAXIMUM


def test_a_code_that_the_present_key_does_not_give_is_not_shown_and_still_works(
    titulaire, attestation, settings
):
    code = creer(titulaire, attestation)
    Partage.objects.update(empreinte=partages.empreinte("A" * 28))
    assert "Ce code ne peut plus être affiché." in titulaire.get(adresse(attestation)).content.decode()
    assert "en vigueur" in demander("A" * 28)
    assert "Aucune attestation trouvée" in demander(code)


def test_another_account_neither_sees_nor_makes_nor_ends_a_code(titulaire, attestation):
    creer(titulaire, attestation)
    partage = Partage.objects.get()
    autre = Client()
    autre.force_login(
        essai.compte_de(essai.personne()), backend="comptes.authentification.IdentifiantBackend"
    )
    assert autre.get(adresse(attestation)).status_code == 404
    assert autre.post(adresse(attestation), saisie()).status_code == 404
    assert autre.post(f"{adresse(attestation)}{partage.pk}/revoquer/").status_code == 404
    partage.refresh_from_db()
    assert partage.revoque_le is None
    assert Partage.objects.count() == 1


def test_a_code_is_ended_under_its_own_attestation_only(titulaire, attestation, compte):
    creer(titulaire, attestation)
    partage = Partage.objects.get()
    jour = timezone.localdate()
    with transaction.atomic():
        autre = commander(
            demande_id=Demande.objects.create(compte=compte).pk,
            type="APD",
            debut=jour,
            fin=jour + timedelta(days=9),
            donnees=apd_premiere(debut=jour, fin=jour + timedelta(days=9)),
        )
    assert titulaire.post(f"{adresse(autre)}{partage.pk}/revoquer/").status_code == 404


def test_the_card_of_the_attestation_leads_to_its_codes(titulaire, attestation):
    carte = render_to_string("demandes/espace/_attestation.html", {"attestation": attestation})
    assert adresse(attestation) in carte
