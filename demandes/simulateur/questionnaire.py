"""How the answers to the simulator's questions become a Situation (R-PORTAIL-1).

Answers travel in the address, under the keys of R-REGLES-9, so that a result can be linked and nothing is
stored. Only one thing does not travel: the number itself. `numero` says which kind of number the person has.
"""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext

from demandes.regles.faits import Situation
from demandes.regles.lecture import ErreurDeChamp, lire_situation
from demandes.regles.orientation import Orientation, orienter
from demandes.simulateur.questions import ETAPES, Etape
from referentiels.formulaires import Formulaire

Reponses = dict[str, str]

# Keys that a link may carry without a question for them.
CLES_SANS_QUESTION = ("demande_en_cours",)
# Where the message of the rules is shown, when the question has another name than the key.
CHAMPS_DES_REGLES = {"titre_detenu.debut": "titre_debut", "titre_detenu.fin": "titre_fin"}


class Questionnaire:
    """What was answered so far, and what is asked next.

    `donnees` is the query string: answers under their keys; `etape`, the page to show (absent from a link to
    a result); `valider`, the page whose answers are being sent. `au` is today in Europe/Paris.
    Then one of three is set: `redirection`, the query string to go to once a page was accepted; `etape` and
    `formulaire`, the page to show; `orientation` and `situation`, when there is nothing more to ask.
    """

    def __init__(self, donnees: Mapping[str, str], au: date) -> None:
        self.au = au
        self.reponses: Reponses = {}
        self.repondues: list[Formulaire] = []
        self.etape: Etape | None = None
        self.formulaire: Formulaire | None = None
        self.situation: Situation | None = None
        self.orientation: Orientation | None = None
        self.redirection: str | None = None
        self._donnees = self._sans_numero(donnees)
        for cle in CLES_SANS_QUESTION:
            if self._donnees.get(cle) in ("true", "false"):
                self.reponses[cle] = self._donnees[cle]
        self._avancer()

    @property
    def rang(self) -> int:
        """Which page of questions this is, from 1."""
        return len(self.repondues) + 1

    def adresse(self, etape: str = "") -> str:
        """The query string that leads to a page of questions, later answers kept, or to the result."""
        gardees = self._plus_loin() if etape else {}
        return urlencode({**gardees, **self.reponses, **({"etape": etape} if etape else {})})

    def reponses_a_porter(self) -> Reponses:
        """The answers that the page shown sends along with its own."""
        siens = self.etape.champs if self.etape else ()
        return {cle: v for cle, v in {**self._plus_loin(), **self.reponses}.items() if cle not in siens}

    @staticmethod
    def _sans_numero(donnees: Mapping[str, str]) -> Reponses:
        """Replace a number found in a link by its kind: it must not stay in the addresses that follow."""
        propres = dict(donnees)
        for cle, sorte in (("numero_visa", "visa"), ("numero_etranger", "etranger")):
            if propres.pop(cle, "").strip():
                propres["numero"] = sorte
        return propres

    def _plus_loin(self) -> Reponses:
        """Answers of pages that come after the one shown: kept, and read when their turn comes."""
        champs = (champ for etape in ETAPES for champ in etape.champs)
        return {champ: self._donnees[champ] for champ in champs if champ in self._donnees}

    def _avancer(self) -> None:
        validee, demandee = self._donnees.get("valider"), self._donnees.get("etape")
        envoi = ferme = False
        for etape in ETAPES:
            if not etape.applicable(self.reponses, self.au):
                continue
            formulaire = etape.formulaire(self._donnees)
            repondue = etape.nom == validee or self._a_des_reponses(formulaire)
            if not repondue or (etape.nom == demandee and not validee):
                # A link to a result leaves out what is optional; after an answer, everything is asked.
                if ferme or (etape.facultative and not envoi and etape.nom != demandee):
                    continue
                if envoi:
                    self.redirection = self.adresse(etape.nom)
                self._demander(etape, etape.formulaire(initial=self._donnees))
                return
            if not (formulaire.is_valid() and self._comprise(formulaire)):
                self._demander(etape, formulaire)
                return
            self.repondues.append(formulaire)
            envoi = envoi or etape.nom == validee
            ferme = self._fermee()
        if envoi:
            self.redirection = self.adresse()
        self.orientation = self._orienter()

    def _demander(self, etape: Etape, formulaire: Formulaire) -> None:
        self.etape, self.formulaire = etape, formulaire

    def _a_des_reponses(self, formulaire: Formulaire) -> bool:
        return any(
            not champ.field.widget.value_omitted_from_data(self._donnees, {}, champ.html_name)
            for champ in formulaire
        )

    def _comprise(self, formulaire: Formulaire) -> bool:
        """Keep the answers of a valid page; False, with the error shown, when the rules refuse one."""
        avant = dict(self.reponses)
        for nom, valeur in formulaire.cleaned_data.items():
            self.reponses[nom] = valeur.isoformat() if isinstance(valeur, date) else str(valeur or "")
        try:
            self.situation = lire_situation(self._faits(), self.au)
        except ErreurDeChamp as erreur:
            champ = CHAMPS_DES_REGLES.get(str(erreur.champ), str(erreur.champ))
            self.reponses = avant
            formulaire.add_error(champ if champ in formulaire.fields else None, gettext(erreur.message))
            return False
        return True

    def _faits(self) -> dict[str, object]:
        """The JSON of R-REGLES-9. What is not asked yet takes the value that closes no door."""
        reponses = self.reponses
        faits: dict[str, object] = {
            "lien": "conjoint",
            "statut_du_protege": "refugie",
            "nature": "premiere",
            # An adult, whatever today is: the age closes a door only once it is known.
            "date_naissance": self.au.replace(year=self.au.year - 30, day=1).isoformat(),
        }
        faits |= {cle: valeur for cle, valeur in reponses.items() if valeur}
        faits["souhaite_travailler"] = reponses.get("souhaite_travailler") != "false"
        faits["demande_en_cours"] = reponses.get("demande_en_cours") == "true"
        if reponses.get("numero") == "visa":
            faits["numero_visa"] = "visa"
        elif reponses.get("numero") != "aucun":
            # Any ten digits: the rules only look whether there is a number.
            faits["numero_etranger"] = "0" * 10
        if reponses.get("recepisse") == "aucun":
            del faits["recepisse"]
        if reponses.get("titre_type") not in (None, "aucun"):
            faits["titre_detenu"] = {
                "type": reponses["titre_type"],
                "debut": reponses["titre_debut"],
                "fin": reponses["titre_fin"],
            }
        elif "titre_type" not in reponses:
            # The permit to renew is asked on the page that follows.
            faits["nature"] = "premiere"
        return faits

    def _orienter(self) -> Orientation | None:
        return orienter(self.situation, self.au) if self.situation else None

    def _fermee(self) -> bool:
        """Whether an answer already decides that the request is not possible here."""
        orientation = self._orienter()
        return orientation is not None and not orientation.recevable
