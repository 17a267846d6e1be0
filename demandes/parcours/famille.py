"""Step 3, famille: marital status, spouse, children, parents of a minor, observations."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from demandes.parcours.choix import EN_COUPLE, OUI_NON, QUALITES_DU_PARENT, SITUATIONS_FAMILIALES
from demandes.regles.faits import DateNaissance, Lien, Statut
from referentiels import pays
from referentiels.champs import ChampDate, ChampDateNaissance
from referentiels.formulaires import Formulaire, Liste

if TYPE_CHECKING:
    from demandes.parcours.dossier import Dossier

ENFANTS_AU_PLUS = 15
LIGNES_D_ENFANTS_VIDES = 1


class FamilleForm(Formulaire):
    """Only the questions that concern this person are there."""

    conditions = {
        "conjoint_nom": "situation_familiale=marie|pacse|concubin",
        "conjoint_prenoms": "situation_familiale=marie|pacse|concubin",
        "conjoint_date_naissance": "situation_familiale=marie|pacse|concubin",
        "conjoint_nationalite": "situation_familiale=marie|pacse|concubin",
        "date_mariage": "situation_familiale=marie",
        "parent2_nom": "parent2_inconnu=",
        "parent2_prenoms": "parent2_inconnu=",
    }

    situation_familiale = forms.ChoiceField(
        label=_("Situation familiale"), choices=SITUATIONS_FAMILIALES, widget=forms.RadioSelect
    )
    conjoint_nom = forms.CharField(
        label=_("Nom du conjoint"), max_length=120, required=False, help_text=_("Si vous vivez en couple.")
    )
    conjoint_prenoms = forms.CharField(label=_("Prénoms du conjoint"), max_length=200, required=False)
    conjoint_date_naissance = ChampDateNaissance(label=_("Date de naissance du conjoint"), required=False)
    conjoint_nationalite = forms.ChoiceField(
        label=_("Nationalité du conjoint"),
        required=False,
        choices=lambda: [("", _("Choisissez")), *pays.nationalites()],
        widget=Liste,
    )
    date_mariage = ChampDate(
        label=_("Date du mariage"), required=False, help_text=_("Si vous êtes marié ou mariée.")
    )
    date_demande_asile_protege = ChampDate(
        label=_("Date de la demande d’asile de la personne protégée"),
        required=False,
        help_text=_("Si vous la connaissez."),
    )
    date_naissance_protege = ChampDate(label=_("Date de naissance de la personne protégée"), required=False)
    reunification_familiale = forms.ChoiceField(
        label=_("La personne est-elle venue en France avec un visa de réunification familiale ?"),
        choices=OUI_NON,
        widget=forms.RadioSelect,
        help_text=_("C’est un visa de plus de trois mois, donné par un consulat de France."),
    )
    a_un_contrat = forms.ChoiceField(
        label=_("A-t-elle un contrat de travail ou une promesse d’embauche ?"),
        choices=OUI_NON,
        widget=forms.RadioSelect,
        help_text=_("Ce n’est pas obligatoire. Un contrat qui commence après ses 18 ans est accepté."),
    )
    parent1_qualite = forms.ChoiceField(
        label=_("Le premier parent ou représentant est"), choices=QUALITES_DU_PARENT, widget=forms.RadioSelect
    )
    parent1_nom = forms.CharField(label=_("Nom du premier parent ou représentant"), max_length=120)
    parent1_prenoms = forms.CharField(
        label=_("Prénoms du premier parent ou représentant"), max_length=200, required=False
    )
    parent2_inconnu = forms.BooleanField(
        label=_("Parent inconnu"),
        required=False,
        help_text=_("Cochez aussi cette case si le deuxième parent est décédé."),
    )
    parent2_nom = forms.CharField(label=_("Nom du deuxième parent"), max_length=120, required=False)
    parent2_prenoms = forms.CharField(label=_("Prénoms du deuxième parent"), max_length=200, required=False)
    nombre_enfants = forms.IntegerField(
        label=_("Nombre d’enfants"),
        min_value=0,
        max_value=ENFANTS_AU_PLUS,
        initial=0,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        help_text=_("Écrivez 0 si vous n’avez pas d’enfant. Les lignes à remplir apparaissent ensuite."),
    )
    observations = forms.CharField(
        label=_("Observations"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Ce que vous voulez dire à la préfecture. 2 000 caractères au plus."),
    )

    def __init__(self, *args: Any, dossier: "Dossier", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossier = dossier
        self._garder_les_questions_utiles()
        self.enfants = range(1, self._nombre_d_enfants() + 1)
        for rang in self.enfants:
            self._ajouter_enfant(rang)
        # What the person says in their own words comes last, after the children just counted.
        self.fields["observations"] = self.fields.pop("observations")
        if not self.is_bound:
            self.initial = self._connues()

    def _garder_les_questions_utiles(self) -> None:
        net = self.dossier.nettes("situation") or {}
        lien = net.get("lien")
        inutiles = set()
        if not self.dossier.mineur:
            inutiles |= {
                "a_un_contrat",
                "parent1_qualite",
                "parent1_nom",
                "parent1_prenoms",
                "parent2_inconnu",
                "parent2_nom",
                "parent2_prenoms",
            }
        else:
            inutiles |= {"nombre_enfants"}
        if net.get("statut") != Statut.MEMBRE_FAMILLE:
            inutiles |= {"reunification_familiale"}
        if lien != Lien.CONJOINT:
            inutiles |= {"date_demande_asile_protege"}
        if lien != Lien.ASCENDANT:
            inutiles |= {"date_naissance_protege"}
        for champ in inutiles:
            del self.fields[champ]

    def _nombre_d_enfants(self) -> int:
        if "nombre_enfants" not in self.fields or not self.is_bound:
            return 0
        try:
            nombre = int(self.data.get(self.add_prefix("nombre_enfants"), "0")[:3])
        except ValueError:
            return 0
        return max(0, min(nombre, ENFANTS_AU_PLUS))

    def _ajouter_enfant(self, rang: int) -> None:
        self.fields[f"enfant{rang}_nom"] = forms.CharField(
            label=_("Enfant %(rang)s : nom et prénoms") % {"rang": rang},
            max_length=200,
            error_messages={
                "required": _("Écrivez le nom et les prénoms de l’enfant %(rang)s.") % {"rang": rang}
            },
        )
        self.fields[f"enfant{rang}_naissance"] = ChampDateNaissance(
            label=_("Enfant %(rang)s : date de naissance") % {"rang": rang}
        )

    def _connues(self) -> dict[str, Any]:
        personne, titulaire = self.dossier.personne, self.dossier.titulaire
        connues: dict[str, Any] = {"nombre_enfants": 0}
        if personne:
            connues |= {
                "situation_familiale": personne.situation_familiale,
                "date_mariage": personne.date_mariage,
            }
        if self.dossier.mineur and self.dossier.demande.pour_mineur and titulaire:
            connues |= {
                "parent1_nom": titulaire.nom,
                "parent1_prenoms": " ".join(titulaire.prenoms),
                "parent1_qualite": {"F": "mere", "M": "pere"}.get(titulaire.sexe, ""),
            }
        return connues

    def clean(self) -> dict[str, Any]:
        net = super().clean()
        if net.get("situation_familiale") in EN_COUPLE and not net.get("conjoint_nom"):
            self.add_error("conjoint_nom", _("Écrivez le nom de la personne avec qui vous vivez."))
        self._verifier_les_dates(net)
        if "parent2_nom" in self.fields and not net.get("parent2_inconnu") and not net.get("parent2_nom"):
            self.add_error(
                "parent2_nom",
                _("Écrivez le nom du deuxième parent, ou cochez « Parent inconnu »."),
            )
        return net

    def _verifier_les_dates(self, net: dict[str, Any]) -> None:
        passees = {
            nom: net.get(nom)
            for nom in ("date_mariage", "date_demande_asile_protege", "date_naissance_protege")
        }
        for nom in ("conjoint_date_naissance", *(f"enfant{rang}_naissance" for rang in self.enfants)):
            passees[nom] = DateNaissance.lire(net[nom]).au_plus_tot if net.get(nom) else None
        for nom, jour in passees.items():
            if jour and jour > self.dossier.au:
                self.add_error(nom, _("Cette date est dans le futur. Vérifiez l’année."))
        naissance, mariage = self.dossier.date_naissance, passees["date_mariage"]
        if naissance and mariage and mariage <= naissance.au_plus_tot:
            self.add_error("date_mariage", _("Cette date vient avant la naissance. Vérifiez l’année."))
