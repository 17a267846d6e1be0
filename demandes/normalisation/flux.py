"""Decompression bombs in a PDF: every compressed part is measured without being kept."""

import zlib

from pikepdf import Array, Name, Object, Pdf, Stream

from demandes.normalisation.limites import FLUX_MAX, FLUX_TOTAL_MAX
from demandes.normalisation.motifs import Motif, Refuse

_DEFLATE = frozenset({"/FlateDecode", "/Fl"})
_GONFLENT = _DEFLATE | {"/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}
_PAS = 1 << 20
# The worst that LZW of 12 bits can do: a code of 1.5 byte stands for at most 4,096 bytes.
_GAIN_LZW = 2731


def verifier_flux(pdf: Pdf) -> None:
    """Raise `Refuse` when the streams of `pdf` grow beyond the limits, one or all together."""
    total = 0
    for objet in pdf.objects:
        if isinstance(objet, Stream):
            total += _taille_depliee(objet, min(FLUX_MAX, FLUX_TOTAL_MAX - total))


def _taille_depliee(flux: Object, permis: int) -> int:
    """Bytes of the stream once its compressions are undone. Raises `Refuse` beyond `permis`."""
    filtres = _filtres(flux)
    compressions = [filtre for filtre in filtres if filtre in _GONFLENT]
    # Honest programs compress once; twice is how a bomb of 15 MB becomes terabytes.
    if len(compressions) > 1:
        raise Refuse(Motif.TROP_COMPLEXE)
    brut = flux.read_raw_bytes()
    if not compressions:
        return len(brut)
    if filtres[0] in _DEFLATE:
        return _taille_deflate(brut, permis)
    # Rare (ASCII85 before the compression, LZW of the nineties): let qpdf decode, within its own limits.
    if len(brut) * _GAIN_LZW > permis and len(flux.read_bytes()) > permis:
        raise Refuse(Motif.TROP_COMPLEXE)
    return len(brut)


def _filtres(flux: Object) -> list[str]:
    filtre = flux.get("/Filter")
    if isinstance(filtre, Array):
        return [str(nom) for nom in filtre]
    return [str(filtre)] if isinstance(filtre, Name) else []


def _taille_deflate(brut: bytes, permis: int) -> int:
    decompresseur = zlib.decompressobj()
    reste, total = brut, 0
    try:
        while reste and not decompresseur.eof:
            total += len(decompresseur.decompress(reste, _PAS))
            if total > permis:
                raise Refuse(Motif.TROP_COMPLEXE)
            reste = decompresseur.unconsumed_tail
    except zlib.error:
        # Damaged: the readers show what came before the damage, and so do we.
        return total
    return total
