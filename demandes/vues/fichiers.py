"""The files of a draft or of the answer to a complement: add, replace, remove, look at (R-PIECE-1, R-INSTR-4)."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from demandes.etats import Etat
from demandes.models import Demande, Fichier
from demandes.normalisation.motifs import PHRASES, Motif
from demandes.normalisation.noms import nettoyer_nom
from demandes.operations.ajouter_fichier import ajouter_fichier as ajouter
from demandes.operations.refus import (
    BrouillonIntrouvable,
    DejaDeposee,
    FichierIntrouvable,
    FichierOccupe,
    FichierRefuse,
    TropDeFichiers,
)
from demandes.operations.remplacer_fichier import remplacer_fichier as remplacer
from demandes.operations.retirer_fichier import retirer_fichier as retirer
from demandes.parcours.dossier import Dossier
from demandes.regles.codes import CodePiece
from demandes.requetes import demandes_de, dernier_complement
from demandes.vues.document_prive import reponse_privee
from demandes.vues.plafond import fichiers_trop_gros
from referentiels.limites import TropDEssais, verifier

CHAMP = "fichiers"
ENVOIS_PAR_HEURE = 300


@require_POST
def ajouter_fichier(request: HttpRequest, demande_id: UUID, code: str) -> HttpResponse:
    """Add the files of the POST to a pièce that is asked for; each refusal becomes a sentence."""
    demande = _mienne(request, demande_id)
    if code not in _codes_demandes(demande):
        raise Http404
    ajoutes = 0
    try:
        for televerse in _televerses(request):
            ajoutes += _ajouter_un(request, demande, code, televerse)
    except TropDeFichiers:
        messages.error(
            request, _("Ce document a déjà 10 fichiers. Retirez-en un, ou réunissez les pages dans un PDF.")
        )
    except TropDEssais as limite:
        _dire_limite(request, limite)
    except DejaDeposee as deja:
        return _deja_deposee(request, deja)
    except BrouillonIntrouvable:
        raise Http404 from None
    if ajoutes:
        messages.success(
            request,
            ngettext(
                "Le fichier est reçu. Nous le vérifions.",
                "Les fichiers sont reçus. Nous les vérifions.",
                ajoutes,
            ),
        )
    return _retour(request, demande, code)


@require_POST
def remplacer_fichier(request: HttpRequest, demande_id: UUID, fichier_id: UUID) -> HttpResponse:
    """Put the file of the POST in the place of this one; a refusal leaves the old one."""
    demande = _mienne(request, demande_id)
    fichier = _fichier_de(demande, fichier_id)
    code = fichier.piece.code
    try:
        for televerse in list(_televerses(request))[:1]:
            remplacer(
                demande_id=demande.pk,
                compte_id=request.user.pk,
                fichier_id=fichier_id,
                nom=televerse.name or "",
                contenu=televerse,
            )
            messages.success(request, _("Le fichier est remplacé. Nous le vérifions."))
    except FichierRefuse as refus:
        _dire_refus(request, televerse.name or "", Motif(refus.code))
    except FichierOccupe:
        _dire_occupe(request)
    except TropDEssais as limite:
        _dire_limite(request, limite)
    except DejaDeposee as deja:
        return _deja_deposee(request, deja)
    except (BrouillonIntrouvable, FichierIntrouvable):
        raise Http404 from None
    return _retour(request, demande, code)


@require_POST
def retirer_fichier(request: HttpRequest, demande_id: UUID, fichier_id: UUID) -> HttpResponse:
    """Remove the file."""
    demande = _mienne(request, demande_id)
    code = _fichier_de(demande, fichier_id).piece.code
    try:
        retirer(demande_id=demande.pk, compte_id=request.user.pk, fichier_id=fichier_id)
        messages.success(request, _("Le fichier est retiré."))
    except FichierOccupe:
        _dire_occupe(request)
    except DejaDeposee as deja:
        return _deja_deposee(request, deja)
    except (BrouillonIntrouvable, FichierIntrouvable):
        raise Http404 from None
    return _retour(request, demande, code)


@require_GET
def fichier(request: HttpRequest, demande_id: UUID, fichier_id: UUID) -> HttpResponse:
    """Download the kept copy."""
    return reponse_fichier(_fichier_de(_mienne(request, demande_id), fichier_id))


@require_GET
def apercu(request: HttpRequest, demande_id: UUID, fichier_id: UUID) -> HttpResponse:
    """Show the preview image."""
    return reponse_fichier(_fichier_de(_mienne(request, demande_id), fichier_id), contenu="apercu")


@require_GET
@cache_control(private=True, no_store=True)
def etats_fichiers(request: HttpRequest, demande_id: UUID) -> HttpResponse:
    """{id of the file: state} for the page that waits for the checks."""
    etats = Fichier.objects.filter(piece__demande=_mienne(request, demande_id)).values_list("pk", "etat")
    return JsonResponse({str(pk): etat for pk, etat in etats})


def reponse_fichier(fichier: Fichier, contenu: str = "contenu") -> FileResponse:
    """The kept copy as an attachment (`contenu`), or its preview as an inline image (`apercu`).

    The caller has checked who asks. The name says the pièce and the place of the file, nothing of the person. Raises
    `Http404` while there is nothing to show.
    """
    en_ligne = contenu == "apercu"
    nom = fichier.apercu if en_ligne else fichier.contenu
    if fichier.etat != Fichier.Etat.PRET or not nom:
        raise Http404
    rang = list(fichier.piece.fichiers.values_list("pk", flat=True)).index(fichier.pk) + 1
    return reponse_privee(
        nom,
        type_mime="image/jpeg" if en_ligne else fichier.type_mime,
        nom=f"{fichier.piece.code}-{rang}",
        en_ligne=en_ligne,
    )


def _ajouter_un(request: HttpRequest, demande: Demande, code: str, televerse: UploadedFile) -> int:
    """Add one file; gives 1, or 0 when it is refused and the person told so."""
    nom = televerse.name or ""
    try:
        ajouter(demande_id=demande.pk, compte_id=request.user.pk, code=code, nom=nom, contenu=televerse)
    except FichierRefuse as refus:
        _dire_refus(request, nom, Motif(refus.code))
        return 0
    return 1


def _mienne(request: HttpRequest, demande_id: UUID) -> Demande:
    demande = demandes_de(request.user).select_related("compte").filter(pk=demande_id).first()
    if demande is None:
        raise Http404
    return demande


def _fichier_de(demande: Demande, fichier_id: UUID) -> Fichier:
    trouve = Fichier.objects.filter(pk=fichier_id, piece__demande=demande).select_related("piece").first()
    if trouve is None:
        raise Http404
    return trouve


def _codes_demandes(demande: Demande) -> set[str]:
    """The pièces that take files: all that are asked for but the e-photo, which is a code.

    Of a dossier, any: the operation tells a stale page that this one is not awaited any more.
    """
    if demande.etat != Etat.BROUILLON:
        return set(CodePiece) - {CodePiece.EPHOTO}
    return {piece.code for piece in Dossier(demande, au=timezone.localdate()).pieces} - {CodePiece.EPHOTO}


def _televerses(request: HttpRequest) -> Iterator[UploadedFile]:
    """The files to take, each counted against the hour's limit; says what was skipped or forgotten.

    Raises `TropDEssais`.
    """
    # Reading FILES parses the form: only then is it known what was skipped.
    televerses = request.FILES.getlist(CHAMP)
    trop_gros = fichiers_trop_gros(request)
    for nom in trop_gros:
        _dire_refus(request, nom, Motif.TROP_GROS)
    if not televerses and not trop_gros:
        messages.error(request, _("Choisissez d’abord un fichier : une photo ou un PDF. Puis envoyez-le."))
    for televerse in televerses:
        verifier(f"fichiers:{request.user.pk}", maximum=ENVOIS_PAR_HEURE, duree=timedelta(hours=1))
        yield televerse


def _dire_refus(request: HttpRequest, nom: str, motif: Motif) -> None:
    messages.error(
        request,
        # Translators: name of a file, then why it is refused.
        _("« %(nom)s » : %(phrase)s") % {"nom": nettoyer_nom(nom), "phrase": _(PHRASES[motif])},
    )


def _dire_occupe(request: HttpRequest) -> None:
    messages.warning(
        request, _("La vérification de ce fichier est en cours. Attendez quelques secondes, puis réessayez.")
    )


def _dire_limite(request: HttpRequest, limite: TropDEssais) -> None:
    messages.error(
        request,
        ngettext(
            "Vous avez envoyé beaucoup de fichiers. Réessayez dans %(minutes)d minute.",
            "Vous avez envoyé beaucoup de fichiers. Réessayez dans %(minutes)d minutes.",
            limite.minutes,
        )
        % {"minutes": limite.minutes},
    )


def _deja_deposee(request: HttpRequest, deja: DejaDeposee) -> HttpResponse:
    """A stale page: of a draft that became a dossier, of a complement that is closed."""
    messages.info(
        request,
        _("Cette demande est déjà déposée. Voici où elle en est.")
        if dernier_complement(deja.demande) is None
        else _("La préfecture n’attend plus de fichier. Voici où en est la demande."),
    )
    return _aller(request, reverse("demandes:demande", args=[deja.demande.pk]))


def _retour(request: HttpRequest, demande: Demande, code: str) -> HttpResponse:
    page = (
        reverse("demandes:etape", kwargs={"demande_id": demande.pk, "step": "justificatifs"})
        if demande.etat == Etat.BROUILLON
        else reverse("demandes:complement_piece", args=[demande.pk, code])
    )
    return _aller(request, f"{page}#piece-{code}")


def _aller(request: HttpRequest, adresse: str) -> HttpResponse:
    """Redirect; a script that sends the form itself gets the address and opens it, messages unread."""
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"adresse": adresse})
    return redirect(adresse)
