"""Answer a complement: the list of what is asked, one page for each pièce, « Transmettre » (R-INSTR-4)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptes import reprise
from demandes.complements import LigneDeReponse, lignes_de_reponse, marque_de_la_reponse
from demandes.models import Complement, Demande
from demandes.operations.refus import (
    ActionImpossible,
    ComplementClos,
    DossierIntrouvable,
    ReponseIncomplete,
    ReponsesPerimees,
)
from demandes.operations.repondre_au_complement import repondre_au_complement
from demandes.operations.traiter_fichier import traiter_en_attente
from demandes.operations.transmettre_complement import transmettre_complement
from demandes.regles.codes import CodePiece
from demandes.regles.textes import PIECES
from demandes.requetes import complement_ouvert, dernier_complement
from demandes.textes import MANQUES_DE_REPONSE, MOTIFS_DE_PIECE
from demandes.typographie import dire, nom_de_piece
from demandes.vues.presentation import CARTE_EPHOTO
from demandes.vues.suivi.acces import mon_dossier
from demandes.vues.suivi.formulaires import ReponsePieceForm, TransmettreForm, libelle_du_choix
from referentiels.ephoto import EphotoIndisponible


@require_http_methods(["GET", "HEAD", "POST"])
def complement(request: HttpRequest, demande_id: UUID) -> HttpResponse:
    """What the prefecture asks for and what is answered so far; POST transmits."""
    demande = mon_dossier(request, demande_id)
    ouvert = complement_ouvert(demande)
    if ouvert is None:
        return _complement_clos(request, demande)
    if request.method == "POST":
        return _transmettre(request, demande, ouvert)
    return _page(request, demande, ouvert, TransmettreForm())


def _transmettre(request: HttpRequest, demande: Demande, ouvert: Complement) -> HttpResponse:
    formulaire = TransmettreForm(request.POST)
    if any(ligne.manque == "en_verification" for ligne in lignes_de_reponse(ouvert)):
        traiter_en_attente(demande.pk)
    try:
        transmettre_complement(
            demande_id=demande.pk,
            compte_id=request.user.pk,
            marque=request.POST.get("marque", ""),
            maintenant=timezone.now(),
        )
    except DossierIntrouvable:
        raise Http404 from None
    except ComplementClos:
        return _complement_clos(request, demande)
    except ReponseIncomplete as refus:
        formulaire.refuser(refus.manques)
    except ReponsesPerimees:
        messages.warning(
            request,
            _("Votre réponse a changé dans une autre fenêtre. Relisez-la ici, puis transmettez-la."),
        )
    except EphotoIndisponible:
        messages.error(
            request,
            _(
                "Le service des e-photos ne répond pas. Votre réponse est gardée : transmettez-la dans "
                "quelques minutes."
            ),
        )
    else:
        messages.success(request, _("Votre réponse est transmise à la préfecture. L’examen reprend."))
        return redirect("demandes:demande", demande.pk)
    return _page(request, demande, ouvert, formulaire)


def _page(
    request: HttpRequest, demande: Demande, ouvert: Complement, formulaire: TransmettreForm
) -> HttpResponse:
    lignes = lignes_de_reponse(ouvert)
    contexte = {
        "rubrique": "espace",
        "demande": demande,
        "complement": ouvert,
        "en_retard": timezone.localdate() > ouvert.echeance,
        "lignes": [_presenter(ligne) for ligne in lignes],
        "restent": sum(bool(ligne.manque) for ligne in lignes),
        "marque": marque_de_la_reponse(lignes),
        "form": formulaire,
    }
    return render(request, "demandes/espace/complement.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def complement_piece(request: HttpRequest, demande_id: UUID, code: str) -> HttpResponse:
    """One pièce: why it is asked for, what was sent, the new files, keep or replace."""
    demande = mon_dossier(request, demande_id)
    ouvert = complement_ouvert(demande)
    if ouvert is None:
        return _complement_clos(request, demande)
    ligne = next((ligne for ligne in lignes_de_reponse(ouvert) if ligne.code == code), None)
    if ligne is None:
        raise Http404
    saisie = request.POST if request.method == "POST" else reprise.reprendre(request)
    formulaire = ReponsePieceForm(saisie, ligne=ligne, initial=_deja_repondu(ligne))
    if request.method == "POST" and formulaire.is_valid():
        try:
            repondre_au_complement(
                demande_id=demande.pk,
                compte_id=request.user.pk,
                code=code,
                choix=formulaire.cleaned_data["choix"],
                ephoto_code=formulaire.cleaned_data.get("ephoto_code", ""),
                explication=formulaire.cleaned_data["explication"],
            )
        except (DossierIntrouvable, ActionImpossible):
            raise Http404 from None
        except ComplementClos:
            return _complement_clos(request, demande)
        return redirect(f"{reverse('demandes:complement', args=[demande.pk])}#piece-{code}")
    contexte = {
        "rubrique": "espace",
        "demande": demande,
        "ligne": _presenter(ligne),
        "form": formulaire,
        "carte_ephoto": CARTE_EPHOTO,
    }
    return render(request, "demandes/espace/complement_piece.html", contexte)


def _phrase_du_manque(ligne: LigneDeReponse) -> str:
    """What is missing once the person has chosen; « À faire » is enough before."""
    if ligne.manque in ("", "a_choisir"):
        return ""
    return str(MANQUES_DE_REPONSE[ligne.manque]) % {"piece": nom_de_piece(ligne.code)}


def _deja_repondu(ligne: LigneDeReponse) -> dict[str, str]:
    return {
        "choix": ligne.demandee.choix,
        "ephoto_code": ligne.demandee.ephoto_code,
        "explication": ligne.demandee.explication,
    }


def _presenter(ligne: LigneDeReponse) -> dict[str, Any]:
    """A line in words, under the keys that both pages read."""
    return {
        "code": ligne.code,
        "nom": nom_de_piece(ligne.code),
        "accepte": dire(PIECES[CodePiece(ligne.code)].accepte),
        "motif": MOTIFS_DE_PIECE[ligne.demandee.motif],
        "phrase": ligne.demandee.phrase,
        "demandee": ligne.demandee,
        "anciens": ligne.anciens,
        "nouveaux": ligne.nouveaux,
        "manque": ligne.manque,
        "phrase_manque": _phrase_du_manque(ligne),
        "choix": libelle_du_choix(ligne),
        "absente": ligne.absente,
        "est_ephoto": ligne.est_ephoto,
    }


def _complement_clos(request: HttpRequest, demande: Demande) -> HttpResponse:
    """A page or a mail's link that comes too late; 404 where nothing was ever asked."""
    dernier = dernier_complement(demande)
    if dernier is None:
        raise Http404
    if dernier.etat == Complement.Etat.TRANSMIS:
        messages.info(request, _("Votre réponse est déjà transmise à la préfecture."))
    else:
        messages.info(request, _("La préfecture n’attend plus de complément. Vous n’avez rien à envoyer."))
    return redirect("demandes:demande", demande.pk)
