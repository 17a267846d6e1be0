"""A photo: upright, without its metadata, of a reasonable size, as JPEG."""

from pathlib import Path

from PIL import Image

from demandes.normalisation.detection import Genre
from demandes.normalisation.limites import COTE_APERCU, COTE_MAX, PIXELS_MAX, QUALITE_APERCU, QUALITE_JPEG
from demandes.normalisation.motifs import Motif, Refuse

# MPO: a JPEG followed by other views of the scene (most recent phones); the first is the photo.
_FORMATS = {
    Genre.JPEG: ("JPEG", "MPO"),
    Genre.PNG: ("PNG",),
    Genre.WEBP: ("WEBP",),
    Genre.HEIC: ("HEIF",),
}


def normaliser_image(source: Path, genre: Genre, contenu: Path, apercu: Path) -> None:
    """Write the cleaned photo to `contenu` and its preview to `apercu`, both JPEG without any metadata.

    Nothing is decoded before the dimensions in the header are found acceptable. Raises `Refuse`.
    """
    # Our own limit, below, refuses at a known size with a sentence instead of a warning.
    Image.MAX_IMAGE_PIXELS = None
    if genre is Genre.HEIC:
        _ouvrir_heic()
    try:
        with Image.open(source, formats=_FORMATS[genre]) as image:
            _verifier_entete(image, genre)
            propre = _redresser(image)
        propre.save(contenu, "JPEG", quality=QUALITE_JPEG, optimize=True, progressive=True)
        ecrire_apercu(propre, apercu)
    except MemoryError as erreur:
        raise Refuse(Motif.TROP_DE_PIXELS) from erreur
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, RuntimeError) as erreur:
        # What Pillow and its plugins raise on damaged data.
        raise Refuse(Motif.ILLISIBLE) from erreur


def ecrire_apercu(image: Image.Image, apercu: Path) -> None:
    """Write a small JPEG copy of `image` (RGB)."""
    petite = image.copy()
    petite.thumbnail((COTE_APERCU, COTE_APERCU))
    petite.save(apercu, "JPEG", quality=QUALITE_APERCU)


def _ouvrir_heic() -> None:
    import pillow_heif

    pillow_heif.options.THUMBNAILS = False
    pillow_heif.options.DEPTH_IMAGES = False
    pillow_heif.options.AUX_IMAGES = False
    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener()


def _verifier_entete(image: Image.Image, genre: Genre) -> None:
    if image.width * image.height > PIXELS_MAX:
        raise Refuse(Motif.TROP_DE_PIXELS)
    # A JPEG or HEIC of several views has one main photo; a PNG or WebP of several frames moves.
    if genre in (Genre.PNG, Genre.WEBP) and getattr(image, "n_frames", 1) > 1:
        raise Refuse(Motif.IMAGE_ANIMEE)


def _redresser(image: Image.Image) -> Image.Image:
    """An upright RGB copy on white, its longest side at most `COTE_MAX`, with no metadata attached."""
    if image.mode == "P" or (image.mode in ("L", "RGB", "1") and "transparency" in image.info):
        reduite = image.convert("RGBA")
    elif image.mode.startswith(("I", "F")):
        # 16 bits a point: convert() would clip to white instead of scaling.
        reduite = image.convert("I").point(lambda valeur: valeur / 256).convert("L")
        reduite.info.update(image.info)
    else:
        reduite = image
    exif = image.getexif()
    # Reduced while still turned: it is the cheaper order. JPEG decodes directly at a smaller scale here.
    reduite.thumbnail((COTE_MAX, COTE_MAX), Image.Resampling.LANCZOS, reducing_gap=3.0)
    droite = _tourner(reduite, exif.get(0x0112, 1))
    # A new image: what Pillow carries in `info` (comment, profile, XMP) would be written again.
    propre = Image.new("RGB", droite.size, "white")
    if droite.mode in ("RGBA", "LA", "PA", "La", "RGBa"):
        droite = droite.convert("RGBA")
        propre.paste(droite, mask=droite.getchannel("A"))
    else:
        propre.paste(droite.convert("RGB"))
    return propre


def _tourner(image: Image.Image, orientation: int) -> Image.Image:
    """Apply EXIF tag 0x0112 (CIPA DC-008)."""
    geste = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }.get(orientation)
    return image.transpose(geste) if geste is not None else image
