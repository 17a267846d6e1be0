"""Attestations, why each is issued, and the rights they carry (R-REGLES-3)."""

from demandes.regles.codes import TypeAttestation
from demandes.regles.phrases import gettext_noop as _
from demandes.regles.textes.formes import TexteLigne, TexteResultat

ATTESTATIONS: dict[TypeAttestation, TexteResultat] = {
    TypeAttestation.APD: TexteResultat(
        nom=_("attestation de prolongation d’instruction (APD)"),
        phrase=_(
            "Dès le dépôt, une attestation de prolongation d’instruction (APD) est délivrée. "
            "Elle est valable {duree_apd} mois."
        ),
        explication=_("Elle est renouvelée tant que la préfecture n’a pas décidé."),
    ),
    TypeAttestation.CONFIRMATION_DEPOT: TexteResultat(
        nom=_("confirmation de dépôt"),
        phrase=_("Dès le dépôt, une confirmation de dépôt est délivrée."),
        explication=_(
            "Elle prouve le dépôt. Elle n’autorise ni le séjour ni le travail. "
            "Une attestation de prolongation suit si l’examen dépasse la validité du document détenu."
        ),
    ),
}

# Keyed by the word of the person, as ``constats.Qui`` spells it.
LIGNES_ATTESTATION: dict[str, TexteLigne] = {
    "refugie": TexteLigne(
        fait=_("Statut : réfugié."),
        regle=_("La personne reconnue réfugiée peut vivre et travailler en France dès sa demande."),
        source="R.431-15-3, L.424-2",
    ),
    "protection_subsidiaire": TexteLigne(
        fait=_("Statut : protection subsidiaire."),
        regle=_("La personne sous protection subsidiaire peut vivre et travailler en France dès sa demande."),
        source="R.431-15-4, L.424-10",
    ),
    "famille_refugie": TexteLigne(
        fait=_("Lien avec une personne réfugiée : {lien}."),
        regle=_("Un membre de famille reçoit d’abord la preuve de son dépôt."),
        source="R.431-15-1",
    ),
    "famille_protection_subsidiaire": TexteLigne(
        fait=_("Lien avec une personne sous protection subsidiaire : {lien}."),
        regle=_("Un membre de famille reçoit d’abord la preuve de son dépôt."),
        source="R.431-15-1",
    ),
}

# Each right of ``attestations.Droits``: the sentence when it is given, and when it is not.
DROITS: dict[str, dict[bool, str]] = {
    "sejour": {
        True: _("Ce document prouve que le séjour en France est régulier."),
        False: _("Ce document ne prouve pas que le séjour en France est régulier."),
    },
    "travail": {
        True: _("Ce document autorise à travailler."),
        False: _("Ce document n’autorise pas à travailler."),
    },
    "schengen": {
        True: _("Ce document permet de franchir les frontières de l’espace Schengen sans visa."),
        False: _("Ce document ne permet pas de franchir les frontières de l’espace Schengen."),
    },
    "avec_titre_precedent": {
        True: _("Ce document n’est valable qu’avec le titre précédent, même expiré."),
        False: _("Ce document est valable seul."),
    },
}
