"""A ZIP made while it is sent."""

import io
import tracemalloc
import zipfile
from datetime import datetime

from demandes.flux_zip import flux_zip

LE = datetime(2026, 11, 23, 13, 5, 8)


def test_any_reader_opens_what_was_streamed():
    flux = flux_zip([("a.txt", [b"un ", b"deux"]), ("dossier/é.txt", [b""])], LE)

    archive = zipfile.ZipFile(io.BytesIO(b"".join(flux)))

    assert archive.testzip() is None
    assert archive.read("a.txt") == b"un deux"
    assert archive.namelist() == ["a.txt", "dossier/é.txt"]
    assert archive.getinfo("a.txt").date_time == (2026, 11, 23, 13, 5, 8)


def test_an_archive_of_nothing_is_an_archive():
    assert zipfile.ZipFile(io.BytesIO(b"".join(flux_zip([], LE)))).namelist() == []


def test_memory_holds_a_block_whatever_the_weight_of_the_archive():
    bloc = b"x" * 65536

    tracemalloc.start()
    envoyes = sum(
        len(morceau) for morceau in flux_zip([(str(n), (bloc for _ in range(160))) for n in range(10)], LE)
    )
    sommet = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert envoyes > 100 << 20
    assert sommet < 2 << 20


def test_what_comes_first_is_sent_before_the_rest_is_read():
    lus = []

    def blocs(nom: str):
        lus.append(nom)
        yield b"x" * 1000

    flux = flux_zip([("un", blocs("un")), ("deux", blocs("deux"))], LE)
    while len(next(flux)) < 1000:
        pass

    assert lus == ["un"]
