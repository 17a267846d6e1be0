"""The deposit as an operation: all or nothing, the right document, once (R-DEPOT-2, R-DEPOT-3, R-REGLES-3)."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError

from attestations.donnees import DonneesAttestation
from attestations.models import Attestation
from comptes.models import Courriel, Notification
from demandes.etats import Etat
from demandes.models import Demande, Evenement, Fichier, Piece
from demandes.operations import deposer as module
from demandes.operations.deposer import deposer
from demandes.operations.refus import (
    BrouillonIntrouvable,
    DemandeEnCours,
    DepotImpossible,
    EphotoRefusee,
    EtapeAReprendre,
)
from demandes.regles.dates import ajouter_mois
from referentiels.ephoto import EtatEphoto
from referentiels.models import DocumentAgdref, Ephoto, PersonneAgdref
from tests import dossiers_d_essai as essai
from tests.dossiers_d_essai import AU, MAINTENANT, PROFILS


def deposer_le(profil, maintenant=MAINTENANT) -> Demande:
    return deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=maintenant)


def rien_n_est_depose(demande: Demande) -> bool:
    demande.refresh_from_db()
    return (
        demande.etat == Etat.BROUILLON
        and demande.numero is None
        and not (Evenement.objects.exists() or Attestation.objects.exists())
        and not (Courriel.objects.exists() or Notification.objects.exists())
        and not Ephoto.objects.filter(utilise_le__isnull=False).exists()
    )


# --- what the deposit leaves ------------------------------------------------------------------------------


@pytest.mark.parametrize("nom", PROFILS)
def test_every_profile_deposits_once_with_everything_that_follows(nom):
    profil = PROFILS[nom]().remplir()

    demande = deposer_le(profil)

    demande.refresh_from_db()
    assert demande.etat == Etat.DEPOSEE
    assert demande.deposee_le == MAINTENANT
    assert demande.prefecture_id == "39"
    assert demande.numero == "3901202611231405000"
    assert [(e.type, e.de, e.vers, e.acteur_id) for e in demande.evenements.all()] == [
        ("deposer", "brouillon", "deposee", profil.compte.pk)
    ]
    attestation = Attestation.objects.get(demande=demande)
    courriel = Courriel.objects.get(demande=demande)
    assert courriel.attestation == attestation
    assert courriel.destinataire == profil.compte.email
    assert Notification.objects.get(demande=demande).valeurs == {
        "numero": demande.numero,
        "nature": demande.nature,
        "enfant": " ".join(demande.donnees["civil"]["prenoms"]) if demande.pour_mineur else "",
    }
    assert Ephoto.objects.get(code=profil.code).reference == demande.numero


@pytest.mark.parametrize(
    ("nom", "type_", "mention"),
    [
        ("réfugié", "APD", "reconnu réfugié"),
        ("réfugié, renouvellement", "APD", "reconnu réfugié"),
        ("protection subsidiaire", "APD", "a obtenu le bénéfice de la protection subsidiaire"),
        (
            "protection subsidiaire, renouvellement",
            "APD",
            "a obtenu le bénéfice de la protection subsidiaire",
        ),
        ("enfant de 16 ans", "APD", "reconnu réfugié"),
        ("conjoint", "CONFIRMATION_DEPOT", None),
        ("conjoint, renouvellement", "CONFIRMATION_DEPOT", None),
        ("enfant de 18 ans", "CONFIRMATION_DEPOT", None),
        ("ascendant", "CONFIRMATION_DEPOT", None),
    ],
)
def test_a_protected_person_gets_an_apd_of_six_months_and_the_family_a_confirmation(nom, type_, mention):
    demande = deposer_le(PROFILS[nom]().remplir())

    attestation = demande.attestations.get()
    donnees = DonneesAttestation.depuis_dict(attestation.donnees)
    assert attestation.type == donnees.type == type_
    assert donnees.mention_legale == mention
    assert attestation.debut == donnees.debut == AU
    # Six months from 23 November 2026 end the day before 23 May.
    assert attestation.fin == donnees.fin == (date(2027, 5, 22) if type_ == "APD" else None)
    assert Courriel.objects.get().type == ("depot_apd" if type_ == "APD" else "depot_confirmation")


def test_a_first_apd_gives_stay_and_work_but_no_border():
    droits = DonneesAttestation.depuis_dict(
        deposer_le(essai.refugie().remplir()).attestations.get().donnees
    ).droits

    assert (droits.sejour, droits.travail, droits.schengen, droits.avec_titre_precedent) == (
        True,
        True,
        False,
        False,
    )


def test_a_renewal_gives_all_rights_together_with_the_previous_permit():
    profil = essai.refugie_renouvellement().remplir()
    titre = DocumentAgdref.objects.get()

    donnees = DonneesAttestation.depuis_dict(deposer_le(profil).attestations.get().donnees)

    droits = donnees.droits
    assert (droits.sejour, droits.travail, droits.schengen, droits.avec_titre_precedent) == (
        True,
        True,
        True,
        True,
    )
    precedent = donnees.titre_precedent
    assert (precedent.numero, precedent.debut, precedent.fin) == (titre.numero, titre.debut, titre.fin)


def test_a_confirmation_gives_no_right_at_all():
    droits = DonneesAttestation.depuis_dict(
        deposer_le(essai.conjoint().remplir()).attestations.get().donnees
    ).droits

    assert (droits.sejour, droits.travail, droits.schengen, droits.avec_titre_precedent) == (False,) * 4


@pytest.mark.parametrize(
    ("nom", "titre_code"),
    [
        ("réfugié", "CR10"),
        ("protection subsidiaire", "CSP4_BPS"),
        ("conjoint", "CR10"),
        ("conjoint, renouvellement", "CSP4_FAMILLE_BPS"),
        ("enfant de 16 ans", "CR10"),
    ],
)
def test_the_dossier_asks_for_the_title_of_the_table(nom, titre_code):
    assert deposer_le(PROFILS[nom]().remplir()).titre_code == titre_code


def test_a_status_that_the_register_does_not_know_gets_a_confirmation_and_a_check():
    demande = deposer_le(essai.refugie(registre={"statut": ""}, statut="refugie").remplir())

    assert demande.attestations.get().type == "CONFIRMATION_DEPOT"
    assert demande.controle == "a_verifier"
    assert "STATUT_A_VERIFIER" in demande.signalements


def test_a_person_whom_the_register_has_lost_declares_a_civil_status_that_is_marked_as_such():
    demande = deposer_le(essai.inconnu_du_registre().remplir())

    civil = demande.donnees["civil"]
    assert (civil["nom"], civil["prenoms"], civil["declare"]) == ("DÉCLARÉ-FICTIF", ["Sara", "Mina"], True)
    assert {"ETAT_CIVIL_DECLARE", "STATUT_A_VERIFIER", "NAISSANCE_APPROXIMATIVE"} <= set(demande.signalements)
    assert demande.attestations.get().type == "CONFIRMATION_DEPOT"


def test_the_child_is_the_one_whom_the_document_names():
    profil = essai.enfant_mineur().remplir()

    demande = deposer_le(profil)

    donnees = DonneesAttestation.depuis_dict(demande.attestations.get().donnees)
    assert (donnees.nom, donnees.prenoms, donnees.numero_etranger) == (
        "ENFANT-FICTIF", ("Nour",), profil.situation["numero_enfant"],
    )  # fmt: skip
    assert demande.beneficiaire == profil.situation["numero_enfant"] != profil.compte.numero_etranger


def test_two_children_of_one_account_are_two_dossiers():
    premier = essai.enfant_mineur().remplir()
    second = essai.enfant_mineur(parent=premier.compte).remplir()

    un, deux = deposer_le(premier), deposer_le(second)

    assert un.compte_id == deux.compte_id
    assert (un.numero[-3:], deux.numero[-3:]) == ("000", "001")


def test_a_visa_holder_without_numero_etranger_deposits_under_the_visa_number():
    profil = essai.conjoint(registre={"numero_etranger": None, "numero_visa": "FRA900000077"}).remplir()

    demande = deposer_le(profil)

    donnees = DonneesAttestation.depuis_dict(demande.attestations.get().donnees)
    assert (demande.beneficiaire, donnees.numero_etranger, donnees.numero_visa) == (
        "FRA900000077",
        "",
        "FRA900000077",
    )


def test_what_was_said_is_frozen_and_does_not_follow_the_register():
    profil = essai.refugie().remplir()
    demande = deposer_le(profil)
    avant = demande.donnees

    PersonneAgdref.objects.update(nom="AUTRE", statut="apatride")
    Demande.objects.update(reponses={})

    demande.refresh_from_db()
    assert demande.donnees == avant
    assert demande.donnees["civil"]["nom"] == "HAÏDARI-FICTIF"
    assert demande.donnees["adresse"]["commune"] == "Lons-le-Saunier"
    assert demande.donnees["situation"]["statut"] == "refugie"
    assert demande.donnees["orientation"]["titre"]["code"] == "CR10"
    pieces = {piece["code"]: piece for piece in demande.donnees["pieces"]}
    assert set(pieces) == {"decision_protection", "justificatif_domicile", "contrat_engagement", "ephoto"}
    fichier = Fichier.objects.get(piece__code="justificatif_domicile")
    assert pieces["justificatif_domicile"]["fichiers"] == [{"id": str(fichier.pk), "sha256": fichier.sha256}]


def test_a_permit_never_handed_over_lets_a_first_application_pass_and_tells_the_agent():
    ligne = essai.personne()
    essai.titre(ligne, "carte_resident", fin=date(2030, 1, 31), remis=False)
    profil = essai.pour_soi(ligne, nature="premiere", motif_premiere="titre_jamais_remis").remplir()

    demande = deposer_le(profil)

    assert "PREMIERE_TITRE_JAMAIS_REMIS" in demande.signalements
    assert demande.attestations.get().donnees["titre_precedent"] is None


def test_a_reason_given_where_none_is_needed_flags_nothing():
    for profil in (
        essai.refugie(motif_premiere="statut_change"),
        essai.refugie_renouvellement(motif_premiere="titre_jamais_remis"),
    ):
        demande = deposer_le(profil.remplir())

        assert not [code for code in demande.signalements if code.startswith("PREMIERE_")]


def test_four_years_of_residence_only_declared_are_shown_to_the_agent():
    profil = essai.protection_subsidiaire_renouvellement(residence_reguliere_depuis="2020-01-01").remplir()

    demande = deposer_le(profil)

    assert demande.titre_code == "CR10"
    assert "RESIDENCE_DECLAREE" in demande.signalements


# --- dates ------------------------------------------------------------------------------------------------


def test_a_deposit_on_31_december_at_23_30_utc_is_of_the_1st_of_january_in_paris():
    soir = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    demande = deposer_le(essai.refugie(le=soir).remplir(au=date(2027, 1, 1)), soir)

    attestation = demande.attestations.get()
    assert demande.numero == "3901202701010030000"
    assert (attestation.debut, attestation.fin) == (date(2027, 1, 1), date(2027, 6, 30))
    assert demande.donnees["au"] == "2027-01-01"


def test_six_months_from_the_31st_of_august_end_on_the_27th_of_february():
    jour = datetime(2026, 8, 31, 10, tzinfo=UTC)
    demande = deposer_le(essai.refugie(le=jour).remplir(au=jour.date()), jour)

    # « n months after » clamps to 28 February; a validity ends the day before.
    assert demande.attestations.get().fin == date(2027, 2, 27)


def test_the_rules_run_again_on_the_day_of_the_deposit():
    profil = essai.refugie_renouvellement(fin=date(2026, 5, 24)).remplir()

    with pytest.raises(DepotImpossible):
        deposer_le(profil, MAINTENANT + timedelta(days=2))

    assert rien_n_est_depose(profil.demande)
    assert deposer_le(profil).etat == Etat.DEPOSEE


def test_a_child_who_came_of_age_meanwhile_is_not_deposited_by_the_parent():
    profil = essai.enfant_mineur(date_naissance="2008-11-24").remplir()

    with pytest.raises(EtapeAReprendre) as refus:
        deposer_le(profil, MAINTENANT + timedelta(days=1))

    assert refus.value.etape == "situation"


# --- all or nothing ---------------------------------------------------------------------------------------


class Panne(Exception):
    pass


def en_panne(*args, **kwargs):
    raise Panne


@pytest.mark.parametrize(
    "ligne",
    ["numeroter", "geler", "attestation_du_depot", "emettre", "passer", "prevenir"],
)
def test_a_fault_at_any_line_leaves_nothing_of_the_deposit(monkeypatch, ligne):
    profil = essai.refugie().remplir()
    version = profil.demande.version
    with monkeypatch.context() as panne:
        panne.setattr(module, ligne, en_panne)
        with pytest.raises(Panne):
            deposer_le(profil)

    assert rien_n_est_depose(profil.demande)
    assert profil.demande.version == version
    # The draft is untouched: the next try goes through.
    assert deposer_le(profil).etat == Etat.DEPOSEE


def test_a_fault_after_the_last_line_leaves_nothing_either(monkeypatch):
    profil = essai.refugie().remplir()
    vrai = module.prevenir

    def prevenir_puis_tomber(demande, **valeurs):
        vrai(demande, **valeurs)
        raise DatabaseError

    monkeypatch.setattr(module, "prevenir", prevenir_puis_tomber)
    with pytest.raises(DatabaseError):
        deposer_le(profil)

    assert rien_n_est_depose(profil.demande)


# --- once -------------------------------------------------------------------------------------------------


def test_a_second_call_gives_the_same_dossier_and_orders_nothing_more():
    profil = essai.refugie().remplir()

    premier, second = deposer_le(profil), deposer_le(profil, MAINTENANT + timedelta(minutes=1))

    assert (premier.pk, premier.numero) == (second.pk, second.numero)
    assert second.deposee_le == MAINTENANT
    assert (Attestation.objects.count(), Courriel.objects.count(), Evenement.objects.count()) == (1, 1, 1)


def test_the_draft_of_somebody_else_does_not_exist():
    profil, autre = essai.refugie().remplir(), essai.refugie()

    for compte_id, demande_id in ((autre.compte.pk, profil.demande.pk), (profil.compte.pk, uuid.uuid4())):
        with pytest.raises(BrouillonIntrouvable):
            deposer(demande_id=demande_id, compte_id=compte_id, maintenant=MAINTENANT)

    assert rien_n_est_depose(profil.demande)


def second_brouillon(profil):
    return essai.Profil(
        Demande.objects.create(compte=profil.compte),
        profil.situation,
        profil.identite,
        profil.famille,
        essai.ephoto(),
    )


def test_another_draft_of_the_same_person_is_kept_and_told():
    premier = essai.refugie().remplir()
    second = second_brouillon(premier).remplir()
    deposer_le(premier)

    with pytest.raises(DemandeEnCours):
        deposer_le(second)

    second.demande.refresh_from_db()
    assert second.demande.etat == Etat.BROUILLON
    assert second.demande.reponses["identite"]
    assert Ephoto.objects.get(code=second.code).utilise_le is None


def test_the_database_itself_refuses_a_second_open_demande(monkeypatch):
    premier = essai.refugie().remplir()
    second = second_brouillon(premier).remplir()
    deposer_le(premier)
    # The check of the page does not see the other dossier: what two deposits at one instant look like.
    monkeypatch.setattr("demandes.parcours.dossier.demande_ouverte_pour", lambda *a, **k: None)

    with pytest.raises(DemandeEnCours):
        deposer_le(second)

    second.demande.refresh_from_db()
    assert second.demande.etat == Etat.BROUILLON


@pytest.mark.parametrize("etat", ["titre_remis", "retiree", "decision_defavorable", "classee_sans_suite"])
def test_a_closed_demande_does_not_stand_in_the_way(etat):
    premier = essai.refugie().remplir()
    essai.amener(deposer_le(premier), etat)

    assert deposer_le(second_brouillon(premier).remplir()).etat == Etat.DEPOSEE


# --- the e-photo ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("etat", ["inconnu", "pas_encore_active"])
def test_a_code_that_is_not_active_yet_lets_the_deposit_through_and_is_checked_again(etat):
    profil = essai.refugie(etat_ephoto=etat).remplir()

    demande = deposer_le(profil)

    assert demande.etat == Etat.DEPOSEE
    assert "EPHOTO_EN_ATTENTE" in demande.signalements
    assert not Ephoto.objects.filter(utilise_le__isnull=False).exists()


@pytest.mark.parametrize("etat", ["expire", "utilise"])
def test_an_expired_or_used_code_is_refused_and_the_draft_untouched(etat):
    profil = essai.refugie(etat_ephoto=etat).remplir()
    avant = (profil.demande.version, profil.demande.reponses, profil.demande.etapes)

    with pytest.raises(EphotoRefusee) as refus:
        deposer_le(profil)

    assert refus.value.etat == etat
    profil.demande.refresh_from_db()
    assert (profil.demande.version, profil.demande.reponses, profil.demande.etapes) == avant
    assert not Attestation.objects.exists()


def test_a_code_that_expires_on_the_very_second_is_expired():
    profil = essai.refugie().remplir()
    Ephoto.objects.update(expire_le=MAINTENANT)

    with pytest.raises(EphotoRefusee):
        deposer_le(profil)

    Ephoto.objects.update(expire_le=MAINTENANT + timedelta(microseconds=1))
    assert deposer_le(profil).etat == Etat.DEPOSEE


def test_an_unknown_code_of_another_dossier_is_used_too():
    premier, second = essai.refugie(etat_ephoto="inconnu").remplir(), essai.refugie(etat_ephoto="inconnu")
    second.code = premier.code
    second.remplir()
    deposer_le(premier)

    with pytest.raises(EphotoRefusee) as refus:
        deposer_le(second)

    assert refus.value.etat == EtatEphoto.UTILISE


# --- everything is validated again ------------------------------------------------------------------------


def sans_piece(profil):
    Piece.objects.filter(code="justificatif_domicile").delete()


def fichier_refuse(profil):
    Fichier.objects.filter(piece__code="justificatif_domicile").update(etat="refuse")


def fichier_en_cours(profil):
    Fichier.objects.filter(piece__code="justificatif_domicile").update(etat="a_traiter")


def sans_declaration(profil):
    profil.demande.reponses["recapitulatif"] = {}
    profil.demande.save()


def etape_effacee(profil):
    del profil.demande.reponses["famille"]
    profil.demande.save()


def adresse_hors_des_departements(profil):
    profil.demande.reponses["identite"]["identite-code_postal"] = ["98800"]
    profil.demande.save()


@pytest.mark.parametrize(
    ("changer", "etape"),
    [
        (sans_piece, "justificatifs"),
        (fichier_refuse, "justificatifs"),
        (fichier_en_cours, "justificatifs"),
        (sans_declaration, "recapitulatif"),
        (etape_effacee, "famille"),
        (adresse_hors_des_departements, "identite"),
    ],
)
def test_a_step_that_is_not_valid_any_more_is_named(changer, etape):
    profil = essai.refugie().remplir()
    changer(profil)

    with pytest.raises(EtapeAReprendre) as refus:
        deposer_le(profil)

    assert refus.value.etape == etape
    assert rien_n_est_depose(profil.demande)


def test_a_register_that_now_contradicts_the_status_stops_the_deposit():
    profil = essai.refugie().remplir()
    PersonneAgdref.objects.update(statut="protection_subsidiaire")

    with pytest.raises(DepotImpossible):
        deposer_le(profil)

    assert rien_n_est_depose(profil.demande)


def test_a_civil_status_changed_in_the_register_must_be_seen_again():
    profil = essai.refugie().remplir()
    PersonneAgdref.objects.update(nom="CORRIGÉ-FICTIF")

    with pytest.raises(EtapeAReprendre) as refus:
        deposer_le(profil)

    assert refus.value.etape == "identite"


def test_a_dossier_goes_to_the_prefecture_of_the_commune():
    profil = essai.refugie()
    profil.identite = {"code_postal": "20000"}

    demande = deposer_le(profil.remplir())

    assert (demande.prefecture_id, demande.numero[:4]) == ("2A", "2001")


# --- hostile and odd data reach the document --------------------------------------------------------------


@pytest.mark.parametrize(
    "valeurs",
    [
        {"prenoms": " ".join(f"P{i}" for i in range(40))},
        {"prenoms": "X" * 200},
        {"prenoms": ""},
        {"nom": "O\u202e\u200b\u2066", "prenoms": "\u200b"},
        {"nom": "<script>alert(1)</script>{{ 7|add:1 }}{% now %}"},
        {"nom": "=HYPERLINK(1)", "ville_naissance": "https://exemple.example/a.png"},
        {"ville_naissance": "\u200b"},
        {"nom": "á" * 60, "nom_usage": "e\u0301\u0301\u0301\u0301\u0301\u0301" * 17},
    ],
)
def test_whatever_civil_status_is_declared_the_deposit_answers(valeurs):
    profil = essai.inconnu_du_registre()
    profil.identite = {**profil.identite, **valeurs}

    demande = deposer_le(profil.remplir())

    assert demande.attestations.get().donnees["type"] == "CONFIRMATION_DEPOT"


@pytest.mark.parametrize(
    "registre",
    [
        {"pays_naissance": "", "nationalite": "", "ville_naissance": "", "adresse": None},
        {"prenoms": []},
        {"prenoms": [f"P{i}" for i in range(30)]},
        {"nom": "", "prenoms": ["Seul"]},
        {"date_naissance": "1990-00-00"},
        {"nom": "N" * 120, "nom_usage": "U" * 120, "ville_naissance": "V" * 120},
    ],
)
def test_a_register_with_gaps_does_not_stop_the_deposit(registre):
    demande = deposer_le(essai.refugie(registre=registre).remplir())

    assert demande.attestations.get().type == "APD"


def test_the_end_of_the_window_is_included():
    fin = date(2026, 5, 23)
    assert ajouter_mois(fin, 6) == AU

    assert deposer_le(essai.refugie_renouvellement(fin=fin).remplir()).etat == Etat.DEPOSEE
