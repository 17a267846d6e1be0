"""The pièces side by side: one file beside its pièce's state, or two files, and the opinion to give (R-INSTR-3)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptes.reprise import reprendre
from demandes.admin.dossier.actions.champs import ChampTexte, champ_motif
from demandes.admin.dossier.contenu import DossierLu, PieceLue
from demandes.admin.dossier.images import nombre_de_pages
from demandes.admin.dossier.page import entete
from demandes.admin.dossier.vues import adresse_du_dossier, changements, relire, version_montree
from demandes.etats import Etat
from demandes.models import Fichier, Piece
from demandes.operations.examiner_piece import examiner_piece
from demandes.operations.journaliser_consultation import journaliser_consultation
from demandes.operations.refus import ActionImpossible, DossierIntrouvable, DossierModifie
from demandes.textes import ACTIONS_IMPOSSIBLES, MOTIFS_DE_PIECE, PHRASES_DE_PIECE
from referentiels.formulaires import Formulaire

CHAMPS_DES_REFUS = {"motif": "motif", "phrase": "phrase"}


class FormulaireAvis(Formulaire):
    """The opinion on one pièce: `vus` are the files that the page showed."""

    conditions = {"motif": "avis=refusee", "phrase": "avis=refusee"}
    code = forms.CharField(widget=forms.HiddenInput, max_length=30)
    vus = forms.TypedMultipleChoiceField(
        widget=forms.MultipleHiddenInput, coerce=UUID, required=False, choices=()
    )
    avis = forms.ChoiceField(choices=Piece.Avis.choices, required=False, widget=forms.HiddenInput)
    motif = champ_motif(MOTIFS_DE_PIECE, gettext_lazy("Pourquoi refuser"), required=False)
    phrase = ChampTexte(
        label=gettext_lazy("Phrase pour la personne"),
        help_text=gettext_lazy("Laissée vide, c’est la phrase du motif qui part."),
        max_length=500,
        lignes=4,
        required=False,
    )

    def __init__(self, *args: Any, connus: Iterable[Fichier], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["vus"].choices = [(fichier.pk, "") for fichier in connus]

    def clean(self) -> dict[str, Any]:
        net = super().clean() or {}
        if net.get("avis") == Piece.Avis.REFUSEE:
            net["phrase"] = net.get("phrase") or str(PHRASES_DE_PIECE.get(net.get("motif", ""), ""))
        return net


@dataclass(frozen=True)
class Vue:
    """One file on the screen: its pièce, its rank there, its pages."""

    piece: PieceLue
    fichier: Fichier

    @property
    def pages(self) -> range:
        return range(1, nombre_de_pages(self.fichier) + 1)

    @property
    def rang(self) -> int:
        return [*self.piece.fichiers, *self.piece.anciens].index(self.fichier) + 1

    @property
    def ancienne(self) -> bool:
        return self.fichier.remplace_le is not None


def montrer_pieces(request: HttpRequest, site: AdminSite, dossier: DossierLu) -> HttpResponse:
    """GET: the file that the address names, or the first of the first pièce to examine; written down as opened."""
    vue, avec = _choisie(dossier, request), _vue(dossier, request.GET.get("avec"))
    for ouverte in filter(None, (vue, avec)):
        journaliser_consultation(
            demande_id=dossier.demande.pk, agent_id=dossier.agent.pk, objet=str(ouverte.fichier.pk)
        )
    formulaire = _formulaire(dossier, vue, reprendre(request))
    return _page(request, site, dossier, vue, avec, formulaire, dossier.demande.version)


def donner_avis(request: HttpRequest, site: AdminSite, dossier: DossierLu) -> HttpResponse:
    """POST: the opinion on the pièce shown, then the next pièce to examine, or the dossier when none is left."""
    vue, avec = _choisie(dossier, request), _vue(dossier, request.GET.get("avec"))
    formulaire = _formulaire(dossier, vue, request.POST)
    version = version_montree(request.POST)
    if not formulaire.is_valid():
        return _page(request, site, dossier, vue, avec, formulaire, version)
    net = formulaire.cleaned_data
    try:
        examiner_piece(
            demande_id=dossier.demande.pk,
            agent_id=dossier.agent.pk,
            version=version,
            **net,
            maintenant=timezone.now(),
        )
    except DossierIntrouvable:
        raise Http404 from None
    except ActionImpossible as refus:
        phrase = str(ACTIONS_IMPOSSIBLES[refus.code])
        champ = CHAMPS_DES_REFUS.get(refus.code)
        if champ is None:
            return _page(request, site, dossier, vue, avec, formulaire, version, refus=phrase)
        formulaire.add_error(champ, phrase)
        return _page(request, site, dossier, vue, avec, formulaire, version)
    except DossierModifie:
        actuel = relire(dossier.demande, dossier)
        vue, avec = _choisie(actuel, request), _vue(actuel, request.GET.get("avec"))
        repris = _formulaire(actuel, vue, request.POST)
        return _page(
            request, site, actuel, vue, avec, repris, actuel.demande.version,
            changes=changements(actuel, version),
        )  # fmt: skip
    return _suite(request, dossier, net["code"])


def _suite(request: HttpRequest, dossier: DossierLu, code: str) -> HttpResponse:
    reste = relire(dossier.demande, dossier)
    examinee = next(piece for piece in reste.pieces if piece.code == code)
    messages.success(
        request, _("« %(piece)s » : %(etat)s.") % {"piece": examinee.libelle, "etat": examinee.etat[0]}
    )
    if not examinee.a_examiner and reste.a_examiner:
        return redirect(_adresse(reste, reste.a_examiner[0].fichiers[0]))
    if not reste.a_examiner:
        messages.info(request, _("Toutes les pièces reçues sont examinées."))
    return redirect(adresse_du_dossier(dossier))


def _formulaire(dossier: DossierLu, vue: Vue | None, saisie: Any = None) -> FormulaireAvis:
    connus = [f for piece in dossier.pieces for f in (*piece.fichiers, *piece.anciens)]
    piece = vue.piece if vue else None
    initial = {
        "code": piece.code if piece else "",
        "vus": [fichier.pk for fichier in piece.fichiers] if piece else [],
        "motif": piece.piece.avis_motif if piece and piece.piece else "",
        "phrase": piece.piece.avis_phrase if piece and piece.piece else "",
    }
    return FormulaireAvis(saisie, initial=initial, connus=connus)


def _choisie(dossier: DossierLu, request: HttpRequest) -> Vue | None:
    """The file of the address, else the first to examine, else the first; None when the dossier has no file."""
    if request.GET.get("fichier"):
        return _vue(dossier, request.GET["fichier"])
    a_voir = dossier.a_examiner or [piece for piece in dossier.pieces if piece.fichiers]
    return Vue(a_voir[0], a_voir[0].fichiers[0]) if a_voir else None


def _vue(dossier: DossierLu, numero: str | None) -> Vue | None:
    """The file of that id, earlier versions too. Raises `Http404` when the dossier has none such."""
    if not numero:
        return None
    for piece in dossier.pieces:
        for fichier in (*piece.fichiers, *piece.anciens):
            if str(fichier.pk) == numero:
                return Vue(piece, fichier)
    raise Http404


def _adresse(dossier: DossierLu, fichier: Fichier, avec: Fichier | None = None) -> str:
    parametres = {"fichier": str(fichier.pk)} | ({"avec": str(avec.pk)} if avec else {})
    page = reverse("admin:demandes_demande_pieces", args=[dossier.demande.pk])
    return f"{page}?{urlencode(parametres)}"


def _page(
    request: HttpRequest,
    site: AdminSite,
    dossier: DossierLu,
    vue: Vue | None,
    avec: Vue | None,
    formulaire: FormulaireAvis,
    version: int,
    *,
    refus: str = "",
    changes: list[Any] | None = None,
) -> HttpResponse:
    fichiers = dossier.fichiers
    rang = fichiers.index(vue.fichier) if vue and vue.fichier in fichiers else None
    return TemplateResponse(
        request,
        "admin/demandes/demande/pieces.html",
        {
            **site.each_context(request),
            **entete(dossier),
            "title": _("Pièces du dossier n° %(numero)s") % {"numero": dossier.demande.numero},
            "vue": vue,
            "avec": avec,
            "liste": _liste(dossier, vue),
            "precedent": _adresse(dossier, fichiers[rang - 1]) if rang else "",
            "suivant": _adresse(dossier, fichiers[rang + 1]) if rang is not None and rang + 1 < len(fichiers) else "",
            "seul": _adresse(dossier, vue.fichier) if vue else "",
            "form": formulaire,
            "version": version,
            "examinable": vue is not None and not vue.ancienne and dossier.demande.etat == Etat.EN_INSTRUCTION,
            "phrases": json.dumps({motif: str(phrase) for motif, phrase in PHRASES_DE_PIECE.items()}),
            "refus_de_l_action": refus,
            "changements": changes or [],
        },
    )  # fmt: skip


def _liste(dossier: DossierLu, vue: Vue | None) -> list[dict[str, Any]]:
    """The pièces at the left: each file with the address that shows it, and the one that compares it."""
    return [
        {
            "piece": piece,
            "fichiers": [
                {
                    "fichier": fichier,
                    "ancienne": fichier.remplace_le is not None,
                    "choisi": vue is not None and fichier == vue.fichier,
                    "adresse": _adresse(dossier, fichier),
                    "comparer": _adresse(dossier, vue.fichier, fichier)
                    if vue and fichier != vue.fichier
                    else "",
                }
                for fichier in (*piece.fichiers, *piece.anciens)
            ],
        }
        for piece in dossier.pieces
    ]
