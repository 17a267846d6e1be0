"""Step 1, situation: for whom, status, link, nature, wish to work."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from demandes.parcours.choix import (
    LIENS,
    MOTIFS_PREMIERE,
    NATURES,
    OUI_NON,
    POUR,
    STATUTS,
    STATUTS_DU_PROTEGE,
)
from demandes.parcours.faits import nature_deduite
from demandes.regles.dates import age_au
from demandes.regles.faits import DateNaissance, Nature, Statut
from referentiels.agdref import PersonneConnue
from referentiels.champs import ChampDate, ChampDateNaissance, ChampNumeroEtranger
from referentiels.formulaires import Formulaire

if TYPE_CHECKING:
    from demandes.parcours.dossier import Dossier


MAJORITE = 18


class SituationForm(Formulaire):
    """The facts that decide the title; every one that the register knows is proposed, none is typed twice."""

    conditions = {
        "numero_enfant": "pour=enfant",
        "date_naissance": "pour=enfant",
        "lien": "statut=membre_famille",
        "statut_du_protege": "statut=membre_famille",
        "motif_premiere": "nature=premiere",
        "residence_reguliere_depuis": "statut=protection_subsidiaire|membre_famille",
    }

    pour = forms.ChoiceField(
        label=_("Pour qui demandez-vous le titre de séjour ?"), choices=POUR, widget=forms.RadioSelect
    )
    numero_enfant = ChampNumeroEtranger(
        label=_("Numéro étranger de l’enfant"),
        required=False,
        help_text=_(
            "Il est écrit sur son attestation de demande d’asile ou sur son DCEM. Seulement pour un enfant."
        ),
    )
    date_naissance = ChampDateNaissance(
        label=_("Date de naissance de l’enfant"),
        required=False,
        help_text=_("Seulement pour un enfant. Laissez vides le jour et le mois s’ils sont inconnus."),
    )
    statut = forms.ChoiceField(
        label=_("Quelle est la situation de la personne qui demande le titre ?"),
        choices=STATUTS,
        widget=forms.RadioSelect,
    )
    lien = forms.ChoiceField(
        label=_("Son lien avec la personne protégée"),
        choices=LIENS,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Seulement pour un membre de la famille."),
    )
    statut_du_protege = forms.ChoiceField(
        label=_("La personne protégée est"),
        choices=STATUTS_DU_PROTEGE,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Seulement pour un membre de la famille."),
    )
    nature = forms.ChoiceField(label=_("Que demandez-vous ?"), choices=NATURES, widget=forms.RadioSelect)
    motif_premiere = forms.ChoiceField(
        label=_("Pourquoi une première demande ?"),
        choices=MOTIFS_PREMIERE,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Seulement si vous avez déjà un titre de séjour pour cette situation."),
    )
    residence_reguliere_depuis = ChampDate(
        label=_("En France avec un droit au séjour depuis le"),
        required=False,
        help_text=_(
            "Seulement si vous le savez. Quatre ans de séjour régulier peuvent donner une carte de 10 ans."
        ),
    )
    souhaite_travailler = forms.ChoiceField(
        label=_("La personne a 16 ou 17 ans : souhaite-t-elle travailler ?"),
        choices=OUI_NON,
        required=False,
        widget=forms.RadioSelect,
        help_text=_(
            "Répondre « oui » vaut déclaration signée. Sans projet de travail, aucun titre n’est nécessaire."
        ),
    )

    def __init__(self, *args: Any, dossier: "Dossier", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossier = dossier
        titulaire = dossier.titulaire
        if titulaire is None:
            # The rules need an age: what the register cannot tell is asked of everyone, not only of children.
            self.fields["date_naissance"].label = _("Date de naissance de la personne qui demande le titre")
            self.fields["date_naissance"].help_text = _(
                "Laissez vides le jour et le mois s’ils sont inconnus."
            )
            self.conditions = {
                nom: condition for nom, condition in self.conditions.items() if nom != "date_naissance"
            }
        self._garder_les_questions_utiles()
        if not self.is_bound:
            self.initial = self._connues()

    def _garder_les_questions_utiles(self) -> None:
        titulaire = self.dossier.titulaire
        # A child's permit is known once the number is sent: the question then comes with its reason.
        enfant = self.dossier.demande.pour_mineur and self.is_bound
        if not (enfant or (titulaire and titulaire.titre_detenu and not self.dossier.demande.pour_mineur)):
            del self.fields["motif_premiere"]
        if titulaire and titulaire.residence_reguliere_depuis and not self.dossier.demande.pour_mineur:
            # The register's date wins over a declared one: the question would be asked for nothing.
            del self.fields["residence_reguliere_depuis"]
        if (
            titulaire
            and age_au(DateNaissance.lire(titulaire.date_naissance).au_plus_tot, self.dossier.au) >= MAJORITE
        ):
            self.conditions = {**self.conditions, "souhaite_travailler": "pour=enfant"}

    def _connues(self) -> dict[str, Any]:
        """What the register tells of the account's holder; of a child nothing is known before its number."""
        if self.dossier.demande.pour_mineur:
            return {"pour": "enfant"}
        titulaire = self.dossier.titulaire
        if titulaire is None:
            return {"pour": "moi"}
        return {
            "pour": "moi",
            "statut": titulaire.statut,
            "lien": titulaire.lien,
            "statut_du_protege": titulaire.statut_du_protege,
            "nature": nature_deduite(titulaire.statut, titulaire.statut_du_protege, titulaire),
        }

    def clean(self) -> dict[str, Any]:
        net = super().clean()
        net.setdefault("residence_reguliere_depuis", None)
        net["souhaite_travailler"] = net.get("souhaite_travailler") == "oui"
        self._verifier_beneficiaire(net)
        self._verifier_famille(net)
        self._verifier_nature(net)
        self._verifier_residence(net)
        return net

    def _verifier_beneficiaire(self, net: dict[str, Any]) -> None:
        """A child has a number and a birth date of its own; an adult's birth date is asked if nobody knows it."""
        if net.get("pour") == "enfant":
            self._verifier_numero_enfant(net)
            self._verifier_naissance(net, _("Écrivez la date de naissance de l’enfant."))
            self._verifier_registre(net)
            return
        net["numero_enfant"] = ""
        if self.dossier.titulaire is not None:
            net["date_naissance"] = ""
        else:
            self._verifier_naissance(net, _("Écrivez votre date de naissance."))

    def _verifier_numero_enfant(self, net: dict[str, Any]) -> None:
        if not net.get("numero_enfant") and "numero_enfant" not in self.errors:
            self.add_error("numero_enfant", _("Écrivez le numéro étranger de l’enfant : 10 chiffres."))
        compte = self.dossier.demande.compte
        if net.get("numero_enfant") and net["numero_enfant"] == compte.numero_etranger:
            self.add_error(
                "numero_enfant",
                _("C’est votre propre numéro. Écrivez celui de l’enfant, ou choisissez « Pour moi »."),
            )

    def _verifier_naissance(self, net: dict[str, Any], absente: str) -> None:
        naissance = net.get("date_naissance")
        if not naissance:
            if "date_naissance" not in self.errors:
                self.add_error("date_naissance", absente)
            return
        nee = DateNaissance.lire(naissance)
        if nee.au_plus_tot > self.dossier.au:
            self.add_error("date_naissance", _("Cette date est dans le futur. Vérifiez l’année."))
        elif net.get("pour") == "enfant" and age_au(nee.au_plus_tot, self.dossier.au) >= MAJORITE:
            self.add_error(
                "date_naissance",
                _("Cette personne a 18 ans ou plus. Elle fait sa demande avec son propre compte."),
            )

    def _verifier_registre(self, net: dict[str, Any]) -> None:
        """Never said which of the two is wrong, nor what the register holds."""
        if {"numero_enfant", "date_naissance"} & self.errors.keys():
            return
        if self.dossier.enfant_contredit(net["numero_enfant"], net["date_naissance"]):
            self.add_error(
                "date_naissance",
                _(
                    "Ce numéro et cette date de naissance ne vont pas ensemble. Recopiez les deux du document de "
                    "l’enfant. S’ils sont justes, appelez le Centre de contact citoyens."
                ),
            )

    def _verifier_famille(self, net: dict[str, Any]) -> None:
        if net.get("statut") != Statut.MEMBRE_FAMILLE:
            net["lien"], net["statut_du_protege"] = "", ""
            return
        if not net.get("lien") and "lien" not in self.errors:
            self.add_error("lien", _("Choisissez votre lien avec la personne protégée."))
        if not net.get("statut_du_protege") and "statut_du_protege" not in self.errors:
            self.add_error("statut_du_protege", _("Choisissez la situation de la personne protégée."))

    def _verifier_nature(self, net: dict[str, Any]) -> None:
        """A première while a permit of the same ground is held needs a reason, and is shown to the agent."""
        personne = self._personne_connue(net)
        deduite = nature_deduite(net.get("statut", ""), net.get("statut_du_protege", ""), personne)
        if net.get("nature") != Nature.PREMIERE or deduite != Nature.RENOUVELLEMENT:
            net["motif_premiere"] = ""
        elif not net.get("motif_premiere"):
            self.add_error(
                "nature",
                ValidationError(
                    _(
                        "Un titre existe déjà pour cette situation, valable jusqu’au %(fin)s. "
                        "Choisissez « Renouvellement », ou dites pourquoi c’est une première demande."
                    ),
                    params={"fin": personne.titre_detenu.fin.strftime("%d/%m/%Y")},
                ),
            )

    def _verifier_residence(self, net: dict[str, Any]) -> None:
        personne = self._personne_connue(net)
        texte = personne.date_naissance if personne else net.get("date_naissance")
        depuis = net["residence_reguliere_depuis"]
        if texte and depuis and depuis < DateNaissance.lire(texte).au_plus_tot:
            self.add_error(
                "residence_reguliere_depuis", _("Cette date vient avant la naissance. Vérifiez l’année.")
            )

    def _personne_connue(self, net: dict[str, Any]) -> PersonneConnue | None:
        """The bénéficiaire in the register; a child only for someone who knows the birth date."""
        if net.get("pour") != "enfant":
            return self.dossier.titulaire
        return self.dossier.enfant_connu(net.get("numero_enfant", ""), net.get("date_naissance", ""))
