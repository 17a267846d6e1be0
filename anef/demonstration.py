"""Mail caught on this machine and the codes of the staff's telephones, in demonstration only; elsewhere 404.

The catcher of `bin/serve` keeps each mail in the Maildir COURRIELS_DEMONSTRATION: nothing leaves the machine.
"""

import mailbox
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as politique
from functools import wraps
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from demandes.demonstration.codes import secondes_restantes, telephones

Vue = Callable[..., HttpResponse]
# Styles of the mail itself, and nothing else: no script, no form, nothing fetched.
CSP_DU_CORPS = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "frame-ancestors": [SELF],
    "form-action": [NONE],
    "base-uri": [NONE],
    "sandbox": True,
}


def en_demonstration(vue: Vue) -> Vue:
    """Answer 404 unless the portal runs in demonstration."""

    @wraps(vue)
    def verifiee(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMONSTRATION:
            raise Http404
        return vue(request, *args, **kwargs)

    return login_not_required(require_safe(verifiee))


def avec_courriels(vue: Vue) -> Vue:
    """Answer 404 unless the portal runs in demonstration with a catcher of mail."""

    @wraps(vue)
    def verifiee(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.COURRIELS_DEMONSTRATION:
            raise Http404
        return vue(request, *args, **kwargs)

    return en_demonstration(verifiee)


@en_demonstration
@never_cache
def codes(request: HttpRequest) -> HttpResponse:
    """The code that each agent of the demonstration has to type now."""
    contexte = {"telephones": telephones(), "restantes": secondes_restantes()}
    return render(request, "demonstration/codes.html", contexte)


@avec_courriels
def courriels(request: HttpRequest) -> HttpResponse:
    """Every mail, the newest first."""
    liste = [{"cle": cle, **_entete(courriel)} for cle, courriel in _tous()]
    return render(request, "demonstration/courriels.html", {"courriels": liste})


@avec_courriels
def courriel(request: HttpRequest, cle: str) -> HttpResponse:
    """One mail: its text, its HTML in a sandboxed frame, its attachments."""
    message = _lire(cle)
    texte = message.get_body(preferencelist=("plain",))
    pieces = [
        {"rang": rang, "nom": piece.get_filename() or f"piece-{rang}", "type": piece.get_content_type()}
        for rang, piece in enumerate(message.iter_attachments())
    ]
    contexte = {
        "cle": cle,
        "courriel": _entete(message),
        "texte": texte.get_content() if texte else "",
        "a_du_html": message.get_body(preferencelist=("html",)) is not None,
        "pieces": pieces,
    }
    return render(request, "demonstration/courriel.html", contexte)


@avec_courriels
@xframe_options_sameorigin
@csp(CSP_DU_CORPS)
def corps(request: HttpRequest, cle: str) -> HttpResponse:
    """The HTML of a mail, alone, for the frame: no script, no form, nothing fetched."""
    html = _lire(cle).get_body(preferencelist=("html",))
    if html is None:
        raise Http404
    return HttpResponse(html.get_content())


@avec_courriels
def piece_jointe(request: HttpRequest, cle: str, rang: int) -> HttpResponse:
    """An attachment, always downloaded, never shown."""
    pieces = list(_lire(cle).iter_attachments())
    if rang >= len(pieces):
        raise Http404
    piece = pieces[rang]
    reponse = HttpResponse(piece.get_payload(decode=True), content_type=piece.get_content_type())
    nom = "".join(c for c in piece.get_filename() or f"piece-{rang}" if c.isalnum() or c in "-_.")
    reponse["Content-Disposition"] = f'attachment; filename="{nom}"'
    return reponse


def _boite() -> mailbox.Maildir | None:
    """The Maildir, or None while the catcher has received nothing yet."""
    dossier = Path(settings.COURRIELS_DEMONSTRATION)
    return mailbox.Maildir(dossier, create=False) if (dossier / "new").is_dir() else None


def _tous() -> list[tuple[str, EmailMessage]]:
    """(key, mail) of each, the newest first."""
    boite = _boite()
    if boite is None:
        return []
    # Keys of a Maildir begin with the second of arrival, then its microsecond.
    cles = sorted(boite.keys(), key=_ordre, reverse=True)
    return [(cle, _analyser(boite.get_bytes(cle))) for cle in cles[:200]]


def _ordre(cle: str) -> tuple[float, str]:
    secondes, _point, reste = cle.partition(".")
    return (float(secondes) if secondes.isdigit() else 0.0, reste)


def _lire(cle: str) -> EmailMessage:
    boite = _boite()
    # Only a key that the mailbox itself lists: never a path made from the address.
    if boite is None or cle not in boite.keys():  # noqa: SIM118 - `in boite` would open the file named by the key
        raise Http404
    return _analyser(boite.get_bytes(cle))


def _analyser(octets: bytes) -> EmailMessage:
    return message_from_bytes(octets, _class=EmailMessage, policy=politique)


def _entete(courriel: EmailMessage) -> dict[str, str]:
    noms = {"objet": "Subject", "de": "From", "a": "To", "date": "Date"}
    return {cle: str(courriel[nom] or "") for cle, nom in noms.items()}


urlpatterns = [
    path("codes/", codes, name="codes_demonstration"),
    path("courriels/", courriels, name="courriels_demonstration"),
    path("courriels/<str:cle>/", courriel, name="courriel_demonstration"),
    path("courriels/<str:cle>/corps/", corps, name="corps_demonstration"),
    path("courriels/<str:cle>/pieces/<int:rang>/", piece_jointe, name="piece_demonstration"),
]
