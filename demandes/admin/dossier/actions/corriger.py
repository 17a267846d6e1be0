"""Correct a field, answer an error that the person reported, move the dossier (R-ESPACE-2, spec part 13)."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django import forms
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from demandes.admin.dossier.actions.action import Action, Qui
from demandes.admin.dossier.actions.champs import ChampTexte, FormulaireMotif
from demandes.admin.dossier.faits import libelle_du_champ, valeur_du_champ
from demandes.etats import A_DECIDER, Etat
from demandes.models import Rectification
from demandes.operations.corriger import CHAMPS, corriger
from demandes.operations.traiter_rectification import corriger_comme_signale, traiter_rectification
from demandes.operations.transferer import transferer
from demandes.parcours.choix import SEXES
from referentiels import pays, territoire
from referentiels.champs import ChampDateNaissance
from referentiels.formulaires import Formulaire, Liste
from referentiels.models import Prefecture

LONGUEUR = 120


def _texte(**options: Any) -> forms.Field:
    return forms.CharField(max_length=LONGUEUR, **options)


def _texte_ou_rien(**options: Any) -> forms.Field:
    return forms.CharField(max_length=LONGUEUR, required=False, **options)


def _commune(**options: Any) -> forms.Field:
    aide = _("Le code postal, une espace, le nom de la commune. Par exemple : 39000 Lons-le-Saunier.")
    return forms.CharField(max_length=LONGUEUR, help_text=aide, **options)


def _liste(choix: Callable[[], Any]) -> Callable[..., forms.Field]:
    return lambda **options: forms.ChoiceField(choices=choix(), widget=Liste, **options)


# Field of CHAMPS → how its new value is asked.
QUESTIONS: dict[str, Callable[..., forms.Field]] = {
    "nom": _texte,
    "nom_usage": _texte_ou_rien,
    "prenoms": _texte,
    "sexe": lambda **options: forms.ChoiceField(choices=SEXES, widget=forms.RadioSelect, **options),
    "date_naissance": ChampDateNaissance,
    "ville_naissance": _texte_ou_rien,
    "pays_naissance": _liste(pays.pays),
    "nationalite": _liste(pays.nationalites),
    "ligne": _texte,
    "complement": _texte_ou_rien,
    "commune": _commune,
}


class FormulaireCorrection(FormulaireMotif):
    """The new value of `champ`, asked as its kind needs, and why; nothing while no field is chosen."""

    def __init__(self, *args: Any, champ: str, **options: Any) -> None:
        super().__init__(*args, **options)
        if champ:
            self.fields["valeur"] = QUESTIONS[champ](label=_("Nouvelle valeur"))
            self._nommer_ce_qui_manque(self.fields["valeur"])
            self.order_fields(["valeur", "motif"])


class Corriger(Action):
    """`?champ=` names the field; `&rectification=` the report of the person that this answers."""

    code = "corriger"
    libelle = _("Corriger une information")
    explication = _("L’attestation en cours est refaite avec la bonne information. La personne la reçoit.")
    bouton = _("Corriger")
    fait = _("L’information est corrigée. La personne reçoit un message.")
    etats = A_DECIDER
    gabarit = "admin/demandes/demande/actions/corriger.html"
    champs_des_refus = {"valeur": "valeur", "inchange": "valeur", "phrase": "motif"}

    @property
    def champ(self) -> str:
        """The field chosen; "" while the agent has not."""
        champ = self.parametres.get("champ", "")
        if champ and champ not in CHAMPS:
            raise Http404
        return champ

    @cached_property
    def rectification(self) -> Rectification | None:
        numero = self.numero("rectification")
        return self.demande.rectifications.filter(pk=numero).first() if numero else None

    def creer_formulaire(self, saisie: Any = None) -> Formulaire:
        return FormulaireCorrection(saisie, initial=self.initial(), champ=self.champ)

    def initial(self) -> dict[str, Any]:
        if not self.champ:
            return {}
        if self.rectification is not None:
            return {"valeur": self.rectification.valeur, "motif": self.rectification.explication[:500]}
        fige = self.demande.donnees[CHAMPS[self.champ][1]]
        if self.champ == "commune":
            return {"valeur": f"{fige['code_postal']} {fige['commune']}"}
        valeur = fige[self.champ]
        return {"valeur": " ".join(valeur) if isinstance(valeur, list) else valeur}

    def contexte(self) -> dict[str, Any]:
        return {
            "champs": [
                (champ, libelle_du_champ(champ), valeur_du_champ(self.demande, champ)) for champ in CHAMPS
            ],
            "champ": self.champ,
            "champ_libelle": libelle_du_champ(self.champ) if self.champ else "",
            "valeur_actuelle": valeur_du_champ(self.demande, self.champ) if self.champ else "",
            "rectification": self.rectification,
        }

    def executer(self, qui: Qui, net: dict[str, Any]) -> object:
        correction = {
            "champ": self.champ, "valeur": net.get("valeur", ""), "motif": net["motif"],
            "maintenant": timezone.now(),
        }  # fmt: skip
        if self.numero("rectification"):
            return corriger_comme_signale(**qui, rectification_id=self.numero("rectification"), **correction)
        return corriger(**qui, **correction)


class FormulaireReponse(Formulaire):
    etat = forms.ChoiceField(
        label=_("Votre réponse"),
        choices=[
            (Rectification.Etat.REFUSEE, _("Rien n’est à corriger")),
            (Rectification.Etat.CORRIGEE, _("C’est corrigé autrement (téléphone, famille…)")),
        ],
        widget=forms.RadioSelect,
    )
    reponse = ChampTexte(
        label=_("Ce que vous répondez à la personne"), help_text=_("La personne le lit."), max_length=1000
    )


class TraiterRectification(Action):
    """On the report that `?rectification=` names."""

    code = "traiter_rectification"
    libelle = _("Répondre à une erreur signalée")
    explication = _("La personne reçoit votre réponse par message.")
    bouton = _("Envoyer la réponse")
    fait = _("La réponse est envoyée à la personne.")
    etats = frozenset(Etat) - {Etat.BROUILLON}
    ciblee = True
    formulaire = FormulaireReponse
    gabarit = "admin/demandes/demande/actions/traiter_rectification.html"
    champs_des_refus = {"phrase": "reponse"}

    @property
    def sans_objet(self) -> str:
        ouvertes = {rectification.pk for rectification in self.dossier.rectifications}
        return "" if self.numero("rectification") in ouvertes else "rectification_absente"

    def contexte(self) -> dict[str, Any]:
        rectification = self.demande.rectifications.filter(pk=self.numero("rectification")).first()
        if rectification is None:
            raise Http404
        return {
            "rectification": rectification,
            "champ_libelle": libelle_du_champ(rectification.champ),
            "corrigeable": rectification.champ in CHAMPS and self.demande.etat in A_DECIDER,
        }

    def executer(self, qui: Qui, net: dict[str, Any]) -> object:
        return traiter_rectification(
            **qui,
            rectification_id=self.numero("rectification"),
            etat=net["etat"],
            reponse=net["reponse"],
            maintenant=timezone.now(),
        )


class FormulaireTransfert(FormulaireMotif):
    departement = forms.ChoiceField(label=_("Nouvelle préfecture"), widget=Liste)
    field_order = ("departement", "motif")


class Transferer(Action):
    code = "transferer"
    libelle = _("Transférer à une autre préfecture")
    explication = _(
        "Le dossier part avec son journal à la préfecture du nouveau domicile. Vous ne le verrez plus. "
        "Les rendez-vous à venir sont annulés. La personne reçoit un message."
    )
    bouton = _("Transférer le dossier")
    fait = _("Le dossier est transféré.")
    etats = A_DECIDER
    formulaire = FormulaireTransfert
    champs_des_refus = {"prefecture": "departement", "phrase": "motif"}

    @property
    def sans_objet(self) -> str:
        return "refus_propose" if self.dossier.refus else ""

    def creer_formulaire(self, saisie: Any = None) -> Formulaire:
        formulaire = super().creer_formulaire(saisie)
        autres = Prefecture.objects.exclude(pk=self.demande.prefecture_id).order_by("pk")
        formulaire.fields["departement"].choices = [
            ("", _("Choisissez une préfecture")),
            *((prefecture.pk, f"{prefecture.pk} – {prefecture.nom}") for prefecture in autres),
        ]
        return formulaire

    def initial(self) -> dict[str, Any]:
        """The prefecture of the address, when that is another one already."""
        competente = territoire.service().prefecture_de_commune(self.demande.donnees["adresse"]["code_insee"])
        return {"departement": competente.pk if competente else ""}

    def executer(self, qui: Qui, net: dict[str, Any]) -> object:
        return transferer(
            **qui, departement=net["departement"], motif=net["motif"], maintenant=timezone.now()
        )
