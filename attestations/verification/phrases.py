"""The answers of the verification in words: how it is, and what to do."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from attestations.donnees import Droits
from attestations.verification.reponses import Issue, Reponse


class Annonce(NamedTuple):
    """`ton` is the kind of alert: success, warning or error."""

    ton: str
    titre: Promise
    que_faire: Promise


_DEMANDER_L_ORIGINAL = _(
    "Ne vous fiez pas à ce document. Demandez à la personne le PDF d’origine ou un code de partage."
)
ANNONCES = {
    Issue.EN_VIGUEUR: Annonce(
        "success",
        _("Cette attestation est authentique et en vigueur"),
        _("Vérifiez que le document dit la même chose. Comparez le nom avec une pièce d’identité."),
    ),
    Issue.PAS_ENCORE: Annonce(
        "warning",
        _("Cette attestation est authentique, mais pas encore en vigueur"),
        _("Elle donnera ses droits le premier jour indiqué. Avant, demandez le document précédent."),
    ),
    Issue.TERMINEE: Annonce(
        "warning",
        _("Cette attestation est authentique, mais sa validité est terminée"),
        _("Demandez à la personne son attestation suivante ou son titre de séjour."),
    ),
    Issue.REMPLACEE: Annonce(
        "warning",
        _("Cette attestation est authentique, mais elle a été remplacée"),
        _("Un document plus récent existe. Demandez-le à la personne."),
    ),
    Issue.REVOQUEE: Annonce(
        "error",
        _("Cette attestation est authentique, mais elle a été révoquée"),
        _("Elle ne donne plus aucun droit. Demandez à la personne un autre document de séjour."),
    ),
    Issue.CONTREFAITE: Annonce("error", _("Ce document n’est pas authentique"), _DEMANDER_L_ORIGINAL),
    Issue.NON_ENREGISTREE: Annonce(
        "error",
        _("Ce document n’est pas authentique"),
        _(
            "Le code est signé, mais aucune attestation enregistrée ne dit la même chose. Ne vous y fiez pas et "
            "appelez le Centre de contact citoyens."
        ),
    ),
    Issue.ETRANGERE: Annonce(
        "error",
        _("Ce document ne vient pas de ce portail"),
        _("Un autre organisme l’a peut-être délivré : vérifiez-le auprès de lui."),
    ),
    Issue.CERTIFICAT_REFUSE: Annonce(
        "error",
        _("On ne peut pas se fier à la signature de ce document"),
        _("Vérifiez l’attestation par son numéro et la date de naissance, ou demandez un code de partage."),
    ),
    Issue.INTROUVABLE: Annonce(
        "error",
        _("Aucune attestation trouvée"),
        _(
            "Ce que vous avez écrit ne correspond à aucune attestation à montrer. Vérifiez chaque chiffre. "
            "Sinon, demandez à la personne le PDF d’origine ou un nouveau code de partage."
        ),
    ),
}
CONFIRMATION = Annonce(
    "warning",
    _("Cette confirmation de dépôt est authentique"),
    _("Elle prouve seulement le dépôt d’une demande. Demandez aussi le document de séjour de la personne."),
)


def annonce(reponse: Reponse) -> Annonce:
    """The words of an answer; a confirmation in force says at once how little it proves."""
    if reponse.issue is Issue.EN_VIGUEUR and reponse.est_une_confirmation:
        return CONFIRMATION
    return ANNONCES[reponse.issue]


def droits(donnes: Droits) -> list[tuple[Promise, bool, Promise]]:
    """(right, given or not, sentence) for stay, work and borders (R-REGLES-3)."""
    return [
        (
            _("Séjour"),
            donnes.sejour,
            _("Elle prouve que le séjour est régulier.")
            if donnes.sejour
            else _("Elle ne prouve pas que le séjour est régulier."),
        ),
        (
            _("Travail"),
            donnes.travail,
            _("Elle permet de travailler.") if donnes.travail else _("Elle ne permet pas de travailler."),
        ),
        (
            _("Frontières de l’espace Schengen"),
            donnes.schengen,
            _("Elle permet de les franchir sans visa.")
            if donnes.schengen
            else _("Elle ne permet pas de les franchir."),
        ),
    ]
