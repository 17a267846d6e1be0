"""importer_agdref: good lines kept, bad ones refused by number, safe to run again."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from referentiels import agdref
from referentiels.models import DocumentAgdref, PersonneAgdref

pytestmark = pytest.mark.django_db

TITRE = {"nature": "titre", "type": "csp_bps", "numero": "ABC123", "debut": "2024-01-10", "fin": "2028-01-09"}
RECEPISSE = {"nature": "recepisse", "debut": "2024-01-10", "fin": "2024-07-09"}
PERSONNE: dict[str, Any] = {
    "numero_etranger": "9900000901", "nom": "ESSAI-SPECIMEN", "prenoms": ["Ana", "Lou"], "sexe": "F",
    "date_naissance": "1994-03-00", "pays_naissance": "SY", "nationalite": "XA", "statut": "refugie",
    "residence_reguliere_depuis": "2021-05-01", "documents": [TITRE],
    "adresse": {"ligne": "1 rue", "code_postal": "39000", "code_insee": "39300", "commune": "Lons-le-Saunier"},
}  # fmt: skip


def importer(chemin: Path) -> tuple[int, str]:
    """Run the command; exit status and what it said on stderr."""
    erreurs = StringIO()
    try:
        call_command("importer_agdref", chemin, stderr=erreurs, verbosity=0)
    except CommandError as erreur:
        return erreur.returncode, erreurs.getvalue()
    return 0, erreurs.getvalue()


@pytest.fixture
def fichier(tmp_path: Path) -> Path:
    return tmp_path / "agdref.jsonl"


def ecrire(fichier: Path, *personnes: dict[str, Any]) -> None:
    fichier.write_text("".join(json.dumps(p) + "\n" for p in personnes))


def test_a_person_is_found_by_each_number_with_what_the_line_says(fichier: Path) -> None:
    ecrire(fichier, {**PERSONNE, "numero_visa": "fra 900-000-901"})
    assert importer(fichier) == (0, "")

    service = agdref.service()
    personne = service.personne("99 0000 0901")
    assert personne is not None
    assert personne == service.personne("FRA900000901")
    assert personne.prenoms == ("Ana", "Lou")
    assert personne.date_naissance == "1994-03-00"
    assert personne.residence_reguliere_depuis == date(2021, 5, 1)
    assert personne.adresse["code_insee"] == "39300"
    assert personne.titre_detenu.type == "csp_bps"
    dates = {"debut": date(2024, 1, 10), "fin": date(2028, 1, 9)}
    for identifiant in ("9900000901", "FRA900000901", "abc 123"):
        assert service.document(identifiant=identifiant, **dates).titulaire == "9900000901"
    assert service.document(identifiant="9900000901", debut=date(2024, 1, 10), fin=date(2028, 1, 8)) is None


@pytest.mark.parametrize("identifiant", ["", "   ", "0", "\x00", "\ud800", "x" * 10_000, "' OR 1=1"])
def test_an_unknown_or_impossible_identifier_finds_nobody(identifiant: str) -> None:
    assert agdref.service().personne(identifiant) is None
    assert agdref.service().document(identifiant=identifiant, debut=date.min, fin=date.max) is None


def test_running_again_changes_nothing(fichier: Path) -> None:
    ecrire(fichier, PERSONNE)
    importer(fichier)
    avant = list(PersonneAgdref.objects.values())
    assert importer(fichier) == (0, "")
    assert list(PersonneAgdref.objects.values()) == avant
    assert DocumentAgdref.objects.count() == 1


def test_a_later_line_on_the_same_person_replaces_what_was_known(fichier: Path) -> None:
    ecrire(fichier, PERSONNE, {**PERSONNE, "nom": "AUTRE-SPECIMEN", "documents": []})
    assert importer(fichier)[0] == 0
    assert PersonneAgdref.objects.get().nom == "AUTRE-SPECIMEN"
    assert not DocumentAgdref.objects.exists()


def test_a_visa_holder_who_gets_a_number_stays_one_person(fichier: Path) -> None:
    visa = {k: v for k, v in PERSONNE.items() if k != "numero_etranger"} | {"numero_visa": "FRA900000902"}
    ecrire(fichier, visa, {**PERSONNE, "numero_visa": "FRA900000902"})
    assert importer(fichier)[0] == 0
    personne = PersonneAgdref.objects.get()
    assert (personne.numero_etranger, personne.numero_visa) == ("9900000901", "FRA900000902")


def test_a_number_and_a_visa_of_two_people_are_not_mixed(fichier: Path) -> None:
    visa = {k: v for k, v in PERSONNE.items() if k != "numero_etranger"} | {"numero_visa": "FRA900000902"}
    ecrire(fichier, PERSONNE, visa, {**PERSONNE, "numero_visa": "FRA900000902"},
           {**PERSONNE, "numero_etranger": "9900000903"})  # fmt: skip
    statut, erreurs = importer(fichier)
    assert statut == 2
    assert erreurs.startswith("Ligne 3 refusée")
    assert PersonneAgdref.objects.count() == 3


@pytest.mark.parametrize(
    ("ligne", "mot"),
    [
        (b"pas du json", "JSON"),
        (b"[]", "objet"),
        (b"\xff\xfe{}", "UTF-8"),
        (b'{"nom": "a\x00"}', "nul"),
        (json.dumps({**PERSONNE, "nom": "\ud800"}).encode(), "nom"),
        (json.dumps({**PERSONNE, "nom": "\x00"}).encode(), "nom"),
        (json.dumps({**PERSONNE, "numero_etranger": 10**400}).encode(), "numero_etranger"),
        (json.dumps({**PERSONNE, "numero_etranger": "123"}).encode(), "numero_etranger"),
        (json.dumps({**PERSONNE, "numero_etranger": None}).encode(), "numero_visa"),
        (json.dumps({**PERSONNE, "numero_visa": "é" * 12}).encode(), "numero_visa"),
        (json.dumps({**PERSONNE, "prenoms": "Ana"}).encode(), "prenoms"),
        (json.dumps({**PERSONNE, "prenoms": [None]}).encode(), "prenoms"),
        (json.dumps({**PERSONNE, "nom": "x" * 121}).encode(), "nom"),
        (json.dumps({**PERSONNE, "nom": None}).encode(), "nom"),
        (json.dumps({**PERSONNE, "sexe": "X"}).encode(), "sexe"),
        (json.dumps({**PERSONNE, "date_naissance": "1994-00-12"}).encode(), "date_naissance"),
        (json.dumps({**PERSONNE, "date_naissance": "2999-01-01"}).encode(), "date_naissance"),
        (json.dumps({**PERSONNE, "date_mariage": "2020-00-00"}).encode(), "date_mariage"),
        (json.dumps({**PERSONNE, "statut": "roi"}).encode(), "statut"),
        (json.dumps({**PERSONNE, "nationalite": "QQ"}).encode(), "nationalite"),
        (json.dumps({**PERSONNE, "etat_civil_ofpra": "oui"}).encode(), "etat_civil_ofpra"),
        (json.dumps({**PERSONNE, "telephone": "appelez-moi"}).encode(), "telephone"),
        (json.dumps({**PERSONNE, "adresse": []}).encode(), "adresse"),
        (json.dumps({**PERSONNE, "adresse": {"code_postal": "3900"}}).encode(), "code_postal"),
        (json.dumps({**PERSONNE, "documents": {}}).encode(), "documents"),
        (json.dumps({**PERSONNE, "documents": [TITRE, TITRE]}).encode(), "deux fois"),
        (json.dumps({**PERSONNE, "documents": [{**TITRE, "fin": "2023-01-01"}]}).encode(), "fin"),
        (json.dumps({**PERSONNE, "documents": [{**TITRE, "type": ""}]}).encode(), "type"),
        (json.dumps({**PERSONNE, "documents": [{**RECEPISSE, "mention": "x"}]}).encode(), "mention"),
        (json.dumps({**PERSONNE, "Nom": "x"}).encode(), "Nom"),
        (json.dumps({**PERSONNE, "\ud800": "x"}).encode(), "inconnue"),
    ],
)  # fmt: skip
def test_a_bad_line_is_refused_by_number_and_the_others_are_kept(
    fichier: Path, ligne: bytes, mot: str
) -> None:
    bonne = {**PERSONNE, "numero_etranger": "9900000999", "documents": []}
    fichier.write_bytes(b"\xef\xbb\xbf" + json.dumps(bonne).encode() + b"\r\n\n" + ligne + b"\n")
    statut, erreurs = importer(fichier)
    assert statut == 2
    assert erreurs.startswith("Ligne 3 refusée")
    assert mot in erreurs
    assert len(erreurs.splitlines()) == 1
    assert PersonneAgdref.objects.get().numero_etranger == "9900000999"


def test_more_than_one_lot_is_imported(fichier: Path) -> None:
    ecrire(fichier, *({**PERSONNE, "numero_etranger": f"99{n:08d}"} for n in range(1203)))
    assert importer(fichier) == (0, "")
    assert (PersonneAgdref.objects.count(), DocumentAgdref.objects.count()) == (1203, 1203)


@pytest.mark.parametrize("chemin", ["absent.jsonl", "."])
def test_a_file_that_cannot_be_read_is_told_without_traceback(tmp_path: Path, chemin: str) -> None:
    assert importer(tmp_path / chemin)[0] == 1


def test_an_empty_file_imports_nobody(fichier: Path) -> None:
    fichier.touch()
    assert importer(fichier) == (0, "")
