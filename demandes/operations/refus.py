"""Why an operation says no: each refusal is a named exception that the page turns into a sentence."""

from collections.abc import Mapping

from demandes.models import Demande


class Refus(Exception):
    """The operation changed nothing."""


class BrouillonIntrouvable(Refus):
    """No such draft for this account, or it is a draft no more."""


class DejaDeposee(Refus):
    """The draft became a dossier meanwhile (second tab, double click), or the dossier awaits no answer any more."""

    def __init__(self, demande: Demande) -> None:
        super().__init__("déjà déposée")
        self.demande = demande


class EtapeFermee(Refus):
    """A step before this one is to do first, or the rules do not let the person apply."""


class ReponsesPerimees(Refus):
    """The step was changed elsewhere since the page was shown."""


class EtapeAReprendre(Refus):
    """A step is not valid any more; `etape` names it."""

    def __init__(self, etape: str) -> None:
        super().__init__(etape)
        self.etape = etape


class DepotImpossible(Refus):
    """The rules, or the register, say that this person cannot apply here today."""


class DemandeEnCours(Refus):
    """Another open demande for the same bénéficiaire won."""


class EphotoRefusee(Refus):
    """The e-photo code cannot be used; `etat` is malforme, expire, utilise or pas_encore_active."""

    def __init__(self, etat: str) -> None:
        super().__init__(etat)
        self.etat = etat


class TropDeFichiers(Refus):
    """The pièce has its ten files already (R-PIECE-1)."""


class FichierRefuse(Refus):
    """The file cannot be accepted; `code` is a `Motif`, worded in demandes/normalisation/motifs.py."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class FichierIntrouvable(Refus):
    """No such file in this draft or this answer."""


class FichierOccupe(Refus):
    """A worker is checking this file at this instant."""


class TropDeBrouillons(Refus):
    """The account has more drafts than a family can need."""


class DossierIntrouvable(Refus):
    """No such dossier for this agent or this account: unknown and somebody else's are the same."""


class DossierModifie(Refus):
    """Somebody wrote to the dossier since the page was shown; nothing was overwritten."""


class ComplementClos(Refus):
    """No complement waits for the person; `etat` says how the last one ended, "" when there was none."""

    def __init__(self, etat: str) -> None:
        super().__init__(etat)
        self.etat = etat


class ReponseIncomplete(Refus):
    """The answer to a complement cannot be transmitted; `manques` maps a pièce to a code of MANQUES_DE_REPONSE."""

    def __init__(self, manques: Mapping[str, str]) -> None:
        super().__init__(", ".join(f"{piece}: {manque}" for piece, manque in manques.items()))
        self.manques = dict(manques)


class GesteImpossible(Refus):
    """What the person asks for cannot be done now; `code` is worded in demandes.textes.GESTES_IMPOSSIBLES."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ActionImpossible(Refus):
    """The action cannot be done now; `code` is worded in demandes.textes.ACTIONS_IMPOSSIBLES."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class DeclarationImpossible(Refus):
    """The declaration about a permit cannot be taken so; `champ` names what is wrong."""

    def __init__(self, champ: str) -> None:
        super().__init__(champ)
        self.champ = champ


class DeclarationDejaOuverte(Refus):
    """The same was declared already and waits for an agent."""


class RecuperationPerimee(Refus):
    """The request about a lost mailbox is over, too old, not at this step yet, or was never ours."""
