"""Test clients: one that checks each page it is given, one that fills forms as a browser without scripts does."""

import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from django.http import HttpResponse
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from lxml import html

from comptes import acces
from comptes.models import Compte
from tests.seconds_facteurs import telephone_de

BACKEND = "comptes.authentification.IdentifiantBackend"


class ClientStrict(Client):
    """Django's client; a page with a form that posts without a CSRF token fails the test."""

    def force_login(self, user: Compte, backend: str = BACKEND, *, second_facteur: bool = True) -> None:
        """Log in without the pages; a member of staff has given a second factor, unless told otherwise."""
        super().force_login(user, backend)
        if user.is_staff and second_facteur:
            session = self.session
            session[DEVICE_ID_SESSION_KEY] = telephone_de(user).persistent_id
            session[acces.CLE] = int(time.time())
            session.save()

    def request(self, **requete: Any) -> HttpResponse:
        reponse = super().request(**requete)
        exiger_les_jetons(reponse)
        return reponse


class Navigateur(ClientStrict):
    """Enforces CSRF and posts only what a page's form holds, hidden fields and token included."""

    def __init__(self, **options: Any) -> None:
        super().__init__(enforce_csrf_checks=True, **options)

    def soumettre(
        self,
        page: str | HttpResponse,
        champs: Mapping[str, Any] | None = None,
        *,
        formulaire: str = "//main//form[@method='post']",
        bouton: str = "",
        follow: bool = False,
    ) -> HttpResponse:
        """Open `page` (an address or an answer already had), fill its form, send it.

        `champs` are values by field name: a string, a list (several boxes), an open file, None (untick).
        `formulaire` is the XPath of the form (the first one found); `bouton` the name of the button
        pressed. Raises AssertionError when the page has no such form or field.
        """
        reponse = self.get(page) if isinstance(page, str) else page
        adresse = reponse.request["PATH_INFO"]
        trouves = html.fromstring(reponse.content.decode(reponse.charset)).xpath(formulaire)
        assert trouves, f"{adresse} (réponse {reponse.status_code}) n’a pas de formulaire {formulaire}"
        trouve = trouves[0]
        valeurs = _valeurs(trouve, bouton)
        connus = set(trouve.fields) | {
            e.get("name") for e in trouve.xpath(".//input[@type='file']|.//button")
        }
        for nom, valeur in (champs or {}).items():
            assert nom in connus, f"{adresse} n’a pas de champ {nom} : {sorted(filter(None, connus))}"
            if valeur is None:
                valeurs.pop(nom, None)
            else:
                valeurs[nom] = valeur
        return self.post(urljoin(adresse, trouve.get("action") or adresse), valeurs, follow=follow)


def _valeurs(formulaire: html.FormElement, bouton: str) -> dict[str, Any]:
    """What a browser would send of an untouched form, as {name: value or list}."""
    valeurs: dict[str, Any] = {}
    for nom, valeur in formulaire.form_values():
        valeurs[nom] = (
            [*valeurs[nom], valeur]
            if isinstance(valeurs.get(nom), list)
            else ([valeurs[nom], valeur] if nom in valeurs else valeur)
        )
    for element in formulaire.xpath(f".//button[@name='{bouton}']") if bouton else ():
        valeurs[bouton] = element.get("value", "")
    return valeurs


def exiger_les_jetons(reponse: HttpResponse) -> None:
    """Raise AssertionError when the page has a form that posts without a CSRF token."""
    if (
        reponse.streaming
        or not reponse.get("Content-Type", "").startswith("text/html")
        or not reponse.content
    ):
        return
    for formulaire in html.fromstring(reponse.content).xpath("//form"):
        if formulaire.get("method", "get").lower() == "post":
            assert formulaire.xpath(".//input[@name='csrfmiddlewaretoken']"), (
                f"{reponse.request['PATH_INFO']} : un formulaire « post » sans {{% csrf_token %}}"
            )
