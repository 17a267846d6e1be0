"""One step is kept as typed, valid or not; nothing newer is overwritten (R-DEPOT-1)."""

import uuid

import pytest
from django.utils.datastructures import MultiValueDict

from demandes.models import Demande
from demandes.operations.enregistrer_etape import enregistrer_etape, marque_des_reponses
from demandes.operations.refus import BrouillonIntrouvable, DejaDeposee, ReponsesPerimees
from demandes.parcours import ETAPES
from demandes.parcours.dossier import Dossier
from tests import dossiers_d_essai as essai
from tests.dossiers_d_essai import AU, COORDONNEES, FAMILLE, SITUATION, enregistrer

HOSTILES = [
    "<script>alert(1)</script>", "{{ settings.SECRET_KEY }}{% include 'base.html' %}", "x" * 50_000, "9" * 401,
    "-" + "9" * 401, "1e400", "NaN", "\u202eabc", "a\x00b", "'; DROP TABLE demandes_demande; --", "𝟙𝟚", "０１", "²",
    "2026-02-30", "0000-00-00", "99999-01-01", "../../etc/passwd", "\r\nBcc: x@exemple.fr", " ", "oui\toui", "\ud800",
]  # fmt: skip


def test_a_valid_step_is_kept_as_typed_and_done():
    demande = essai.refugie().demande

    dossier, formulaire = enregistrer(demande, "situation", SITUATION)

    demande.refresh_from_db()
    assert formulaire.is_valid()
    assert demande.reponses == {
        "situation": {f"situation-{nom}": [valeur] for nom, valeur in SITUATION.items()}
    }
    assert dossier.etape_faite("situation")
    assert (demande.version, demande.nature, demande.beneficiaire) == (
        1,
        "premiere",
        demande.compte.numero_etranger,
    )


def test_an_invalid_step_is_kept_as_typed_and_not_done():
    profil = essai.refugie().remplir("identite")

    _dossier, formulaire = enregistrer(
        profil.demande, "identite", {**COORDONNEES, "code_postal": "abc", "ligne": ""}
    )

    profil.demande.refresh_from_db()
    assert set(formulaire.errors) >= {"code_postal", "ligne"}
    assert profil.demande.reponses["identite"]["identite-code_postal"] == ["abc"]
    assert "identite" not in profil.demande.etapes
    assert Dossier(profil.demande, au=AU).premiere_a_faire == "identite"


def test_a_stale_page_overwrites_nothing():
    demande = essai.refugie().demande
    ancienne = marque_des_reponses(demande, "situation")
    enregistrer(demande, "situation", SITUATION)

    with pytest.raises(ReponsesPerimees):
        envoyer(demande, {**SITUATION, "statut": "autre"}, marque=ancienne)

    demande.refresh_from_db()
    assert demande.reponses["situation"]["situation-statut"] == ["refugie"]
    assert demande.version == 1


def test_a_double_click_sends_the_same_answers_twice_and_is_no_conflict():
    demande = essai.refugie().demande
    ancienne = marque_des_reponses(demande, "situation")
    enregistrer(demande, "situation", SITUATION)

    _dossier, formulaire = envoyer(demande, SITUATION, marque=ancienne)

    assert formulaire.is_valid()


def test_another_step_changed_meanwhile_does_not_make_a_page_stale():
    profil = essai.refugie().remplir("identite")
    marque = marque_des_reponses(profil.demande, "situation")
    enregistrer(profil.demande, "identite", {**COORDONNEES, "ligne": "9 rue du Test"})

    _dossier, formulaire = envoyer(profil.demande, {**SITUATION, "nature": "premiere"}, marque=marque)

    assert formulaire.is_valid()


def envoyer(demande, valeurs, *, marque="", etape="situation", compte_id=None):
    return enregistrer_etape(
        demande_id=demande.pk, compte_id=compte_id or demande.compte_id, etape=etape, marque=marque, au=AU,
        saisie=MultiValueDict({f"{etape}-{nom}": [valeur] for nom, valeur in valeurs.items()}),
    )  # fmt: skip


def test_the_draft_of_another_account_does_not_exist():
    demande, autre = essai.refugie().demande, essai.refugie().compte

    with pytest.raises(BrouillonIntrouvable):
        envoyer(demande, SITUATION, compte_id=autre.pk)
    with pytest.raises(BrouillonIntrouvable):
        envoyer(Demande(pk=uuid.uuid4(), compte=demande.compte), SITUATION)

    demande.refresh_from_db()
    assert demande.reponses == {}


def test_a_dossier_is_no_draft_any_more():
    demande = Demande.objects.create(
        compte=essai.refugie().compte,
        etat="deposee",
        numero="3901202611231405000",
        deposee_le=essai.MAINTENANT,
        prefecture_id="39",
        beneficiaire="x",
    )

    with pytest.raises(DejaDeposee) as refus:
        envoyer(demande, SITUATION)

    assert refus.value.demande.pk == demande.pk


def test_a_forged_civil_status_changes_nothing():
    profil = essai.refugie().remplir("situation")
    forge = {nom: f"FORGÉ {nom}" for nom in ("nom", "nom_usage", "prenoms", "ville_naissance")}

    dossier, formulaire = enregistrer(
        profil.demande,
        "identite",
        {**COORDONNEES, **forge, "sexe": "F", "date_naissance": "2001-01-01", "pays_naissance": "FR",
         "nationalite": "FR"},
    )  # fmt: skip

    assert formulaire.is_valid()
    assert dossier.civil["nom"] == "HAÏDARI-FICTIF"
    assert dossier.civil["date_naissance"] == "1990-03-14"
    assert "FORGÉ" not in str(formulaire.cleaned_data)


@pytest.mark.parametrize("nom", ["x\x00y", "x" * 5000, "É", "a.b", "__class__[0]", "\ud800"], ids=ascii)
def test_a_field_whose_name_is_none_of_ours_is_not_stored(nom):
    profil = essai.refugie().remplir("situation")

    _dossier, formulaire = enregistrer(profil.demande, "identite", {**COORDONNEES, nom: "FORGÉ"})

    profil.demande.refresh_from_db()
    assert formulaire.is_valid()
    assert "FORGÉ" not in str(profil.demande.reponses)


def test_fields_of_another_step_or_of_the_row_are_left_out():
    demande = essai.refugie().demande
    saisie = MultiValueDict(
        {**{f"situation-{n}": [v] for n, v in SITUATION.items()}, "identite-nom": ["FORGÉ"], "etat": ["deposee"],
         "numero": ["1"], "compte": ["1"], "version": ["99"], "beneficiaire": ["9900000000"]}
    )  # fmt: skip

    enregistrer_etape(demande_id=demande.pk, compte_id=demande.compte_id, etape="situation", saisie=saisie,
                      marque=marque_des_reponses(demande, "situation"), au=AU)  # fmt: skip

    demande.refresh_from_db()
    assert set(demande.reponses) == {"situation"}
    assert (demande.etat, demande.numero, demande.version) == ("brouillon", None, 1)
    assert demande.beneficiaire == demande.compte.numero_etranger


@pytest.mark.parametrize("hostile", HOSTILES, ids=ascii)
@pytest.mark.parametrize("etape", ETAPES)
def test_garbage_in_every_field_gets_a_sentence_and_is_kept(etape, hostile):
    profil = essai.enfant_mineur() if len(hostile) % 2 else essai.inconnu_du_registre()
    if etape != "situation":
        profil.remplir(ETAPES[ETAPES.index(etape) - 1])
    champs = Dossier(profil.demande, au=AU).formulaire(etape).fields
    boites = {f"{nom}_{partie}": hostile for nom in champs for partie in ("jour", "mois", "annee")}
    valeurs = dict.fromkeys(champs, hostile) | {
        n: v for n, v in boites.items() if "date" in n or "naissance" in n
    }

    _dossier, formulaire = enregistrer(profil.demande, etape, valeurs)

    profil.demande.refresh_from_db()
    garde = profil.demande.reponses[etape]
    premier = f"{etape}-{next(iter(champs))}"
    # NUL, half of a surrogate pair, a sign that turns the text: taken out of what is kept.
    if not {"\x00", "\ud800", "\u202e"} & set(hostile):
        assert hostile in {valeur for valeurs in garde.values() for valeur in valeurs} or premier not in garde
    for messages in formulaire.errors.values():
        assert all(str(message).strip() for message in messages)
    # The page can be shown again with what was typed, and the next reading survives it too.
    assert formulaire.as_div()
    assert Dossier(profil.demande, au=AU).premiere_a_faire in ETAPES


@pytest.mark.parametrize("nombre", ["10" * 2000, "-1", "16", "1.5", "", "deux", "1_0", "9" * 5000])
def test_an_impossible_number_of_children_gets_a_sentence(nombre):
    profil = essai.refugie().remplir("identite")

    _dossier, formulaire = enregistrer(profil.demande, "famille", {**FAMILLE, "nombre_enfants": nombre})

    assert not formulaire.is_valid()


def test_each_child_announced_has_its_own_line_to_fill():
    profil = essai.refugie().remplir("identite")

    _dossier, formulaire = enregistrer(profil.demande, "famille", {**FAMILLE, "nombre_enfants": "2"})
    assert {"enfant1_nom", "enfant1_naissance", "enfant2_nom", "enfant2_naissance"} <= set(formulaire.errors)

    enfants = {"enfant1_nom": "A", "enfant1_naissance": "2020-01-01", "enfant2_nom": "B",
               "enfant2_naissance": "2021-00-00"}  # fmt: skip
    _dossier, formulaire = enregistrer(
        profil.demande, "famille", {**FAMILLE, "nombre_enfants": "2", **enfants}
    )
    assert formulaire.is_valid(), formulaire.errors


@pytest.mark.parametrize(
    ("champ", "date", "phrase"),
    [
        ("conjoint_date_naissance", "2099-01-01", "dans le futur"),
        ("enfant1_naissance", "2030-02-03", "dans le futur"),
        ("date_mariage", "1850-01-01", "avant la naissance"),
    ],
)
def test_a_date_that_cannot_be_is_refused_with_a_sentence(champ, date, phrase):
    profil = essai.refugie().remplir("identite")
    famille = {
        "situation_familiale": "marie", "conjoint_nom": "HAÏDARI-FICTIF", "nombre_enfants": "1",
        "enfant1_nom": "HAÏDARI-FICTIF Ali", "enfant1_naissance": "2015-01-01", champ: date,
    }  # fmt: skip

    _dossier, formulaire = enregistrer(profil.demande, "famille", famille)

    assert phrase in " ".join(formulaire.errors[champ])


def test_signs_that_turn_or_hide_text_are_not_kept():
    profil = essai.refugie().remplir("situation")
    profil.identite = {"ligne": "\u202e12 rue\u200b des\ue000 Lilas"}

    enregistrer(profil.demande, "identite", profil.reponses("identite"))

    assert Demande.objects.get().reponses["identite"]["identite-ligne"] == ["12 rue des Lilas"]
