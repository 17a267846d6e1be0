"""The agents' screen: their prefecture's dossiers, read-only, each look-up written down (R-COMPTE-5, R-INSTR-2)."""

import uuid

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from attestations.models import Attestation
from demandes.admin.lignes import en_groupes
from demandes.models import Demande, Evenement, Fichier
from demandes.operations.deposer import deposer
from tests import dossiers_d_essai as essai

LISTE = "/gestion/demandes/demande/"


def depot(code_postal: str = "39000", **options) -> Demande:
    profil = essai.refugie(le=timezone.now(), **options)
    profil.identite = {"code_postal": code_postal}
    profil.remplir(au=timezone.localdate())
    for fichier in Fichier.objects.filter(piece__demande=profil.demande):
        fichier.contenu = default_storage.save(f"pieces/{uuid.uuid4().hex}", ContentFile(b"contenu"))
        fichier.apercu = default_storage.save(f"pieces/{uuid.uuid4().hex}", ContentFile(b"apercu"))
        fichier.save()
    return deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=timezone.now())


def adresses(demande: Demande) -> list[str]:
    fichier = Fichier.objects.filter(piece__demande=demande).first()
    attestation = Attestation.objects.get(demande=demande)
    return [
        f"{LISTE}{demande.pk}/change/",
        f"{LISTE}{demande.pk}/fichiers/{fichier.pk}/contenu/",
        f"{LISTE}{demande.pk}/fichiers/{fichier.pk}/apercu/",
        f"{LISTE}{demande.pk}/attestations/{attestation.pk}/",
    ]


@pytest.fixture
def agent(connecter):
    """A browser of an agent of the Jura."""
    return connecter(essai.agent(essai.prefecture("39")))


def test_the_list_holds_the_dossiers_of_the_agents_prefectures_only(agent):
    ici, ailleurs = depot(), depot("92000")
    brouillon = essai.refugie().remplir()

    page = agent.get(LISTE).content.decode()

    assert en_groupes(ici.numero) in page
    assert en_groupes(ailleurs.numero) not in page
    assert str(brouillon.demande.pk) not in page
    assert "HAÏDARI-FICTIF Ûmid Farhâd" in page


def test_an_agent_of_two_prefectures_sees_both(connecter):
    ici, ailleurs = depot(), depot("92000")

    page = connecter(essai.agent(essai.prefecture("39"), essai.prefecture("92"))).get(LISTE).content.decode()

    assert en_groupes(ici.numero) in page
    assert en_groupes(ailleurs.numero) in page


def test_a_search_finds_nothing_of_another_prefecture(agent):
    ailleurs = depot("92000")

    for terme in (ailleurs.numero, ailleurs.beneficiaire, "\x00", "%", "' OR 1=1 --", "x" * 5000):
        page = agent.get(LISTE, {"q": terme})
        assert page.status_code == 200
        assert str(ailleurs.pk) not in page.content.decode()


def test_the_dossier_page_shows_answers_rules_and_documents(agent):
    demande = depot()

    page = agent.get(adresses(demande)[0]).content.decode()

    for mots in (demande.numero, "HAÏDARI-FICTIF", "12 rue des Lilas", "L.424-1"):
        assert mots in page
    _page, contenu, apercu, attestation = adresses(demande)
    for adresse in (f"{LISTE}{demande.pk}/pieces/?fichier={contenu.split('/')[-3]}", apercu, attestation):
        assert adresse in page


def test_a_file_is_an_attachment_that_no_browser_guesses_the_type_of(agent):
    reponse = agent.get(adresses(depot())[1])

    assert b"".join(reponse.streaming_content) == b"contenu"
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert reponse["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "qui", ["agent d’ailleurs", "agent sans préfecture", "support", "administrateur", "usager", "le déposant"]
)
def test_for_everyone_else_the_dossier_does_not_exist(connecter, qui):
    demande = depot()
    compte = {
        "agent d’ailleurs": lambda: essai.agent(essai.prefecture("92")),
        "agent sans préfecture": essai.agent,
        "support": lambda: essai.agent(essai.prefecture("39"), role="ccc"),
        "administrateur": lambda: essai.compte(identifiant="admin", role="administrateur"),
        "usager": lambda: essai.refugie().compte,
        "le déposant": lambda: demande.compte,
    }[qui]()
    navigateur = connecter(compte)
    navigateur.handler.enforce_csrf_checks = False

    for adresse in [*adresses(demande), f"{LISTE}{demande.pk}/history/", f"{LISTE}{demande.pk}/delete/"]:
        for methode in ("get", "head", "post", "put", "delete"):
            assert getattr(navigateur, methode)(adresse).status_code in (404, 405), (methode, adresse)
            fantome = adresse.replace(str(demande.pk), str(uuid.uuid4()))
            assert getattr(navigateur, methode)(fantome).status_code in (404, 405)
        assert navigateur.get(adresse).status_code == 404
    liste = navigateur.get(LISTE)
    assert liste.status_code == 404 or demande.numero not in liste.content.decode()
    assert not Evenement.objects.filter(type="consultation").exists()


def test_a_file_of_another_dossier_is_not_reached_through_ones_own(agent):
    ici, ailleurs = depot(), depot("92000")
    fichier = Fichier.objects.filter(piece__demande=ailleurs).first()
    attestation = Attestation.objects.get(demande=ailleurs)

    for fin in (f"fichiers/{fichier.pk}/contenu/", f"fichiers/{fichier.pk}/apercu/",
                f"attestations/{attestation.pk}/", f"fichiers/{fichier.pk}/brut/"):  # fmt: skip
        assert agent.get(f"{LISTE}{ici.pk}/{fin}").status_code == 404


def test_an_anonymous_visitor_meets_the_login_page():
    demande = depot()

    for adresse in (LISTE, "/gestion/", *adresses(demande)):
        for methode in ("get", "post"):
            reponse = getattr(Client(), methode)(adresse)
            assert reponse.status_code == 302
            assert reponse.url.startswith(("/gestion/login/", "/compte/connexion/"))


def test_nothing_can_be_written_from_the_screen(agent):
    demande = depot()
    avant = Demande.objects.values().get()
    agent.handler.enforce_csrf_checks = False
    page = adresses(demande)[0]

    for methode in ("post", "put", "patch", "delete"):
        assert getattr(agent, methode)(page, {"etat": "decision_favorable", "numero": "1"}).status_code in (
            404,
            405,
        )
    for fin in ("delete/", "add/"):
        for adresse in (f"{LISTE}{demande.pk}/{fin}", f"{LISTE}{fin}"):
            assert agent.post(adresse, {"post": "yes"}, follow=True).status_code == 404
    agent.post(LISTE, {"action": "delete_selected", "_selected_action": [str(demande.pk)], "post": "yes"})

    assert Demande.objects.values().get() == avant


def test_each_look_at_a_dossier_or_a_document_is_written_down(agent):
    demande = depot()
    page, contenu, _apercu, attestation = adresses(demande)

    for adresse in (page, contenu, attestation):
        # A streamed file is closed by whoever reads it to the end.
        b"".join(agent.get(adresse))

    notees = Evenement.objects.filter(type="consultation").order_by("pk")
    assert [e.valeurs["objet"] for e in notees] == [
        "dossier", contenu.split("/")[-3], str(Attestation.objects.get().pk),
    ]  # fmt: skip
    assert {e.acteur.role for e in notees} == {"instructeur"}


def test_a_look_that_finds_nothing_is_not_written(agent):
    agent.get(adresses(depot("92000"))[0])

    assert not Evenement.objects.filter(type="consultation").exists()


def test_the_list_asks_the_same_of_the_database_for_one_dossier_and_for_forty(
    agent, django_assert_num_queries
):
    modele = depot()
    agent.get(LISTE)
    requetes = 6
    with django_assert_num_queries(requetes):
        agent.get(LISTE)
    Demande.objects.bulk_create(
        Demande(
            compte=modele.compte, etat="deposee", numero=f"3901{rang:015d}", deposee_le=timezone.now(),
            prefecture=modele.prefecture, beneficiaire=f"{rang:010d}", titre_code="CR10", donnees=modele.donnees,
        )
        for rang in range(40)
    )  # fmt: skip

    with django_assert_num_queries(requetes):
        assert en_groupes(f"3901{7:015d}") in agent.get(LISTE).content.decode()


def test_hostile_text_of_a_person_is_shown_and_not_run(agent):
    profil = essai.inconnu_du_registre()
    profil.code = essai.ephoto(le=timezone.now())
    profil.identite = {
        **profil.identite,
        "nom": "<script>alert(1)</script>",
        "ville_naissance": "{{ 7|add:1 }}",
    }
    profil.famille = {**profil.famille, "observations": "<img src=x onerror=alert(1)>"}
    profil.remplir(au=timezone.localdate())
    demande = deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=timezone.now())

    for adresse in (LISTE, f"{LISTE}{demande.pk}/change/"):
        page = agent.get(adresse).content.decode()
        assert "<script>alert(1)" not in page
        assert "<img src=x" not in page
    assert "{{ 7|add:1 }}" in page
    assert "&lt;script&gt;" in page
