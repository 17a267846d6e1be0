"""Electronic stamps: import from CSV, amount, use once (R.436-3, R-INSTR-5)."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from referentiels import timbres
from referentiels.models import Timbre
from referentiels.timbres import TimbreConnu, TimbreDejaUtilise

pytestmark = pytest.mark.django_db

NUMERO = "9900000000000001"
AUTRE = "9900000000000002"
ENTETE = "numero,euros,utilise_le,reference"


def importer(tmp_path: Path, *lignes: str | bytes) -> tuple[int, str]:
    fichier = tmp_path / "timbres.csv"
    fichier.write_bytes(b"\n".join(x if isinstance(x, bytes) else x.encode() for x in lignes))
    erreurs = StringIO()
    try:
        call_command("importer_timbres", fichier, stderr=erreurs, verbosity=0)
    except CommandError as erreur:
        return erreur.returncode, erreurs.getvalue() or str(erreur)
    return 0, erreurs.getvalue()


def test_a_stamp_is_known_with_its_amount(tmp_path: Path) -> None:
    assert importer(tmp_path, "numero;euros", "9900 0000 0000 0001;225") == (0, "")
    assert timbres.service().consulter(NUMERO) == TimbreConnu(NUMERO, 225, utilise=False)


def test_a_stamp_nobody_sold_is_unknown() -> None:
    assert timbres.service().consulter(NUMERO) is None


def test_a_stamp_serves_one_demande(tmp_path: Path) -> None:
    importer(tmp_path, ENTETE, f"{NUMERO},50,,")
    service = timbres.service()
    service.marquer_utilise(NUMERO, "A")
    service.marquer_utilise(NUMERO, "A")
    assert service.consulter(NUMERO).utilise
    with pytest.raises(TimbreDejaUtilise):
        service.marquer_utilise(NUMERO, "B")


def test_a_stamp_used_elsewhere_is_imported_as_used(tmp_path: Path) -> None:
    importer(tmp_path, ENTETE, f"{NUMERO},50,2026-02-01T10:00,ailleurs")
    timbre = Timbre.objects.get()
    assert (timbre.utilise_le, timbre.reference) == (datetime(2026, 2, 1, 9, tzinfo=UTC), "ailleurs")


def test_importing_again_changes_nothing_and_never_frees_a_stamp_used_meanwhile(tmp_path: Path) -> None:
    lignes = (ENTETE, f"{NUMERO},50,,", f"{AUTRE},225,,")
    importer(tmp_path, *lignes)
    timbres.service().marquer_utilise(NUMERO, "A")
    avant = list(Timbre.objects.order_by("pk").values())
    assert importer(tmp_path, *lignes) == (0, "")
    assert list(Timbre.objects.order_by("pk").values()) == avant


def test_the_amount_of_a_stamp_that_has_not_served_can_be_corrected(tmp_path: Path) -> None:
    importer(tmp_path, ENTETE, f"{NUMERO},50,,")
    assert importer(tmp_path, ENTETE, f"{NUMERO},225,,") == (0, "")
    assert Timbre.objects.get().euros == 225


def test_the_amount_of_a_stamp_that_has_served_is_not_changed(tmp_path: Path) -> None:
    importer(tmp_path, ENTETE, f"{NUMERO},50,2026-02-01,ailleurs")
    statut, erreurs = importer(tmp_path, ENTETE, f"{NUMERO},225,,", f"{AUTRE},225,,")
    assert statut == 2
    assert erreurs.startswith("Ligne 2 refusée : ce timbre a déjà servi")
    assert list(Timbre.objects.order_by("numero").values_list("numero", "euros")) == [
        (NUMERO, 50), (AUTRE, 225),
    ]  # fmt: skip


def test_the_last_line_on_a_stamp_wins(tmp_path: Path) -> None:
    importer(tmp_path, ENTETE, f"{NUMERO},50,,", f"{NUMERO},225,,")
    assert Timbre.objects.get().euros == 225


@pytest.mark.parametrize(
    "ligne",
    [
        "990000000000000,50,,",
        "99000000000000011,50,,",
        "99000000000000٠1,50,,",
        f"{NUMERO},,,",
        f"{NUMERO},0,,",
        f"{NUMERO},-50,,",
        f"{NUMERO},50.5,,",
        f"{NUMERO},1e3,,",
        f"{NUMERO},{'9' * 400},,",
        f"{NUMERO},50,hier,",
        f"{NUMERO},50,,sans date",
        f"{NUMERO},50,2026-01-01,{'x' * 61}",
        f"{NUMERO},50,",
        f'"{NUMERO},50,,',
        b"\xff" + NUMERO.encode() + b",50,,",
        NUMERO.encode() + b",50,,\x00",
    ],
)
def test_a_bad_line_is_refused_by_number_and_the_others_are_kept(tmp_path: Path, ligne: str | bytes) -> None:
    statut, erreurs = importer(tmp_path, ENTETE, ligne, f"{AUTRE},225,,")
    assert statut == 2
    assert erreurs.startswith("Ligne 2 refusée")
    assert NUMERO not in erreurs
    assert list(Timbre.objects.values_list("numero", flat=True)) == [AUTRE]


@pytest.mark.parametrize(
    "entete",
    ["", "numero", "numero,euros,couleur", "numero,numero,euros", "code,active_le,expire_le", b"\xff"],
)
def test_a_file_of_another_kind_is_refused_whole(tmp_path: Path, entete: str | bytes) -> None:
    assert importer(tmp_path, entete, f"{NUMERO},50")[0] == 1
    assert not Timbre.objects.exists()
