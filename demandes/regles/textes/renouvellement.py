"""What is told about a renewal and blocks nothing (R-REGLES-5)."""

from demandes.regles.phrases import gettext_noop as _
from demandes.regles.textes.formes import Texte

INFORMATIONS: dict[str, Texte] = {
    "FENETRE": Texte(
        fait=_("Le titre est valable jusqu’au {fin}."),
        regle=_(
            "Le portail est ouvert de {mois_avant} mois avant la fin du titre à {mois_apres} mois après."
        ),
        phrase=_("La demande de renouvellement est possible du {ouverture} au {fermeture}."),
        que_faire=_("Déposez votre demande entre ces deux dates."),
        source="FAQ de la procédure",
    ),
    "FENETRE_LEGALE": Texte(
        fait=_("Le titre est valable jusqu’au {fin}."),
        regle=_("La loi prévoit de déposer entre {jours_debut} et {jours_fin} jours avant la fin du titre."),
        phrase=_("Le délai prévu par la loi va du {ouverture_legale} au {fermeture_legale}."),
        que_faire=_("Dès que le portail est ouvert, ne tardez pas : un dépôt tardif peut coûter plus cher."),
        source="R.431-5 1°",
    ),
    "MAJORATION_RETARD": Texte(
        fait=_("La demande arrive après le {fermeture_legale}."),
        regle=_("Un renouvellement demandé trop tard peut coûter {majoration} € de plus."),
        phrase=_("La préfecture vous dira si cette somme est due."),
        que_faire=_("Si un cas de force majeure explique le retard, dites-le dans les observations."),
        source="L.436-5",
    ),
    "EFFETS_PROLONGES": Texte(
        fait=_("Titre détenu : {type_titre}, valable jusqu’au {fin}."),
        regle=_("Si vous demandez son renouvellement, ce titre garde ses effets {mois_effets} mois de plus."),
        phrase=_("Séjour, travail et droits sociaux : maintien jusqu’au {fin_des_effets}."),
        que_faire=_("Gardez ce titre avec vous : vous le rendrez en recevant le nouveau."),
        source="L.433-3",
    ),
    "QUATRE_ANS_DE_RESIDENCE": Texte(
        fait=_("Résidence régulière depuis le {residence}."),
        regle=_("Après quatre ans de résidence régulière, on n’attend pas la fin du titre pour demander."),
        phrase=_("La carte de résident peut être demandée dès maintenant."),
        que_faire=_("Vous pouvez déposer avant le {ouverture}."),
        source="R.431-6, L.424-13",
    ),
}
