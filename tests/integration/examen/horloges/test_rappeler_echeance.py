"""A permit that ends: one reminder 4 months, 2 months and 1 week before, to the account that follows it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from comptes.models import Compte, Courriel
from demandes.echeances import debut_du_jour
from demandes.models import Demande, RappelEcheance
from demandes.operations.deposer import deposer
from demandes.operations.horloges import rappeler_echeance as horloge
from demandes.operations.horloges.rappeler_echeance import palier_de, rappeler_les_echeances
from referentiels.agdref import AgdrefIndisponible, AgdrefLocal
from referentiels.models import PersonneAgdref
from tests import dossiers_d_essai as essai

FIN = date(2027, 7, 31)


@pytest.fixture
def titulaire():
    """A refugee with an account, whose carte de résident ends on `FIN`."""
    ligne = essai.personne()
    essai.titre(ligne, "carte_resident", fin=FIN)
    return essai.compte_de(ligne)


def le(jour: date, heures: float = 0) -> int:
    return rappeler_les_echeances(maintenant=debut_du_jour(jour) + timedelta(hours=heures))


def paliers() -> list[str]:
    return list(RappelEcheance.objects.order_by("envoye_le").values_list("palier", flat=True))


@pytest.mark.parametrize(
    ("fin", "au", "palier"),
    [
        (FIN, date(2027, 3, 30), None),
        (FIN, date(2027, 3, 31), "quatre_mois"),
        (FIN, date(2027, 5, 30), "quatre_mois"),
        (FIN, date(2027, 5, 31), "deux_mois"),
        (FIN, date(2027, 7, 23), "deux_mois"),
        (FIN, date(2027, 7, 24), "une_semaine"),
        (FIN, FIN, "une_semaine"),
        (FIN, FIN + timedelta(days=1), None),
        # Four months before 30 June is the last day of February.
        (date(2027, 6, 30), date(2027, 2, 27), None),
        (date(2027, 6, 30), date(2027, 2, 28), "quatre_mois"),
        (date(2028, 6, 29), date(2028, 2, 29), "quatre_mois"),
    ],
)
def test_the_step_of_a_day(fin, au, palier):
    assert palier_de(fin, au) == palier


def test_three_reminders_each_once_with_the_days_that_count(titulaire, messages):
    jour = date(2027, 3, 1)
    while jour <= FIN + timedelta(days=30):
        le(jour)
        le(jour, heures=12)
        jour += timedelta(days=1)

    assert paliers() == ["quatre_mois", "deux_mois", "une_semaine"]
    envois = messages("titre_finit")
    assert {envoi["fin"] for envoi in envois} == {"2027-07-31"}
    assert [(e["ouvert"], e["hors_delai"]) for e in envois] == [(False, False), (True, False), (True, True)]
    assert envois[0]["ouverture"] == "2027-04-30"
    assert envois[0]["limite"] == "2027-06-01"


def test_a_last_day_of_june_is_found_on_the_last_day_of_february():
    ligne = essai.personne()
    essai.titre(ligne, "csp_bps", fin=date(2027, 6, 30), mois=48)
    essai.compte_de(ligne)
    assert le(date(2027, 2, 27)) == 0
    assert le(date(2027, 2, 28)) == 1


@pytest.mark.parametrize(
    ("reprise", "attendus"),
    [
        (date(2027, 4, 7), ["quatre_mois"]),
        (date(2027, 4, 14), ["quatre_mois"]),
        (date(2027, 6, 14), ["deux_mois"]),
        (date(2027, 7, 30), ["une_semaine"]),
        (date(2027, 8, 14), []),
    ],
)
def test_after_a_beat_that_was_stopped_the_last_reminder_alone_goes_out(titulaire, reprise, attendus):
    le(reprise)
    le(reprise, heures=1)
    assert paliers() == attendus


def test_the_day_is_that_of_paris(titulaire):
    assert rappeler_les_echeances(maintenant=datetime(2027, 3, 30, 21, 59, tzinfo=UTC)) == 0
    assert rappeler_les_echeances(maintenant=datetime(2027, 3, 30, 22, 0, tzinfo=UTC)) == 1


@pytest.mark.parametrize("etat", ["deposee", "en_instruction", "titre_disponible"])
def test_nobody_is_reminded_of_a_renewal_that_is_under_way(dossier, messages, etat):
    demande = dossier(etat, profil=essai.refugie_renouvellement)
    fin = date.fromisoformat(demande.donnees["titre_detenu"]["fin"])
    assert le(fin - timedelta(days=6)) == 0
    assert messages("titre_finit") == []


def test_a_renewal_that_ended_without_a_permit_is_open_no_more(dossier):
    demande = dossier("retiree", profil=essai.refugie_renouvellement)
    fin = date.fromisoformat(demande.donnees["titre_detenu"]["fin"])
    assert le(fin - timedelta(days=6)) == 1


def test_who_holds_a_later_permit_is_not_reminded_of_the_old_one():
    ligne = essai.personne()
    essai.titre(ligne, "carte_resident", fin=FIN)
    essai.titre(ligne, "carte_resident", fin=FIN + timedelta(days=3650))
    essai.compte_de(ligne)
    assert le(date(2027, 6, 1)) == 0


def test_a_later_permit_that_was_never_handed_over_does_not_count():
    ligne = essai.personne()
    essai.titre(ligne, "carte_resident", fin=FIN)
    essai.titre(ligne, "carte_resident", fin=FIN + timedelta(days=3650), remis=False)
    essai.compte_de(ligne)
    assert le(date(2027, 6, 1)) == 1


def test_who_has_no_account_or_another_kind_of_permit_is_left_alone():
    essai.titre(essai.personne(), "carte_resident", fin=FIN)
    autre = essai.personne(statut="autre")
    essai.titre(autre, "autre", fin=FIN)
    essai.compte_de(autre)
    ferme = essai.personne()
    essai.titre(ferme, "carte_resident", fin=FIN)
    essai.compte_de(ferme, is_active=False)
    assert le(date(2027, 6, 1)) == 0


def test_a_person_known_by_a_visa_is_found():
    ligne = essai.personne(numero_etranger=None, numero_visa="FRA990000777")
    essai.titre(ligne, "csp_famille_bps", fin=FIN, mois=48)
    compte = essai.compte_de(ligne)
    assert le(date(2027, 6, 1)) == 1
    assert RappelEcheance.objects.get().compte_id == compte.pk


@pytest.fixture
def enfant_titulaire() -> tuple[Compte, str]:
    """A child of 16 who got a permit through the account of the mother; her account and the child's number."""
    profil = essai.enfant_mineur().remplir()
    demande = deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=essai.MAINTENANT)
    essai.amener(demande, "titre_remis")
    ligne = PersonneAgdref.objects.get(numero_etranger=demande.beneficiaire)
    essai.titre(ligne, "cst", fin=FIN, mois=12)
    Courriel.objects.all().delete()
    return profil.compte, demande.beneficiaire


def test_the_parent_who_applied_is_reminded_for_a_child_without_account(enfant_titulaire):
    parent, _numero = enfant_titulaire
    assert le(date(2027, 6, 1)) == 1
    courriel = Courriel.objects.get()
    assert (courriel.compte_id, courriel.valeurs["enfant"]) == (parent.pk, "Nour")


def test_a_child_with_an_account_is_reminded_there(enfant_titulaire):
    _parent, numero = enfant_titulaire
    enfant = essai.compte(numero_etranger=numero)
    assert le(date(2027, 6, 1)) == 1
    courriel = Courriel.objects.get()
    assert (courriel.compte_id, courriel.valeurs["enfant"]) == (enfant.pk, "")


def test_at_18_the_parent_is_told_nothing_more(enfant_titulaire):
    Demande.objects.update(majorite_le=date(2027, 6, 1))
    assert le(date(2027, 6, 1)) == 0
    assert le(date(2027, 5, 31)) == 1


def test_a_register_that_does_not_answer_is_asked_again_later(titulaire, monkeypatch):
    class Muet(AgdrefLocal):
        def titres_finissant(self, *, du, au):
            raise AgdrefIndisponible

    with monkeypatch.context() as panne:
        panne.setattr(horloge.agdref, "service", Muet)
        assert le(date(2027, 6, 1)) == 0
    assert le(date(2027, 6, 1)) == 1


def test_the_number_of_queries_does_not_grow_with_what_was_done(django_assert_max_num_queries):
    for _fois in range(5):
        ligne = essai.personne()
        essai.titre(ligne, "carte_resident", fin=FIN)
        essai.compte_de(ligne)
    assert le(date(2027, 6, 1)) == 5
    with django_assert_max_num_queries(5):
        assert le(date(2027, 6, 2)) == 0
