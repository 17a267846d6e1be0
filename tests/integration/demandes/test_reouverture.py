"""Which steps a change re-opens, and which step is reachable (R-DEPOT-1)."""

import pytest

from demandes.models import Demande
from demandes.parcours import ETAPES
from demandes.parcours.dossier import Dossier
from referentiels.models import PersonneAgdref
from tests import dossiers_d_essai as essai
from tests.dossiers_d_essai import AU, COORDONNEES, ETAT_CIVIL, FAMILLE, SITUATION, enregistrer


def a_refaire(demande) -> list[str]:
    demande = Demande.objects.select_related("compte").get(pk=demande.pk)
    dossier = Dossier(demande, au=AU)
    return [etape for etape in ETAPES if not dossier.etape_faite(etape)]


def test_the_same_answers_again_re_open_nothing():
    profil = essai.refugie().remplir()

    for etape in ETAPES:
        enregistrer(profil.demande, etape, profil.reponses(etape))

        assert a_refaire(profil.demande) == []


@pytest.mark.parametrize(
    ("profil", "changement", "rouvertes"),
    [
        # The status decides the questions of step 3 and the documents of step 4.
        ("refugie", {"statut": "membre_famille", "lien": "conjoint", "statut_du_protege": "refugie"},
         ["famille", "justificatifs"]),
        # Another nature asks other documents and no other question.
        ("refugie_renouvellement", {"nature": "premiere", "motif_premiere": "titre_jamais_remis"}, ["justificatifs"]),
        # The reason alone changes neither question nor document.
        ("protection_subsidiaire", {"residence_reguliere_depuis": "2025-01-01"}, []),
        ("conjoint", {"statut_du_protege": "protection_subsidiaire"}, []),
        ("conjoint", {"lien": "ascendant"}, ["famille"]),
    ],
)  # fmt: skip
def test_a_change_of_step_1_re_opens_what_it_touches_and_nothing_else(profil, changement, rouvertes):
    # The register does not know the status: whatever is declared is not contradicted.
    profil = getattr(essai, profil)()
    profil.remplir()
    PersonneAgdref.objects.update(statut="", lien="", statut_du_protege="")
    assert a_refaire(profil.demande) == []

    _dossier, formulaire = enregistrer(
        profil.demande, "situation", {**profil.reponses("situation"), **changement}
    )

    assert formulaire.is_valid(), formulaire.errors
    assert a_refaire(profil.demande) == rouvertes


def test_another_child_re_opens_identity_and_family():
    profil = essai.enfant_mineur().remplir()
    autre = essai.personne(date_naissance="2010-02-02", statut="refugie")

    enregistrer(profil.demande, "situation", {**profil.situation, "nature": "premiere",
                "numero_enfant": autre.numero_etranger, "date_naissance": autre.date_naissance})  # fmt: skip

    assert a_refaire(profil.demande) == ["identite", "famille"]


def test_a_marriage_told_in_step_3_re_opens_the_documents_alone():
    profil = essai.refugie().remplir()

    enregistrer(profil.demande, "famille", {**FAMILLE, "situation_familiale": "marie", "conjoint_nom": "X"})

    # The nationality is one of a country where polygamy exists: a declaration is now needed.
    assert a_refaire(profil.demande) == ["justificatifs"]


def test_a_marriage_without_polygamy_re_opens_nothing():
    profil = essai.refugie(registre={"nationalite": "UA"}).remplir()

    enregistrer(profil.demande, "famille", {**FAMILLE, "situation_familiale": "marie", "conjoint_nom": "X"})

    assert a_refaire(profil.demande) == []


def test_another_address_or_telephone_re_opens_nothing():
    profil = essai.refugie().remplir()

    enregistrer(profil.demande, "identite", {**COORDONNEES, "code_postal": "92000", "ligne": "1 rue Neuve"})

    assert a_refaire(profil.demande) == []


def test_a_nationality_declared_in_step_2_re_opens_the_documents_of_a_married_person():
    profil = essai.inconnu_du_registre()
    profil.famille = {**FAMILLE, "situation_familiale": "marie", "conjoint_nom": "X"}
    profil.identite = {**ETAT_CIVIL, "nationalite": "UA"}
    profil.remplir()

    enregistrer(profil.demande, "identite", {**COORDONNEES, **ETAT_CIVIL, "nationalite": "ML"})

    assert a_refaire(profil.demande) == ["justificatifs"]


@pytest.mark.parametrize(
    ("champ", "valeur", "rouvertes"),
    [
        ("nom", "CORRIGÉ-FICTIF", ["identite"]),
        ("prenoms", ["Autre"], ["identite"]),
        ("date_naissance", "1990-03-15", ["identite"]),
        ("nationalite", "ER", ["identite"]),
        ("ville_naissance", "Kaboul", ["identite"]),
        # Step 3 proposes it.
        ("situation_familiale", "veuf", ["famille"]),
        ("remarque", "rien à voir", []),
    ],
)
def test_the_register_changed_meanwhile_re_opens_what_it_had_filled_in(champ, valeur, rouvertes):
    profil = essai.refugie().remplir()

    PersonneAgdref.objects.update(**{champ: valeur})

    assert a_refaire(profil.demande) == rouvertes


def test_a_child_who_enters_the_register_re_opens_identity_and_family():
    profil = essai.enfant_mineur()
    registre = PersonneAgdref.objects.filter(numero_etranger=profil.situation["numero_enfant"])
    valeurs = {
        champ.attname: getattr(registre.get(), champ.attname)
        for champ in PersonneAgdref._meta.concrete_fields
    }
    registre.delete()
    profil.identite = ETAT_CIVIL
    profil.remplir("famille")
    assert not {"identite", "famille"} & set(a_refaire(profil.demande))

    PersonneAgdref.objects.create(**valeurs)

    assert {"identite", "famille"} <= set(a_refaire(profil.demande))


# --- reaching a step by its address -----------------------------------------------------------------------


@pytest.mark.parametrize("faites", range(len(ETAPES) + 1))
@pytest.mark.parametrize("visee", range(len(ETAPES)))
@pytest.mark.parametrize("methode", ["get", "post"])
def test_no_step_is_skipped_by_its_address(connecter, faites, visee, methode, django_assert_max_num_queries):
    profil = essai.refugie()
    if faites:
        profil.remplir(ETAPES[faites - 1])
    avant = Demande.objects.get(pk=profil.demande.pk)
    navigateur = connecter(profil.compte)
    navigateur.handler.enforce_csrf_checks = False
    adresse = f"/demarches/{profil.demande.pk}/{ETAPES[visee]}/"

    reponse = navigateur.get(adresse) if methode == "get" else navigateur.post(adresse, {})

    if visee <= min(faites, len(ETAPES) - 1):
        assert reponse.status_code == 200
    else:
        assert reponse.status_code == 302
        assert reponse.url == f"/demarches/{profil.demande.pk}/{ETAPES[faites]}/"
        apres = Demande.objects.get(pk=profil.demande.pk)
        assert (apres.version, apres.reponses, apres.etat) == (avant.version, avant.reponses, "brouillon")


def test_a_step_unknown_to_the_five_is_not_found(connecter):
    profil = essai.refugie().remplir()
    navigateur = connecter(profil.compte)

    for etape in ("fin", "done", "inconnue", "situation-2"):
        assert navigateur.get(f"/demarches/{profil.demande.pk}/{etape}/").status_code == 404


def test_a_draft_is_resumed_at_the_first_step_to_do(connecter):
    profil = essai.refugie().remplir("identite")

    reponse = connecter(profil.compte).get(f"/demarches/{profil.demande.pk}/")

    assert reponse.url.endswith("/famille/")


def test_a_situation_that_may_not_apply_closes_the_steps_after_it(connecter):
    profil = essai.refugie().remplir()
    enregistrer(profil.demande, "situation", {**SITUATION, "statut": "apatride"})

    reponse = connecter(profil.compte).get(f"/demarches/{profil.demande.pk}/recapitulatif/")

    assert reponse.url == f"/demarches/{profil.demande.pk}/orientation/"
