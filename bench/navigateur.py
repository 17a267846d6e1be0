"""A browser of the measures: the cookies of an account that is logged in, and the requests it sends."""

import time

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.middleware.csrf import _get_new_csrf_string

from bench.charge import Requete
from comptes.models import Compte


def connecte(compte: Compte, **retenu: object) -> dict[str, str]:
    """The cookies of a browser on which the account is logged in, and its CSRF token under "jeton".

    `retenu` is what its session holds besides.
    """
    session = SessionStore()
    session[SESSION_KEY] = str(compte.pk)
    session[BACKEND_SESSION_KEY] = "comptes.authentification.IdentifiantBackend"
    session[HASH_SESSION_KEY] = compte.get_session_auth_hash()
    # Else the first page of each would write it.
    session["vue_le"] = int(time.time())
    for cle, valeur in retenu.items():
        session[cle] = valeur
    session.create()
    jeton = _get_new_csrf_string()
    cookies = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={jeton}"
    return {"Cookie": cookies, "jeton": jeton}


def page(navigateur: dict[str, str], chemin: str) -> Requete:
    return Requete(chemin, {"Cookie": navigateur["Cookie"]})


def envoi(navigateur: dict[str, str], chemin: str, champs: dict[str, str], vers: str) -> Requete:
    champs = {**champs, "csrfmiddlewaretoken": navigateur["jeton"]}
    return Requete(chemin, {"Cookie": navigateur["Cookie"]}, champs, 302, vers)
