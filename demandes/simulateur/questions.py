"""The questions of the simulator, a page each, and when each page concerns the person (R-PORTAIL-1)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from demandes.regles.dates import age_au
from demandes.regles.faits import DateNaissance
from referentiels.champs import ChampDate, ChampDateNaissance
from referentiels.formulaires import Formulaire

OUI_NON = [("true", _("Oui")), ("false", _("Non"))]


class QuestionStatut(Formulaire):
    statut = forms.ChoiceField(
        label=_("Quelle protection la France a-t-elle accordée ?"),
        help_text=_("C’est écrit sur la décision de l’OFPRA ou de la CNDA."),
        choices=[
            ("refugie", _("Je suis réfugié (statut de réfugié)")),
            ("protection_subsidiaire", _("J’ai la protection subsidiaire")),
            ("membre_famille", _("Je suis de la famille d’une personne protégée")),
            ("apatride", _("Je suis apatride (reconnu sans nationalité)")),
            ("autre", _("Aucune de ces situations")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez la protection accordée.")},
    )


class QuestionFamille(Formulaire):
    lien = forms.ChoiceField(
        label=_("Qui êtes-vous pour la personne protégée ?"),
        choices=[
            ("conjoint", _("Son époux, son épouse ou partenaire d’union civile")),
            ("enfant", _("Son enfant")),
            ("ascendant", _("Son père ou sa mère")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez votre lien avec la personne protégée.")},
    )
    statut_du_protege = forms.ChoiceField(
        label=_("Quelle protection cette personne a-t-elle ?"),
        choices=[
            ("refugie", _("Elle est réfugiée")),
            ("protection_subsidiaire", _("Elle a la protection subsidiaire")),
            ("apatride", _("Elle est apatride")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez la protection de cette personne.")},
    )


class QuestionPersonne(Formulaire):
    autocompletion = {"date_naissance": "bday"}
    date_naissance = ChampDateNaissance(label=_("Date de naissance de la personne qui recevra le titre"))
    numero = forms.ChoiceField(
        label=_("Avez-vous l’un de ces numéros ?"),
        help_text=_("Ne l’écrivez pas ici : nous demandons seulement si vous l’avez."),
        choices=[
            ("etranger", _("Un numéro étranger : 10 chiffres, sur le titre, l’ATDA ou le DCEM")),
            ("visa", _("Un numéro de visa")),
            ("aucun", _("Aucun des deux")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Indiquez si vous avez un numéro étranger ou un numéro de visa.")},
    )


class QuestionTravail(Formulaire):
    souhaite_travailler = forms.ChoiceField(
        label=_("Voulez-vous travailler avant vos 18 ans ?"),
        help_text=_(
            "Un emploi, un apprentissage ou un stage payé. Un contrat déjà signé n’est pas nécessaire."
        ),
        choices=OUI_NON,
        widget=forms.RadioSelect,
        error_messages={"required": _("Répondez par oui ou par non.")},
    )


class QuestionRecepisse(Formulaire):
    recepisse = forms.ChoiceField(
        label=_("La préfecture vous a-t-elle donné un récépissé de demande de titre ?"),
        help_text=_("Un papier avec photo. La mention est écrite dessus. L’ATDA n’est pas un récépissé."),
        choices=[
            ("aucun", _("Non")),
            ("reconnu_refugie", _("Oui, avec la mention « reconnu réfugié »")),
            (
                "protection_subsidiaire",
                _("Oui, avec la mention « a obtenu le bénéfice de la protection subsidiaire »"),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Indiquez si vous avez un récépissé.")},
    )


class QuestionNature(Formulaire):
    nature = forms.ChoiceField(
        label=_("Que voulez-vous demander ?"),
        choices=[
            ("premiere", _("Un premier titre de séjour pour cette protection")),
            ("renouvellement", _("Le renouvellement de mon titre de séjour")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez ce que vous voulez demander.")},
    )


class QuestionTitre(Formulaire):
    titre_type = forms.ChoiceField(
        label=_("Quel titre avez-vous ?"),
        help_text=_("Le nom est écrit en haut de la carte, la mention est écrite au milieu."),
        choices=[
            ("carte_resident", _("Une carte de résident")),
            ("csp_bps", _("Une carte pluriannuelle « bénéficiaire de la protection subsidiaire »")),
            ("csp_famille_bps", _("Une carte pluriannuelle « membre de la famille »")),
            ("cst", _("Une carte de séjour temporaire")),
            ("autre", _("Un autre titre de séjour")),
            ("aucun", _("Je n’ai pas de titre de séjour")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez le titre que vous avez.")},
    )
    titre_debut = ChampDate(label=_("Premier jour de validité du titre"), required=False)
    titre_fin = ChampDate(label=_("Dernier jour de validité du titre"), required=False)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if donnees.get("titre_type") not in (None, "aucun"):
            for champ in ("titre_debut", "titre_fin"):
                if champ not in self.errors and donnees.get(champ) is None:
                    self.add_error(champ, _("Indiquez les deux dates écrites sur le titre."))
        return donnees


class QuestionResidence(Formulaire):
    residence_reguliere_depuis = ChampDate(
        label=_("Depuis quand vivez-vous en France avec un titre de séjour ou une attestation ?"),
        help_text=_("Après quatre ans de résidence régulière, une carte de 10 ans est possible."),
        required=False,
    )


class QuestionMariage(Formulaire):
    date_mariage = ChampDate(label=_("Date du mariage ou de l’union civile"), required=False)
    date_demande_asile_protege = ChampDate(
        label=_("Date de la demande d’asile de la personne protégée"), required=False
    )


class QuestionProtege(Formulaire):
    date_naissance_protege = ChampDate(label=_("Date de naissance de la personne protégée"), required=False)


@dataclass(frozen=True, slots=True)
class Etape:
    """One page of questions; `applicable` looks at the answers given before it."""

    nom: str
    titre: Any
    formulaire: type[Formulaire]
    applicable: Callable[[Mapping[str, str], date], bool]

    @property
    def champs(self) -> tuple[str, ...]:
        return tuple(self.formulaire.base_fields)

    @property
    def facultative(self) -> bool:
        """Whether every question of the page may be left without an answer."""
        return not any(champ.required for champ in self.formulaire.base_fields.values())


def _toujours(reponses: Mapping[str, str], au: date) -> bool:
    return True


def _famille(reponses: Mapping[str, str], au: date) -> bool:
    return reponses.get("statut") == "membre_famille"


def _protege(reponses: Mapping[str, str], au: date) -> bool:
    return reponses.get("statut") in ("refugie", "protection_subsidiaire")


def _mineur(reponses: Mapping[str, str], au: date) -> bool:
    naissance = reponses.get("date_naissance")
    return bool(naissance) and age_au(DateNaissance.lire(naissance).au_plus_tot, au) < 18


def _renouvellement(reponses: Mapping[str, str], au: date) -> bool:
    return reponses.get("nature") == "renouvellement"


def _quatre_ans(reponses: Mapping[str, str], au: date) -> bool:
    if _famille(reponses, au):
        return reponses.get("statut_du_protege") == "protection_subsidiaire"
    return reponses.get("statut") == "protection_subsidiaire" and _renouvellement(reponses, au)


def _mariage(reponses: Mapping[str, str], au: date) -> bool:
    return _famille(reponses, au) and reponses.get("lien") == "conjoint" and not _renouvellement(reponses, au)


def _ascendant(reponses: Mapping[str, str], au: date) -> bool:
    return _famille(reponses, au) and reponses.get("lien") == "ascendant"


ETAPES = (
    Etape("statut", _("Votre protection"), QuestionStatut, _toujours),
    Etape("famille", _("Votre lien de famille"), QuestionFamille, _famille),
    Etape("personne", _("Vous"), QuestionPersonne, _toujours),
    Etape("travail", _("Votre souhait de travailler"), QuestionTravail, _mineur),
    Etape("recepisse", _("Votre récépissé"), QuestionRecepisse, _protege),
    Etape("nature", _("Votre demande"), QuestionNature, _toujours),
    Etape("titre", _("Votre titre de séjour"), QuestionTitre, _renouvellement),
    Etape("residence", _("Votre résidence en France"), QuestionResidence, _quatre_ans),
    Etape("mariage", _("Votre mariage"), QuestionMariage, _mariage),
    Etape("protege", _("La personne protégée"), QuestionProtege, _ascendant),
)
