"""Documents: what is accepted, one line of help, and the conditions in words (R-REGLES-8)."""

from demandes.regles.codes import CodePiece, Condition
from demandes.regles.phrases import gettext_noop as _
from demandes.regles.textes.formes import TextePiece

CONDITIONS: dict[Condition, str] = {
    Condition.REUNIFICATION_FAMILIALE: _("Si vous êtes venu en France par la réunification familiale."),
    Condition.MARIE_ET_POLYGAMIE_ADMISE: _("Si vous êtes marié et que votre pays autorise la polygamie."),
    Condition.CONTRAT_DE_TRAVAIL: _("Si le mineur a déjà un contrat ou une promesse d’embauche."),
    Condition.PARENT_TITULAIRE: _("Si le parent qui fait la demande a un titre de séjour."),
    Condition.SANS_CARTE_ANTERIEURE: _("Si vous ne l’avez pas donné pour une carte de séjour précédente."),
}

PIECES: dict[CodePiece, TextePiece] = {
    CodePiece.DECISION_PROTECTION: TextePiece(
        libelle=_("Décision qui accorde la protection"),
        accepte=_("Décision de l’OFPRA ou de la Cour nationale du droit d’asile (CNDA). Toutes les pages."),
        aide=_("Pour un membre de famille, c’est la décision de la personne protégée."),
        source="L.424-1, L.424-9",
    ),
    CodePiece.JUSTIFICATIF_DOMICILE: TextePiece(
        libelle=_("Justificatif de domicile de moins de 6 mois"),
        accepte=_(
            "Facture d’eau, d’énergie, de téléphone fixe ou d’internet, bail, quittance de loyer. "
            "Ou une attestation de domiciliation."
        ),
        aide=_(
            "Si vous êtes hébergé : attestation signée de l’hébergeant, sa pièce d’identité, "
            "son justificatif de domicile."
        ),
        source="R.431-10, R.431-11, annexe 10",
    ),
    CodePiece.CONTRAT_ENGAGEMENT: TextePiece(
        libelle=_("Contrat d’engagement à respecter les principes de la République"),
        accepte=_("Le contrat signé. Un nouveau contrat est demandé à chaque demande."),
        aide=_("Lisez-le dans une langue que vous comprenez, puis signez la version française."),
        source="R.412-1, R.412-2, annexe 12",
    ),
    CodePiece.EPHOTO: TextePiece(
        libelle=_("Code e-photo"),
        accepte=_("Le code de 22 caractères imprimé sur la planche de photos."),
        aide=_("Il vient d’une cabine ou d’un photographe agréé. Il sert une fois et vaut 6 mois."),
        source="R.431-10, annexe 10",
    ),
    CodePiece.ACTE_NAISSANCE: TextePiece(
        libelle=_("Acte de naissance"),
        accepte=_("Copie intégrale, en français ou avec une traduction assermentée."),
        aide=_("Il n’est plus demandé à qui a déjà une carte de séjour."),
        source="R.431-10, annexe 10",
    ),
    CodePiece.PASSEPORT: TextePiece(
        libelle=_("Passeport ou document équivalent"),
        accepte=_(
            "Passeport : pages d’identité, de validité, cachets et visas. "
            "À défaut : attestation consulaire avec photo, carte d’identité ou carte consulaire."
        ),
        aide=_("Un certificat de nationalité avec photo de moins de 6 mois est aussi accepté."),
        source="R.431-10, annexe 10",
    ),
    CodePiece.LIEN_FAMILIAL: TextePiece(
        libelle=_("Preuve du lien de famille"),
        accepte=_(
            "Acte de mariage, livret de famille ou contrat d’union civile. "
            "Acte de naissance, reconnaissance de l’enfant ou décision d’adoption."
        ),
        aide=_("Le document doit montrer le lien avec la personne protégée."),
        source="L.424-3, L.424-11",
    ),
    CodePiece.VISA_LONG_SEJOUR: TextePiece(
        libelle=_("Visa de long séjour"),
        accepte=_("Visa de plus de 3 mois, délivré par le consulat pour la réunification familiale."),
        aide=_("Prenez en photo la page du passeport où se trouve le visa."),
        source="L.561-5",
    ),
    CodePiece.NON_POLYGAMIE: TextePiece(
        libelle=_("Déclaration de non-polygamie"),
        accepte=_("Déclaration sur l’honneur, datée et signée."),
        aide=_("Vous déclarez ne pas vivre en France avec plusieurs époux."),
        source="L.412-6, annexe 10",
    ),
    CodePiece.TITRE_DETENU: TextePiece(
        libelle=_("Titre de séjour détenu"),
        accepte=_("Recto et verso de la carte, même si elle a expiré."),
        aide=_("Gardez l’original : il est rendu à la remise du nouveau titre."),
        source="R.433-1, annexe 10",
    ),
    CodePiece.CONTRAT_TRAVAIL: TextePiece(
        libelle=_("Contrat de travail ou promesse d’embauche"),
        accepte=_("Contrat de travail, contrat d’apprentissage ou promesse d’embauche signée."),
        aide=_("Un contrat qui commence après 18 ans est accepté."),
        source="L.421-35",
    ),
    CodePiece.TITRE_PARENT: TextePiece(
        libelle=_("Titre de séjour du parent qui fait la demande"),
        accepte=_("Recto et verso de la carte, ou attestation de prolongation d’instruction (APD)."),
        aide=_("Si le parent n’a pas de titre, ce document n’est pas demandé."),
        source="FAQ de la procédure",
    ),
}
