"""Step 2, identite: civil status, address and contact data."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from demandes.parcours.choix import SEXES
from referentiels import pays, territoire
from referentiels.agdref import PersonneConnue
from referentiels.champs import ChampTelephone
from referentiels.formulaires import Formulaire, Liste

if TYPE_CHECKING:
    from demandes.parcours.dossier import Dossier

# Lengths of the fields 62, 60, 6A and 6U to 6X of the 2D-Doc; what is longer is cut there, never here.
ETAT_CIVIL = (
    "nom",
    "nom_usage",
    "prenoms",
    "sexe",
    "date_naissance",
    "ville_naissance",
    "pays_naissance",
    "nationalite",
)


def civil_du_registre(personne: PersonneConnue) -> dict[str, Any]:
    """The civil status that the register holds, by the names of ETAT_CIVIL; `prenoms` is a list."""
    return {**{nom: getattr(personne, nom) for nom in ETAT_CIVIL}, "prenoms": list(personne.prenoms)}


class IdentiteForm(Formulaire):
    """Civil status is asked only where the register has none: a field that does not exist cannot be forged.

    The birth date is not among it: step 1 has asked it, because the rules need it.
    """

    nom = forms.CharField(
        label=_("Nom de famille"), max_length=120, widget=forms.TextInput({"autocomplete": "family-name"})
    )
    nom_usage = forms.CharField(
        label=_("Nom d’usage"),
        max_length=120,
        required=False,
        help_text=_("Par exemple le nom de l’époux ou de l’épouse."),
    )
    prenoms = forms.CharField(
        label=_("Prénoms"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "given-name"}),
        help_text=_("Dans l’ordre de l’acte de naissance, séparés par une espace."),
    )
    sexe = forms.ChoiceField(label=_("Sexe"), choices=SEXES, widget=forms.RadioSelect)
    ville_naissance = forms.CharField(label=_("Ville de naissance"), max_length=120)
    pays_naissance = forms.ChoiceField(label=_("Pays de naissance"), choices=pays.pays, widget=Liste)
    nationalite = forms.ChoiceField(label=_("Nationalité"), choices=pays.nationalites, widget=Liste)

    ligne = forms.CharField(
        label=_("Numéro et rue"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "address-line1"}),
        help_text=_("Exemple : 12 rue des Lilas"),
    )
    complement = forms.CharField(
        label=_("Complément d’adresse"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "address-line2"}),
        help_text=_("Bâtiment, étage, nom de la personne qui vous héberge."),
    )
    code_postal = forms.CharField(
        label=_("Code postal"),
        max_length=5,
        widget=forms.TextInput(
            {
                "autocomplete": "postal-code",
                "inputmode": "numeric",
                "data-communes": reverse_lazy("demandes:communes"),
                "data-choisir": _("Choisissez votre commune"),
            }
        ),
    )
    # `clean` fills it where the postal code has one commune only.
    commune = forms.ChoiceField(
        label=_("Commune"), widget=Liste, help_text=_("La liste vient du code postal.")
    )
    telephone = ChampTelephone()

    def __init__(self, *args: Any, dossier: "Dossier", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossier = dossier
        personne = dossier.personne
        if personne is not None:
            for champ in ETAT_CIVIL:
                self.fields.pop(champ, None)
        if not self.is_bound:
            self.initial = self._connues()
        self.communes = territoire.service().communes(self._code_postal())
        if self.communes:
            self.fields["commune"].choices = [
                ("", _("Choisissez votre commune")),
                *[(commune.code_insee, commune.nom) for commune in self.communes],
            ]
        else:
            self.fields["commune"].choices = [("", _("Écrivez d’abord le code postal"))]

    def _connues(self) -> dict[str, Any]:
        """What the register or the account knows of address and telephone."""
        personne = self.dossier.personne or self.dossier.titulaire
        adresse = dict(personne.adresse or {}) if personne else {}
        adresse["commune"] = adresse.pop("code_insee", "")
        telephone = self.dossier.demande.compte.telephone or (personne.telephone if personne else "")
        return {**adresse, "telephone": telephone}

    def _code_postal(self) -> str:
        brut = (
            self.data.get(self.add_prefix("code_postal"), "")
            if self.is_bound
            else self.initial.get("code_postal")
        )
        return "".join(c for c in (brut or "") if c.isascii() and c.isdigit())[:5]

    def clean_code_postal(self) -> str:
        code = self._code_postal()
        if len(code) != 5:
            raise forms.ValidationError(_("Un code postal a 5 chiffres. Exemple : 39000."))
        if not self.communes:
            raise forms.ValidationError(
                _(
                    "Ce code postal n’est pas dans un des 101 départements que ce portail sert. "
                    "Vérifiez-le. S’il est juste, allez à la préfecture de votre lieu de résidence."
                )
            )
        return code

    def clean_nom(self) -> str:
        """Invisible signs alone are no name, and the attestation prints one."""
        nom = self.cleaned_data["nom"]
        if not any(signe.isalpha() for signe in nom):
            raise forms.ValidationError(_("Écrivez le nom de famille avec des lettres."))
        return nom

    def clean(self) -> dict[str, Any]:
        net = super().clean()
        connus = {commune.code_insee for commune in self.communes}
        if len(self.communes) == 1:
            net["commune"] = self.communes[0].code_insee
            self.errors.pop("commune", None)
        elif not self.communes:
            # The postal code comes first, and has its own error.
            self.errors.pop("commune", None)
        elif net.get("commune") not in connus:
            self.errors.pop("commune", None)
            self.add_error("commune", _("Choisissez votre commune dans la liste."))
        return net
