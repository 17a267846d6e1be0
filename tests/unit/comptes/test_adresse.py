"""The field of an e-mail address."""

import pytest
from django import forms

from comptes.formulaires.inscription import champ_email


class Essai(forms.Form):
    email = champ_email()


@pytest.mark.parametrize("adresse", ["x@localhost", "a@[127.0.0.1]", "a@[::1]", "sans-arobase", "a@b"])
def test_an_address_that_no_mail_can_reach_from_outside_is_refused_with_an_example(adresse):
    formulaire = Essai({"email": adresse})

    assert "prenom.nom@exemple.fr" in " ".join(formulaire.errors["email"])


def test_a_usual_address_is_taken():
    assert Essai({"email": "prenom.nom@exemple.fr"}).is_valid()
