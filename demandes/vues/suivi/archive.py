"""Everything sent and received about a dossier, as one ZIP (R-ESPACE-1)."""

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attestations.erreurs import AttestationIndisponible
from attestations.vues import NOMS_DE_FICHIER
from comptes.requetes import notifications
from demandes.chronologie import chronologie, consultations
from demandes.flux_zip import flux_zip
from demandes.models import Demande, Fichier
from demandes.parcours.titres import lignes_deposees
from demandes.suivi import documents, pieces_envoyees, reponse_negative
from demandes.vues.document_prive import EXTENSIONS
from demandes.vues.suivi.acces import mon_dossier
from referentiels.limites import TropDEssais, verifier

journal = logging.getLogger(__name__)

ARCHIVES_PAR_HEURE = 10
BLOC = 64 * 1024


@require_GET
def archive(request: HttpRequest, demande_id: UUID) -> HttpResponse:
    """Attestations, files with their older versions, answers, history, messages; sent while it is made."""
    demande = mon_dossier(request, demande_id)
    try:
        verifier(f"archive:{request.user.pk}", maximum=ARCHIVES_PAR_HEURE, duree=timedelta(hours=1))
    except TropDEssais as limite:
        messages.error(
            request,
            _("Vous avez téléchargé ce dossier plusieurs fois. Réessayez dans %(minutes)d minutes.")
            % {"minutes": limite.minutes},
        )
        return redirect("demandes:demande", demande.pk)
    maintenant = timezone.localtime()
    return StreamingHttpResponse(
        flux_zip(_entrees(request, demande), maintenant),
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="dossier-{maintenant:%Y-%m-%d}.zip"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def _entrees(request: HttpRequest, demande: Demande) -> Iterator[tuple[str, Iterator[bytes]]]:
    contenu = _contenu(request, demande)
    page = render_to_string("demandes/espace/archive.html", contenu, request)
    yield "dossier.html", iter([page.encode()])
    yield "dossier.json", iter([_json(demande, contenu)])
    for rang, document in enumerate(contenu["documents"], start=1):
        attestation = document.attestation
        nom = f"attestations/{rang}-{NOMS_DE_FICHIER[attestation.type]}-{attestation.debut:%Y-%m-%d}"
        try:
            yield f"{nom}.pdf", iter([attestation.contenu_pdf()])
        except AttestationIndisponible:
            journal.exception("archive: attestation %s indisponible", attestation.pk)
            yield f"{nom}.txt", iter([_absent()])
    for piece in contenu["pieces"]:
        for dossier, fichiers in ((piece.code, piece.fichiers), (f"{piece.code}/anciens", piece.anciens)):
            for rang, fichier in enumerate(fichiers, start=1):
                yield _entree_du_fichier(f"pieces/{dossier}/{rang}", fichier)


def _entree_du_fichier(nom: str, fichier: Fichier) -> tuple[str, Iterator[bytes]]:
    """The kept copy in blocks; a note in its place when the storage has lost it."""
    try:
        octets = default_storage.open(fichier.contenu)
    except OSError:
        journal.exception("archive: fichier %s indisponible", fichier.pk)
        return f"{nom}.txt", iter([_absent()])

    def blocs() -> Iterator[bytes]:
        with octets:
            yield from octets.chunks(BLOC)

    return f"{nom}.{EXTENSIONS[fichier.type_mime]}", blocs()


def _absent() -> bytes:
    return _("Ce document n’a pas pu être lu. Téléchargez-le plus tard sur la page du dossier.").encode()


def _contenu(request: HttpRequest, demande: Demande) -> dict[str, Any]:
    return {
        "demande": demande,
        "reponses": lignes_deposees(demande),
        "frise": chronologie(demande),
        "negative": reponse_negative(demande),
        "complements": demande.complements.prefetch_related("pieces").order_by("demande_le", "pk"),
        "rectifications": demande.rectifications.order_by("cree_le", "pk"),
        "convocations": demande.convocations.order_by("le", "pk"),
        "consultations": consultations(demande),
        "messages_recus": notifications(request.user).filter(demande=demande),
        "documents": documents(demande, timezone.localdate()),
        "pieces": pieces_envoyees(demande),
    }


def _json(demande: Demande, contenu: dict[str, Any]) -> bytes:
    """The frozen copy and what followed, for a machine."""
    tout = {
        "numero": demande.numero,
        "etat": demande.etat,
        "deposee_le": demande.deposee_le,
        "prefecture": demande.prefecture.nom,
        "depot": demande.donnees,
        "evenements": [{"le": moment.le, "phrase": moment.phrase} for moment in contenu["frise"]],
        "complements": [
            {
                "demande_le": complement.demande_le,
                "echeance": complement.echeance,
                "etat": complement.etat,
                "message": complement.message,
                "pieces": [
                    {"code": p.code, "motif": p.motif, "phrase": p.phrase, "choix": p.choix,
                     "ephoto_code": p.ephoto_code, "explication": p.explication}
                    for p in complement.pieces.all()
                ],
            }
            for complement in contenu["complements"]
        ],
        "erreurs_signalees": list(
            contenu["rectifications"].values("champ", "valeur", "explication", "etat", "cree_le", "reponse")
        ),
        "convocations": list(contenu["convocations"].values("objet", "etat", "le", "lieu", "a_apporter", "souhait")),
        "consultations": [
            {"jour": c.jour, "service": c.service, "documents": c.documents} for c in contenu["consultations"]
        ],
        "messages": [
            {"le": m.cree_le, "type": m.type, "valeurs": m.valeurs} for m in contenu["messages_recus"]
        ],
    }  # fmt: skip
    return json.dumps(tout, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2).encode()
