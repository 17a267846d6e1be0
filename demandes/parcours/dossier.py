"""What the answers of one draft mean: the person, the situation, the orientation, the pièces, the open steps.

Nothing is stored here and no request is seen: the wizard's pages and the deposit read the same object, so
that what was shown is what is checked (R-DEPOT-1).
"""

from datetime import date
from functools import cached_property
from typing import Any

from django.utils.datastructures import MultiValueDict

from demandes.models import Demande, Piece
from demandes.parcours import ETAPES
from demandes.parcours.controle import Controle, controler
from demandes.parcours.empreinte import empreinte
from demandes.parcours.faits import faits_declares, situation_de
from demandes.parcours.famille import FamilleForm
from demandes.parcours.identite import ETAT_CIVIL, IdentiteForm, civil_du_registre
from demandes.parcours.justificatifs import JustificatifsForm
from demandes.parcours.recapitulatif import RecapitulatifForm
from demandes.parcours.situation import MAJORITE, SituationForm
from demandes.regles.dates import age_au
from demandes.regles.faits import DateNaissance, Situation
from demandes.regles.orientation import Orientation, orienter
from demandes.regles.pieces import PieceDemandee, pieces_de
from demandes.requetes import demande_ouverte_pour, pieces_avec_fichiers
from referentiels import agdref, territoire
from referentiels.agdref import DocumentConnu, PersonneConnue
from referentiels.formulaires import Formulaire
from referentiels.models import Prefecture

FORMULAIRES: dict[str, type[Formulaire]] = {
    "situation": SituationForm,
    "identite": IdentiteForm,
    "famille": FamilleForm,
    "justificatifs": JustificatifsForm,
    "recapitulatif": RecapitulatifForm,
}

# What the register or the database said of the account and of step 1: no later answer changes it.
LUS_DE_LA_SITUATION = ("titulaire", "_situation_nette", "personne", "demande_en_cours")


class Dossier:
    """The reading of one draft on one day (`au`, the date in Paris)."""

    def __init__(self, demande: Demande, *, au: date) -> None:
        self.demande = demande
        self.au = au
        self._formulaires: dict[str, Formulaire] = {}
        self._nettes: dict[str, dict[str, Any] | None] = {}

    # --- forms and steps -------------------------------------------------------------------------------

    def formulaire(self, etape: str, saisie: MultiValueDict[str, str] | None = None) -> Formulaire:
        """The form of a step, bound to `saisie`, else to the stored answers, else unbound with what is known.

        The one on the stored answers is made and checked once.
        """
        if saisie is not None or etape not in self.demande.reponses:
            return FORMULAIRES[etape](data=saisie, prefix=etape, dossier=self)
        if etape not in self._formulaires:
            garde = MultiValueDict(self.demande.reponses[etape])
            self._formulaires[etape] = FORMULAIRES[etape](data=garde, prefix=etape, dossier=self)
        return self._formulaires[etape]

    def nettes(self, etape: str) -> dict[str, Any] | None:
        """Cleaned answers of a step as stored, None where they are absent or not valid."""
        if etape not in self._nettes:
            # Set first: a form that asks for its own step's answers gets None instead of recursing.
            self._nettes[etape] = None
            if etape in self.demande.reponses:
                formulaire = self.formulaire(etape)
                self._nettes[etape] = formulaire.cleaned_data if formulaire.is_valid() else None
        return self._nettes[etape]

    def etape_faite(self, etape: str) -> bool:
        """Whether the step was validated against what it would show now."""
        return self.demande.etapes.get(etape) == empreinte(self, etape)

    def ouverte(self, etape: str) -> bool:
        """Whether the step may be shown: the rules let the person apply, and those before it are done."""
        rang = ETAPES.index(etape)
        return rang == 0 or (self.peut_deposer and all(map(self.etape_faite, ETAPES[:rang])))

    @cached_property
    def premiere_a_faire(self) -> str:
        """The first open step that is to do, the last one when all are done."""
        if not self.peut_deposer:
            return ETAPES[0]
        return next((etape for etape in ETAPES if not self.etape_faite(etape)), ETAPES[-1])

    def repondre(self, etape: str, reponses: dict[str, list[str]]) -> "Dossier":
        """Put these answers in the draft, not saved, and give the dossier that they make.

        What the register said and what earlier steps hold is not read again.
        """
        self.demande.reponses[etape] = reponses
        self.demande.etapes.pop(etape, None)
        dossier = Dossier(self.demande, au=self.au)
        avant = ETAPES[: ETAPES.index(etape)]
        dossier._formulaires = {nom: self._formulaires[nom] for nom in avant if nom in self._formulaires}
        dossier._nettes = {nom: self._nettes[nom] for nom in avant if nom in self._nettes}
        for lu in LUS_DE_LA_SITUATION if avant else ("titulaire",):
            if lu in vars(self):
                vars(dossier)[lu] = vars(self)[lu]
        return dossier

    # --- the person ------------------------------------------------------------------------------------

    @cached_property
    def _situation_nette(self) -> dict[str, Any]:
        return self.nettes("situation") or {}

    @property
    def beneficiaire(self) -> str:
        """Numéro étranger (else visa number) of the person for whom the permit is asked, "" if not told yet."""
        compte = self.demande.compte
        if self._situation_nette.get("pour") == "enfant":
            return self._situation_nette.get("numero_enfant", "")
        return compte.numero_etranger or compte.numero_visa or ""

    @cached_property
    def titulaire(self) -> PersonneConnue | None:
        """The account's holder in the register."""
        compte = self.demande.compte
        identifiant = compte.numero_etranger or compte.numero_visa
        return agdref.service().personne(identifiant) if identifiant else None

    @cached_property
    def personne(self) -> PersonneConnue | None:
        """The bénéficiaire in the register."""
        if not self._situation_nette:
            return None
        if self._situation_nette["pour"] == "moi":
            return self.titulaire
        return self.enfant_connu(
            self._situation_nette["numero_enfant"], self._situation_nette["date_naissance"]
        )

    def enfant_connu(self, numero: str, naissance: str) -> PersonneConnue | None:
        """The child of this number in the register, for someone who already knows the birth date.

        A number alone would let anyone read a stranger's civil status.
        """
        personne = agdref.service().personne(numero)
        return personne if personne and personne.date_naissance == naissance else None

    def enfant_contredit(self, numero: str, naissance: str) -> bool:
        """Whether the register has this number under another birth date.

        Such a demande would be open in the name of the number's holder, who could then make none.
        """
        personne = agdref.service().personne(numero)
        return personne is not None and personne.date_naissance != naissance

    @property
    def date_naissance(self) -> DateNaissance | None:
        texte = self.personne.date_naissance if self.personne else self._situation_nette.get("date_naissance")
        return DateNaissance.lire(texte) if texte else None

    @property
    def mineur(self) -> bool:
        """Under 18 on the day; an unknown birth date counts as an adult's until it is told."""
        naissance = self.date_naissance
        return naissance is not None and age_au(naissance.au_plus_tot, self.au) < MAJORITE

    @property
    def titre_detenu(self) -> DocumentConnu | None:
        return self.personne.titre_detenu if self.personne else None

    # --- the rules -------------------------------------------------------------------------------------

    def statut(self) -> str:
        return self._situation_nette.get("statut", "")

    def lien(self) -> str:
        return self._situation_nette.get("lien", "")

    @cached_property
    def situation(self) -> Situation | None:
        """The facts for the rules; None before step 1 is valid."""
        net = self._situation_nette
        if not net or self.date_naissance is None:
            return None
        return situation_de(
            net,
            famille=self.nettes("famille") or {},
            compte=self.demande.compte,
            personne=self.personne,
            date_naissance=self.date_naissance,
            demande_en_cours=self.demande_en_cours is not None,
            au=self.au,
        )

    @cached_property
    def demande_en_cours(self) -> Demande | None:
        return demande_ouverte_pour(self.beneficiaire, sauf=self.demande.pk)

    @cached_property
    def orientation(self) -> Orientation | None:
        return orienter(self.situation, self.au) if self.situation else None

    @cached_property
    def controle(self) -> Controle:
        """What the register says of the declared status (settled points of the specification)."""
        return controler(self.situation, self.personne)

    @property
    def peut_deposer(self) -> bool:
        """The rules let the person apply here and the register does not contradict what they declare."""
        return bool(self.orientation and self.orientation.recevable) and self.controle != Controle.CONTREDIT

    @cached_property
    def pieces(self) -> list[PieceDemandee]:
        """The pièces asked for, the conditional ones settled by what steps 1 to 3 tell."""
        if not self.situation or not self.peut_deposer:
            return []
        faits = faits_declares(
            self.nettes("famille") or {},
            nationalite=self.civil["nationalite"],
            parent_titulaire=self._parent_titulaire(),
        )
        return pieces_de(self.situation, self.au, faits)

    def _parent_titulaire(self) -> bool:
        if not self.demande.pour_mineur:
            return False
        return bool(self.titulaire and self.titulaire.titre_detenu)

    @property
    def civil(self) -> dict[str, Any]:
        """Civil status: the register's where it has the person, else what step 2 declares.

        Keys nom, nom_usage, prenoms (list), sexe, date_naissance, ville_naissance, pays_naissance,
        nationalite, declare (bool).
        """
        if self.personne:
            return {**civil_du_registre(self.personne), "declare": False}
        identite = self.nettes("identite") or {}
        declare = {nom: identite.get(nom, "") for nom in ETAT_CIVIL}
        declare["date_naissance"] = str(self.date_naissance or "")
        return {**declare, "prenoms": declare["prenoms"].split(), "declare": True}

    @cached_property
    def prefecture(self) -> Prefecture | None:
        """The prefecture of the commune where the person lives (R.431-20)."""
        identite = self.nettes("identite")
        return territoire.service().prefecture_de_commune(identite["commune"]) if identite else None

    @property
    def signalements(self) -> list[str]:
        """Codes that the agent sees: the rules' alerts and what the deposit noticed, sorted."""
        net = self._situation_nette
        codes = set(self.orientation.alertes) if self.orientation else set()
        if self.controle == Controle.A_VERIFIER:
            codes.add("STATUT_A_VERIFIER")
        if self.civil["declare"]:
            codes.add("ETAT_CIVIL_DECLARE")
        if net.get("motif_premiere"):
            codes.add(f"PREMIERE_{net['motif_premiere'].upper()}")
        if net.get("residence_reguliere_depuis") and not (
            self.personne and self.personne.residence_reguliere_depuis
        ):
            codes.add("RESIDENCE_DECLAREE")
        return sorted(codes)

    @cached_property
    def pieces_jointes(self) -> dict[str, Piece]:
        return pieces_avec_fichiers(self.demande)
