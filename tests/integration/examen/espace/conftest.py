"""What the tests of the applicant's side share: a dossier, its agent, a complement that waits."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from comptes.models import Compte
from demandes.models import Complement, Demande, Piece
from demandes.operations.demander_complement import PieceACompleter, demander_complement
from demandes.operations.deposer import deposer
from demandes.operations.prendre_en_charge import prendre_en_charge
from tests import dossiers_d_essai as essai

DOMICILE, EPHOTO = "justificatif_domicile", "ephoto"


@pytest.fixture(autouse=True)
def _base(db):
    """Every test here uses the database."""


@pytest.fixture
def deposer_pour() -> Callable[[essai.Profil], Demande]:
    """Deposit what a profile asks, today."""

    def _deposer(profil: essai.Profil) -> Demande:
        profil.remplir(au=timezone.localdate())
        return deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=timezone.now())

    return _deposer


@pytest.fixture
def demande(deposer_pour) -> Demande:
    """The deposited dossier of a refugee in the Jura."""
    return deposer_pour(essai.refugie(le=timezone.now()))


@pytest.fixture
def agent() -> Compte:
    return essai.agent(essai.prefecture("39"))


@pytest.fixture
def demander(agent) -> Callable[..., Complement]:
    """Start the examination if need be, and ask for these pièces again."""

    def _demander(demande: Demande, *codes: str, message: str = "") -> Complement:
        cles = {"demande_id": demande.pk, "agent_id": agent.pk, "version": None, "maintenant": timezone.now()}
        if demande.etat == "deposee":
            prendre_en_charge(**cles)
        complement = demander_complement(
            **cles,
            pieces=[PieceACompleter(code, "perime", "Il date de 2019.") for code in codes or (DOMICILE,)],
            message=message,
        )
        demande.refresh_from_db()
        return complement

    return _demander


@pytest.fixture
def complement(demande, demander) -> Complement:
    """A complement about the proof of address."""
    return demander(demande, message="Votre justificatif est trop ancien.")


def joindre(complement: Complement, code: str = DOMICILE, **valeurs):
    """A new file for this pièce, checked, not transmitted yet."""
    piece, _cree = Piece.objects.get_or_create(demande=complement.demande, code=code)
    complement.pieces.filter(code=code).update(choix="remplacer")
    return essai.fichier_pret(piece, complement=complement, **valeurs)
