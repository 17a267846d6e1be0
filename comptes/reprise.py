"""What was typed survives the end of a session: kept for half an hour, given back to the same person only.

A form sent after the session has ended meets the login page. RepriseMiddleware keeps its fields in the new
anonymous session before that; after login the page of the form calls `reprendre(request)` and shows them
again. Nothing is saved on the person's behalf: they check and send once more.
"""

import re
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

from comptes.acces import page_de_connexion
from comptes.models import Compte
from comptes.prolongation import prolonger

CLE = "reprise"
TEMOIN = "compte_precedent"
DUREE_S = 30 * 60
# The witness outlives the session, or it could not tell whose session ended.
DUREE_TEMOIN_S = 24 * 3600
TAILLE_MAXIMALE = 64 * 1024
# Never kept: secrets, and the token that Django adds to each form.
CHAMPS_EXCLUS = re.compile(
    r"csrfmiddlewaretoken|mot_de_passe|password|code_unique|code_de_secours", re.IGNORECASE
)


class RepriseMiddleware:
    """Keep the fields of a form sent by someone whose session has ended, and send them to log in.

    Stands between CsrfViewMiddleware (which has refused forged forms by then) and AccesMiddleware.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, vue: Callable, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        """Give the way to the login page for an anonymous POST to a protected view, nothing otherwise."""
        if (
            request.method != "POST"
            or request.user.is_authenticated
            or not getattr(vue, "login_required", True)
        ):
            return None
        page = page_du_formulaire(request, request.get_full_path())
        compte = _temoin(request)
        if compte:
            _conserver(request, compte, page)
        return redirect_to_login(page, page_de_connexion(request))


def reprendre(request: HttpRequest) -> QueryDict | None:
    """Give back, once, what this person had typed on this page when the session ended, else None.

    For the view of the page that shows the form (GET), or the one it is sent to. File fields are not among
    them.
    """
    garde = request.session.get(CLE)
    if not garde or not request.user.is_authenticated:
        return None
    if request.path not in (garde["chemin"], garde["page"]):
        return None
    del request.session[CLE]
    if not _est_a(garde, request.user) or time.time() > garde["expire"]:
        return None
    return QueryDict(garde["champs"])


def a_reprendre(request: HttpRequest) -> bool:
    """Whether something typed waits for its author to log in."""
    garde = request.session.get(CLE)
    return bool(garde) and time.time() <= garde["expire"]


def session_finie(request: HttpRequest) -> bool:
    """Whether someone was logged in on this browser and has not logged out."""
    return bool(_temoin(request))


def apres_connexion(request: HttpRequest, compte: Compte) -> None:
    """Called once `compte` is logged in: forget what another account had typed, and the short life of the
    session.
    """
    garde = request.session.get(CLE)
    if garde and not _est_a(garde, compte):
        del request.session[CLE]
    prolonger(request)


def poser_temoin(reponse: HttpResponse, compte: Compte) -> None:
    """Leave on this browser a signed trace of whose session this is, without naming the account."""
    reponse.set_signed_cookie(
        TEMOIN,
        _empreinte(compte),
        salt="comptes.reprise",
        max_age=DUREE_TEMOIN_S,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def oter_temoin(reponse: HttpResponse) -> None:
    """Remove that trace: whoever logs out leaves nothing behind."""
    reponse.delete_cookie(TEMOIN, samesite="Lax")


def _temoin(request: HttpRequest) -> str:
    return request.get_signed_cookie(TEMOIN, default="", salt="comptes.reprise", max_age=DUREE_TEMOIN_S)


def _empreinte(compte: Compte) -> str:
    return salted_hmac("comptes.reprise", str(compte.pk), algorithm="sha256").hexdigest()


def _est_a(garde: dict, compte: Compte) -> bool:
    return constant_time_compare(garde["compte"], _empreinte(compte))


def _conserver(request: HttpRequest, compte: str, page: str) -> None:
    champs = QueryDict(mutable=True)
    for nom, valeurs in request.POST.lists():
        if not CHAMPS_EXCLUS.search(nom):
            champs.setlist(nom, valeurs)
    texte = champs.urlencode()
    if not champs or len(texte) > TAILLE_MAXIMALE:
        return
    request.session[CLE] = {
        "compte": compte,
        "chemin": request.path,
        "page": urlsplit(page).path,
        "champs": texte,
        "expire": time.time() + DUREE_S,
    }
    request.session.set_expiry(DUREE_S)


def page_du_formulaire(request: HttpRequest, defaut: str) -> str:
    """Give the address of our page that showed the form being sent (some addresses only take POST), else
    `defaut`.
    """
    origine = request.META.get("HTTP_REFERER", "")
    if url_has_allowed_host_and_scheme(origine, {request.get_host()}, require_https=request.is_secure()):
        parties = urlsplit(origine)
        # « //exemple.org/ » is a path of ours as a Referer, and another site as a Location.
        if parties.path and url_has_allowed_host_and_scheme(parties.path, None):
            return parties.path + (f"?{parties.query}" if parties.query else "")
    return defaut
