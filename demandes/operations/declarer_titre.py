"""« I never received my card », « the register is wrong »: the person declares, an agent unblocks (spec part 13)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from comptes.models import Compte
from comptes.operations.avertir import avertir
from demandes.echeances import jour_a_paris
from demandes.etats import Etat
from demandes.models import DeclarationTitre, Demande, Trace
from demandes.operations.refus import BrouillonIntrouvable, DeclarationDejaOuverte, DeclarationImpossible
from demandes.parcours.dossier import Dossier
from demandes.requetes import brouillons_de
from referentiels import territoire
from referentiels.agdref import DocumentConnu, PersonneConnue
from referentiels.models import Prefecture


@dataclass(frozen=True)
class Concerne:
    """Whose permit a declaration is about: the account's holder, or the child of a draft."""

    beneficiaire: str
    personne: PersonneConnue | None
    pour_enfant: bool

    @property
    def titre(self) -> DocumentConnu | None:
        """The permit that the register knows."""
        return self.personne.titre_detenu if self.personne else None

    @property
    def prefecture(self) -> Prefecture | None:
        """The one of the address that the register has (R.431-20)."""
        adresse = (self.personne and self.personne.adresse) or {}
        commune = adresse.get("code_insee")
        return territoire.service().prefecture_de_commune(commune) if commune else None

    @property
    def genres(self) -> list[DeclarationTitre.Genre]:
        """What can be declared: a card cannot be missing where the register knows of none in somebody's hands."""
        if self.titre is None or not self.titre.remis:
            return [DeclarationTitre.Genre.REGISTRE_FAUX]
        return list(DeclarationTitre.Genre)


@dataclass(frozen=True)
class CarteLue:
    """What the person reads on the card in their hands; empty when they hold none."""

    numero: str = ""
    debut: date | None = None
    fin: date | None = None


def concerne_par(compte: Compte, demande_id: UUID | None, *, au: date) -> Concerne:
    """Give whom a declaration would be about: the bénéficiaire of this draft, the account's holder without one.

    A child only once step 1 is valid: who knows the number and the birth date. Raises `BrouillonIntrouvable`.
    """
    if demande_id is None:
        brouillon = Demande(compte=compte, etat=Etat.BROUILLON)
    else:
        trouve = brouillons_de(compte).select_related("compte").filter(pk=demande_id).first()
        if trouve is None:
            raise BrouillonIntrouvable
        brouillon = trouve
    dossier = Dossier(brouillon, au=au)
    situation = dossier.nettes("situation")
    if situation and situation["pour"] == "enfant":
        return Concerne(dossier.beneficiaire, dossier.personne, pour_enfant=True)
    if brouillon.pour_mineur:
        raise BrouillonIntrouvable
    titulaire = dossier.titulaire
    numero = compte.numero_etranger or compte.numero_visa or ""
    return Concerne(titulaire.identifiant if titulaire else numero, titulaire, pour_enfant=False)


def declarer_titre(
    *,
    compte_id: int,
    demande_id: UUID | None,
    genre: str,
    explication: str,
    carte: CarteLue | None = None,
    departement: str = "",
    maintenant: datetime,
) -> DeclarationTitre:
    """Write the declaration down for the agents of the person's prefecture; the person gets an acknowledgement.

    The prefecture is the one of the register's address, else of the `departement` asked. Raises
    `BrouillonIntrouvable`; `DeclarationImpossible` (genre, explication, departement); `DeclarationDejaOuverte`.
    """
    compte = Compte.objects.get(pk=compte_id)
    concerne = concerne_par(compte, demande_id, au=jour_a_paris(maintenant))
    if genre not in concerne.genres:
        raise DeclarationImpossible("genre")
    if not explication.strip():
        raise DeclarationImpossible("explication")
    prefecture = concerne.prefecture or territoire.service().prefecture(departement)
    if prefecture is None:
        raise DeclarationImpossible("departement")
    carte = carte or CarteLue()
    try:
        with transaction.atomic():
            declaration = DeclarationTitre.objects.create(
                compte=compte,
                beneficiaire=concerne.beneficiaire,
                genre=genre,
                explication=explication.strip(),
                prefecture=prefecture,
                carte_numero=carte.numero,
                carte_debut=carte.debut,
                carte_fin=carte.fin,
                **_connu(concerne.titre),
            )
            Trace.objects.create(sujet=declaration.pk, quoi="declarer_titre", acteur=compte)
            avertir(
                compte=compte,
                type="declaration_recue",
                valeurs={"genre": genre},
                cle=f"declaration_recue:{declaration.pk}",
            )
    except IntegrityError as conflit:
        if "une_declaration_ouverte_par_genre" in str(conflit):
            raise DeclarationDejaOuverte from conflit
        raise
    return declaration


def _connu(titre: DocumentConnu | None) -> dict[str, Any]:
    if titre is None:
        return {}
    return {
        "titre_type": titre.type,
        "titre_numero": titre.numero,
        "titre_debut": titre.debut,
        "titre_fin": titre.fin,
    }
