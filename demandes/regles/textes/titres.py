"""Permits, the reasons of each row of the table of permits, and the legal grounds (R-REGLES-2)."""

from demandes.regles.codes import CodeTitre
from demandes.regles.phrases import gettext_noop as _
from demandes.regles.textes.formes import TexteLigne, TexteResultat

TITRES: dict[CodeTitre, TexteResultat] = {
    CodeTitre.CR10: TexteResultat(
        nom=_("carte de résident de 10 ans"),
        phrase=_("Le titre demandé est une carte de résident, valable 10 ans."),
        explication=_("Elle permet de vivre et de travailler en France."),
    ),
    CodeTitre.CSP4_BPS: TexteResultat(
        nom=_("carte de séjour pluriannuelle de 4 ans"),
        phrase=_("Le titre demandé est une carte de séjour pluriannuelle, valable 4 ans."),
        explication=_("Elle porte la mention « bénéficiaire de la protection subsidiaire »."),
    ),
    CodeTitre.CST1: TexteResultat(
        nom=_("carte de séjour temporaire d’un an"),
        phrase=_("Le titre demandé est une carte de séjour temporaire, valable 1 an."),
        explication=_("Elle permet de travailler dès 16 ans. Elle reste valable après 18 ans."),
    ),
    CodeTitre.CSP4_FAMILLE_BPS: TexteResultat(
        nom=_("carte de séjour pluriannuelle de 4 ans, famille"),
        phrase=_("Le titre demandé est une carte de séjour pluriannuelle, valable 4 ans."),
        explication=_(
            "Elle porte la mention « membre de la famille d’un bénéficiaire de la protection subsidiaire »."
        ),
    ),
    CodeTitre.CR10_FAMILLE_BPS: TexteResultat(
        nom=_("carte de résident de 10 ans, famille"),
        phrase=_("Le titre demandé est une carte de résident, valable 10 ans."),
        explication=_(
            "Elle porte la mention « membre de la famille d’un bénéficiaire de la protection subsidiaire »."
        ),
    ),
}

LIGNES_TITRE: dict[str, TexteLigne] = {
    "refugie": TexteLigne(
        fait=_("Statut : réfugié. Personne majeure."),
        regle=_("La personne reconnue réfugiée reçoit une carte de résident."),
        source="L.424-1",
    ),
    "refugie_mineur": TexteLigne(
        fait=_("Statut : réfugié. Âge : {age} ans, souhaite travailler."),
        regle=_("Entre {age_travail} et {majorite} ans, le réfugié qui veut travailler reçoit cette carte."),
        source="L.424-1, L.421-35",
    ),
    "protection_subsidiaire": TexteLigne(
        fait=_("Statut : protection subsidiaire. Personne majeure."),
        regle=_("La personne qui a la protection subsidiaire reçoit une carte de séjour pluriannuelle."),
        source="L.424-9",
    ),
    "protection_subsidiaire_quatre_ans": TexteLigne(
        fait=_("Protection subsidiaire, carte pluriannuelle. Résidence régulière depuis le {residence}."),
        regle=_("Après quatre ans de résidence régulière avec cette carte, on reçoit une carte de résident."),
        source="L.424-13",
    ),
    "protection_subsidiaire_mineur": TexteLigne(
        fait=_("Statut : protection subsidiaire. Âge : {age} ans, souhaite travailler."),
        regle=_("Entre {age_travail} et {majorite} ans, cette carte temporaire permet de travailler."),
        source="L.421-35",
    ),
    "famille_refugie": TexteLigne(
        fait=_("Lien avec une personne réfugiée : {lien}."),
        regle=_("La famille d’une personne réfugiée reçoit une carte de résident."),
        source="L.424-3",
    ),
    "famille_protection_subsidiaire_cst": TexteLigne(
        fait=_("Enfant d’une personne sous protection subsidiaire. Âge : {age} ans, souhaite travailler."),
        regle=_("Entre {age_travail} et {majorite} ans, cette carte temporaire permet de travailler."),
        source="L.421-35",
    ),
    "famille_protection_subsidiaire": TexteLigne(
        fait=_(
            "Lien avec une personne sous protection subsidiaire : {lien}. Quatre ans de résidence non établis."
        ),
        regle=_("La famille d’une personne sous protection subsidiaire reçoit une carte pluriannuelle."),
        source="L.424-11",
    ),
    "famille_protection_subsidiaire_quatre_ans": TexteLigne(
        fait=_("Famille de protégé subsidiaire : {lien}. Séjour régulier depuis le {residence}."),
        regle=_("Après quatre ans de résidence régulière, la famille reçoit une carte de résident."),
        source="L.424-13",
    ),
}

# Said beside the row of a minor that does not speak of age.
TITRE_DU_MINEUR = TexteLigne(
    fait=_("Âge : {age} ans, souhaite travailler."),
    regle=_("Entre {age_travail} et {majorite} ans, il faut un titre seulement pour travailler."),
    source="L.421-35",
)

FONDEMENTS: dict[str, str] = {
    "L.421-35": _("Le mineur de 16 à 18 ans qui veut travailler peut recevoir un titre de séjour."),
    "L.424-1": _("La personne reconnue réfugiée reçoit une carte de résident de dix ans."),
    "L.424-3": _("La famille de la personne réfugiée reçoit une carte de résident de dix ans."),
    "L.424-9": _("La personne sous protection subsidiaire reçoit une carte pluriannuelle de quatre ans."),
    "L.424-11": _("La famille de la personne sous protection subsidiaire reçoit une carte pluriannuelle."),
    "L.424-13": _("Quatre ans de résidence régulière ouvrent droit à la carte de résident de dix ans."),
}
