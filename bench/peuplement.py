"""Fill the database with dossiers by COPY: as many as asked for, spread over the 101 prefectures as people are.

Everyone is invented (bench/noms.py) and drawn the same each time. States are those of a portal in its
fifth year: three dossiers in ten are open. The journal stays empty: no list reads it.
"""

import json
import random
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import accumulate
from typing import Any

from django.db import connection
from django.utils import timezone
from tqdm import tqdm

from bench.noms import Personne, Registre
from comptes.models import Compte
from demandes.etats import CLOS, OUVERTS, Etat
from demandes.operations.deposer import deposer
from referentiels.models import Prefecture
from tests import dossiers_d_essai as essai

LOT = 10_000
# Out of a hundred deposited dossiers.
ETATS = {
    Etat.DEPOSEE: 6, Etat.EN_INSTRUCTION: 12, Etat.COMPLEMENT_DEMANDE: 5, Etat.DECISION_FAVORABLE: 4,
    Etat.TITRE_DISPONIBLE: 3, Etat.TITRE_REMIS: 60, Etat.DECISION_DEFAVORABLE: 3, Etat.CLASSEE_SANS_SUITE: 3,
    Etat.RETIREE: 4,
}  # fmt: skip
TITRES = {"CR10": 62, "CSP4_BPS": 24, "CSP4_FAMILLE_BPS": 5, "CR10_FAMILLE_BPS": 4, "CST1": 5}
# The prefectures that receive most; the others follow by their code.
GRANDES = ("75", "93", "59", "69", "13", "94", "92", "95", "91", "31", "44", "67", "78", "33", "77")
# How long ago an open dossier of each state was deposited, at most.
AGES = {
    Etat.DEPOSEE: 60, Etat.EN_INSTRUCTION: 400, Etat.COMPLEMENT_DEMANDE: 300, Etat.DECISION_FAVORABLE: 300,
    Etat.TITRE_DISPONIBLE: 360,
}  # fmt: skip
ANNEES = 5
DECIDES_FAVORABLEMENT = {Etat.DECISION_FAVORABLE, Etat.TITRE_DISPONIBLE, Etat.TITRE_REMIS}
AGENT_POUR, AGENTS_MAX = 800, 60
# Of the account that comes first; nobody has a number so.
PREMIER = 10_000_000
GRAINE = 2026


@dataclass
class Tirage:
    """One dossier to be, and who it is about."""

    rang: int
    personne: Personne
    prefecture: Prefecture
    etat: Etat
    deposee_le: datetime
    decidee_le: datetime | None
    close_le: datetime | None


class Peuplement:
    """Draws dossiers, always the same ones; `remplir` writes them."""

    def __init__(self) -> None:
        self.fait = 0
        self.hasard = random.Random(GRAINE)
        self.registre = Registre(GRAINE)
        self.maintenant = timezone.now().replace(microsecond=0)
        prefectures = Prefecture.objects.in_bulk()
        codes = [*GRANDES, *sorted(set(prefectures) - set(GRANDES))]
        self.prefectures = [prefectures[code] for code in codes]
        self.parts = [1 / (4 + rang) for rang in range(len(codes))]
        self.poids = list(accumulate(self.parts))
        self.numeros: Counter[str] = Counter()
        # By prefecture: one at least, and another one to confirm what the first proposes.
        self.agents = {p.pk: [essai.agent(p).pk for _rang in range(2)] for p in self.prefectures}
        self.modele = modele_de_donnees()

    def remplir(self, jusqu_a: int) -> None:
        """Write dossiers until there are `jusqu_a`, with the progress on standard error, then VACUUM ANALYZE."""
        self._recruter(jusqu_a)
        with tqdm(total=jusqu_a, initial=self.fait, unit=" dossiers", smoothing=0.05) as avance:
            while self.fait < jusqu_a:
                tirages = [
                    self._tirer(PREMIER + rang) for rang in range(self.fait, min(self.fait + LOT, jusqu_a))
                ]
                for table, lignes in self._tables(tirages).items():
                    copier(table, lignes)
                self.fait += len(tirages)
                avance.update(len(tirages))
        with connection.cursor() as curseur:
            curseur.execute("VACUUM (ANALYZE)")

    def _recruter(self, dossiers: int) -> None:
        """One agent for AGENT_POUR dossiers, at most AGENTS_MAX in a prefecture."""
        for prefecture, part in zip(self.prefectures, self.parts, strict=True):
            combien = min(round(dossiers * part / self.poids[-1] / AGENT_POUR), AGENTS_MAX)
            siens = self.agents[prefecture.pk]
            siens += [essai.agent(prefecture).pk for _rang in range(len(siens), combien)]

    def _tirer(self, rang: int) -> Tirage:
        hasard = self.hasard
        etat = hasard.choices(list(ETATS), list(ETATS.values()))[0]
        jours = hasard.uniform(0, AGES.get(etat, 365 * ANNEES))
        deposee_le = self.maintenant - timedelta(days=jours)
        decidee_le = close_le = None
        # Delays grow with the year's rank and have a long tail, as real ones do.
        delai = timedelta(days=min(jours * 0.6, hasard.lognormvariate(4, 0.6)))
        if etat in DECIDES_FAVORABLEMENT or etat == Etat.DECISION_DEFAVORABLE:
            decidee_le = deposee_le + delai
        if etat in CLOS:
            suite = timedelta(days=min(jours * 0.3, hasard.lognormvariate(3.3, 0.5)))
            close_le = (decidee_le or deposee_le) + suite
        prefecture = hasard.choices(self.prefectures, cum_weights=self.poids)[0]
        return Tirage(rang, self.registre.tirer(), prefecture, etat, deposee_le, decidee_le, close_le)

    def _tables(self, tirages: list[Tirage]) -> dict[str, list[dict[str, Any]]]:
        """The rows of a batch, by table, in the order in which they can be written."""
        tables: dict[str, list[dict[str, Any]]] = {
            "comptes_compte": [], "demandes_demande": [], "attestations_attestation": [],
            "demandes_complement": [], "demandes_refus": [], "demandes_remise": [],
        }  # fmt: skip
        for tirage in tirages:
            demande = self._demande(tirage)
            tables["comptes_compte"].append(self._compte(tirage))
            tables["demandes_demande"].append(demande)
            tables["attestations_attestation"] += self._apd(tirage, demande["id"])
            if tirage.etat == Etat.COMPLEMENT_DEMANDE or self.hasard.random() < 0.2:
                tables["demandes_complement"].append(self._complement(tirage, demande["id"]))
            if demande["refus_propose"] or tirage.etat == Etat.DECISION_DEFAVORABLE:
                tables["demandes_refus"].append(self._refus(tirage, demande["id"]))
            if tirage.etat in (Etat.TITRE_DISPONIBLE, Etat.TITRE_REMIS):
                tables["demandes_remise"].append(self._remise(tirage, demande["id"]))
        return tables

    def _compte(self, tirage: Tirage) -> dict[str, Any]:
        personne = tirage.personne
        visa = tirage.rang % 40 == 0
        return {
            "id": tirage.rang, "password": "!", "is_superuser": False, "identifiant": f"99{tirage.rang:08d}",
            "numero_etranger": f"99{tirage.rang:08d}", "numero_visa": f"FRA{tirage.rang:09d}" if visa else None,
            "nom": personne.nom, "prenoms": " ".join(personne.prenoms), "email": f"fictif{tirage.rang}@exemple.fr",
            "telephone": "", "langue": "fr", "role": Compte.Role.USAGER, "reinitialisations": 0, "is_active": True,
            "cree_le": tirage.deposee_le,
        }  # fmt: skip

    def _demande(self, tirage: Tirage) -> dict[str, Any]:
        hasard, personne, etat = self.hasard, tirage.personne, tirage.etat
        # One in forty arrives with a visa: its number is the bénéficiaire's until AGDREF gives another.
        beneficiaire = f"FRA{tirage.rang:09d}" if tirage.rang % 40 == 0 else f"99{tirage.rang:08d}"
        minute = f"{tirage.prefecture.site}{tirage.deposee_le:%Y%m%d%H%M}"
        numero = f"{minute}{self.numeros[minute]:03d}"
        self.numeros[minute] += 1
        en_instruction = etat == Etat.EN_INSTRUCTION
        favorable = etat in DECIDES_FAVORABLEMENT
        droits = tirage.deposee_le.date() + timedelta(days=182)
        while etat in OUVERTS and not favorable and droits < self.maintenant.date() - timedelta(days=10):
            droits += timedelta(days=182)
        return {
            "id": f"{hasard.getrandbits(128):032x}",
            "compte_id": tirage.rang,
            "etat": etat,
            "version": 6,
            "reponses": self.modele["reponses"],
            "etapes": self.modele["etapes"],
            "pour_mineur": hasard.random() < 0.06,
            "beneficiaire": beneficiaire,
            "nature": "premiere" if hasard.random() < 0.7 else "renouvellement",
            "ephoto_code": f"BENCH{tirage.rang:017d}",
            "numero": numero,
            "deposee_le": tirage.deposee_le,
            "prefecture_id": tirage.prefecture.pk,
            "titre_code": hasard.choices(list(TITRES), list(TITRES.values()))[0],
            "controle": "confirme" if hasard.random() < 0.97 else "a_verifier",
            "donnees": self._donnees(personne, numero, beneficiaire),
            "signalements": "[]" if hasard.random() < 0.85 else '["NAISSANCE_APPROXIMATIVE"]',
            "agent_id": None if etat == Etat.DEPOSEE else hasard.choice(self.agents[tirage.prefecture.pk]),
            "droits_jusqu_au": None if favorable else droits,
            "ofpra_en_attente": en_instruction and hasard.random() < 0.25,
            "refus_propose": en_instruction and hasard.random() < 0.02,
            "personne": f"{personne.nom} {' '.join(personne.prenoms)}",
            "recherche": personne.plie,
            "etat_depuis": tirage.close_le or tirage.decidee_le or tirage.deposee_le,
            "decidee_le": tirage.decidee_le,
            "close_le": tirage.close_le,
            "cree_le": tirage.deposee_le,
            "modifie_le": tirage.deposee_le,
        }

    def _donnees(self, personne: Personne, numero: str, beneficiaire: str) -> str:
        """The frozen copy of a real deposit, with this person's name and numbers."""
        return (
            self.modele["donnees"]
            .replace('"@PRENOMS@"', ", ".join(json.dumps(prenom) for prenom in personne.prenoms))
            .replace("@NOM@", personne.nom.replace('"', ""))
            .replace("@NUMERO@", beneficiaire)
            .replace("@PAYS@", personne.pays)
            .replace("@EMPREINTE@", f"{self.hasard.getrandbits(256):064x}")
            .replace("@FICHIER@", str(uuid.UUID(int=self.hasard.getrandbits(128))))
        )

    def _apd(self, tirage: Tirage, demande_id: str) -> Iterator[dict[str, Any]]:
        """The chain of six-month attestations until the decision or today."""
        debut, rang = tirage.deposee_le.date(), 1
        fin_de_chaine = (tirage.decidee_le or tirage.close_le or self.maintenant).date()
        while rang == 1 or debut <= fin_de_chaine:
            fin = debut + timedelta(days=182)
            yield {
                "id": f"{self.hasard.getrandbits(128):032x}", "demande_id": demande_id, "type": "APD", "rang": rang,
                "debut": debut, "fin": fin, "donnees": "{}", "modele": "apd/v1", "etat": "produite", "essais": 1,
                "prochain_essai_le": tirage.deposee_le, "fichier": f"bench/{demande_id}/{rang}",
                "sha256": "0" * 64, "taille": 30_000, "produite_le": tirage.deposee_le,
                "cree_le": datetime.combine(debut, time(12), UTC),
            }  # fmt: skip
            debut, rang = fin + timedelta(days=1), rang + 1

    def _complement(self, tirage: Tirage, demande_id: str) -> dict[str, Any]:
        le = tirage.deposee_le + timedelta(days=3)
        ouvert = tirage.etat == Etat.COMPLEMENT_DEMANDE
        return {
            "demande_id": demande_id, "etat": "ouvert" if ouvert else "transmis", "message": "", "rappels": "[]",
            "demande_par_id": self.agents[tirage.prefecture.pk][0], "demande_le": le,
            "echeance": (le + timedelta(days=30)).date(), "clos_le": None if ouvert else le + timedelta(days=9),
        }  # fmt: skip

    def _refus(self, tirage: Tirage, demande_id: str) -> dict[str, Any]:
        propose, conclu = self.agents[tirage.prefecture.pk][:2]
        confirme = tirage.etat == Etat.DECISION_DEFAVORABLE
        return {
            "demande_id": demande_id, "etat": "confirme" if confirme else "propose", "motif": "autre",
            "explication": "Exemple.", "propose_par_id": propose, "propose_le": tirage.deposee_le, "retour": "",
            "conclu_par_id": conclu if confirme else None, "conclu_le": tirage.decidee_le,
        }  # fmt: skip

    def _remise(self, tirage: Tirage, demande_id: str) -> dict[str, Any]:
        remise = tirage.etat == Etat.TITRE_REMIS
        debut = tirage.decidee_le.date()
        return {
            "demande_id": demande_id, "annoncee_le": tirage.decidee_le, "lignes": "[]", "euros": 225,
            "a_confirmer": False, "titre_numero": f"B{tirage.rang}", "titre_debut": debut,
            "titre_fin": debut + timedelta(days=3652), "timbre": f"{tirage.rang:016d}" if remise else None,
            "remise_le": tirage.close_le, "ancien_titre_motif": "", "rappels": "[]",
            "remise_par_id": self.agents[tirage.prefecture.pk][0] if remise else None,
        }  # fmt: skip


def modele_de_donnees() -> dict[str, str]:
    """What a real deposit leaves in its row, as JSON, with marks where the person's own values go."""
    profil = essai.refugie(le=timezone.now(), registre={"nom": "@NOM@", "prenoms": ["@PRENOMS@"]})
    profil.remplir(au=timezone.localdate())
    demande = deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=timezone.now())
    donnees = json.dumps(demande.donnees, ensure_ascii=False)
    for piece in demande.donnees["pieces"]:
        for fichier in piece["fichiers"]:
            donnees = donnees.replace(fichier["id"], "@FICHIER@").replace(fichier["sha256"], "@EMPREINTE@")
    donnees = donnees.replace(demande.beneficiaire, "@NUMERO@").replace('"AF"', '"@PAYS@"')
    return {
        "donnees": donnees,
        "reponses": json.dumps(demande.reponses),
        "etapes": json.dumps(demande.etapes),
    }


def copier(table: str, lignes: list[dict[str, Any]]) -> None:
    """COPY the rows, which have the same keys, into `table`."""
    if not lignes:
        return
    colonnes = ", ".join(lignes[0])
    with connection.cursor() as curseur, curseur.copy(f"COPY {table} ({colonnes}) FROM STDIN") as flux:
        for ligne in lignes:
            flux.write_row(tuple(ligne.values()))
