"""E-photo codes: import, states, use and release (R-EPHOTO-1)."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from referentiels import ephoto
from referentiels.ephoto import EphotoDejaUtilisee, EtatEphoto
from referentiels.models import Ephoto

pytestmark = pytest.mark.django_db

CODE = "ESSAI00000000000000001"
ENTETE = "code,active_le,expire_le,utilise_le,reference"


def importer(tmp_path: Path, *lignes: str | bytes) -> tuple[int, str]:
    fichier = tmp_path / "codes.csv"
    fichier.write_bytes(b"\n".join(x if isinstance(x, bytes) else x.encode() for x in lignes))
    erreurs = StringIO()
    try:
        call_command("importer_ephotos", fichier, stderr=erreurs, verbosity=0)
    except CommandError as erreur:
        return erreur.returncode, erreurs.getvalue() or str(erreur)
    return 0, erreurs.getvalue()


@pytest.fixture
def code(db: None) -> str:
    Ephoto.objects.create(
        code=CODE, active_le=datetime(2026, 3, 1, 12, tzinfo=UTC), expire_le=datetime(2026, 9, 1, tzinfo=UTC)
    )
    return CODE


@pytest.mark.parametrize(
    ("le", "etat"),
    [
        (datetime(2026, 3, 1, 11, 59, 59, tzinfo=UTC), EtatEphoto.PAS_ENCORE_ACTIVE),
        (datetime(2026, 3, 1, 12, tzinfo=UTC), EtatEphoto.VALIDE),
        (datetime(2026, 8, 31, 23, 59, 59, tzinfo=UTC), EtatEphoto.VALIDE),
        (datetime(2026, 9, 1, tzinfo=UTC), EtatEphoto.EXPIRE),
    ],
)
def test_the_state_follows_the_instant(code: str, le: datetime, etat: EtatEphoto) -> None:
    assert ephoto.service().consulter(code, le) == etat


def test_a_code_nobody_made_is_unknown() -> None:
    assert ephoto.service().consulter(CODE, datetime.now(UTC)) == EtatEphoto.INCONNU


def test_a_code_serves_one_reference_until_it_is_released(code: str) -> None:
    service, le = ephoto.service(), datetime(2026, 4, 1, tzinfo=UTC)
    service.marquer_utilise(code, "A")
    service.marquer_utilise(code, "A")
    assert service.consulter(code, le) == EtatEphoto.UTILISE
    with pytest.raises(EphotoDejaUtilisee):
        service.marquer_utilise(code, "B")
    service.liberer(code)
    assert service.consulter(code, le) == EtatEphoto.VALIDE
    service.marquer_utilise(code, "B")


def test_an_unknown_code_is_left_alone() -> None:
    ephoto.service().marquer_utilise(CODE, "A")
    ephoto.service().liberer(CODE)
    assert not Ephoto.objects.exists()


def test_dates_without_time_or_zone_are_those_of_paris(tmp_path: Path) -> None:
    assert importer(
        tmp_path, "code;active_le;expire_le", "essai 0000-0000-0000-0000-1;2026-07-01;2027-01-01T08:00"
    ) == (0, "")
    importee = Ephoto.objects.get(code=CODE)
    assert importee.active_le == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert importee.expire_le == datetime(2027, 1, 1, 7, tzinfo=UTC)


def test_importing_again_never_frees_a_code_used_meanwhile(tmp_path: Path) -> None:
    lignes = (ENTETE, f"{CODE},2026-01-01,2026-07-01,,")
    importer(tmp_path, *lignes)
    ephoto.service().marquer_utilise(CODE, "A")
    assert importer(tmp_path, *lignes) == (0, "")
    assert Ephoto.objects.get().reference == "A"


def test_a_code_used_elsewhere_is_imported_as_used(tmp_path: Path) -> None:
    importer(tmp_path, ENTETE, f"{CODE},2026-01-01,2026-07-01,2026-02-01T10:00:00+01:00,ailleurs")
    assert ephoto.service().consulter(CODE, datetime(2026, 3, 1, tzinfo=UTC)) == EtatEphoto.UTILISE


@pytest.mark.parametrize(
    "ligne",
    [
        "trop court,2026-01-01,2026-07-01,,",
        f"{CODE},2026-01-01,2026-07-01",
        f"{CODE},2026-01-01,2026-07-01,,,",
        f"{CODE},,2026-07-01,,",
        f"{CODE},hier,2026-07-01,,",
        f"{CODE},2026-07-01,2026-07-01,,",
        f"{CODE},2026-07-02,2026-07-01,,",
        f"{CODE},0001-01-01,9999-12-31T23:59:59-12:00,,",
        f'"{CODE},2026-01-01,2026-07-01,,',
        f"{CODE},2026-01-01,2026-07-01,,{'x' * 61}",
        b"\xff" + CODE.encode() + b",2026-01-01,2026-07-01,,",
        CODE.encode() + b",2026-01-01,2026-07-01,,\x00",
    ],
)
def test_a_bad_line_is_refused_by_number_and_the_others_are_kept(tmp_path: Path, ligne: str | bytes) -> None:
    statut, erreurs = importer(tmp_path, ENTETE, ligne, f"{CODE[:-1]}2,2026-01-01,2026-07-01,,")
    assert statut == 2
    assert erreurs.startswith("Ligne 2 refusée")
    assert list(Ephoto.objects.values_list("code", flat=True)) == [f"{CODE[:-1]}2"]


@pytest.mark.parametrize(
    "entete", ["", "code", "code,active_le,expire_le,couleur", "code,code,active_le,expire_le", b"\xff"]
)
def test_a_file_of_another_kind_is_refused_whole(tmp_path: Path, entete: str | bytes) -> None:
    assert importer(tmp_path, entete, f"{CODE},2026-01-01,2026-07-01,,")[0] == 1
    assert not Ephoto.objects.exists()
