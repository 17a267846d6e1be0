from attestations import controles


def test_the_check_is_silent_where_the_library_is():
    assert controles.verifier_harfbuzz(None) == []


def test_the_check_says_what_to_install(monkeypatch):
    monkeypatch.setattr(controles, "BIBLIOTHEQUES", ("libabsente.so.0",))
    (avertissement,) = controles.verifier_harfbuzz(None)
    assert avertissement.id == "attestations.W001"
    assert "libharfbuzz-subset0" in avertissement.hint
