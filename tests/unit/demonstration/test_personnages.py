"""The fictitious people show what the documentation says of them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from demandes.demonstration import ephotos, simulateur, timbres
from demandes.demonstration.agents import AGENTS
from demandes.demonstration.personnage import Personnage
from demandes.demonstration.personnages import personnages
from demandes.regles.codes import CodeMotif, CodeTitre
from demandes.regles.lecture import lire_situation
from demandes.regles.orientation import Orientation, orienter

JOURS = [date(2026, 11, 24), date(2028, 2, 29), date(2027, 8, 31), date(2027, 1, 1)]
DOCUMENTATION = Path(__file__).parents[3] / "docs" / "demonstration.md"


def orientation(identifiant: str, au: date, **faits: Any) -> Orientation:
    registre = un(identifiant, au).registre
    titre = next((d for d in registre.get("documents", ()) if d["nature"] == "titre"), None)
    recepisse = next(
        (
            d["mention"]
            for d in registre.get("documents", ())
            if d["nature"] == "recepisse" and d["fin"] >= au.isoformat()
        ),
        None,
    )
    situation = {
        **{cle: registre.get(cle) for cle in ("numero_etranger", "numero_visa", "statut", "lien", "statut_du_protege",
           "date_naissance", "residence_reguliere_depuis", "date_naissance_protege", "date_mariage",
           "date_demande_asile_protege")},
        "nature": "premiere",
        "titre_detenu": {cle: titre[cle] for cle in ("type", "debut", "fin")} if titre else None,
        "recepisse": recepisse,
        **faits,
    }  # fmt: skip
    return orienter(lire_situation(situation, au), au)


def un(identifiant: str, au: date) -> Personnage:
    return next(p for p in personnages(au) if p.identifiant == identifiant)


RENOUVELLE = {"nature": "renouvellement"}
TRAVAILLE = {"souhaite_travailler": True}


@pytest.mark.parametrize("au", JOURS)
@pytest.mark.parametrize(
    ("identifiant", "faits", "titre"),
    [
        ("9900000001", {}, "CR10"),
        ("9900000002", RENOUVELLE, "CR10"),
        ("9900000003", TRAVAILLE, "CR10"),
        ("9900000011", {}, "CSP4_BPS"),
        ("9900000012", RENOUVELLE, "CSP4_BPS"),
        ("9900000013", RENOUVELLE, "CR10"),
        ("9900000014", TRAVAILLE, "CST1"),
        ("9900000021", {}, "CR10"),
        ("9900000023", {}, "CR10"),
        ("9900000025", {}, "CR10"),
        ("9900000027", {}, "CSP4_FAMILLE_BPS"),
        ("9900000028", RENOUVELLE, "CSP4_FAMILLE_BPS"),
        ("9900000029", RENOUVELLE, "CR10_FAMILLE_BPS"),
        ("9900000030", TRAVAILLE, "CR10"),
        ("FRA900000031", {}, "CR10"),
        ("9900000041", TRAVAILLE, "CR10"),
        ("9900000042", TRAVAILLE, "CR10"),
        ("9900000053", RENOUVELLE, "CR10"),
        ("9900000054", {}, "CR10"),
    ],
)
def test_each_row_of_the_titles_has_someone(
    au: date, identifiant: str, faits: dict[str, Any], titre: str
) -> None:
    resultat = orientation(identifiant, au, **faits)
    assert resultat.recevable, resultat.motifs
    assert resultat.titre.code == CodeTitre(titre)


@pytest.mark.parametrize("au", JOURS)
@pytest.mark.parametrize(
    ("identifiant", "faits", "motif"),
    [
        ("9900000061", {}, "APATRIDE"),
        ("9900000062", {}, "STATUT_HORS_CHAMP"),
        ("9900000063", {}, "RECEPISSE_EN_COURS"),
        ("9900000043", TRAVAILLE, "MINEUR_MOINS_DE_16_ANS"),
        ("9900000003", {}, "MINEUR_SANS_ACTIVITE"),
        ("9900000042", {}, "MINEUR_SANS_ACTIVITE"),
        ("9900000001", RENOUVELLE, "RENOUVELLEMENT_SANS_TITRE"),
        ("9900000064", RENOUVELLE, "RENOUVELLEMENT_TROP_TOT"),
        ("9900000040", RENOUVELLE, "RENOUVELLEMENT_TROP_TOT"),
        ("9900000065", RENOUVELLE, "RENOUVELLEMENT_TROP_TARD"),
    ],
)
def test_each_reason_has_someone(au: date, identifiant: str, faits: dict[str, Any], motif: str) -> None:
    assert [str(code) for code in orientation(identifiant, au, **faits).motifs] == [motif]


@pytest.mark.parametrize("au", JOURS)
@pytest.mark.parametrize(
    ("identifiant", "alerte"),
    [
        ("9900000004", "NAISSANCE_APPROXIMATIVE"),
        ("9900000022", "MARIAGE_MOINS_D_UN_AN"),
        ("9900000024", "ENFANT_PLUS_DE_19_ANS"),
        ("9900000026", "ASCENDANT_PROTEGE_MAJEUR"),
    ],
)
def test_each_alert_has_someone(au: date, identifiant: str, alerte: str) -> None:
    assert [str(code) for code in orientation(identifiant, au).alertes] == [alerte]


def test_every_reason_has_a_person_or_a_link() -> None:
    montres = {montre.split(" ")[0] for montre, _ in simulateur.liens(JOURS[0])}
    assert {str(code) for code in CodeMotif} <= montres


def test_everyone_and_every_code_is_in_the_documentation() -> None:
    texte = DOCUMENTATION.read_text(encoding="utf-8")
    for p in personnages(JOURS[0]):
        assert f"`{p.identifiant}`" in texte
        assert p.montre in texte
        assert p.essai in texte
    for code in (ephotos.VALIDES[0], ephotos.VALIDES[-1], ephotos.VALIDE_21, ephotos.EXPIREE, ephotos.UTILISEE,
                 ephotos.EN_ATTENTE, ephotos.INCONNUE):  # fmt: skip
        assert code in texte
    for euros in timbres.MONTANTS:
        for numero in (timbres.valides(euros)[0], timbres.valides(euros)[-1], timbres.utilise(euros)):
            assert numero in texte
    for agent in AGENTS:
        assert agent.identifiant.split("-")[-1] in texte


def test_everyone_is_marked_fictitious() -> None:
    for p in personnages(JOURS[0]):
        assert p.registre["nom"].endswith("-SPECIMEN")
        assert p.registre["fictive"] is True
        assert p.identifiant.startswith(("99", "FRA9"))
