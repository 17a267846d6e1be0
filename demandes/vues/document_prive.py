"""A stored document over HTTP: downloaded or shown, never run, never kept by a browser or a proxy."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase

EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg"}


def reponse_privee(stocke: str, *, type_mime: str, nom: str, en_ligne: bool) -> FileResponse:
    """The stored object `stocke`, as an attachment or, `en_ligne`, as an inline image.

    The caller has checked who asks. `nom` is given without extension, and says nothing of the person. Raises `Http404`
    when the object is gone.
    """
    try:
        octets = default_storage.open(stocke)
    except FileNotFoundError:
        raise Http404 from None
    reponse = FileResponse(
        octets, as_attachment=not en_ligne, filename=f"{nom}.{EXTENSIONS[type_mime]}", content_type=type_mime
    )
    proteger(reponse)
    return reponse


def proteger(reponse: HttpResponseBase) -> None:
    """Let the browser do nothing with someone's document but show or save it."""
    reponse["X-Content-Type-Options"] = "nosniff"
    reponse["Content-Security-Policy"] = "sandbox; default-src 'none'"
    reponse["Cross-Origin-Resource-Policy"] = "same-origin"
    # A shared computer must not keep someone's passport.
    reponse["Cache-Control"] = "private, no-store"
