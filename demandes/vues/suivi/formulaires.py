"""The forms of a deposited dossier."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

from demandes.complements import LigneDeReponse
from demandes.models import PieceDemandee
from demandes.textes import CHAMPS_A_RECTIFIER, MANQUES_DE_REPONSE
from demandes.typographie import nom_de_piece
from referentiels import ephoto
from referentiels.ephoto import CodeMalforme
from referentiels.formulaires import ErreurResumee, Formulaire, Liste

GARDER, REMPLACER = PieceDemandee.Choix.GARDER.value, PieceDemandee.Choix.REMPLACER.value
CHOIX = [(GARDER, _("Je garde le document déjà envoyé")), (REMPLACER, _("Je le remplace"))]
CHOIX_ABSENTE = [(REMPLACER, _("J’envoie le document")), (GARDER, _("Je ne peux pas envoyer ce document"))]
CHOIX_EPHOTO = [(REMPLACER, _("J’écris un nouveau code")), (GARDER, _("Je garde le code déjà donné"))]


def choix_possibles(ligne: LigneDeReponse) -> list[tuple[str, Any]]:
    """(value, words) of the two answers to one pièce."""
    if ligne.est_ephoto:
        return CHOIX_EPHOTO
    return CHOIX_ABSENTE if ligne.absente else CHOIX


def libelle_du_choix(ligne: LigneDeReponse) -> str:
    """What the person chose, in words; "" before."""
    return str(dict(choix_possibles(ligne)).get(ligne.demandee.choix, ""))


class ReponsePieceForm(Formulaire):
    """What the person decides about one pièce of a complement; its files are sent by forms of their own."""

    conditions = {"ephoto_code": f"choix={REMPLACER}", "explication": f"choix={GARDER}"}

    choix = forms.ChoiceField(
        label=_("Votre choix"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez : garder ou remplacer.")},
    )
    ephoto_code = forms.CharField(
        label=_("Nouveau code e-photo"),
        max_length=60,
        required=False,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_(
            "22 caractères, écrits sur la planche de photos. Les espaces et les tirets ne comptent pas."
        ),
    )
    explication = forms.CharField(
        label=_("Pourquoi ?"), max_length=500, required=False, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, *args: Any, ligne: LigneDeReponse, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ligne = ligne
        choix = self.fields["choix"]
        choix.choices = choix_possibles(ligne)
        # A file was sent meanwhile, which says « replace » already.
        choix.required = not ligne.nouveaux
        self.fields["explication"].help_text = (
            _("À remplir si vous ne pouvez pas envoyer le document. La préfecture lira votre réponse.")
            if ligne.absente
            else _("Facultatif, si vous gardez le document. La préfecture lira votre réponse.")
        )
        if not ligne.est_ephoto:
            del self.fields["ephoto_code"]

    def clean_ephoto_code(self) -> str:
        saisie = self.cleaned_data["ephoto_code"]
        if self.cleaned_data.get("choix") != REMPLACER:
            return ""
        if not saisie:
            raise forms.ValidationError(
                _("Écrivez le nouveau code de l’e-photo. Il est sur la planche de photos.")
            )
        try:
            return ephoto.normaliser(saisie)
        except CodeMalforme as erreur:
            raise forms.ValidationError(str(erreur)) from erreur

    def clean(self) -> dict[str, Any]:
        net = super().clean()
        if "choix" in net and not net["choix"]:
            net["choix"] = REMPLACER
        if net.get("choix") == REMPLACER and not self.ligne.est_ephoto and not self.ligne.nouveaux:
            self.add_error(
                "choix", _("Envoyez d’abord le nouveau fichier, plus haut sur cette page. Puis continuez.")
            )
        if net.get("choix") == GARDER and self.ligne.absente and not net.get("explication"):
            self.add_error("explication", _("Écrivez pourquoi vous ne pouvez pas envoyer ce document."))
        return net


class TransmettreForm(Formulaire):
    """No field of its own: it says what is missing, each line landing on its pièce."""

    def refuser(self, manques: Mapping[str, str]) -> None:
        """Add the sentence of each `{pièce: code of MANQUES_DE_REPONSE}`."""
        self.full_clean()
        for code, manque in manques.items():
            phrase = MANQUES_DE_REPONSE[manque] % {"piece": nom_de_piece(code)}
            self.add_error(None, forms.ValidationError(phrase, code=code))

    def erreurs_resumees(self) -> list[ErreurResumee]:
        return [
            ErreurResumee(f"piece-{erreur.code}", erreur.message)
            for erreur in self.errors[NON_FIELD_ERRORS].as_data()
        ]


class SignalerErreurForm(Formulaire):
    """« Signaler une erreur » in a deposited dossier (R-ESPACE-2)."""

    champ = forms.ChoiceField(
        label=_("Quelle information est fausse ?"),
        choices=[("", _("Choisissez")), *CHAMPS_A_RECTIFIER.items()],
        widget=Liste,
    )
    valeur = forms.CharField(label=_("Ce qu’il faut écrire à la place"), max_length=200, required=False)
    explication = forms.CharField(
        label=_("Expliquez l’erreur"),
        max_length=1000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Dites où c’est écrit correctement, par exemple sur votre passeport."),
    )

    def clean(self) -> dict[str, Any]:
        net = super().clean()
        if net.get("champ", "autre") != "autre" and not net.get("valeur"):
            self.add_error("valeur", _("Écrivez ce qu’il faut mettre à la place."))
        return net


class ReportForm(Formulaire):
    """« Je ne peux pas venir »."""

    souhait = forms.CharField(
        label=_("Quand pouvez-vous venir ?"),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Par exemple : tous les matins, ou après le 15 mars."),
    )
