"""What deserves attention without blocking anything (R-REGLES-7)."""

from demandes.regles.codes import CodeAlerte
from demandes.regles.phrases import gettext_noop as _
from demandes.regles.textes.formes import Texte

ALERTES: dict[str, Texte] = {
    CodeAlerte.ENFANT_PLUS_DE_19_ANS: Texte(
        fait=_("Enfant d’une personne protégée. Naissance : {naissance}. Âge : {age} ans."),
        regle=_("Un enfant demande son premier titre avant son {age_limite}e anniversaire."),
        phrase=_("Cette première demande arrive après le délai prévu."),
        que_faire=_("Expliquez pourquoi dans les observations. La préfecture examinera la demande."),
        source="R.431-5 2°",
    ),
    CodeAlerte.ASCENDANT_PROTEGE_MAJEUR: Texte(
        fait=_("Personne protégée née le {naissance_protege}. Son âge : {age_protege} ans."),
        regle=_("Ce titre est prévu pour les parents d’un mineur protégé qui n’est pas marié."),
        phrase=_("La personne protégée est majeure : le droit au titre n’est pas certain."),
        que_faire=_("Vous pouvez déposer. La préfecture vérifiera si une autre règle s’applique."),
        source="L.424-3 4°, L.424-11 4°",
    ),
    CodeAlerte.MARIAGE_MOINS_D_UN_AN: Texte(
        fait=_("Mariage le {mariage}, après la demande d’asile du {asile}."),
        regle=_("Un mariage célébré après la demande d’asile doit avoir au moins {mariage_mois} mois."),
        phrase=_("Le mariage n’a pas encore l’ancienneté demandée."),
        que_faire=_("Il l’aura le {mariage_ancien}. Vous pouvez déposer maintenant ou attendre ce jour."),
        source="L.424-3 2°, L.424-11 2°",
    ),
    CodeAlerte.HORS_DELAI_LEGAL: Texte(
        fait=_("Dernier jour de validité du titre : {fin}. Nous sommes le {jour}."),
        regle=_("La loi demande de déposer au plus tard {jours_fin} jours avant la fin du titre."),
        phrase=_("Le délai prévu par la loi s’est terminé le {fermeture_legale}."),
        que_faire=_(
            "Déposez le plus vite possible. Un droit de régularisation de {majoration} € peut être demandé."
        ),
        source="R.431-5 1°, L.436-5",
    ),
    CodeAlerte.NAISSANCE_APPROXIMATIVE: Texte(
        fait=_("Date de naissance incomplète : {naissance}."),
        regle=_("Un jour ou un mois inconnu est compté comme le plus tôt possible."),
        phrase=_("L’âge est calculé à partir du {naissance_comptee}."),
        que_faire=_("Rien à faire si cette date est celle de vos documents."),
        source=_("Règle du portail"),
    ),
}
