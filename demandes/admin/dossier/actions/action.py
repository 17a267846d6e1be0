"""What every action of an agent has in common: when it is offered, its form, what it calls (R-INSTR-1, R-INSTR-3)."""

from collections.abc import Mapping
from typing import Any, ClassVar, TypedDict
from uuid import UUID

from django.http import QueryDict
from django.utils.functional import Promise

from demandes.admin.dossier.contenu import DossierLu
from demandes.etats import AGENTS, PAR_CODE, Acteur, Etat
from referentiels.formulaires import Formulaire

Texte = str | Promise


class Qui(TypedDict):
    """What each operation is told first: the dossier, the agent, the version that the page showed."""

    demande_id: UUID
    agent_id: int
    version: int | None


class Action:
    """One thing to do on a dossier; a class each, an instance for each request.

    `parametres` is the query string of its page: which appointment, which field.
    """

    # Names the operation, the address and the journal entry.
    code: ClassVar[str]
    libelle: ClassVar[Texte]
    # What will happen, in one or two sentences; the button; what is said once done.
    explication: ClassVar[Texte] = ""
    bouton: ClassVar[Texte] = ""
    fait: ClassVar[Texte]
    formulaire: ClassVar[type[Formulaire]] = Formulaire
    gabarit: ClassVar[str] = "admin/demandes/demande/actions/action.html"
    # For what is no line of the table of transitions.
    etats: ClassVar[frozenset[Etat]] = frozenset()
    roles: ClassVar[frozenset[Acteur]] = AGENTS
    # Nothing to fill in, nothing to read again: a button on the dossier's page is enough.
    directe: ClassVar[bool] = False
    # Reached from the thing it is about, not from the list of actions.
    ciblee: ClassVar[bool] = False
    # Code of an `ActionImpossible` → the field that it is about.
    champs_des_refus: ClassVar[Mapping[str, str]] = {}

    def __init__(self, dossier: DossierLu, parametres: QueryDict) -> None:
        self.dossier = dossier
        self.demande = dossier.demande
        self.parametres = parametres

    @classmethod
    def regle(cls) -> tuple[frozenset[Etat], frozenset[Acteur]]:
        """(states, roles) that allow it: the line of the table of transitions, if it is one."""
        transition = PAR_CODE.get(cls.code)
        return (transition.de, transition.par) if transition else (cls.etats, cls.roles)

    @property
    def empechement(self) -> str:
        """Why it is not offered, a code of ACTIONS_IMPOSSIBLES; "" when it is."""
        etats, roles = self.regle()
        if self.demande.etat not in etats:
            return "etat"
        return self.sans_objet if self.dossier.agent.role in roles else "role"

    @property
    def sans_objet(self) -> str:
        """Why there is nothing to do it on, a code of ACTIONS_IMPOSSIBLES; "" when there is."""
        return ""

    @property
    def principale(self) -> bool:
        """Whether it is the next thing to do: a button rather than a link."""
        return self.directe

    @property
    def obstacles(self) -> list[str]:
        """Sentences that say why it cannot be done yet: its page shows them instead of the button."""
        return []

    def creer_formulaire(self, saisie: QueryDict | None = None) -> Formulaire:
        """The form, empty or with what was typed."""
        return self.formulaire(saisie, initial=self.initial())

    def initial(self) -> dict[str, Any]:
        return {}

    def contexte(self) -> dict[str, Any]:
        """What its page shows beside the form."""
        return {}

    def executer(self, qui: Qui, net: dict[str, Any]) -> object:
        """Call the operation with the cleaned form. Raises what the operation raises."""
        raise NotImplementedError

    def numero(self, nom: str) -> int:
        """The number that the query string gives under `nom`; 0, which is nobody's, for anything else."""
        texte = self.parametres.get(nom, "")
        return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 19 else 0
