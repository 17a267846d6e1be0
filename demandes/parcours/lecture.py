"""The answers of a step as lines of words, for the last step, the agent and the frozen copy."""

from datetime import date

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from demandes.parcours.choix import SEXES
from demandes.parcours.dossier import Dossier
from referentiels import pays
from referentiels.agdref import PersonneConnue


def lignes_de(dossier: Dossier, etape: str) -> list[tuple[str, str]]:
    """(label, value) for each answered question of `etape`; the locked civil status comes first in step 2."""
    net = dossier.nettes(etape)
    if net is None:
        return []
    formulaire = dossier.formulaire(etape)
    lignes = etat_civil_connu(dossier.personne) if etape == "identite" and dossier.personne else []
    for nom, champ in formulaire.fields.items():
        valeur = _en_mots(champ, net.get(nom))
        if valeur:
            lignes.append((str(champ.label), valeur))
    return lignes


def etat_civil_connu(personne: PersonneConnue) -> list[tuple[str, str]]:
    """(label, value) of the civil status that the register holds."""
    lignes = [
        (_("Nom de famille"), personne.nom),
        (_("Nom d’usage"), personne.nom_usage),
        (_("Prénoms"), " ".join(personne.prenoms)),
        (_("Sexe"), str(dict(SEXES).get(personne.sexe, ""))),
        (_("Date de naissance"), naissance_en_mots(personne.date_naissance)),
        (_("Ville de naissance"), personne.ville_naissance),
        (_("Pays de naissance"), pays.nom_pays(personne.pays_naissance)),
        (_("Nationalité"), pays.nom_pays(personne.nationalite)),
    ]
    return [(libelle, valeur) for libelle, valeur in lignes if valeur]


def naissance_en_mots(texte: str) -> str:
    """« 27/03/1994 », « 03/1994 » or « 1994 » for "YYYY-MM-DD" with unknown parts as 00."""
    annee, mois, jour = texte.split("-")
    return "/".join(partie for partie in (jour, mois, annee) if partie != "00")


def _en_mots(champ: forms.Field, valeur: object) -> str:
    # Not « in »: 0 equals False, and « no children » is an answer.
    if valeur is None or valeur is False or valeur == "":
        return ""
    if valeur is True:
        return _("Oui")
    if isinstance(champ, forms.ChoiceField):
        return str(dict(champ.choices).get(valeur, valeur))
    if isinstance(valeur, date):
        return date_format(valeur, "d/m/Y")
    if isinstance(valeur, str) and len(valeur) == 10 and valeur[4] == valeur[7] == "-":
        return naissance_en_mots(valeur)
    return str(valeur)
