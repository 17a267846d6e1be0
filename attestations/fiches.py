"""Rights in words: what an attestation allows, for its holder and for an employer, a landlord or a bank.

An attestation is a legal text, in French for ever; its sheet explains it in the language of the reader. It is made
from the frozen data of the attestation alone and names nobody: it explains a document, it proves nothing.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from attestations.donnees import (
    ADF,
    APD,
    CONFIRMATION_DEPOT,
    MENTIONS,
    RECEPISSE,
    RENOUVELLEMENT,
    TITRE,
    VISA,
    DonneesAttestation,
)
from attestations.presentation import INSECABLE, jour, numero_groupe

MODELE = "fiche/v1"
SEJOUR_ET_FIN = "R. 431-15-1"
# CESEDA: the right to work of a protected person from the request on, and of a family member who first applies.
ARTICLES_TRAVAIL = {"R. 431-15-3": "L. 424-2", "R. 431-15-4": "L. 424-10"}
TRAVAIL_FAMILLE = "R. 431-15-2"


class Public(StrEnum):
    """Who reads the sheet."""

    TITULAIRE = "titulaire"
    TIERS = "tiers"


@dataclass(frozen=True)
class Droit:
    """One right: given or not, in a sentence, with its article of CESEDA ("" where no article says it)."""

    nom: str
    donne: bool
    phrase: str
    article: str = ""


@dataclass(frozen=True)
class Partie:
    """A heading and its sentences, one idea each."""

    titre: str
    phrases: tuple[str, ...]


@dataclass(frozen=True)
class Fiche:
    """What both the page and the PDF print, in the language of the reader."""

    titre: str
    document: str
    numero: str
    periode: str
    droits: tuple[Droit, ...]
    parties: tuple[Partie, ...]

    def valeurs(self) -> dict[str, Any]:
        """The context of a template."""
        return {
            "titre": self.titre,
            "document": self.document,
            "numero": self.numero,
            "periode": self.periode,
            "droits": [vars(droit) for droit in self.droits],
            "parties": [{"titre": partie.titre, "phrases": list(partie.phrases)} for partie in self.parties],
        }


def fiche(donnees: DonneesAttestation, public: Public, *, verification: str) -> Fiche:
    """The sheet of one attestation, in the active language; `verification` is the address where it is verified."""
    parties = [*_a_presenter(donnees), _jusqu_a_quand(donnees)]
    if public is Public.TITULAIRE:
        titre = _("Ce que permet votre attestation")
        parties += [_bon_a_savoir(donnees), _en_cas_de_refus(verification)]
    else:
        titre = _("Fiche pour un employeur, un bailleur ou une banque")
        parties += [*_pour_qui(donnees), _comment_verifier(verification)]
    return Fiche(
        titre=titre,
        document=_nom(donnees),
        numero=numero_groupe(donnees.numero),
        periode=_periode(donnees),
        droits=(_sejour(donnees), _travail(donnees), _frontieres(donnees)),
        parties=tuple(parties),
    )


def _jour(valeur: date) -> str:
    """A date in the words of the reader; « 1er » is a French way."""
    if get_language() == "fr":
        return jour(valeur)
    return date_format(valeur, "j F Y").replace(" ", INSECABLE)


def _nom(donnees: DonneesAttestation) -> str:
    return {
        APD: _("Attestation de prolongation d’instruction (APD)"),
        CONFIRMATION_DEPOT: _("Confirmation de dépôt"),
        ADF: _("Attestation de décision favorable"),
    }[donnees.type]


def _periode(donnees: DonneesAttestation) -> str:
    if donnees.type == CONFIRMATION_DEPOT:
        return _("Demande déposée le %(jour)s.") % {"jour": _jour(donnees.debut)}
    if donnees.fin is None:
        return _("Valable à partir du %(debut)s, jusqu’à la remise de la carte.") % {
            "debut": _jour(donnees.debut)
        }
    return _("Valable du %(debut)s au %(fin)s inclus.") % {
        "debut": _jour(donnees.debut),
        "fin": _jour(donnees.fin),
    }


# --- the rights -------------------------------------------------------------------------------------------


def _sejour(donnees: DonneesAttestation) -> Droit:
    nom = _("Vivre en France")
    if not donnees.droits.sejour:
        return Droit(nom, False, _("Ce document ne prouve pas que le séjour est régulier."), SEJOUR_ET_FIN)
    article = SEJOUR_ET_FIN
    if donnees.type == APD:
        article = MENTIONS.get(donnees.mention_legale or "", SEJOUR_ET_FIN)
    if donnees.droits.avec_titre_precedent:
        return Droit(nom, True, _("Le séjour est régulier, si l’autre document est présenté aussi."), article)
    return Droit(nom, True, _("Le séjour est régulier pendant ces dates."), article)


def _travail(donnees: DonneesAttestation) -> Droit:
    nom = _("Travailler")
    if not donnees.droits.travail:
        return Droit(nom, False, _("Ce document ne donne pas le droit de travailler."), SEJOUR_ET_FIN)
    if donnees.nature == RENOUVELLEMENT:
        return Droit(
            nom, True, _("Les droits du titre précédent continuent, dont le travail."), SEJOUR_ET_FIN
        )
    if donnees.type == APD and donnees.mention_legale is None:
        return Droit(nom, True, _("Le travail est autorisé en France métropolitaine."), TRAVAIL_FAMILLE)
    article = ARTICLES_TRAVAIL.get(MENTIONS.get(donnees.mention_legale or "", ""), SEJOUR_ET_FIN)
    return Droit(nom, True, _("Le travail est autorisé."), article)


def _frontieres(donnees: DonneesAttestation) -> Droit:
    nom = _("Voyager dans l’espace Schengen")
    if donnees.droits.schengen:
        return Droit(nom, True, _("Passage des frontières sans visa, avec le titre de séjour précédent."))
    return Droit(nom, False, _("Ce document ne permet pas de passer les frontières."))


# --- the rest ---------------------------------------------------------------------------------------------


def _a_presenter(donnees: DonneesAttestation) -> list[Partie]:
    document = donnees.titre_precedent
    if document is None or not donnees.droits.avec_titre_precedent:
        return []
    nom = {
        TITRE: pgettext("document", "Le titre de séjour précédent"),
        VISA: pgettext("document", "Le visa"),
        RECEPISSE: pgettext("document", "Le récépissé"),
    }[document.nature]
    return [
        Partie(
            _("À présenter avec l’attestation"),
            (
                _("%(document)s n° %(numero)s, valable du %(debut)s au %(fin)s, même expiré.")
                % {
                    "document": nom,
                    "numero": document.numero,
                    "debut": _jour(document.debut),
                    "fin": _jour(document.fin),
                },
                _("Sans ce document, l’attestation ne prouve aucun droit."),
            ),
        )
    ]


def _jusqu_a_quand(donnees: DonneesAttestation) -> Partie:
    if donnees.type == CONFIRMATION_DEPOT:
        phrases: tuple[str, ...] = (
            _("Ce document prouve le dépôt. Il n’a pas de date de fin."),
            _("Un document de séjour déjà détenu garde ses droits jusqu’à sa propre date de fin."),
        )
    elif donnees.fin is None:
        phrases = (_("Cette attestation vaut jusqu’au jour où la carte est remise à la préfecture."),)
    else:
        phrases = (
            _("Cette attestation vaut jusqu’au %(fin)s inclus.") % {"fin": _jour(donnees.fin)},
            _("Tant que la préfecture n’a pas décidé, une autre attestation suit, sans jour manquant."),
            _("Une décision, un retrait ou un classement de la demande peut y mettre fin avant."),
        )
    return Partie(_("Jusqu’à quand ?"), phrases)


def _bon_a_savoir(donnees: DonneesAttestation) -> Partie:
    if donnees.type == CONFIRMATION_DEPOT:
        phrases: tuple[str, ...] = (
            _("Gardez ce document : il prouve le jour et l’heure de votre dépôt."),
            _("Votre visa, votre récépissé ou votre titre va finir ? Une APD suit, dans votre compte."),
        )
    else:
        phrases = (
            _("Ce n’est pas un titre de séjour. Présentez l’attestation entière, imprimée ou sur un écran."),
            _("Gardez aussi les attestations finies : elles prouvent les jours passés."),
        )
        if donnees.type == APD:
            phrases += (
                _("La suivante part environ quinze jours avant la fin. Vous n’avez rien à demander."),
            )
    return Partie(_("Bon à savoir"), phrases)


def _en_cas_de_refus(verification: str) -> Partie:
    return Partie(
        _("Quelqu’un refuse l’attestation ?"),
        (
            _("Donnez-lui la fiche pour un employeur, un bailleur ou une banque."),
            _("Il peut vérifier lui-même l’attestation à cette adresse : %(adresse)s")
            % {"adresse": verification},
        ),
    )


def _pour_qui(donnees: DonneesAttestation) -> list[Partie]:
    if donnees.type == CONFIRMATION_DEPOT:
        return [
            Partie(
                _("Ce que vous pouvez faire"),
                (
                    _("Demandez à la personne son document de séjour : c’est lui qui dit ses droits."),
                    _("Cette confirmation prouve seulement qu’une demande est déposée."),
                ),
            )
        ]
    return [
        Partie(
            _("Ce que vous pouvez faire"),
            (
                _("Employeur : pendant ces dates, la personne a le droit de travailler."),
                _("Bailleur ou banque : pendant ces dates, le séjour de la personne est régulier."),
                _("L’attestation est un fichier PDF. Imprimée, elle dit la même chose."),
            ),
        )
    ]


def _comment_verifier(verification: str) -> Partie:
    return Partie(
        _("Comment vérifier"),
        (
            _("Ouvrez cette adresse : %(adresse)s") % {"adresse": verification},
            _(
                "Envoyez le fichier PDF ou une photo du code carré, ou écrivez le numéro et la date de naissance."
            ),
            _("La page dit si l’attestation est authentique, si elle est en vigueur, et ses droits."),
            _("Comparez le nom et les dates avec ceux que la personne vous montre."),
        ),
    )
