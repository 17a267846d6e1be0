import os
import sys

import pytest

from demandes.normalisation.isolement import normaliser_a_part
from demandes.normalisation.motifs import Motif, Refuse
from referentiels import isolement
from referentiels.isolement import Plantage
from tests import fichiers_d_essai as essai


@pytest.fixture
def source(tmp_path):
    chemin = tmp_path / "source"
    chemin.write_bytes(essai.photo())
    return chemin


def remplacer_l_interprete(monkeypatch, tmp_path, programme):
    """Put `programme` (Python text) in the place of the normalisation."""
    faux = tmp_path / "python"
    faux.write_text(f"#!{sys.executable}\n{programme}\n")
    faux.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(faux))


def test_a_photo_is_normalised_in_a_process_of_its_own(source, tmp_path):
    resultat = normaliser_a_part(source, tmp_path)
    assert resultat.type_mime == "image/jpeg"
    assert (tmp_path / "contenu").stat().st_size == resultat.taille
    assert (tmp_path / "apercu").exists()


def test_a_refusal_comes_back_with_its_reason(source, tmp_path):
    source.write_bytes(essai.png_bombe())
    with pytest.raises(Refuse) as refus:
        normaliser_a_part(source, tmp_path)
    assert refus.value.motif is Motif.TROP_DE_PIXELS


@pytest.mark.parametrize(
    "programme",
    [
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "raise SystemExit(3)",
        "print('nothing that is JSON')",
    ],
)
def test_a_process_that_dies_is_a_crash_and_not_ours(source, tmp_path, monkeypatch, programme):
    remplacer_l_interprete(monkeypatch, tmp_path, programme)
    with pytest.raises(Plantage):
        normaliser_a_part(source, tmp_path)


def test_a_process_that_never_ends_is_killed(source, tmp_path, monkeypatch):
    remplacer_l_interprete(
        monkeypatch,
        tmp_path,
        f"import os, signal; open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid())); signal.pause()",
    )
    with pytest.raises(Plantage):
        normaliser_a_part(source, tmp_path, delai_s=1)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_the_process_knows_no_secret(source, tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "tres-secret")
    sortie = tmp_path / "environnement"
    remplacer_l_interprete(
        monkeypatch, tmp_path, f"import os; open({str(sortie)!r}, 'w').write(repr(dict(os.environ)))"
    )
    with pytest.raises(Plantage):
        normaliser_a_part(source, tmp_path)
    assert "tres-secret" not in sortie.read_text()
    assert "DATABASE_URL" not in sortie.read_text()


def test_memory_beyond_the_limit_refuses_the_file_instead_of_taking_the_machine(
    source, tmp_path, monkeypatch
):
    # A limit so low that this photo passes it stands for a photo so large that it passes the real one.
    programme = (
        f"import sys; sys.path.insert(0, {str(isolement._RACINE)!r})\n"
        "from demandes.normalisation import limites\n"
        "limites.MEMOIRE_MAX = 130 * 1024 * 1024\n"
        "from demandes.normalisation.__main__ import principal\n"
        "principal(*sys.argv[-2:])"
    )
    source.write_bytes(essai.photo_geante("PNG"))
    remplacer_l_interprete(monkeypatch, tmp_path, programme)
    with pytest.raises(Refuse) as refus:
        normaliser_a_part(source, tmp_path)
    assert refus.value.motif is Motif.TROP_DE_PIXELS
