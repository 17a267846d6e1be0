"""``manage.py orienter`` (R-REGLES-9): JSON Lines in, JSON Lines out, and no traceback whatever comes."""

import io
import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError

from demandes.management.commands.orienter import jour_de_la_demande
from demandes.regles.lignes import repondre

AU = date(2026, 11, 23)
REFUGIE = (
    b'{"statut":"refugie","nature":"premiere","date_naissance":"1990-03-01","numero_etranger":"7503120521"}'
)
RACINE = Path(__file__).resolve().parents[2]


def reponses(*lignes):
    return list(repondre(lignes, AU))


def test_a_situation_gets_exactly_the_keys_promised():
    (reponse,) = reponses(REFUGIE)

    assert list(reponse) == [
        "recevable",
        "motifs",
        "titre",
        "attestation",
        "fenetre",
        "alertes",
        "pieces",
        "fondements",
        "trace",
    ]
    assert reponse["titre"] == {"code": "CR10", "duree_ans": 10, "mention": None}


def test_answers_come_in_the_order_of_the_lines_and_errors_do_not_stop_them():
    recues = reponses(REFUGIE, b"non", b"", b" \t\r\n", REFUGIE + b"\r\n", b"{}")

    assert ["erreur" in reponse for reponse in recues] == [False, True, False, True]
    assert recues[3] == {"erreur": {"champ": "statut", "message": "Cette information manque. Ajoutez-la."}}


@pytest.mark.parametrize(
    "ligne",
    [
        b"non",
        b"null",
        b"[]",
        b"3",
        b'"refugie"',
        b"{",
        b"{'statut': 'refugie'}",
        REFUGIE + b" {}",
        REFUGIE[:-1] + b',"x":NaN}',
        REFUGIE[:-1] + b',"x":-Infinity}',
        REFUGIE[:-1] + b',"x":\xff}',
        b'{"statut":"\xed\xa0\x80"}',
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b"\x00",
        "\u00a0x".encode(),
    ],
)
def test_a_line_that_is_no_json_object_names_no_field(ligne):
    (reponse,) = reponses(ligne)

    assert reponse["erreur"]["champ"] is None
    assert reponse["erreur"]["message"].endswith(".")


@pytest.mark.parametrize(
    "suite",
    [
        b',"inconnue":' + b"9" * 10_000 + b"}",
        b',"inconnue":1e400}',
        b',"inconnue":"\\ud800"}',
        b',"\\ud800":null}',
        b',"inconnue":"\xe2\x80\xa8"}',
        b',"numero_visa":"\\ud800"}',
        b',"nature":"premiere"}',
    ],
)
def test_odd_but_valid_json_is_answered(suite):
    (reponse,) = reponses(REFUGIE[:-1] + suite)

    assert reponse["recevable"] is True


@pytest.mark.parametrize("nombre", [b"1", b"9" * 10_000, b"1e400", b"-0.0"])
def test_a_number_where_a_text_is_expected_names_its_field(nombre):
    (reponse,) = reponses(REFUGIE[:-1] + b',"numero_visa":' + nombre + b"}")

    assert reponse["erreur"]["champ"] == "numero_visa"


def test_a_byte_order_mark_is_allowed_at_the_start_only():
    recues = reponses(b"\xef\xbb\xbf" + REFUGIE, b"\xef\xbb\xbf" + REFUGIE)

    assert ["erreur" in reponse for reponse in recues] == [False, True]


def test_the_command_reads_a_file_and_tells_by_its_status_that_a_line_was_not_understood(tmp_path):
    fichier = tmp_path / "situations.jsonl"
    fichier.write_bytes(REFUGIE + b"\nnon\n" + REFUGIE)
    sortie = io.StringIO()

    with pytest.raises(CommandError) as erreur:
        call_command("orienter", str(fichier), au="2026-11-23", stdout=sortie)

    assert erreur.value.returncode == 2
    assert [("erreur" in json.loads(ligne)) for ligne in sortie.getvalue().splitlines()] == [
        False,
        True,
        False,
    ]


def test_the_command_ends_well_when_every_line_is_understood(tmp_path):
    fichier = tmp_path / "situations.jsonl"
    fichier.write_bytes(REFUGIE)
    sortie = io.StringIO()

    call_command("orienter", str(fichier), au="2026-11-23", stdout=sortie)

    assert json.loads(sortie.getvalue())["recevable"] is True


@pytest.mark.parametrize("entree", [io.StringIO(REFUGIE.decode()), io.TextIOWrapper(io.BytesIO(REFUGIE))])
def test_without_file_the_standard_input_is_read(monkeypatch, entree):
    monkeypatch.setattr(sys, "stdin", entree)
    sortie = io.StringIO()

    call_command("orienter", au="2026-11-23", stdout=sortie)

    assert json.loads(sortie.getvalue())["recevable"] is True


@pytest.mark.parametrize("au", ["", "hier", "20261123", "2026-02-30", "2026-11-23T00:00", "٢٠٢٦-11-23"])
def test_a_day_that_does_not_exist_is_refused_before_anything_is_read(au):
    sortie = io.StringIO()

    with pytest.raises(CommandError) as erreur:
        call_command("orienter", "/nulle/part", au=au, stdout=sortie)

    assert erreur.value.returncode == 1
    assert "--au" in str(erreur.value)
    assert sortie.getvalue() == ""


@pytest.mark.parametrize("chemin", ["absent.jsonl", ".", "", "a\x00b"])
def test_a_file_that_cannot_be_read_is_told(tmp_path, monkeypatch, chemin):
    monkeypatch.chdir(tmp_path)
    sortie = io.StringIO()

    with pytest.raises(CommandError) as erreur:
        call_command("orienter", chemin, au="2026-11-23", stdout=sortie)

    assert erreur.value.returncode == 1
    assert sortie.getvalue() == ""


def test_today_is_the_date_in_paris():
    with time_machine.travel(datetime(2026, 12, 31, 23, 30, tzinfo=UTC), tick=False):
        assert jour_de_la_demande(None) == date(2027, 1, 1)


def lancer(*arguments, **options):
    return subprocess.Popen(
        [sys.executable, "manage.py", "orienter", *arguments],
        cwd=RACINE,
        stdin=subprocess.PIPE,
        stdout=options.get("stdout", subprocess.PIPE),
        stderr=subprocess.PIPE,
    )


def test_each_answer_is_written_before_the_next_line_comes():
    with lancer("-", "--au", "2026-11-23") as processus:
        for _ in range(2):
            processus.stdin.write(REFUGIE + b"\n")
            processus.stdin.flush()
            assert json.loads(processus.stdout.readline())["recevable"] is True
        _, erreurs = processus.communicate()

    assert (processus.returncode, erreurs) == (0, b"")


def test_a_reader_who_leaves_early_ends_the_command_without_a_word():
    with lancer("--au", "2026-11-23") as processus:
        processus.stdin.write(REFUGIE + b"\n")
        processus.stdin.flush()
        processus.stdout.readline()
        processus.stdout.close()
        processus.stdin.write(REFUGIE + b"\n")
        processus.stdin.close()
        erreurs = processus.stderr.read()

    assert erreurs == b""
    assert processus.returncode == 141


@pytest.mark.parametrize("arguments", [("--au",), ("--au", "hier"), ("/nulle/part",)])
def test_a_wrong_argument_ends_with_status_1_and_a_message_on_the_error_stream(arguments):
    with lancer(*arguments) as processus:
        sortie, erreurs = processus.communicate(b"")

    assert processus.returncode == 1
    assert sortie == b""
    assert b"Traceback" not in erreurs
    assert erreurs


def test_a_full_disk_is_told_in_words():
    with open("/dev/full", "wb") as plein, lancer("--au", "2026-11-23", stdout=plein) as processus:
        _, erreurs = processus.communicate(REFUGIE)

    assert processus.returncode == 1
    assert b"Traceback" not in erreurs
    assert b"place" in erreurs


@pytest.mark.parametrize("ferme", ["stdin", "stdout"])
def test_a_closed_stream_is_told_in_words(monkeypatch, ferme):
    monkeypatch.setattr(sys, "stdin", io.StringIO(REFUGIE.decode()))
    monkeypatch.setattr(sys, ferme, None)

    with pytest.raises(CommandError) as erreur:
        call_command("orienter", au="2026-11-23")

    assert erreur.value.returncode == 1
