"""Communes and prefectures, which every test database has loaded (tests/conftest.py)."""

from io import StringIO

import pytest
from django.core.management import call_command

from referentiels import territoire
from referentiels.models import Commune, Prefecture, Tarif

pytestmark = pytest.mark.django_db


COMMUNES_ATTENDUES: dict[str, set[str]] = {
    "75001": {"75056"},
    "75116": {"75056"},
    "69003": {"69123"},
    "13016": {"13055"},
    "39000": {"39300"},
    "20000": {"2A004"},
    "97160": {"97117"},
    "97300": {"97302"},
    "97600": {"97610", "97611"},
    # Saint-Barthélemy, Saint-Martin, Saint-Pierre-et-Miquelon, Nouméa, Papeete, Monaco, none.
    "97133": set(),
    "97150": set(),
    "97500": set(),
    "98800": set(),
    "98714": set(),
    "98000": set(),
    "00000": set(),
    "": set(),
    "abcde": set(),
    "7500\x00": set(),
    "７５００１": set(),
}


def test_a_postal_code_gives_its_communes() -> None:
    for code_postal, attendues in COMMUNES_ATTENDUES.items():
        trouvees = {commune.code_insee for commune in territoire.service().communes(code_postal)}
        assert attendues <= trouvees, code_postal
        assert bool(trouvees) == bool(attendues), code_postal


def test_a_postal_code_shared_by_two_departements_gives_each_its_prefecture() -> None:
    # 01410 serves communes of the Ain and of the Jura.
    par_departement = {c.code_departement for c in territoire.service().communes("01410")}
    assert par_departement == {"01", "39"}


def test_communes_come_by_name() -> None:
    noms = [commune.nom for commune in territoire.service().communes("39000")]
    assert noms == sorted(noms)


def test_the_101_prefectures_are_known_and_paris_has_the_police_prefecture() -> None:
    departements = territoire.service().departements()
    assert len(departements) == 101
    assert all(territoire.service().prefecture(code) for code, _ in departements)
    assert str(territoire.service().prefecture("75")) == "Préfecture de police"
    assert territoire.service().prefecture("2a").site == "2001"
    assert territoire.service().prefecture("975") is None
    assert territoire.service().prefecture("\x00") is None


def test_the_commune_gives_the_competent_prefecture() -> None:
    service = territoire.service()
    assert service.prefecture_de_commune("39300").code_departement == "39"
    assert service.prefecture_de_commune("75056").code_departement == "75"
    assert service.prefecture_de_commune("99999") is None
    assert service.prefecture_de_commune("'; --") is None


def test_loading_again_changes_nothing_and_mends_what_was_damaged() -> None:
    avant = list(Commune.objects.order_by("pk").values_list())
    Commune.objects.filter(code_insee="39300").update(nom="Faux")
    Commune.objects.filter(code_insee="75056").delete()
    jura = Prefecture.objects.get(pk="39")
    Commune.objects.create(code_insee="99999", nom="Nulle part", code_postal="99999", prefecture=jura)
    Prefecture.objects.filter(pk="39").update(nom="Faux", emeraude_telephone="03 00 00 00 00")

    call_command("charger_referentiels", verbosity=0)

    champs = ("code_insee", "code_postal", "nom", "prefecture_id")
    assert set(Commune.objects.values_list(*champs)) == {(a[1], a[3], a[2], a[4]) for a in avant}
    jura.refresh_from_db()
    assert (jura.nom, jura.emeraude_telephone) == ("Préfecture du Jura", "03 00 00 00 00")
    assert Prefecture.objects.count() == 101
    assert Tarif.objects.count() == 58


def test_the_command_says_what_it_loaded() -> None:
    sortie = StringIO()
    call_command("charger_referentiels", stdout=sortie)
    assert "101 préfectures" in sortie.getvalue()
