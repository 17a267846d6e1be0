"""Never a gap: the next APD is ordered in time, starts the day after the last one, and stops with the decision."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from attestations.donnees import DonneesAttestation
from attestations.models import Attestation
from comptes.models import Courriel, Notification
from demandes import tasks
from demandes.etats import Etat
from demandes.models import Demande, Evenement
from demandes.operations.classer_sans_suite import classer_sans_suite
from demandes.operations.decider_favorable import decider_favorable
from demandes.operations.prolonger import prolonger
from demandes.operations.refuser import confirmer_refus, proposer_refus
from demandes.operations.retirer import retirer
from demandes.requetes import apd_dues
from tests import dossiers_d_essai as essai
from tests.chaine_d_essai import a_midi, agent, deposee, detenir, periodes, vivantes

pytestmark = pytest.mark.django_db
AU = essai.AU
FIN = date(2027, 5, 22)
DUE = date(2027, 5, 7)
SUIVANTE = ("APD", date(2027, 5, 23), date(2027, 11, 22))


def au(jour: date, demande: Demande) -> int:
    return prolonger(demande_id=demande.pk, maintenant=a_midi(jour))


def donnees(attestation: Attestation) -> DonneesAttestation:
    return DonneesAttestation.depuis_dict(attestation.donnees)


def test_the_next_apd_is_ordered_fifteen_days_before_the_end_and_not_earlier():
    demande = deposee(essai.refugie())

    assert au(DUE - timedelta(days=1), demande) == 0
    assert au(DUE, demande) == 1

    assert periodes(demande) == [("APD", AU, FIN), SUIVANTE]
    premiere, suivante = map(donnees, vivantes(demande))
    assert suivante.droits == premiere.droits
    assert suivante.mention_legale == "reconnu réfugié"
    assert suivante.emise_le == a_midi(DUE)
    assert suivante.deposee_le == premiere.deposee_le


def test_the_day_on_which_rights_are_lost_and_the_next_order_follow():
    demande = deposee(essai.refugie())
    assert (demande.droits_jusqu_au, demande.apd_due_le) == (FIN, DUE)
    version = demande.version

    au(DUE, demande)

    demande.refresh_from_db()
    assert (demande.droits_jusqu_au, demande.apd_due_le) == (date(2027, 11, 22), date(2027, 11, 7))
    # The page that an agent has open is not out of date for that.
    assert demande.version == version


def test_the_person_is_told_each_time_with_the_pdf():
    demande = deposee(essai.refugie())
    au(DUE, demande)

    courriel = Courriel.objects.get(type="apd_prolongee")
    assert courriel.attestation == vivantes(demande)[-1]
    assert courriel.destinataire == demande.compte.email
    valeurs = Notification.objects.get(type="apd_prolongee").valeurs
    assert (valeurs["debut"], valeurs["fin"]) == ("2027-05-23", "2027-11-22")
    assert (valeurs["document"], valeurs["metropole"]) == ("", False)
    evenement = Evenement.objects.get(type="prolonger")
    assert evenement.valeurs == {"periodes": [["2027-05-23", "2027-11-22"]]}
    assert evenement.acteur is None


def test_a_second_sweep_of_the_same_day_orders_nothing():
    demande = deposee(essai.refugie())

    assert [au(DUE, demande), au(DUE, demande)] == [1, 0]
    assert Courriel.objects.filter(type="apd_prolongee").count() == 1


def test_the_apd_of_a_renewal_is_followed_by_one_with_all_rights_of_the_permit():
    demande = deposee(essai.protection_subsidiaire_renouvellement())
    au(DUE, demande)

    suivante = donnees(vivantes(demande)[-1])
    assert suivante.nature == "renouvellement"
    assert suivante.droits.schengen
    assert suivante.titre_precedent == donnees(vivantes(demande)[0]).titre_precedent
    assert Courriel.objects.get(type="apd_prolongee").valeurs["document"] == "titre"


def test_a_child_is_named_to_the_parent():
    demande = deposee(essai.enfant_mineur())
    au(DUE, demande)

    assert Courriel.objects.get(type="apd_prolongee").valeurs["enfant"] == "Nour"


def test_after_months_without_beat_every_day_is_proved_and_the_person_told_once():
    """The missing ones are ordered with the days that they would have had."""
    demande = deposee(essai.refugie())

    assert au(date(2028, 2, 1), demande) == 2

    assert periodes(demande) == [
        ("APD", AU, FIN),
        SUIVANTE,
        ("APD", date(2027, 11, 23), date(2028, 5, 22)),
    ]
    courriel = Courriel.objects.get(type="apd_prolongee")
    assert courriel.attestation == vivantes(demande)[-1]
    assert len(Evenement.objects.get(type="prolonger").valeurs["periodes"]) == 2


def test_a_sweep_on_the_very_last_day_already_orders_the_one_to_come():
    demande = deposee(essai.refugie())

    assert au(FIN, demande) == 1
    assert periodes(demande)[-1] == SUIVANTE


def test_the_day_is_the_one_in_paris():
    """31 December 23:30 UTC is 1 January there."""
    demande = deposee(essai.refugie())
    Demande.objects.filter(pk=demande.pk).update(apd_due_le=date(2027, 1, 1))

    assert prolonger(demande_id=demande.pk, maintenant=datetime(2026, 12, 31, 22, 30, tzinfo=UTC)) == 0
    assert list(apd_dues(date(2026, 12, 31))) == []
    # Due, and yet nothing: this APD has months left. The dossier is looked at and set right.
    assert prolonger(demande_id=demande.pk, maintenant=datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == 0
    demande.refresh_from_db()
    assert demande.apd_due_le == DUE


# --- what stops the chain ----------------------------------------------------------------------------------


def arreter(demande: Demande, comment: str, maintenant: datetime) -> None:
    instructeur = agent()
    commun = {"demande_id": demande.pk, "version": None, "maintenant": maintenant}
    if comment == "retirer":
        retirer(demande_id=demande.pk, compte_id=demande.compte_id, maintenant=maintenant)
        return
    essai.amener(demande, Etat.EN_INSTRUCTION)
    if comment == "decider":
        demande.pieces.update(avis="acceptee")
        decider_favorable(agent_id=instructeur.pk, **commun)
    elif comment == "classer":
        classer_sans_suite(agent_id=instructeur.pk, motif="sans_objet", explication="Plus d’objet.", **commun)
    else:
        proposer_refus(agent_id=instructeur.pk, motif="fraude", explication="Faux document.", **commun)
        responsable = essai.agent(essai.prefecture("39"), role="responsable")
        confirmer_refus(agent_id=responsable.pk, **commun)


@pytest.mark.parametrize("comment", ["retirer", "decider", "classer", "refuser"])
def test_a_decision_a_closing_or_a_withdrawal_ends_also_the_apd_that_has_not_started(comment):
    demande = deposee(essai.refugie())
    au(DUE, demande)

    arreter(demande, comment, a_midi(DUE + timedelta(days=2)))

    restantes = periodes(demande)
    assert restantes == ([("ADF", DUE + timedelta(days=2), None)] if comment == "decider" else [])
    assert Attestation.objects.filter(type="APD", revoquee_le=None, remplacee_le=None).count() == 0
    assert au(date(2029, 1, 1), demande) == 0
    assert list(apd_dues(date(2029, 1, 1))) == []


@pytest.mark.parametrize("comment", ["decider", "refuser"])
def test_an_apd_that_has_ended_goes_on_proving_its_days(comment):
    demande = deposee(essai.refugie())
    au(DUE, demande)

    arreter(demande, comment, a_midi(FIN + timedelta(days=30)))

    ancienne = Attestation.objects.get(rang=1, type="APD")
    assert (ancienne.remplacee_le, ancienne.revoquee_le) == (None, None)
    assert periodes(demande)[0] == ("APD", AU, FIN)


@pytest.mark.parametrize("etat", [Etat.EN_INSTRUCTION, Etat.COMPLEMENT_DEMANDE])
def test_the_chain_goes_on_during_the_examination_and_while_a_complement_is_awaited(etat):
    demande = deposee(essai.refugie())
    essai.amener(demande, etat)

    assert au(DUE, demande) == 1


def test_the_chain_goes_on_while_ofpra_rebuilds_the_civil_status_and_says_so():
    demande = deposee(essai.refugie(registre={"etat_civil_ofpra": False}))
    au(DUE, demande)

    assert donnees(vivantes(demande)[-1]).ofpra_en_attente


# --- the family ---------------------------------------------------------------------------------------------


def test_a_family_member_gets_an_apd_the_day_after_the_visa_ends():
    profil = essai.conjoint()
    detenir(profil, "visa", fin=date(2027, 2, 28))
    demande = deposee(profil)
    assert [type_ for type_, _debut, _fin in periodes(demande)] == ["CONFIRMATION_DEPOT"]
    assert demande.apd_due_le == date(2027, 2, 13)

    assert au(date(2027, 2, 12), demande) == 0
    assert au(date(2027, 2, 13), demande) == 1

    assert periodes(demande) == [("APD", date(2027, 3, 1), date(2027, 5, 31))]
    contenu = donnees(vivantes(demande)[0])
    assert contenu.mention_legale is None
    assert (contenu.titre_precedent.nature, contenu.titre_precedent.numero) == ("visa", "FICVISA01")
    assert (contenu.droits.sejour, contenu.droits.travail) == (True, True)
    assert not contenu.droits.schengen
    assert Attestation.objects.get(type="CONFIRMATION_DEPOT").remplacee_le == a_midi(date(2027, 2, 13))
    valeurs = Courriel.objects.get(type="apd_prolongee").valeurs
    assert (valeurs["document"], valeurs["metropole"]) == ("visa", True)


def test_the_apd_of_a_family_member_is_renewed_every_three_months():
    profil = essai.conjoint_renouvellement()
    demande = deposee(profil)
    au(date(2027, 9, 1), demande)

    assert periodes(demande) == [
        ("APD", date(2026, 12, 24), date(2027, 3, 23)),
        ("APD", date(2027, 3, 24), date(2027, 6, 23)),
        ("APD", date(2027, 6, 24), date(2027, 9, 23)),
    ]
    assert all(donnees(apd).droits.schengen for apd in vivantes(demande))


@pytest.mark.parametrize("jours", [1, 200])
def test_a_document_that_has_ended_gives_the_apd_with_the_deposit(jours):
    profil = essai.conjoint()
    detenir(profil, "recepisse", fin=AU - timedelta(days=jours))
    demande = deposee(profil)

    assert periodes(demande) == [("APD", AU, date(2027, 2, 22))]
    assert Attestation.objects.get(type="CONFIRMATION_DEPOT").remplacee_le is not None
    assert [c.type for c in Courriel.objects.order_by("pk")] == ["depot_confirmation", "apd_prolongee"]
    assert demande.droits_jusqu_au == date(2027, 2, 22)


@pytest.mark.parametrize("jours", [0, 1, 15])
def test_a_document_about_to_end_gives_the_apd_to_come_with_the_deposit(jours):
    """Beat may be down for days: the deposit does not count on it."""
    profil = essai.conjoint()
    fin = AU + timedelta(days=jours)
    detenir(profil, "visa", fin=fin)

    ((type_, debut, _fin),) = periodes(deposee(profil))

    assert (type_, debut) == ("APD", fin + timedelta(days=1))


def test_a_document_that_ends_later_waits_for_the_sweep():
    profil = essai.conjoint()
    detenir(profil, "visa", fin=AU + timedelta(days=16))

    assert [type_ for type_, *_ in periodes(deposee(profil))] == ["CONFIRMATION_DEPOT"]


def test_a_child_of_18_without_document_gets_an_apd_with_the_deposit():
    demande = deposee(essai.enfant_adulte())

    assert periodes(demande) == [("APD", AU, date(2027, 2, 22))]
    contenu = donnees(vivantes(demande)[0])
    assert contenu.titre_precedent is None
    assert not contenu.droits.avec_titre_precedent


@pytest.mark.parametrize("profil", [essai.conjoint, essai.ascendant])
def test_without_a_document_no_apd_comes_by_itself(profil):
    demande = deposee(profil())

    assert demande.apd_due_le is None
    assert list(apd_dues(date(2029, 1, 1))) == []
    assert au(date(2029, 1, 1), demande) == 0


def test_a_permit_that_was_never_handed_over_is_not_held():
    profil = essai.conjoint(motif_premiere="titre_jamais_remis")
    detenir(profil, "titre", fin=date(2030, 1, 1), type="carte_resident", remis=False)

    assert deposee(profil).apd_due_le is None


# --- the database -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("debut", [AU, FIN])
def test_the_database_refuses_two_attestations_for_one_day(debut):
    demande = deposee(essai.refugie())
    (apd,) = vivantes(demande)
    apd.pk, apd.rang, apd.fichier, apd.debut, apd.fin = None, 2, "autre.pdf", debut, date(2028, 1, 1)
    apd._state.adding = True

    with pytest.raises(IntegrityError, match="une_attestation_vivante_par_jour"), transaction.atomic():
        apd.save(force_insert=True)
    apd.debut = FIN + timedelta(days=1)
    apd.save(force_insert=True)


def test_the_database_lets_a_replaced_attestation_be():
    demande = deposee(essai.refugie())
    (apd,) = vivantes(demande)
    Attestation.objects.update(remplacee_le=essai.MAINTENANT)
    apd.pk, apd.rang, apd.fichier = None, 2, "autre.pdf"
    apd._state.adding = True
    apd.save(force_insert=True)


def test_the_sweep_finds_what_is_due_by_its_index():
    with connection.cursor() as curseur:
        curseur.execute("SET LOCAL enable_seqscan = off")
        curseur.execute(
            "EXPLAIN SELECT id FROM demandes_demande WHERE etat IN ('complement_demande', 'deposee',"
            " 'en_instruction') AND apd_due_le <= '2027-01-01' ORDER BY apd_due_le, id"
        )
        plan = "\n".join(ligne for (ligne,) in curseur.fetchall())
    assert "Index Scan using apd_due" in plan or "Index Only Scan using apd_due" in plan
    assert "Sort" not in plan


# --- the sweep ----------------------------------------------------------------------------------------------


@pytest.fixture
def le_jour_venu(monkeypatch):
    monkeypatch.setattr(tasks.timezone, "localdate", lambda: DUE)
    monkeypatch.setattr(tasks.timezone, "now", lambda: a_midi(DUE))


def test_the_sweep_orders_all_that_are_due(le_jour_venu):
    demandes = [deposee(essai.refugie()) for _ in range(3)]
    pas_due = deposee(essai.conjoint())

    tasks.prolonger_les_apd()

    assert [periodes(demande)[-1] for demande in demandes] == [SUIVANTE] * 3
    assert [type_ for type_, *_ in periodes(pas_due)] == ["CONFIRMATION_DEPOT"]


def test_a_dossier_that_fails_does_not_hold_the_others_and_its_data_stay_out_of_the_log(le_jour_venu, caplog):
    malade, saine = deposee(essai.refugie()), deposee(essai.refugie())
    malade.donnees["civil"]["sexe"] = "HAÏDARI-FICTIF"
    malade.apd_due_le = DUE - timedelta(days=9)
    malade.save()

    tasks.prolonger_les_apd()

    assert periodes(saine)[-1] == SUIVANTE
    assert periodes(malade) == [("APD", AU, FIN)]
    assert f"demande {malade.pk}: APD impossible (DonneesInvalides)" in caplog.text
    assert "FICTIF" not in caplog.text


def test_a_sweep_that_has_no_time_left_leaves_the_rest_to_the_next_one(le_jour_venu, monkeypatch):
    demandes = [deposee(essai.refugie()) for _ in range(2)]
    with monkeypatch.context() as presse:
        presse.setattr(tasks, "DUREE_BALAYAGE_S", -1)
        tasks.prolonger_les_apd()
    assert [len(periodes(demande)) for demande in demandes] == [1, 1]

    tasks.prolonger_les_apd()

    assert [len(periodes(demande)) for demande in demandes] == [2, 2]


def test_the_sweep_nudges_nobody(le_jour_venu, django_capture_on_commit_callbacks):
    deposee(essai.refugie())

    with django_capture_on_commit_callbacks() as relances:
        tasks.prolonger_les_apd()

    assert Attestation.objects.filter(rang=2).exists()
    assert relances == []


def test_one_dossier_costs_few_queries(django_assert_max_num_queries):
    demande = deposee(essai.refugie())
    with django_assert_max_num_queries(17):
        au(DUE, demande)


def test_the_page_after_the_deposit_offers_the_document_that_gives_rights(client):
    demande = deposee(essai.enfant_adulte())
    client.force_login(demande.compte, backend="comptes.authentification.IdentifiantBackend")

    page = client.get(f"/demarches/{demande.pk}/depose/").content.decode()

    assert str(vivantes(demande)[0].pk) in page
    assert str(Attestation.objects.get(type="CONFIRMATION_DEPOT").pk) not in page
