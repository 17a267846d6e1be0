"""A named field corrected with a reason; the attestations are made again for the same days (spec part 13)."""

from datetime import date, timedelta

import pytest

from attestations import rendu
from attestations.donnees import DonneesAttestation
from attestations.models import Attestation
from comptes.models import Courriel
from demandes.documents import apd
from demandes.etats import Etat
from demandes.models import Evenement
from demandes.operations.corriger import CHAMPS, corriger
from demandes.operations.emettre_attestation import emettre
from demandes.operations.refus import ActionImpossible
from demandes.operations.verifier_statut import verifier_statut
from tests import dossiers_d_essai as essai
from tests import examen_d_essai as examen
from tests.dossiers_d_essai import MAINTENANT

MOTIF = {"motif": " Passeport vu au guichet. "}
# Field → (value typed, what the frozen copy then holds).
VALEURS = {
    "nom": (" AUTRE-FICTIF ", {"nom": "AUTRE-FICTIF"}),
    "nom_usage": ("ÉPOUX-FICTIF", {"nom_usage": "ÉPOUX-FICTIF"}),
    "prenoms": ("Anne  Marie", {"prenoms": ["Anne", "Marie"]}),
    "sexe": ("F", {"sexe": "F"}),
    "date_naissance": ("1991-00-00", {"date_naissance": "1991-00-00"}),
    "ville_naissance": ("Kaboul", {"ville_naissance": "Kaboul"}),
    "pays_naissance": ("IR", {"pays_naissance": "IR"}),
    "nationalite": ("IR", {"nationalite": "IR"}),
    "ligne": ("3 rue du Test", {"ligne": "3 rue du Test"}),
    "complement": ("", {"complement": ""}),
    "commune": (
        "39100 dole", {"code_postal": "39100", "code_insee": "39198", "commune": "Dole"},
    ),
}  # fmt: skip


def vivantes() -> list[Attestation]:
    return list(Attestation.objects.filter(remplacee_le=None, revoquee_le=None).order_by("debut"))


def test_every_field_of_the_list_is_tried_here():
    assert set(VALEURS) == set(CHAMPS)


@pytest.mark.parametrize("champ", sorted(CHAMPS))
def test_a_field_is_changed_and_the_journal_keeps_before_and_after(demande, agent, champ):
    saisie, attendu = VALEURS[champ]
    partie = CHAMPS[champ][1]
    avant = {nom: demande.donnees[partie][nom] for nom in attendu}

    examen.faire(corriger, demande, agent, champ=champ, valeur=saisie, **MOTIF)

    assert {nom: demande.donnees[partie][nom] for nom in attendu} == attendu
    assert Evenement.objects.get(type="corriger").valeurs == {
        "champ": champ, "avant": avant, "apres": attendu, "motif": "Passeport vu au guichet.",
    }  # fmt: skip
    assert demande.donnees["corrections"] == [{"champ": champ, "avant": avant, "apres": attendu}]


def test_a_new_attestation_for_the_same_days_replaces_the_old_one(demande, agent):
    ancienne = Attestation.objects.get()

    examen.faire(corriger, demande, agent, champ="nom", valeur="AUTRE-FICTIF", **MOTIF)

    (nouvelle,) = vivantes()
    ancienne.refresh_from_db()
    assert ancienne.remplacee_le == MAINTENANT
    assert (nouvelle.type, nouvelle.debut, nouvelle.fin) == ("APD", ancienne.debut, ancienne.fin)
    assert nouvelle.donnees["nom"] == "AUTRE-FICTIF"
    assert demande.droits_jusqu_au == ancienne.fin
    assert Courriel.objects.get(type="correction").attestation == nouvelle


def test_a_correction_between_two_apds_leaves_no_day_without_one(demande, agent):
    actuelle = Attestation.objects.get()
    suivante = emettre(demande, apd(demande, debut=actuelle.fin + timedelta(days=1), emise_le=MAINTENANT))
    jour = MAINTENANT + timedelta(days=170)

    examen.faire(corriger, demande, agent, champ="nom", valeur="AUTRE-FICTIF", **MOTIF, maintenant=jour)

    assert [(a.debut, a.fin, a.donnees["nom"]) for a in vivantes()] == [
        (actuelle.debut, actuelle.fin, "AUTRE-FICTIF"), (suivante.debut, suivante.fin, "AUTRE-FICTIF"),
    ]  # fmt: skip
    assert demande.droits_jusqu_au == suivante.fin
    # The one that the person needs today.
    assert Courriel.objects.get(type="correction").attestation.debut == actuelle.debut


def test_what_has_ended_is_not_made_again(demande, agent):
    jour = MAINTENANT + timedelta(days=400)

    examen.faire(corriger, demande, agent, champ="nom", valeur="AUTRE-FICTIF", **MOTIF, maintenant=jour)

    # The chain issues what was missing; the one that has ended keeps proving its days under the old name.
    finie, *suivantes = Attestation.objects.order_by("debut")
    assert (finie.remplacee_le, finie.donnees["nom"]) == (None, "HAÏDARI-FICTIF")
    assert {attestation.donnees["nom"] for attestation in suivantes} == {"AUTRE-FICTIF"}


def test_after_a_verified_status_it_is_the_apd_that_is_made_again(agent):
    demande = examen.depose(essai.inconnu_du_registre())
    examen.faire(verifier_statut, demande, agent, motif="Vu.")

    examen.faire(corriger, demande, agent, champ="nom", valeur="AUTRE-FICTIF", **MOTIF)

    assert [attestation.type for attestation in vivantes()] == ["APD"]


@pytest.mark.parametrize("profil", [essai.conjoint, essai.refugie_renouvellement, essai.enfant_mineur])
def test_every_kind_of_attestation_can_be_made_again(agent, profil):
    demande = examen.depose(profil())
    ancienne = Attestation.objects.get()

    examen.faire(corriger, demande, agent, champ="ville_naissance", valeur="Ghazni", **MOTIF)

    (nouvelle,) = vivantes()
    pareil = {"ville_naissance": "", "emise_le": ""}
    assert {**nouvelle.donnees, **pareil} == {**ancienne.donnees, **pareil}


@pytest.mark.parametrize(
    ("champ", "valeur", "code"),
    [
        ("numero", "1", "champ"),
        ("etat", "titre_remis", "champ"),
        ("nom", "", "valeur"),
        ("nom", "A\x00B", "valeur"),
        ("nom", "A\nB", "valeur"),
        ("nom", "A" * 121, "valeur"),
        ("prenoms", "  ", "valeur"),
        ("sexe", "X", "valeur"),
        ("date_naissance", "1990-13-01", "valeur"),
        ("date_naissance", "1990-00-05", "valeur"),
        ("date_naissance", "hier", "valeur"),
        ("date_naissance", "2026-11-24", "valeur"),
        ("pays_naissance", "ZZ", "valeur"),
        ("nationalite", "Afghane", "valeur"),
        ("commune", "39000", "valeur"),
        ("commune", "39000 Paris", "valeur"),
        ("commune", "99999 Nulle-Part", "valeur"),
        ("nom", "HAÏDARI-FICTIF", "inchange"),
        ("commune", "39000 LONS-LE-SAUNIER", "inchange"),
    ],
)
def test_what_is_no_value_of_the_field_is_refused(demande, agent, champ, valeur, code):
    with pytest.raises(ActionImpossible, match=code):
        examen.faire(corriger, demande, agent, champ=champ, valeur=valeur, **MOTIF)
    assert "corrections" not in demande.donnees
    assert Attestation.objects.count() == 1


def test_a_correction_gives_its_reason(demande, agent):
    with pytest.raises(ActionImpossible, match="phrase"):
        examen.faire(corriger, demande, agent, champ="nom", valeur="AUTRE-FICTIF", motif=" ")


def test_the_dossier_is_found_under_its_new_name(demande, agent):
    examen.faire(corriger, demande, agent, champ="nom", valeur="Œrsted-Fictif", **MOTIF)

    assert "OERSTED FICTIF" in demande.recherche


def test_the_rules_and_the_majority_follow_a_corrected_birth_date(agent):
    demande = examen.depose(essai.enfant_mineur())

    examen.faire(corriger, demande, agent, champ="date_naissance", valeur="2010-02-28", **MOTIF)

    assert demande.donnees["situation"]["date_naissance"] == "2010-02-28"
    assert demande.majorite_le == date(2028, 2, 28)


def test_an_adult_has_no_majority_to_come(demande, agent):
    examen.faire(corriger, demande, agent, champ="date_naissance", valeur="1991-02-28", **MOTIF)

    assert demande.majorite_le is None


def test_a_dossier_that_is_decided_is_corrected_no_more(demande, agent):
    examen.amener(demande, Etat.DECISION_FAVORABLE, agent)

    with pytest.raises(ActionImpossible, match="etat"):
        examen.faire(corriger, demande, agent, champ="nom", valeur="AUTRE-FICTIF", **MOTIF)


@pytest.mark.parametrize("valeur", ["<script>alert(1)</script>", "<!-- -->", "{{ 7|add:1 }}", "a&b\"'"])
def test_hostile_text_is_printed_and_not_run(demande, agent, valeur):
    examen.faire(corriger, demande, agent, champ="nom", valeur=valeur, **MOTIF)

    attestation = Attestation.objects.get(remplacee_le=None)
    page = rendu.html(attestation.modele, DonneesAttestation.depuis_dict(attestation.donnees))
    assert "<script>" not in page
    assert "<!-- -->" not in page
    assert valeur.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").replace(
        "'", "&#x27;"
    ) in page  # fmt: skip
