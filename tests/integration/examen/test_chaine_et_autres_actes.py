"""What a check of the status and a correction do to the chain of APDs."""

from datetime import date, timedelta

import pytest

from attestations.donnees import DonneesAttestation
from attestations.models import Attestation
from comptes.models import Courriel
from demandes.models import Demande, Evenement
from demandes.operations.corriger import corriger
from demandes.operations.prolonger import prolonger
from demandes.operations.verifier_statut import verifier_statut
from tests import dossiers_d_essai as essai
from tests.chaine_d_essai import a_midi, agent, deposee, detenir, periodes, vivantes

pytestmark = pytest.mark.django_db
AU = essai.AU
FIN = date(2027, 5, 22)
DUE = date(2027, 5, 7)


def a_verifier(profil: essai.Profil) -> Demande:
    """Deposited while the register knew no status."""
    profil.remplir()
    ligne = essai.PersonneAgdref.objects.get(numero_etranger=profil.compte.numero_etranger)
    ligne.statut = ligne.lien = ligne.statut_du_protege = ""
    ligne.save()
    return deposee(profil)


def verifier(demande: Demande, jour: date) -> None:
    verifier_statut(
        demande_id=demande.pk,
        agent_id=agent().pk,
        version=None,
        motif="Décision lue.",
        maintenant=a_midi(jour),
    )


def corriger_le(demande: Demande, jour: date, champ: str = "nom", valeur: str = "CORRIGÉ-FICTIF") -> None:
    corriger(
        demande_id=demande.pk, agent_id=agent().pk, version=None, champ=champ, valeur=valeur, motif="Faute.",
        maintenant=a_midi(jour),
    )  # fmt: skip


# --- a status to check --------------------------------------------------------------------------------------


def test_before_the_check_there_is_no_apd_however_long_it_takes():
    demande = a_verifier(essai.refugie())

    assert demande.apd_due_le is None
    assert prolonger(demande_id=demande.pk, maintenant=a_midi(date(2028, 1, 1))) == 0
    assert [type_ for type_, *_ in periodes(demande)] == ["CONFIRMATION_DEPOT"]


def test_the_check_gives_the_apd_from_the_deposit_in_place_of_the_confirmation():
    demande = a_verifier(essai.refugie())
    verifier(demande, AU + timedelta(days=2))

    assert periodes(demande) == [("APD", AU, FIN)]
    demande.refresh_from_db()
    assert (demande.droits_jusqu_au, demande.apd_due_le) == (FIN, DUE)
    assert Courriel.objects.get(type="statut_verifie").attestation == vivantes(demande)[0]
    assert not Courriel.objects.filter(type="apd_prolongee").exists()


def test_a_check_that_comes_after_months_proves_every_day_since_the_deposit():
    demande = a_verifier(essai.refugie())
    verifier(demande, date(2027, 7, 1))

    assert periodes(demande) == [("APD", AU, FIN), ("APD", date(2027, 5, 23), date(2027, 11, 22))]
    assert Courriel.objects.get(type="statut_verifie").attestation == vivantes(demande)[-1]


def test_the_check_of_a_family_member_follows_the_document_held():
    profil = essai.conjoint()
    detenir(profil, "visa", fin=date(2026, 12, 31))
    demande = a_verifier(profil)
    verifier(demande, AU + timedelta(days=2))
    assert [type_ for type_, *_ in periodes(demande)] == ["CONFIRMATION_DEPOT"]
    demande.refresh_from_db()
    assert demande.apd_due_le == date(2026, 12, 16)


def test_the_check_of_a_family_member_whose_document_ended_meanwhile_gives_the_apd_with_its_own_words():
    profil = essai.conjoint()
    detenir(profil, "visa", fin=date(2026, 12, 31))
    demande = a_verifier(profil)
    verifier(demande, date(2027, 1, 20))

    assert periodes(demande) == [("APD", date(2027, 1, 1), date(2027, 3, 31))]
    assert Courriel.objects.get(type="statut_verifie").attestation is None
    assert Courriel.objects.get(type="apd_prolongee").valeurs["document"] == "visa"


# --- a correction -------------------------------------------------------------------------------------------


def test_a_correction_makes_the_present_apd_and_the_one_to_come_again_for_the_same_days():
    demande = deposee(essai.refugie())
    prolonger(demande_id=demande.pk, maintenant=a_midi(DUE))
    avant = periodes(demande)

    corriger_le(demande, DUE + timedelta(days=1))

    assert periodes(demande) == avant
    assert {DonneesAttestation.depuis_dict(a.donnees).nom for a in vivantes(demande)} == {"CORRIGÉ-FICTIF"}
    assert Attestation.objects.filter(remplacee_le=a_midi(DUE + timedelta(days=1))).count() == 2
    # The one that the person shows today.
    assert Courriel.objects.get(type="correction").attestation == vivantes(demande)[0]
    demande.refresh_from_db()
    assert (demande.droits_jusqu_au, demande.apd_due_le) == (date(2027, 11, 22), date(2027, 11, 7))


def test_an_apd_that_has_ended_is_not_touched_by_a_correction():
    demande = deposee(essai.refugie())
    prolonger(demande_id=demande.pk, maintenant=a_midi(DUE))

    corriger_le(demande, FIN + timedelta(days=10))

    ancienne, nouvelle = vivantes(demande)
    assert (ancienne.rang, ancienne.donnees["nom"]) == (1, "HAÏDARI-FICTIF")
    assert (nouvelle.rang, nouvelle.donnees["nom"]) == (3, "CORRIGÉ-FICTIF")


def test_a_correction_of_a_correction_keeps_the_days():
    demande = deposee(essai.refugie())
    for rang in range(3):
        corriger_le(demande, AU + timedelta(days=rang), valeur=f"FICTIF-{'ABC'[rang]}")
    prolonger(demande_id=demande.pk, maintenant=a_midi(DUE))

    assert periodes(demande) == [("APD", AU, FIN), ("APD", date(2027, 5, 23), date(2027, 11, 22))]


def test_a_correction_makes_a_confirmation_again():
    demande = deposee(essai.conjoint())
    corriger_le(demande, AU)

    (confirmation,) = vivantes(demande)
    assert (confirmation.type, confirmation.donnees["nom"]) == ("CONFIRMATION_DEPOT", "CORRIGÉ-FICTIF")


def test_a_corrected_birth_date_opens_the_right_of_a_child_of_18():
    profil = essai._famille("enfant", registre={"date_naissance": "1999-01-01"})
    demande = deposee(profil)
    assert demande.apd_due_le is None

    corriger_le(demande, AU + timedelta(days=3), "date_naissance", "2008-01-01")

    assert periodes(demande) == [("APD", AU, date(2027, 2, 22))]
    assert Courriel.objects.get(type="correction").attestation == vivantes(demande)[0]
    assert Evenement.objects.filter(type="prolonger").exists()
