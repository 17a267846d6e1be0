"""A population of invented dossiers that live for three years, a day at a time, under a beat that fails.

The clock is an argument, the database is real, what happens is what agents, people and beat do through the operations.
What is expected is said in the words of the specification, not in those of the code that is tried.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from comptes.models import Compte
from demandes.documents import attestation_du_depot
from demandes.etats import CLOS, Etat
from demandes.models import Demande
from demandes.operations import classer_sans_suite, corriger, demander_complement, ordonner_apd, transferer
from demandes.operations.decider_favorable import decider_favorable
from demandes.operations.emettre_attestation import emettre
from demandes.operations.prendre_en_charge import prendre_en_charge
from demandes.operations.prolonger import prolonger, suivre
from demandes.operations.refuser import confirmer_refus, proposer_refus
from demandes.operations.retirer import retirer
from demandes.operations.verifier_statut import constater_etat_civil, verifier_statut
from demandes.regles.dates import ajouter_mois
from demandes.regles.faits import (
    DateNaissance,
    Lien,
    Nature,
    Situation,
    Statut,
    StatutProtege,
    TitreDetenu,
    TypeTitre,
)
from demandes.regles.lecture import situation_vers_dict
from demandes.regles.orientation import orienter
from demandes.requetes import apd_dues
from tests import dossiers_d_essai as essai

PARIS = ZoneInfo("Europe/Paris")
JOUR = timedelta(days=1)
PREMIER_JOUR, DERNIER_JOUR = date(2026, 11, 23), date(2029, 11, 23)
PANNE_LA_PLUS_LONGUE = 14
# Deposits on the days when calendars trip: ends of months, 29 February, New Year, changes of the clock.
DEPOTS_DELICATS = [
    date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 31), date(2027, 3, 28),
    date(2027, 8, 31), date(2027, 10, 31), date(2028, 2, 29), date(2028, 3, 26), date(2028, 5, 31),
]  # fmt: skip
PROTEGES = [StatutProtege.REFUGIE, StatutProtege.PROTECTION_SUBSIDIAIRE]
# The permit, visa or récépissé held ends so many days after the deposit.
FINS_DELICATES = [-180, -1, 0, 1, 2, 14, 15, 16, 17, 30]


# Done at that instant; False when nothing was to do.
Acte = Callable[[datetime], bool | None]


@dataclass
class Vie:
    """One dossier, what is planned for it, and what the person may claim."""

    demande_id: object
    depot: date
    protege: bool
    renouvellement: bool
    # Last day of the document held by a family member; None for those who hold none.
    fin_du_document: date | None
    # First day on which attestations of stay are due: the deposit, the order of an agent; None before it.
    droits_depuis: date | None
    verifie: bool
    projets: dict[date, list[str]] = field(default_factory=dict)
    decide_le: date | None = None
    clos_le: date | None = None

    def projeter(self, jour: date, quoi: str) -> None:
        self.projets.setdefault(jour, []).append(quoi)

    def attendu(self, jour: date) -> str:
        """What must cover `jour`: ADF, APD, the document held, or nothing at all."""
        if jour < self.depot or self.clos_le is not None:
            return "rien"
        if self.decide_le is not None:
            return "ADF"
        if not self.verifie or self.droits_depuis is None:
            return "pas d’APD"
        if self.fin_du_document is not None and jour <= self.fin_du_document:
            return "document détenu"
        return "APD"


class Population:
    """Everybody, their agents, and the sweeps of beat."""

    def __init__(self, graine: int, combien: int) -> None:
        self.hasard = random.Random(graine)
        prefectures = [essai.prefecture("39"), essai.prefecture("92")]
        self.agent = essai.agent(*prefectures)
        self.responsable = essai.agent(*prefectures, role="responsable")
        self.vies: dict[object, Vie] = {}
        self._rang = 0
        self._a_naitre: dict[date, list[Acte]] = {}
        for rang in range(combien):
            depot = (
                DEPOTS_DELICATS[rang // 3 % len(DEPOTS_DELICATS)]
                if rang % 3 == 0
                else PREMIER_JOUR + self.hasard.randrange(700) * JOUR
            )
            self._a_naitre.setdefault(depot, []).append(self._naissance(rang))
        self.balayages = self._beat()

    # --- one day --------------------------------------------------------------------------------------------

    def vivre(self, jour: date) -> bool:
        """Everything of that day in Paris, in the order of its hours; whether anything happened."""
        actes: list[tuple[datetime, Acte]] = []
        for naitre in self._a_naitre.pop(jour, []):
            actes.append((self._instant(jour), naitre))
        for vie in self.vies.values():
            for quoi in vie.projets.pop(jour, []):
                actes.append((self._instant(jour), lambda le, v=vie, q=quoi: self._agir(v, q, le)))
        if jour in self.balayages:
            actes.append((self.balayages[jour], balayer))
        faits = [acte(maintenant) for maintenant, acte in sorted(actes, key=lambda acte: acte[0])]
        return any(fait is not False for fait in faits)

    def _beat(self) -> dict[date, datetime]:
        """One sweep a day at any hour, with stops of up to fourteen days."""
        balayages, jour = {}, PREMIER_JOUR
        while jour <= DERNIER_JOUR:
            if self.hasard.random() < 0.04:
                jour += self.hasard.choice([1, 3, 7, PANNE_LA_PLUS_LONGUE]) * JOUR
            balayages[jour] = self._instant(jour)
            jour += JOUR
        return balayages

    def _instant(self, jour: date) -> datetime:
        """An instant of that day in Paris; New Year's is 31 December 23:30 UTC, the night of a change its odd hour."""
        heure = time(self.hasard.randrange(24), self.hasard.randrange(60))
        if (jour.month, jour.day) == (1, 1):
            return datetime(jour.year - 1, 12, 31, 23, 30, tzinfo=UTC)
        if (jour.month, jour.weekday()) in ((3, 6), (10, 6)) and jour.day > 24:
            heure = time(2, 30, fold=self.hasard.randrange(2))
        return datetime.combine(jour, heure, tzinfo=PARIS).astimezone(UTC)

    # --- a deposit ------------------------------------------------------------------------------------------

    def _naissance(self, rang: int) -> Acte:
        return lambda maintenant: self._deposer(rang, maintenant)

    def _deposer(self, rang: int, maintenant: datetime, *, compte: Compte | None = None) -> None:
        """What deposer does to the database, without the five pages."""
        hasard, depot = self.hasard, maintenant.astimezone(PARIS).date()
        self._rang += 1
        protege = rang % 5 < 2
        renouvellement = hasard.random() < 0.35
        ecart = FINS_DELICATES[rang % len(FINS_DELICATES)] if rang % 2 else hasard.randrange(-180, 400)
        detient = renouvellement or (not protege and hasard.random() < 0.6)
        fin = min(depot + ecart * JOUR, ajouter_mois(depot, 3)) if renouvellement else depot + ecart * JOUR
        mineur = hasard.random() < 0.15
        age = 17 if mineur else hasard.choice([18, 18, 30])
        situation = Situation(
            statut=hasard.choice([Statut.REFUGIE, Statut.PROTECTION_SUBSIDIAIRE])
            if protege
            else Statut.MEMBRE_FAMILLE,
            nature=Nature.RENOUVELLEMENT if renouvellement else Nature.PREMIERE,
            date_naissance=DateNaissance.du_jour(ajouter_mois(depot, -12 * age)),
            lien=None if protege else hasard.choice(list(Lien)),
            statut_du_protege=None if protege else hasard.choice(PROTEGES),
            souhaite_travailler=True,
            numero_etranger=essai.numero(),
            titre_detenu=TitreDetenu(TypeTitre.CSP_FAMILLE_BPS, fin - 900 * JOUR, fin)
            if renouvellement
            else None,
        )
        verifie = hasard.random() > 0.15
        demande = self._creer(situation, depot, maintenant, fin if detient else None, verifie, mineur, compte)
        emettre(demande, attestation_du_depot(demande))
        suivre(demande, maintenant)
        demande.save()
        enfant_a_temps = situation.lien is Lien.ENFANT and age == 18
        vie = Vie(
            demande_id=demande.pk,
            depot=depot,
            protege=protege,
            renouvellement=renouvellement,
            fin_du_document=fin if detient and not protege else None,
            droits_depuis=depot if protege or detient or enfant_a_temps else None,
            verifie=verifie,
        )
        self.vies[demande.pk] = vie
        self._projeter(vie)

    def _creer(
        self,
        situation: Situation,
        depot: date,
        maintenant: datetime,
        fin: date | None,
        verifie: bool,
        mineur: bool,
        compte: Compte | None,
    ) -> Demande:
        document = fin and {
            "nature": "titre"
            if situation.nature is Nature.RENOUVELLEMENT
            else self.hasard.choice(["visa", "recepisse"]),
            "numero": "FIC0000001", "debut": (fin - 900 * JOUR).isoformat(), "fin": fin.isoformat(),
        }  # fmt: skip
        orientation = orienter(situation, depot)
        if orientation.titre is None:
            raise AssertionError([str(etape.code) for etape in orientation.trace])
        return Demande.objects.create(
            compte=compte or essai.compte(numero_etranger=situation.numero_etranger),
            etat=Etat.DEPOSEE,
            numero=f"3901{depot:%Y%m%d}0000{self._rang:03d}",
            deposee_le=maintenant,
            prefecture=essai.prefecture("39"),
            beneficiaire=situation.numero_etranger,
            nature=situation.nature,
            titre_code=orientation.titre.code,
            controle="confirme" if verifie else "a_verifier",
            pour_mineur=mineur,
            ofpra_en_attente=situation.lien is None
            and situation.nature is Nature.PREMIERE
            and self.hasard.random() < 0.3,
            donnees={
                "au": depot.isoformat(),
                "civil": {
                    "nom": "SIMULÉE-FICTIVE", "nom_usage": "", "prenoms": ["Ana"], "sexe": "F",
                    "date_naissance": str(situation.date_naissance), "ville_naissance": "Asmara",
                    "pays_naissance": "ER", "nationalite": "ER", "declare": False,
                },
                "adresse": {
                    "ligne": "1 rue de l’Exemple", "complement": "", "code_postal": "39000",
                    "code_insee": "39300", "commune": "Lons-le-Saunier", "telephone": "",
                },
                "situation": situation_vers_dict(situation),
                "orientation": orientation.vers_dict(),
                "titre_detenu": document if situation.titre_detenu else None,
                "document_detenu": document,
                "pieces": [],
            },
        )  # fmt: skip

    # --- what happens to it -----------------------------------------------------------------------------------

    def _projeter(self, vie: Vie) -> None:
        """Draw the life of the dossier: some wait for three years, some are settled within days."""
        hasard = self.hasard
        jour = vie.depot + hasard.randrange(0, 60) * JOUR
        fin = vie.depot + hasard.choice([10, 100, 200, 400, 700, 9999]) * JOUR + hasard.randrange(9) * JOUR
        if not vie.verifie:
            vie.projeter(vie.depot + hasard.choice([1, 2, 2, 2, 240]) * JOUR, "verifier")
        if vie.droits_depuis is None and hasard.random() < 0.7:
            vie.projeter(vie.depot + hasard.randrange(1, 90) * JOUR, "ordonner")
        for _ in range(hasard.choice([0, 0, 0, 0, 1, 3])):
            vie.projeter(vie.depot + hasard.randrange(900) * JOUR, "corriger")
        for quoi in ("complement", "transferer"):
            if hasard.random() < 0.15:
                vie.projeter(jour + hasard.randrange(1, 300) * JOUR, quoi)
        if hasard.random() < 0.15:
            vie.projeter(jour, "retirer")
        vie.projeter(fin, hasard.choice(["decider", "decider", "refuser", "classer"]))

    def _agir(self, vie: Vie, quoi: str, maintenant: datetime) -> None:
        """Do it, if the dossier is in a state that allows it; what is impossible is not what is tried here."""
        demande = Demande.objects.get(pk=vie.demande_id)
        jour = maintenant.astimezone(PARIS).date()
        if demande.etat in CLOS or vie.decide_le is not None:
            return
        commun = {"demande_id": demande.pk, "agent_id": self.agent.pk, "version": demande.version}
        date_ = {"maintenant": maintenant}
        match quoi:
            case "verifier":
                verifier_statut(**commun, **date_, motif="Décision lue.")
                vie.verifie = True
            case "ordonner" if vie.verifie:
                ordonner_apd.ordonner_apd(**commun, **date_, motif="Urgence.")
                vie.droits_depuis = jour
            case "corriger":
                nom = f"CORRIGÉE-{self.hasard.randrange(10**9)}-FICTIVE"
                corriger.corriger(**commun, **date_, champ="nom", valeur=nom, motif="Faute.")
            case "transferer":
                ailleurs = "92" if demande.prefecture_id == "39" else "39"
                transferer.transferer(**commun, **date_, departement=ailleurs, motif="Déménagement.")
            case "retirer" if demande.etat == Etat.DEPOSEE:
                retirer(demande_id=demande.pk, compte_id=demande.compte_id, maintenant=maintenant)
                vie.clos_le = jour
            case "complement" | "decider" | "refuser" | "classer":
                self._examiner(vie, demande, quoi, maintenant)

    def _examiner(self, vie: Vie, demande: Demande, quoi: str, maintenant: datetime) -> None:
        jour = maintenant.astimezone(PARIS).date()

        def faire(operation: Callable[..., object], par: Compte = self.agent, **valeurs: object) -> None:
            operation(demande_id=demande.pk, agent_id=par.pk, version=None, maintenant=maintenant, **valeurs)

        if demande.etat == Etat.DEPOSEE:
            faire(prendre_en_charge)
        if demande.etat == Etat.COMPLEMENT_DEMANDE and quoi != "classer":
            faire(demander_complement.renoncer_au_complement, motif="Reçu par courrier.")
        if quoi == "complement":
            piece = demander_complement.PieceACompleter("passeport", "illisible", "Refaites la photo.")
            faire(demander_complement.demander_complement, pieces=[piece])
            return
        if not vie.verifie:
            faire(verifier_statut, motif="Décision lue.")
            vie.verifie = True
        if demande.ofpra_en_attente and quoi != "classer":
            constater_etat_civil(
                demande_id=demande.pk, agent_id=self.agent.pk, version=None, motif="Reçu par courrier."
            )
        if quoi == "decider":
            faire(decider_favorable)
            vie.decide_le = jour
            return
        if quoi == "classer":
            faire(classer_sans_suite.classer_sans_suite, motif="sans_objet", explication="Plus d’objet.")
        else:
            faire(proposer_refus, motif="fraude", explication="Faux document.")
            faire(confirmer_refus, par=self.responsable)
        vie.clos_le = jour


def balayer(maintenant: datetime) -> bool:
    """What the task of beat does, at that instant; whether anything was due."""
    dues = list(apd_dues(maintenant.astimezone(PARIS).date()))
    for demande_id in dues:
        prolonger(demande_id=demande_id, maintenant=maintenant)
    return bool(dues)
