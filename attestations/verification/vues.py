"""The public pages of verification: thin, nothing kept, ten tries per ten minutes (R-ATT-3)."""

import logging
import math
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from attestations.deuxddoc.certificats import CertificatsIllisibles
from attestations.lecture import FichierRefuse, Motif
from attestations.operations.partager import consulter_partage
from attestations.phrases import AUCUN_CODE, MOTIFS
from attestations.presentation import PARIS
from attestations.signataires import certificats
from attestations.verification import publication
from attestations.verification.formulaires import (
    FormulaireCode,
    FormulaireFichier,
    FormulaireNumero,
    FormulairePartage,
)
from attestations.verification.phrases import annonce, droits
from attestations.verification.reponses import (
    INTROUVABLE,
    Reponse,
    repondre_a_l_attestation,
    repondre_au_code,
    repondre_au_fichier,
    repondre_au_numero,
)
from referentiels.limites import TropDEssais, origine, verifier

journal = logging.getLogger(__name__)

ESSAIS, DUREE = 10, timedelta(minutes=10)
FORMULAIRES = {
    "fichier": FormulaireFichier,
    "code": FormulaireCode,
    "numero": FormulaireNumero,
    "partage": FormulairePartage,
}

Vue = Callable[..., HttpResponse]


@login_not_required
@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    """The ways to ask."""
    return _page(request)


def _question(moyen: str) -> Callable[[Callable[[HttpRequest, Any], Iterable[Reponse]]], Vue]:
    """Make the view that answers one form: counts the try, shows the answer, or the form with its errors.

    Whoever comes without a form (a reload, an address typed) meets the ways to ask.
    """

    def decorer(repondre: Callable[[HttpRequest, Any], Iterable[Reponse]]) -> Vue:
        @login_not_required
        @never_cache
        @wraps(repondre)
        def vue(request: HttpRequest) -> HttpResponse:
            if request.method != "POST":
                return redirect("attestations:verifier")
            formulaire = FORMULAIRES[moyen](request.POST, request.FILES)
            if moyen == "fichier" and getattr(request, "fichiers_trop_gros", None):
                formulaire.errors["fichier"] = formulaire.error_class([MOTIFS[Motif.TROP_GROS]])
            if not formulaire.is_valid():
                return _page(request, **{moyen: formulaire})
            try:
                verifier(f"verification:{origine(request)}", maximum=ESSAIS, duree=DUREE)
                reponses = list(repondre(request, formulaire))
            except TropDEssais as limite:
                return _trop_d_essais(request, limite, moyen, formulaire)
            except CertificatsIllisibles:
                # The certificates cannot be read: the check of signatures reports it to the operator.
                journal.exception("verification closed")
                return _indisponible(request)
            if not formulaire.is_valid():
                return _page(request, **{moyen: formulaire})
            return _reponse(request, reponses)

        return vue

    return decorer


@_question("fichier")
def fichier(request: HttpRequest, formulaire: FormulaireFichier) -> Iterable[Reponse]:
    """The codes of a PDF or a photo. Django erases its own copy at the end of the request."""
    try:
        reponses = repondre_au_fichier(
            formulaire.cleaned_data["fichier"].read(), certificats(), au=_aujourd_hui()
        )
    except FichierRefuse as refus:
        formulaire.add_error("fichier", MOTIFS[refus.motif])
        return []
    if not reponses:
        formulaire.add_error("fichier", AUCUN_CODE)
    return reponses


@_question("code")
def code(request: HttpRequest, formulaire: FormulaireCode) -> Iterable[Reponse]:
    """What the camera of the browser read."""
    return [repondre_au_code(formulaire.cleaned_data["texte"], certificats(), au=_aujourd_hui())]


@_question("numero")
def numero(request: HttpRequest, formulaire: FormulaireNumero) -> Iterable[Reponse]:
    """Number and birth date. Tries are counted for a number that nobody has, too."""
    demande = formulaire.cleaned_data["numero"]
    verifier(f"verification:numero:{demande}", maximum=ESSAIS, duree=DUREE)
    return [repondre_au_numero(demande, formulaire.cleaned_data["naissance"], au=_aujourd_hui())]


@_question("partage")
def partage(request: HttpRequest, formulaire: FormulairePartage) -> Iterable[Reponse]:
    """A share code: validity and rights, without a name."""
    attestation = consulter_partage(
        code=formulaire.cleaned_data["code"], au=_aujourd_hui(), maintenant=timezone.now()
    )
    if attestation is None:
        return [INTROUVABLE]
    return [repondre_a_l_attestation(attestation, au=_aujourd_hui())]


@login_not_required
@never_cache
@require_safe
def lien_de_partage(request: HttpRequest, code: str) -> HttpResponse:
    """A page with the code filled in and a button: previews and scanners open links, and look nothing up."""
    formulaire = FormulairePartage(initial={"code": code[:80]})
    return render(request, "attestations/verification/partage.html", {"formulaire": formulaire})


@login_not_required
@require_safe
def certificats_publies(request: HttpRequest) -> HttpResponse:
    """The certificates, former and revoked ones too, and how to check a document without us."""
    try:
        publies = publication.publies(_aujourd_hui())
    except CertificatsIllisibles:
        journal.exception("certificates not published")
        return _indisponible(request)
    contexte = {
        "certificats": publies,
        "avec_openssl": publication.AVEC_OPENSSL,
        "avec_notre_logiciel": publication.AVEC_NOTRE_LOGICIEL,
    }
    return render(request, "attestations/verification/certificats.html", contexte)


@login_not_required
@require_safe
def certificat(request: HttpRequest, reference: str) -> HttpResponse:
    """One certificate as a PEM file."""
    try:
        publies = publication.publies(_aujourd_hui())
    except CertificatsIllisibles:
        return _indisponible(request)
    trouve = next((publie for publie in publies if publie.reference == reference), None)
    if trouve is None:
        raise Http404
    return HttpResponse(
        trouve.pem,
        content_type="application/x-pem-file",
        headers={"Content-Disposition": f'attachment; filename="{trouve.reference}.pem"'},
    )


def _aujourd_hui() -> date:
    return timezone.now().astimezone(PARIS).date()


def _page(request: HttpRequest, *, status: int = 200, limite: int = 0, **formulaires: Any) -> HttpResponse:
    """The ways to ask; `formulaires` are those already filled, `limite` the minutes to wait."""
    contexte = {moyen: formulaires.get(moyen) or classe() for moyen, classe in FORMULAIRES.items()}
    # base.html says « Erreur » in the title.
    form = next(iter(formulaires.values()), None)
    return render(
        request,
        "attestations/verification/accueil.html",
        {**contexte, "form": form, "minutes": limite},
        status=status,
    )


def _reponse(request: HttpRequest, reponses: Iterable[Reponse]) -> HttpResponse:
    dites = [
        (reponse, annonce(reponse), droits(reponse.droits) if reponse.droits else []) for reponse in reponses
    ]
    contexte = {"reponses": dites, "maintenant": timezone.now()}
    return render(request, "attestations/verification/reponse.html", contexte)


def _trop_d_essais(request: HttpRequest, limite: TropDEssais, moyen: str, formulaire: Any) -> HttpResponse:
    """What was typed stays; the page says when to try again."""
    reponse = _page(request, status=429, limite=limite.minutes, **{moyen: formulaire})
    reponse["Retry-After"] = str(max(1, math.ceil(limite.attente.total_seconds())))
    return reponse


def _indisponible(request: HttpRequest) -> HttpResponse:
    reponse = render(request, "attestations/verification/indisponible.html", status=503)
    reponse["Retry-After"] = "60"
    return reponse
