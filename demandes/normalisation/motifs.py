"""Why a file is refused: each code and the French sentence that says what to do."""

from enum import StrEnum


class Motif(StrEnum):
    VIDE = "vide"
    TROP_GROS = "trop_gros"
    TYPE_INCONNU = "type_inconnu"
    ILLISIBLE = "illisible"
    IMAGE_ANIMEE = "image_animee"
    TROP_DE_PIXELS = "trop_de_pixels"
    PDF_PROTEGE = "pdf_protege"
    PDF_ACTIF = "pdf_actif"
    TROP_DE_PAGES = "trop_de_pages"
    TROP_COMPLEXE = "trop_complexe"


class Refuse(Exception):
    """The file cannot be accepted; `motif` says why."""

    def __init__(self, motif: Motif) -> None:
        super().__init__(motif.value)
        self.motif = motif


def gettext_noop(texte: str) -> str:
    """Mark a text for the translators and leave it as it is: this package knows no gettext."""
    return texte


_ = gettext_noop

PHRASES: dict[Motif, str] = {
    Motif.VIDE: _(
        "Ce fichier est vide. Ouvrez-le sur votre appareil pour vérifier, puis envoyez-le de nouveau."
    ),
    Motif.TROP_GROS: _(
        "Ce fichier dépasse 15 Mo. Prenez une photo moins lourde, ou envoyez les pages en plusieurs fichiers."
    ),
    Motif.TYPE_INCONNU: _(
        "Ce type de fichier n’est pas accepté. Envoyez une photo (JPEG, PNG, WebP, HEIC) ou un PDF. "
        "Un document Word s’enregistre en PDF."
    ),
    Motif.ILLISIBLE: _(
        "Ce fichier est abîmé : nous ne pouvons pas l’ouvrir. Reprenez la photo, ou téléchargez de nouveau le document."
    ),
    Motif.IMAGE_ANIMEE: _("Cette image est animée. Envoyez une photo fixe du document."),
    Motif.TROP_DE_PIXELS: _(
        "Cette image a trop de points pour être ouverte. Reprenez la photo avec l’appareil réglé en qualité normale."
    ),
    Motif.PDF_PROTEGE: _(
        "Ce PDF est protégé par un mot de passe. Ouvrez-le, imprimez-le en PDF sans mot de passe. "
        "Puis envoyez la copie. Vous pouvez aussi photographier les pages."
    ),
    Motif.PDF_ACTIF: _(
        "Ce PDF contient un programme ou un fichier joint. Ouvrez-le, imprimez-le en PDF, puis envoyez la copie. "
        "Vous pouvez aussi photographier les pages."
    ),
    Motif.TROP_DE_PAGES: _(
        "Ce PDF a plus de 50 pages. Envoyez seulement les pages utiles, ou partagez-le en plusieurs fichiers."
    ),
    Motif.TROP_COMPLEXE: _(
        "Ce PDF est trop lourd à ouvrir. Imprimez-le en PDF et envoyez la copie, ou photographiez les pages."
    ),
}
