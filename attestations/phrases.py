"""A verdict on a 2D-Doc in sentences, for the command line and for pages."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attestations.deuxddoc.certificats import EtatCertificat
from attestations.deuxddoc.message import Defaut
from attestations.deuxddoc.verification import Anomalie, EtatSignature, Verdict
from attestations.lecture import Motif

SIGNATURES = {
    EtatSignature.VALIDE: gettext_lazy("La signature est valide."),
    EtatSignature.INVALIDE: gettext_lazy("La signature n’est pas valide : le code a été modifié ou inventé."),
    EtatSignature.NON_VERIFIEE: gettext_lazy("La signature n’a pas pu être vérifiée."),
}
CERTIFICATS = {
    EtatCertificat.EN_VIGUEUR: gettext_lazy(
        "Le certificat est connu et était en vigueur à la date de signature."
    ),
    EtatCertificat.INCONNU: gettext_lazy("Le certificat n’est pas connu."),
    EtatCertificat.PAS_ENCORE_VALIDE: gettext_lazy(
        "Le certificat n’était pas encore valable à la date de signature."
    ),
    EtatCertificat.EXPIRE: gettext_lazy("Le certificat avait expiré à la date de signature."),
    EtatCertificat.REVOQUE: gettext_lazy("Le certificat est révoqué."),
}
DEFAUTS = {
    Defaut.ALPHABET: gettext_lazy("Le code contient des caractères interdits."),
    Defaut.TROP_LONG: gettext_lazy("Le code est trop long."),
    Defaut.ENTETE: gettext_lazy("L’en-tête n’est pas celui d’un 2D-Doc."),
    Defaut.TYPE_DOCUMENT: gettext_lazy("Ce 2D-Doc n’est pas celui d’un document étranger (type 13)."),
    Defaut.CHAMP_INCONNU: gettext_lazy("Un champ est inconnu."),
    Defaut.CHAMP_REPETE: gettext_lazy("Un champ est répété."),
    Defaut.CHAMP_MANQUANT: gettext_lazy("Un champ obligatoire manque."),
    Defaut.VALEUR: gettext_lazy("La valeur d’un champ n’a pas la forme attendue."),
    Defaut.SIGNATURE: gettext_lazy("La signature manque ou n’a pas la forme attendue."),
    Defaut.SIGNE_DANS_LE_FUTUR: gettext_lazy("La date de signature est dans le futur."),
}
MOTIFS = {
    Motif.VIDE: gettext_lazy("Le fichier est vide. Choisissez un autre fichier."),
    Motif.TROP_GROS: gettext_lazy("Le fichier dépasse 15 Mo. Envoyez seulement la page qui porte le code."),
    Motif.TYPE_INCONNU: gettext_lazy("Ce fichier n’est ni un PDF ni une photo (JPEG, PNG, WebP, HEIC)."),
    Motif.ILLISIBLE: gettext_lazy(
        "Le fichier est abîmé. Reprenez le document d’origine ou une nouvelle photo."
    ),
    Motif.PDF_PROTEGE: gettext_lazy(
        "Le PDF est protégé par un mot de passe. Retirez-le, ou photographiez le code."
    ),
    Motif.TROP_DE_PIXELS: gettext_lazy("L’image est trop grande. Photographiez seulement le code."),
    Motif.TROP_DE_PAGES: gettext_lazy(
        "Aucun code dans les 30 premières pages. Envoyez seulement la page qui porte le code."
    ),
    Motif.TROP_COMPLEXE: gettext_lazy("La lecture a pris trop de temps. Photographiez seulement le code."),
}
AUCUN_CODE = gettext_lazy(
    "Aucun 2D-Doc n’a été trouvé. Photographiez le code de près, à plat, sans reflet, puis réessayez."
)


def phrases(verdict: Verdict) -> list[str]:
    """Why the code may be believed or not, one sentence a reason."""
    lignes = [str(DEFAUTS[a.defaut]) + _champ(a) for a in verdict.anomalies]
    if verdict.entete is not None:
        lignes += [str(SIGNATURES[verdict.signature]), str(CERTIFICATS[verdict.etat_certificat])]
    return lignes


def conclusion(verdict: Verdict) -> str:
    """« Authentique » or not; a document signed by an authority of test is worth nothing, and that is said."""
    if not verdict.authentique:
        return _("Ce code n’est pas authentique.")
    if verdict.entete is not None and verdict.entete.de_test:
        return _(
            "Ce code est authentique, mais signé par une autorité de test : le document est sans valeur."
        )
    return _("Ce code est authentique.")


def _champ(anomalie: Anomalie) -> str:
    return f" ({anomalie.identifiant})" if anomalie.identifiant else ""
