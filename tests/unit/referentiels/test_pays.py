"""Countries and nationalities in French."""

from referentiels import pays


def test_countries_are_in_french_and_in_french_order() -> None:
    noms = [nom for _, nom in pays.pays()]
    assert noms[0] == "Afghanistan"
    assert noms.index("Égypte") < noms.index("Érythrée") < noms.index("France")


def test_kosovo_is_a_country_and_stateless_is_only_a_nationality() -> None:
    assert ("XH", "Kosovo") in pays.pays()
    assert "XA" not in dict(pays.pays())
    assert dict(pays.nationalites())["XA"] == "Apatride"


def test_no_code_is_there_twice() -> None:
    codes = [code for code, _ in pays.nationalites()]
    assert len(codes) == len(set(codes))


def test_an_unknown_code_has_no_name() -> None:
    assert pays.nom_pays("QQ") == ""
    assert pays.nom_pays("SY") == "Syrie"
