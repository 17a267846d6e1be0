"""Three years of days: no entitled person has one without a valid document, nobody has two that contradict."""

from collections import defaultdict
from datetime import date, timedelta

import pytest

from attestations.models import Attestation
from attestations.operations import terminer
from attestations.validite import VIVANTE
from demandes import chaine
from demandes.regles import attestations as regles
from tests.integration.examen.simulation import DERNIER_JOUR, JOUR, PARIS, PREMIER_JOUR, Population, Vie

pytestmark = pytest.mark.django_db

DROITS = {
    # (renewal, with a document to show): the table of R-REGLES-3.
    (False, False): (True, True, False, False),
    (False, True): (True, True, False, True),
    (True, True): (True, True, True, True),
}
NOMS = ("sejour", "travail", "schengen", "avec_titre_precedent")


def simuler(graine: int, combien: int) -> Population:
    """Live every day, looking at each person's documents at dawn and, if anything happened, at dusk."""
    population = Population(graine, combien)
    jour, connues = PREMIER_JOUR, vivantes()
    while jour <= DERNIER_JOUR:
        regarder(population, jour, connues)
        if population.vivre(jour):
            connues = vivantes()
            regarder(population, jour, connues)
        jour += JOUR
    for vie in population.vies.values():
        prouver_chaque_jour(vie)
    return population


def vivantes() -> list[tuple]:
    """What the database holds and has neither replaced nor revoked."""
    lignes = Attestation.objects.filter(VIVANTE).order_by("debut")
    return list(lignes.values_list("demande_id", "type", "debut", "fin", "donnees__droits"))


def regarder(population: Population, jour: date, connues: list[tuple]) -> None:
    """What is in force on `jour`, as the verification page would say it now."""
    en_vigueur = defaultdict(list)
    for demande_id, type_, debut, fin, droits in connues:
        if debut <= jour and (fin is None or jour <= fin):
            en_vigueur[demande_id].append((type_, tuple(droits[nom] for nom in NOMS)))
    for demande_id, vie in population.vies.items():
        documents = en_vigueur[demande_id]
        assert len({droits for _type, droits in documents}) <= 1, f"{jour}: {vie} a {documents}"
        types = {type_ for type_, _droits in documents}
        attendu = vie.attendu(jour)
        match attendu:
            case "rien":
                assert not types, f"{jour}: {vie} a encore {types}"
            case "APD" | "ADF":
                assert types == {attendu}, f"{jour}: {vie} a {types or 'rien'}, il faut {attendu}"
            case _:
                assert not types & {"APD", "ADF"}, f"{jour}: {vie} a {types}, il faut {attendu}"
        if attendu == "APD":
            avec_document = vie.renouvellement or vie.fin_du_document is not None
            assert documents[0][1] == DROITS[vie.renouvellement, avec_document]


def prouver_chaque_jour(vie: Vie) -> None:
    """Looking back: from the first day to the decision, each day has its APD, without hole nor overlap."""
    if not vie.verifie or vie.droits_depuis is None:
        return
    debut = vie.droits_depuis if vie.fin_du_document is None else max(vie.depot, vie.fin_du_document + JOUR)
    fin = min(vie.clos_le or DERNIER_JOUR, vie.decide_le or DERNIER_JOUR, DERNIER_JOUR)
    lignes = Attestation.objects.filter(demande_id=vie.demande_id, type="APD").order_by("debut", "rang")
    prouves: set[date] = set()
    for debut_apd, fin_apd, remplacee_le, revoquee_le in lignes.values_list(
        "debut", "fin", "remplacee_le", "revoquee_le"
    ):
        dernier = fin_apd
        if terme := remplacee_le or revoquee_le:
            dernier = min(fin_apd, terme.astimezone(PARIS).date() - JOUR)
        prouves.update(debut_apd + n * JOUR for n in range((dernier - debut_apd).days + 1))
    absents = [jour for n in range((fin - debut).days) if (jour := debut + n * JOUR) not in prouves]
    assert not absents, f"{vie}: aucune preuve pour {absents[:3]}"


def test_three_years_of_days_leave_no_gap_and_no_contradiction():
    population = simuler(graine=20261123, combien=200)

    # The population was what it had to be.
    vies = population.vies.values()
    assert len(vies) == 200
    assert sum(vie.decide_le is not None for vie in vies) > 20
    assert sum(vie.clos_le is not None for vie in vies) > 20
    assert sum(vie.attendu(DERNIER_JOUR) == "APD" for vie in vies) > 20
    assert Attestation.objects.filter(type="APD").count() > 2 * len(vies)
    arrets = [
        (apres - avant).days - 1
        for avant, apres in zip(population.balayages, list(population.balayages)[1:], strict=False)
    ]
    assert max(arrets) == 14


@pytest.mark.parametrize("sabotage", ["fifteen days late", "two days after", "never ended", "one only"])
def test_the_simulation_sees_a_chain_that_is_broken(monkeypatch, sabotage):
    if sabotage == "fifteen days late":
        emission = regles.jour_d_emission
        monkeypatch.setattr(chaine, "jour_d_emission", lambda debut: emission(debut) + timedelta(days=15))
    elif sabotage == "two days after":
        monkeypatch.setattr(chaine, "lendemain", lambda fin: fin + timedelta(days=2))
    elif sabotage == "never ended":
        monkeypatch.setattr(terminer, "pas_finie", lambda jour: terminer.VIVANTE & ~terminer.VIVANTE)
    else:
        suite = chaine.prochaine_apd
        monkeypatch.setattr(
            "demandes.operations.prolonger.prochaine_apd",
            lambda demande, fin: suite(demande, fin) if fin is None else None,
        )

    with pytest.raises(Exception, match=r"il faut APD|une_attestation_vivante_par_jour|encore|aucune preuve"):
        simuler(graine=1, combien=25)
