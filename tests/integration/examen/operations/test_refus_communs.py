"""What every operation of an agent refuses alike: another prefecture, an old page, a wrong state, a wrong role."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from comptes.models import Courriel, Notification
from demandes.etats import A_DECIDER, AGENTS, OUVERTS, Acteur, Etat
from demandes.models import Convocation, Demande, Evenement, Piece, Rectification
from demandes.operations.annoncer_titre import annoncer_titre
from demandes.operations.classer_sans_suite import classer_sans_suite
from demandes.operations.convoquer import annuler_convocation, convoquer, honorer_convocation
from demandes.operations.corriger import corriger
from demandes.operations.decider_favorable import decider_favorable
from demandes.operations.demander_complement import demander_complement, renoncer_au_complement
from demandes.operations.examiner_piece import accepter_les_pieces, examiner_piece
from demandes.operations.prendre_en_charge import affecter, prendre_en_charge
from demandes.operations.refus import ActionImpossible, DossierIntrouvable, DossierModifie
from demandes.operations.refuser import confirmer_refus, proposer_refus, renvoyer_refus
from demandes.operations.remettre_titre import remettre_titre
from demandes.operations.traiter_rectification import corriger_comme_signale, traiter_rectification
from demandes.operations.transferer import transferer
from demandes.operations.verifier_statut import constater_etat_civil, verifier_statut
from tests import dossiers_d_essai as essai
from tests import examen_d_essai as examen
from tests.dossiers_d_essai import MAINTENANT

DEPOSES = frozenset(Etat) - {Etat.BROUILLON}


@dataclass
class Cas:
    """One operation that would succeed: on which dossier, told what, in which states, by whom."""

    operation: Callable[..., Any]
    etats: frozenset[Etat]
    valeurs: Callable[[Demande], dict[str, Any]] = lambda _demande: {}
    profil: Callable[[], essai.Profil] = essai.refugie
    preparer: Callable[[Demande], object] = lambda _demande: None
    roles: frozenset[Acteur] = AGENTS
    journal: str = ""
    depart: Etat = field(default=Etat.EN_INSTRUCTION)


def piece(demande: Demande) -> dict[str, Any]:
    code = "justificatif_domicile"
    return {"code": code, "avis": Piece.Avis.ACCEPTEE, "vus": examen.fichiers_de(demande, code)}


def convocation(demande: Demande) -> Convocation:
    return Convocation.objects.create(
        demande=demande,
        objet=Convocation.Objet.EMPREINTES,
        le=MAINTENANT + timedelta(days=9),
        lieu="Guichet 3",
        cree_par=examen.instructeur(),
    )


def rectification(demande: Demande) -> Rectification:
    return Rectification.objects.create(demande=demande, champ="nom", explication="Une lettre manque.")


def etat_civil_attendu() -> essai.Profil:
    return essai.refugie(registre={"etat_civil_ofpra": False})


def remise(demande: Demande) -> dict[str, Any]:
    return {"timbre": examen.timbre(demande.remise.euros), "ancien_titre_rendu": None}


def attente_de_refus(demande: Demande) -> None:
    examen.refus_propose(demande, examen.instructeur())


CAS = {
    "prendre_en_charge": Cas(prendre_en_charge, frozenset({Etat.DEPOSEE}), depart=Etat.DEPOSEE),
    "affecter": Cas(
        affecter, OUVERTS - {Etat.DEPOSEE}, valeurs=lambda _demande: {"a_id": examen.instructeur().pk}
    ),
    "examiner_piece": Cas(examiner_piece, frozenset({Etat.EN_INSTRUCTION}), valeurs=piece),
    "accepter_les_pieces": Cas(
        accepter_les_pieces,
        frozenset({Etat.EN_INSTRUCTION}),
        valeurs=lambda demande: {"vus": examen.fichiers_de(demande)},
    ),
    "demander_complement": Cas(
        demander_complement,
        frozenset({Etat.EN_INSTRUCTION}),
        valeurs=lambda _demande: {"pieces": [examen.UNE_PIECE]},
    ),
    "renoncer_au_complement": Cas(
        renoncer_au_complement,
        frozenset({Etat.COMPLEMENT_DEMANDE}),
        valeurs=lambda _demande: {"motif": "La pièce est arrivée par courrier."},
        depart=Etat.COMPLEMENT_DEMANDE,
    ),
    "verifier_statut": Cas(
        verifier_statut,
        A_DECIDER,
        valeurs=lambda _demande: {"motif": "Vu au fichier de l’OFPRA."},
        profil=essai.inconnu_du_registre,
    ),
    "etat_civil_recu": Cas(
        constater_etat_civil,
        A_DECIDER,
        valeurs=lambda _demande: {"motif": "Vu au fichier de l’OFPRA."},
        profil=etat_civil_attendu,
    ),
    "decider_favorable": Cas(
        decider_favorable,
        frozenset({Etat.EN_INSTRUCTION}),
        preparer=lambda demande: examen.faire(
            accepter_les_pieces, demande, examen.instructeur(), vus=examen.fichiers_de(demande)
        ),
    ),
    "proposer_refus": Cas(
        proposer_refus,
        frozenset({Etat.EN_INSTRUCTION}),
        valeurs=lambda _demande: {"motif": "fraude", "explication": "L’acte est faux."},
    ),
    "confirmer_refus": Cas(
        confirmer_refus,
        frozenset({Etat.EN_INSTRUCTION}),
        preparer=attente_de_refus,
        roles=frozenset({Acteur.RESPONSABLE}),
    ),
    "renvoyer_refus": Cas(
        renvoyer_refus,
        frozenset({Etat.EN_INSTRUCTION}),
        valeurs=lambda _demande: {"retour": "Demandez d’abord l’acte original."},
        preparer=attente_de_refus,
        roles=frozenset({Acteur.RESPONSABLE}),
    ),
    "classer_sans_suite": Cas(
        classer_sans_suite,
        frozenset({Etat.EN_INSTRUCTION, Etat.COMPLEMENT_DEMANDE}),
        valeurs=lambda _demande: {"motif": "sans_objet", "explication": "Vous avez un autre titre."},
    ),
    "annoncer_titre": Cas(
        annoncer_titre,
        frozenset({Etat.DECISION_FAVORABLE}),
        valeurs=lambda _demande: examen.titre(),
        depart=Etat.DECISION_FAVORABLE,
    ),
    "remettre_titre": Cas(
        remettre_titre, frozenset({Etat.TITRE_DISPONIBLE}), valeurs=remise, depart=Etat.TITRE_DISPONIBLE
    ),
    "corriger": Cas(
        corriger,
        A_DECIDER,
        valeurs=lambda _demande: {"champ": "nom", "valeur": "AUTRE-FICTIF", "motif": "Passeport."},
    ),
    "transferer": Cas(
        transferer, A_DECIDER, valeurs=lambda _demande: {"departement": "75", "motif": "Elle a déménagé."}
    ),
    "convoquer": Cas(
        convoquer,
        frozenset({Etat.EN_INSTRUCTION, Etat.COMPLEMENT_DEMANDE, Etat.DECISION_FAVORABLE}),
        valeurs=lambda _demande: {
            "objet": "empreintes",
            "le": MAINTENANT + timedelta(days=7),
            "lieu": "Guichet 3",
        },
    ),
    "honorer_convocation": Cas(
        honorer_convocation,
        DEPOSES,
        valeurs=lambda demande: {"convocation_id": convocation(demande).pk},
    ),
    "annuler_convocation": Cas(
        annuler_convocation,
        DEPOSES,
        valeurs=lambda demande: {"convocation_id": convocation(demande).pk, "motif": "Guichet fermé."},
    ),
    "traiter_rectification": Cas(
        traiter_rectification,
        DEPOSES,
        valeurs=lambda demande: {
            "rectification_id": rectification(demande).pk,
            "etat": "refusee",
            "reponse": "Votre passeport porte bien ce nom.",
        },
    ),
    "corriger comme signalé": Cas(
        corriger_comme_signale,
        A_DECIDER,
        valeurs=lambda demande: {
            "rectification_id": rectification(demande).pk,
            "champ": "nom",
            "valeur": "AUTRE-FICTIF",
            "motif": "Passeport.",
        },
        journal="traiter_rectification",
    ),
}


@pytest.fixture(params=sorted(CAS))
def nom(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def cas(nom: str) -> Cas:
    return CAS[nom]


@pytest.fixture
def pret(cas: Cas) -> tuple[Demande, dict[str, Any]]:
    """A dossier on which the operation would succeed, and what to tell it."""
    demande = examen.amener(examen.depose(cas.profil()), cas.depart, examen.instructeur())
    cas.preparer(demande)
    demande.refresh_from_db()
    return demande, cas.valeurs(demande)


def tout(demande: Demande) -> list[Any]:
    """What a refusal must leave as it was."""
    return [
        Demande.objects.values().get(pk=demande.pk),
        list(demande.pieces.order_by("pk").values()),
        list(demande.attestations.order_by("pk").values("pk", "remplacee_le", "revoquee_le")),
        list(demande.convocations.order_by("pk").values()),
        list(demande.rectifications.order_by("pk").values()),
        list(demande.refus.order_by("pk").values()),
        demande.evenements.count(),
        Courriel.objects.count(),
        Notification.objects.count(),
    ]


def refuse(cas: Cas, demande: Demande, agent, valeurs: dict[str, Any], exception) -> Any:
    """The operation raises, and nothing has changed."""
    avant = tout(demande)
    with pytest.raises(exception) as refus:
        examen.faire(cas.operation, demande, agent, **valeurs)
    assert tout(demande) == avant
    return refus.value


def test_it_is_done_once_and_written_down_with_its_author(nom, cas, pret):
    demande, valeurs = pret
    agent = examen.responsable()
    avant = demande.version

    examen.faire(cas.operation, demande, agent, **valeurs)

    entree = Evenement.objects.filter(demande=demande).order_by("pk").last()
    assert entree.type == (cas.journal or nom)
    assert entree.acteur == agent
    assert demande.version > avant


def test_an_agent_of_another_prefecture_finds_no_such_dossier(cas, pret):
    demande, valeurs = pret
    refuse(cas, demande, examen.responsable("75"), valeurs, DossierIntrouvable)


def test_an_unknown_dossier_looks_the_same(cas, pret):
    demande, valeurs = pret
    inconnue = Demande(pk=uuid.uuid4())
    with pytest.raises(DossierIntrouvable):
        cas.operation(
            demande_id=inconnue.pk,
            agent_id=examen.responsable().pk,
            version=demande.version,
            **valeurs,
            **({} if cas.operation in SANS_HORLOGE else {"maintenant": MAINTENANT}),
        )


SANS_HORLOGE = {affecter, constater_etat_civil, honorer_convocation, annuler_convocation}


@pytest.mark.parametrize("role", ["ccc", "administrateur", "usager"])
def test_who_is_no_agent_finds_no_such_dossier(cas, pret, role):
    demande, valeurs = pret
    refuse(cas, demande, essai.agent(essai.prefecture("39"), role=role), valeurs, DossierIntrouvable)


def test_an_agent_whose_account_was_closed_finds_no_such_dossier(cas, pret):
    demande, valeurs = pret
    parti = examen.responsable()
    parti.is_active = False
    parti.save()
    refuse(cas, demande, parti, valeurs, DossierIntrouvable)


def test_a_page_older_than_the_dossier_is_told_and_writes_nothing(cas, pret):
    demande, valeurs = pret
    refuse(
        cas,
        demande,
        examen.responsable(),
        {**valeurs, "version": demande.version - 1},
        DossierModifie,
    )


def test_an_instructeur_does_what_the_table_gives_to_the_role_and_no_more(cas, pret):
    demande, valeurs = pret
    agent = examen.instructeur()
    if Acteur.INSTRUCTEUR in cas.roles:
        examen.faire(cas.operation, demande, agent, **valeurs)
    else:
        assert refuse(cas, demande, agent, valeurs, ActionImpossible).code == "role"


def test_in_every_other_state_it_is_refused(cas):
    agent = examen.responsable()
    demande = examen.depose(cas.profil())
    depart = examen.amener(examen.depose(cas.profil()), cas.depart, agent)
    cas.preparer(depart)
    valeurs = cas.valeurs(depart)
    for etat in sorted(DEPOSES - cas.etats):
        with transaction.atomic():
            essai.amener(demande, etat)
            assert refuse(cas, demande, agent, valeurs, ActionImpossible).code == "etat", etat
            transaction.set_rollback(True)
        demande.refresh_from_db()
