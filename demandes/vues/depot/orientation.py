"""The end of step 1: what the person will get, or what to do instead (R-REGLES-4)."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from demandes.etats import Etat
from demandes.parcours.controle import Controle
from demandes.parcours.dossier import Dossier
from demandes.regles.attestations import CONFIRMATION
from demandes.regles.codes import CodeMotif
from demandes.regles.trace import Genre
from demandes.requetes import demandes_de
from demandes.vues.orientation import presenter, presenter_pieces
from referentiels import territoire

# Reasons that rest on what the register has: the person may know better, and says so on a page of its own.
EN_CAUSE = frozenset(
    {
        CodeMotif.RENOUVELLEMENT_SANS_TITRE,
        CodeMotif.RENOUVELLEMENT_TROP_TOT,
        CodeMotif.RENOUVELLEMENT_TROP_TARD,
        CodeMotif.RECEPISSE_EN_COURS,
        CodeMotif.DEMANDE_EN_COURS,
        "STATUT_CONTREDIT",
    }
)


def orientation(request: HttpRequest, demande_id: str) -> HttpResponse:
    """Show the orientation of a draft whose step 1 is answered."""
    demande = demandes_de(request.user).select_related("compte").filter(pk=demande_id).first()
    if demande is None:
        raise Http404
    if demande.etat != Etat.BROUILLON:
        return redirect("demandes:demande", demande.pk)
    dossier = Dossier(demande, au=timezone.localdate())
    if dossier.orientation is None:
        return redirect("demandes:etape", demande.pk, "situation")
    resultat = resultat_de(dossier)
    contexte = {
        "resultat": resultat,
        "rubrique": "espace",
        "demande": demande,
        "dossier": dossier,
        "registre_en_cause": bool(EN_CAUSE & {motif["code"] for motif in resultat["motifs"]}),
    }
    if resultat["vers_la_prefecture"]:
        contexte |= _prefecture(dossier, request.GET.get("departement", "")[:3])
    return render(request, "demandes/orientation.html", contexte)


def _prefecture(dossier: Dossier, code: str) -> dict[str, Any]:
    """The départements to choose from, and the prefecture of the one chosen, else of the address that the
    register has.
    """
    lieux = territoire.service()
    adresse = (dossier.personne and dossier.personne.adresse) or {}
    if code or not adresse.get("code_insee"):
        prefecture = lieux.prefecture(code) if code else None
    else:
        prefecture = lieux.prefecture_de_commune(adresse["code_insee"])
    return {
        "departements": lieux.departements(),
        "departement": prefecture.pk if prefecture else code,
        "prefecture": prefecture,
    }


def resultat_de(dossier: Dossier) -> dict[str, Any]:
    """The keys of `presenter`, with the pièces settled by the answers and what the register contradicts."""
    orientation = dossier.orientation
    if orientation.attestation and dossier.controle == Controle.A_VERIFIER:
        # Whatever the rules promise, what leaves before the human check is a confirmation.
        trace = tuple(etape for etape in orientation.trace if etape.genre != Genre.ATTESTATION)
        orientation = replace(orientation, attestation=CONFIRMATION, trace=trace)
    resultat = presenter(orientation, dossier.situation, dossier.au)
    motifs = [motif | _suite(motif["code"], dossier) for motif in resultat["motifs"]]
    contredit = dossier.controle == Controle.CONTREDIT
    return resultat | {
        "pieces": presenter_pieces(dossier.pieces),
        "recevable": dossier.peut_deposer,
        "motifs": [*motifs, _contradiction()] if contredit else motifs,
        "vers_la_prefecture": contredit or resultat["vers_la_prefecture"],
    }


def _suite(code: str, dossier: Dossier) -> dict[str, str]:
    """Where this draft goes on from a reason, when it differs from the simulator's answer."""
    if code == CodeMotif.RENOUVELLEMENT_TROP_TOT:
        return {"lien": f"{reverse('demandes:rappel')}?demande={dossier.demande.pk}"}
    if code != CodeMotif.DEMANDE_EN_COURS:
        return {}
    # The link to the open demande is for the account that owns it.
    en_cours = dossier.demande_en_cours
    if en_cours.compte_id != dossier.demande.compte_id:
        return {"lien": "", "libelle_lien": ""}
    return {
        "lien": reverse("demandes:demande", args=[en_cours.pk]),
        "libelle_lien": _("Voir la demande en cours"),
    }


def _contradiction() -> dict[str, str]:
    return {
        "code": "STATUT_CONTREDIT",
        "fait": _("Votre réponse ne correspond pas à ce que le registre AGDREF connaît de votre situation."),
        "regle": "",
        "conclusion": _("Le registre des étrangers dit autre chose"),
        "que_faire": _(
            "Vérifiez vos réponses. Si elles sont justes, préparez votre décision de l’OFPRA ou de la CNDA. "
            "Envoyez-la au Centre de contact citoyens, ou montrez-la à la préfecture."
        ),
        "source": "",
        "lien": reverse("assistance:contact"),
        "libelle_lien": _("Contacter le Centre de contact citoyens"),
    }
