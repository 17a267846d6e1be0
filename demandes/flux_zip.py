"""A ZIP written while it is sent: memory holds one block of one file, whatever the archive weighs."""

import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime


class _Tuyau:
    """What the ZIP is written to; without `tell` nor `seek`, so that nothing already given is needed again."""

    def __init__(self) -> None:
        self._octets = bytearray()

    def write(self, octets: bytes) -> int:
        self._octets += octets
        return len(octets)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def vider(self) -> bytes:
        """Give what was written since the last time."""
        octets = bytes(self._octets)
        self._octets.clear()
        return octets


def flux_zip(entrees: Iterable[tuple[str, Iterable[bytes]]], le: datetime) -> Iterator[bytes]:
    """The bytes of a ZIP of `(name, blocks of its content)`.

    They are stored as they are: photos and PDFs are compressed already. `le`, in local time, is the date of each entry.
    """
    tuyau = _Tuyau()
    with zipfile.ZipFile(tuyau, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[arg-type]
        for nom, blocs in entrees:
            with archive.open(zipfile.ZipInfo(nom, le.timetuple()[:6]), "w") as entree:
                for bloc in blocs:
                    entree.write(bloc)
                    yield tuyau.vider()
            yield tuyau.vider()
    yield tuyau.vider()
