"""The card is there, then in hand (R-INSTR-5)."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from demandes.admin.dossier.actions.action import Action, Qui
from demandes.admin.dossier.actions.champs import ChampTexte
from demandes.operations.annoncer_titre import annoncer_titre, fin_la_plus_tardive, montant_du
from demandes.operations.refus import ActionImpossible
from demandes.operations.remettre_titre import TIMBRE, remettre_titre
from demandes.parcours.choix import OUI_NON
from demandes.regles.faits import Nature
from demandes.textes import ACTIONS_IMPOSSIBLES
from referentiels.champs import ChampDate
from referentiels.formulaires import Formulaire


class FormulaireAnnonce(Formulaire):
    titre_numero = forms.CharField(
        label=_("Numéro du titre"), help_text=_("Tel qu’il est imprimé sur la carte."), max_length=40
    )
    titre_debut = ChampDate(label=_("Premier jour de validité"))
    titre_fin = ChampDate(label=_("Dernier jour de validité"))
    majoration = forms.BooleanField(
        label=_("Ajouter la majoration pour retard (article L.436-5)"),
        help_text=_(
            "Elle n’est jamais ajoutée d’elle-même. Pas en cas de force majeure ou de visa en cours."
        ),
        required=False,
    )
    majoration_motif = ChampTexte(
        label=_("Pourquoi la majoration s’applique"), max_length=500, lignes=2, required=False
    )

    def clean(self) -> dict[str, Any]:
        net = super().clean() or {}
        ajoutee, motif = net.get("majoration"), net.get("majoration_motif")
        if ajoutee and not motif and "majoration_motif" not in self.errors:
            self.add_error("majoration_motif", ACTIONS_IMPOSSIBLES["majoration"])
        if motif and not ajoutee:
            self.add_error(
                "majoration", _("Vous avez écrit pourquoi la majoration s’applique : cochez aussi la case.")
            )
        return net


class AnnoncerTitre(Action):
    code = "annoncer_titre"
    libelle = _("Annoncer que le titre est arrivé")
    explication = _(
        "La personne reçoit un message : ce qu’elle doit payer, où acheter le timbre, quoi apporter."
    )
    bouton = _("Annoncer le titre")
    fait = _("Le titre est annoncé. La personne reçoit un message avec le montant.")
    formulaire = FormulaireAnnonce
    gabarit = "admin/demandes/demande/actions/annoncer_titre.html"
    principale = True
    champs_des_refus = {"numero_du_titre": "titre_numero", "dates_du_titre": "titre_fin"}

    def creer_formulaire(self, saisie: Any = None) -> Formulaire:
        formulaire = super().creer_formulaire(saisie)
        if self.demande.nature != Nature.RENOUVELLEMENT:
            del formulaire.fields["majoration"], formulaire.fields["majoration_motif"]
        return formulaire

    def initial(self) -> dict[str, Any]:
        debut = self._debut()
        return {"titre_debut": debut, "titre_fin": fin_la_plus_tardive(self.demande, debut)}

    def _debut(self) -> date:
        """The day after the old permit ends, if that is to come; else the day of the decision."""
        detenu = self.demande.donnees["titre_detenu"]
        decision = timezone.localdate(self.demande.decidee_le) if self.demande.decidee_le else self.dossier.au
        if detenu and self.demande.nature == Nature.RENOUVELLEMENT:
            return max(decision, date.fromisoformat(detenu["fin"]) + timedelta(days=1))
        return decision

    def contexte(self) -> dict[str, Any]:
        try:
            du = montant_du(self.demande, self.dossier.au, majoration=False)
            avec_majoration = (
                montant_du(self.demande, self.dossier.au, majoration=True)
                if self.demande.nature == Nature.RENOUVELLEMENT
                else None
            )
        except ActionImpossible as refus:
            return {"sans_tarif": ACTIONS_IMPOSSIBLES[refus.code], "du": None, "avec_majoration": None}
        return {"sans_tarif": "", "du": du, "avec_majoration": avec_majoration}

    def executer(self, qui: Qui, net: dict[str, Any]) -> object:
        return annoncer_titre(
            **qui,
            titre_numero=net["titre_numero"],
            titre_debut=net["titre_debut"],
            titre_fin=net["titre_fin"],
            majoration=net.get("majoration_motif", ""),
            maintenant=timezone.now(),
        )


class FormulaireRemise(Formulaire):
    conditions = {"ancien_titre_motif": "ancien_titre_rendu=non"}
    timbre = forms.CharField(
        label=_("Numéro du timbre électronique"),
        help_text=_("16 chiffres, avec ou sans espaces. Un timbre en papier est refusé."),
        max_length=40,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    ancien_titre_rendu = forms.ChoiceField(
        label=_("L’ancien titre est-il rendu ?"), choices=OUI_NON, widget=forms.RadioSelect
    )
    ancien_titre_motif = forms.CharField(
        label=_("S’il n’est pas rendu, pourquoi ?"),
        help_text=_("Par exemple : perdu, déclaration de perte vue."),
        max_length=200,
        required=False,
    )

    def clean_timbre(self) -> str:
        """Told with the other errors of the form; the operation checks it too."""
        numero = "".join(self.cleaned_data["timbre"].split())
        if not TIMBRE.fullmatch(numero):
            raise forms.ValidationError(ACTIONS_IMPOSSIBLES["timbre_format"])
        return numero


class RemettreTitre(Action):
    code = "remettre_titre"
    libelle = _("Remettre le titre")
    explication = _("La carte est remise contre le timbre. Le registre est mis à jour. Le dossier est clos.")
    bouton = _("Remettre le titre")
    fait = _("Le titre est remis. Le dossier est clos.")
    formulaire = FormulaireRemise
    gabarit = "admin/demandes/demande/actions/remettre_titre.html"
    principale = True
    champs_des_refus = {
        "timbre_format": "timbre", "timbre_inconnu": "timbre", "timbre_montant": "timbre",
        "timbre_utilise": "timbre", "ancien_titre": "ancien_titre_motif",
    }  # fmt: skip

    @property
    def _titre_detenu(self) -> bool:
        return self.demande.donnees["titre_detenu"] is not None

    def creer_formulaire(self, saisie: Any = None) -> Formulaire:
        formulaire = super().creer_formulaire(saisie)
        if not self._titre_detenu:
            del formulaire.fields["ancien_titre_rendu"], formulaire.fields["ancien_titre_motif"]
        return formulaire

    def contexte(self) -> dict[str, Any]:
        return {"remise": self.dossier.remise, "titre_detenu": self.demande.donnees["titre_detenu"]}

    def executer(self, qui: Qui, net: dict[str, Any]) -> object:
        rendu = net["ancien_titre_rendu"] == "oui" if self._titre_detenu else None
        return remettre_titre(
            **qui,
            timbre=net["timbre"],
            ancien_titre_rendu=rendu,
            ancien_titre_motif=net.get("ancien_titre_motif", "") if rendu is False else "",
            maintenant=timezone.now(),
        )
