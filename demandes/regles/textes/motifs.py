"""Why a request is not possible here, and what to do instead (R-REGLES-4)."""

from demandes.regles.codes import CodeMotif
from demandes.regles.phrases import gettext_noop as _
from demandes.regles.textes.formes import Texte

MOTIFS: dict[str, Texte] = {
    CodeMotif.APATRIDE: Texte(
        fait=_("Statut : apatride, ou membre de la famille d’une personne apatride."),
        regle=_("Les personnes apatrides et leur famille demandent leur titre en préfecture."),
        phrase=_("Cette demande ne peut pas être faite ici."),
        que_faire=_("Allez à la préfecture de votre département avec votre décision de l’OFPRA."),
        source="L.424-18, L.424-19 ; FAQ de la procédure",
    ),
    CodeMotif.STATUT_HORS_CHAMP: Texte(
        fait=_("Ni statut de protection, ni lien de famille avec une personne protégée."),
        regle=_(
            "Ce portail sert les réfugiés, les bénéficiaires de la protection subsidiaire et leur famille."
        ),
        phrase=_("Ce portail ne correspond pas à votre situation."),
        que_faire=_(
            "D’autres démarches existent pour les autres titres de séjour. "
            "Le Centre de Contact Citoyens vous oriente au 0 806 001 620."
        ),
        source="L.424-1, L.424-3, L.424-9, L.424-11 ; FAQ de la procédure",
    ),
    CodeMotif.SANS_NUMERO: Texte(
        fait=_("Ni numéro étranger, ni numéro de visa."),
        regle=_("Sans l’un de ces numéros, l’administration ne peut pas retrouver votre dossier."),
        phrase=_("La demande ne peut pas commencer en ligne."),
        que_faire=_(
            "Cherchez le numéro étranger sur l’attestation de demande d’asile (ATDA), le titre ou le DCEM. "
            "Si vous n’en avez pas, allez à la préfecture de votre département."
        ),
        source="FAQ de la procédure",
    ),
    CodeMotif.RECEPISSE_EN_COURS: Texte(
        fait=_("Récépissé détenu : « {recepisse} »."),
        regle=_("Ce récépissé prouve qu’une demande a déjà été déposée en préfecture."),
        phrase=_("La préfecture examine déjà votre demande."),
        que_faire=_("Ne déposez pas de nouvelle demande. Attendez la réponse de la préfecture."),
        source="FAQ de la procédure",
    ),
    CodeMotif.MINEUR_MOINS_DE_16_ANS: Texte(
        fait=_("Date de naissance : {naissance}. L’âge de {age_travail} ans n’est pas atteint."),
        regle=_("Avant {age_travail} ans, aucun titre de séjour n’est nécessaire."),
        phrase=_("Aucun titre n’est à demander pour l’instant."),
        que_faire=_(
            "Pour voyager, demandez un document de circulation pour étranger mineur (DCEM) "
            "ou un titre de voyage."
        ),
        source="L.411-1, L.421-35, L.414-4",
    ),
    CodeMotif.MINEUR_SANS_ACTIVITE: Texte(
        fait=_("Date de naissance : {naissance}. Âge : {age} ans. Pas de souhait de travailler."),
        regle=_(
            "Entre {age_travail} et {majorite} ans, un titre est délivré seulement pour exercer "
            "une activité professionnelle."
        ),
        phrase=_("Aucun titre n’est nécessaire avant {majorite} ans."),
        que_faire=_(
            "Si un travail est envisagé, indiquez-le dans la demande. "
            "Sinon, faites la demande à partir de {majorite} ans."
        ),
        source="L.421-35, L.411-1",
    ),
    CodeMotif.RENOUVELLEMENT_SANS_TITRE: Texte(
        fait=_("Demande de renouvellement. Aucun titre détenu."),
        regle=_("On renouvelle un titre que l’on a déjà."),
        phrase=_("Il n’y a pas de titre à renouveler."),
        que_faire=_("Faites une première demande de titre de séjour."),
        source="R.433-1",
    ),
    CodeMotif.RENOUVELLEMENT_TROP_TOT: Texte(
        fait=_("Le titre est valable jusqu’au {fin}. Nous sommes le {jour}."),
        regle=_("Le renouvellement se demande à partir de {mois_avant} mois avant la fin du titre."),
        phrase=_("Il est trop tôt pour demander le renouvellement."),
        que_faire=_(
            "Revenez à partir du {ouverture}. Vous pouvez demander un rappel par e-mail pour ce jour-là."
        ),
        source="FAQ de la procédure",
    ),
    CodeMotif.RENOUVELLEMENT_TROP_TARD: Texte(
        fait=_("Le titre a pris fin le {fin}. Nous sommes le {jour}."),
        regle=_("Le renouvellement se demande au plus tard {mois_apres} mois après la fin du titre."),
        phrase=_("Le délai pour renouveler en ligne s’est terminé le {fermeture}."),
        que_faire=_("Allez à la préfecture de votre département : elle vous dira comment régulariser."),
        source="FAQ de la procédure ; R.431-8",
    ),
    CodeMotif.DEMANDE_EN_COURS: Texte(
        fait=_("Une demande est déjà ouverte pour la même personne."),
        regle=_("Une personne ne peut avoir qu’une demande de titre à la fois."),
        phrase=_("Une nouvelle demande ne peut pas être déposée maintenant."),
        que_faire=_("Suivez la demande ouverte dans votre compte."),
        source=_("Règle du portail"),
    ),
}
