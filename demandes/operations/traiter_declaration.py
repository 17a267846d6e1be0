"""An agent answers a declaration about a permit: the register is corrected, or the answer says why not."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from comptes.models import Compte
from comptes.operations.avertir import avertir
from demandes.models import DeclarationTitre, Trace
from demandes.operations.annoncer_titre import NUMERO_DE_TITRE
from demandes.operations.refus import ActionImpossible, DossierIntrouvable
from demandes.regles.faits import Statut, TypeTitre
from demandes.requetes import declarations_de_l_agent
from referentiels import agdref
from referentiels.agdref import AgdrefIndisponible
from referentiels.corrections import TitreCorrige, TitreInconnu, TitreVise

STATUTS = frozenset({Statut.REFUGIE, Statut.PROTECTION_SUBSIDIAIRE})


@dataclass(frozen=True)
class Correction:
    """What the register must say, as the agent has checked it: a permit, a status, or both.

    `type` is a `TypeTitre`; "" and None mean that the permit, or the status, is right as it is.
    """

    type: str = ""
    numero: str = ""
    debut: date | None = None
    fin: date | None = None
    statut: str = ""

    @property
    def porte_sur_le_titre(self) -> bool:
        return bool(self.type or self.numero or self.debut or self.fin)


@transaction.atomic
def accepter_declaration(
    *,
    declaration_id: UUID,
    agent_id: int,
    reponse: str = "",
    correction: Correction | None = None,
    maintenant: datetime,
) -> DeclarationTitre:
    """Correct the register, so that the person can apply, and tell them what to do next.

    A card never received is noted so; what the register has wrong needs a `correction`. `reponse` is read by
    the person. Raises `DossierIntrouvable`, `ActionImpossible` (declaration_traitee, correction_vide,
    dates_du_registre, numero_du_titre, titre_change, registre_indisponible).
    """
    declaration, agent = _verrouiller(declaration_id, agent_id)
    correction = correction or Correction()
    try:
        if declaration.genre == DeclarationTitre.Genre.JAMAIS_RECU:
            agdref.service().noter_non_remis(_vise(declaration))
        else:
            _corriger(declaration, correction)
    except TitreInconnu:
        raise ActionImpossible("titre_change") from None
    except AgdrefIndisponible:
        raise ActionImpossible("registre_indisponible") from None
    _conclure(declaration, agent, DeclarationTitre.Etat.ACCEPTEE, reponse, maintenant)
    return declaration


@transaction.atomic
def refuser_declaration(
    *, declaration_id: UUID, agent_id: int, reponse: str, maintenant: datetime
) -> DeclarationTitre:
    """Leave the register as it is; `reponse` tells the person why, and what to do.

    Raises `DossierIntrouvable`, `ActionImpossible` (declaration_traitee, phrase).
    """
    declaration, agent = _verrouiller(declaration_id, agent_id)
    if not reponse.strip():
        raise ActionImpossible("phrase")
    _conclure(declaration, agent, DeclarationTitre.Etat.REFUSEE, reponse, maintenant)
    return declaration


def _verrouiller(declaration_id: UUID, agent_id: int) -> tuple[DeclarationTitre, Compte]:
    """The open declaration, of the agent's prefectures, locked."""
    agent = Compte.objects.get(pk=agent_id)
    declaration = (
        declarations_de_l_agent(agent)
        .select_related("compte")
        .select_for_update(of=("self",))
        .filter(pk=declaration_id)
        .first()
    )
    if declaration is None:
        raise DossierIntrouvable
    if declaration.etat != DeclarationTitre.Etat.OUVERTE:
        raise ActionImpossible("declaration_traitee")
    return declaration, agent


def _vise(declaration: DeclarationTitre) -> TitreVise:
    if declaration.titre_debut is None or declaration.titre_fin is None:
        raise TitreInconnu
    return TitreVise(
        identifiant=declaration.beneficiaire,
        numero=declaration.titre_numero,
        debut=declaration.titre_debut,
        fin=declaration.titre_fin,
    )


def _corriger(declaration: DeclarationTitre, correction: Correction) -> None:
    corrige = _titre_corrige(correction) if correction.porte_sur_le_titre else None
    if corrige == _connu(declaration):
        # The page proposes what the register has: sent back untouched, it corrects nothing.
        corrige = None
    if not (corrige or correction.statut):
        raise ActionImpossible("correction_vide")
    registre = agdref.service()
    if corrige:
        if declaration.titre_debut is None:
            registre.ajouter_titre(declaration.beneficiaire, corrige)
        else:
            registre.corriger_titre(_vise(declaration), corrige)
    if correction.statut:
        if correction.statut not in STATUTS:
            raise ActionImpossible("valeur")
        registre.corriger_statut(declaration.beneficiaire, correction.statut)


def _connu(declaration: DeclarationTitre) -> TitreCorrige | None:
    """The permit as the register had it."""
    if declaration.titre_debut is None or declaration.titre_fin is None:
        return None
    return TitreCorrige(
        declaration.titre_type, declaration.titre_numero, declaration.titre_debut, declaration.titre_fin
    )


def _titre_corrige(correction: Correction) -> TitreCorrige:
    numero = "".join(correction.numero.split()).upper()
    if not NUMERO_DE_TITRE.fullmatch(numero):
        raise ActionImpossible("numero_du_titre")
    if (
        correction.type not in set(TypeTitre)
        or correction.debut is None
        or correction.fin is None
        or correction.fin < correction.debut
    ):
        raise ActionImpossible("dates_du_registre")
    return TitreCorrige(type=correction.type, numero=numero, debut=correction.debut, fin=correction.fin)


def _conclure(
    declaration: DeclarationTitre, agent: Compte, etat: str, reponse: str, maintenant: datetime
) -> None:
    declaration.etat, declaration.reponse = etat, reponse.strip()
    declaration.traitee_par, declaration.traitee_le = agent, maintenant
    declaration.save()
    acceptee = etat == DeclarationTitre.Etat.ACCEPTEE
    Trace.objects.create(
        sujet=declaration.pk,
        quoi="accepter_declaration" if acceptee else "refuser_declaration",
        acteur=agent,
    )
    avertir(
        compte=declaration.compte,
        type="declaration_acceptee" if acceptee else "declaration_refusee",
        valeurs={"genre": declaration.genre},
        cle=f"declaration_traitee:{declaration.pk}",
    )
