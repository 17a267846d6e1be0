"""An agent orders the first APD of a family member without document; the page says what the chain will do."""

from datetime import UTC, date, datetime

import pytest

from attestations.donnees import DonneesAttestation
from attestations.models import Attestation
from comptes.models import Courriel
from demandes.chaine import refus_d_ordonner, suite_en_mots
from demandes.etats import Etat
from demandes.models import Demande, Evenement
from demandes.operations.ordonner_apd import ordonner_apd
from demandes.operations.prolonger import prolonger
from demandes.operations.refus import ActionImpossible, DossierIntrouvable, DossierModifie
from demandes.textes import ACTIONS_IMPOSSIBLES
from tests import dossiers_d_essai as essai
from tests.chaine_d_essai import a_midi, agent, deposee, detenir, periodes, vivantes

pytestmark = pytest.mark.django_db
JOUR = date(2026, 12, 10)


def ordonner(demande: Demande, par=None, **changements) -> Attestation:
    valeurs = {
        "version": demande.version,
        "motif": "Passeport gardé par le consulat.",
        "maintenant": a_midi(JOUR),
    }
    return ordonner_apd(demande_id=demande.pk, agent_id=(par or agent()).pk, **{**valeurs, **changements})


def test_the_apd_starts_on_the_day_of_the_order_and_the_chain_goes_on():
    demande = deposee(essai.conjoint())

    ordonner(demande)

    assert periodes(demande) == [("APD", JOUR, date(2027, 3, 9))]
    contenu = DonneesAttestation.depuis_dict(vivantes(demande)[0].donnees)
    assert contenu.titre_precedent is None
    assert (contenu.droits.sejour, contenu.droits.travail, contenu.droits.schengen) == (True, True, False)
    demande.refresh_from_db()
    assert (demande.droits_jusqu_au, demande.apd_due_le) == (date(2027, 3, 9), date(2027, 2, 22))
    assert prolonger(demande_id=demande.pk, maintenant=a_midi(date(2027, 2, 22))) == 1
    assert periodes(demande)[-1] == ("APD", date(2027, 3, 10), date(2027, 6, 9))


def test_the_order_is_written_with_its_reason_and_the_person_told():
    demande = deposee(essai.ascendant())
    par = agent()

    attestation = ordonner(demande, par)

    evenement = Evenement.objects.get(type="ordonner_apd")
    assert (evenement.acteur, evenement.valeurs) == (par, {"motif": "Passeport gardé par le consulat."})
    assert not Evenement.objects.filter(type="prolonger").exists()
    assert Courriel.objects.get(type="apd_prolongee").attestation == attestation
    assert Attestation.objects.get(type="CONFIRMATION_DEPOT").remplacee_le == a_midi(JOUR)


def test_the_first_day_is_the_one_in_paris():
    demande = deposee(essai.conjoint())

    ordonner(demande, maintenant=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))

    assert periodes(demande) == [("APD", date(2027, 1, 1), date(2027, 3, 31))]


def avec_visa() -> Demande:
    profil = essai.conjoint()
    detenir(profil, "visa", fin=date(2027, 6, 30))
    return deposee(profil)


def a_verifier() -> Demande:
    demande = deposee(essai.conjoint())
    Demande.objects.filter(pk=demande.pk).update(controle="a_verifier")
    return demande


@pytest.mark.parametrize(
    ("faire", "code"),
    [
        (lambda: deposee(essai.refugie()), "apd_suit"),
        (lambda: deposee(essai.enfant_adulte()), "apd_suit"),
        (avec_visa, "apd_suit"),
        (a_verifier, "statut"),
        (lambda: essai.amener(deposee(essai.conjoint()), Etat.DECISION_FAVORABLE), "etat"),
        (lambda: essai.amener(deposee(essai.conjoint()), Etat.CLASSEE_SANS_SUITE), "etat"),
    ],
)
def test_an_order_that_would_contradict_the_chain_is_refused(faire, code):
    demande = faire()
    avant = Attestation.objects.count()

    with pytest.raises(ActionImpossible) as refus:
        ordonner(demande, version=None)

    assert refus.value.code == code
    demande.refresh_from_db()
    assert refus_d_ordonner(demande) == code
    assert ACTIONS_IMPOSSIBLES[code]
    assert Attestation.objects.count() == avant


def test_the_same_order_twice_is_refused():
    demande = deposee(essai.conjoint())
    ordonner(demande)

    with pytest.raises(ActionImpossible) as refus:
        ordonner(demande, version=None)

    assert refus.value.code == "apd_suit"


def test_an_order_needs_a_reason():
    with pytest.raises(ActionImpossible) as refus:
        ordonner(deposee(essai.conjoint()), motif="  ")
    assert refus.value.code == "phrase"


def test_a_stale_page_and_an_agent_of_elsewhere_order_nothing():
    demande = deposee(essai.conjoint())

    with pytest.raises(DossierModifie):
        ordonner(demande, version=demande.version - 1)
    for etranger in (
        essai.agent(essai.prefecture("92")),
        essai.agent(),
        essai.agent(essai.prefecture("39"), role="ccc"),
        demande.compte,
    ):
        with pytest.raises(DossierIntrouvable):
            ordonner(demande, etranger)
    assert [type_ for type_, *_ in periodes(demande)] == ["CONFIRMATION_DEPOT"]


@pytest.mark.parametrize(
    ("faire", "phrase"),
    [
        (lambda: deposee(essai.refugie()), "commence le 23 mai 2027. Elle part le 7 mai 2027."),
        (avec_visa, "commence le 1 juillet 2027. Elle part le 15 juin 2027."),
        (lambda: deposee(essai.conjoint()), "un agent peut ordonner"),
        (a_verifier, "avant la vérification du statut"),
        (lambda: essai.amener(deposee(essai.refugie()), Etat.RETIREE), "aucune APD ne suit"),
    ],
)
def test_the_agent_reads_what_the_chain_will_do(faire, phrase):
    demande = faire()
    demande.refresh_from_db()

    assert phrase in suite_en_mots(demande)
    if "un agent peut" in phrase:
        assert refus_d_ordonner(demande) == ""
