"""Actions on several dossiers: shown first, done one by one, told; never twice, never on what changed (R-INSTR-2)."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from comptes.models import Compte, Notification
from demandes.etats import Etat
from demandes.file.lots import previsions
from demandes.models import Demande, Evenement, LigneDeLot, Lot
from demandes.operations import executer_ligne as execution
from demandes.operations.executer_ligne import executer_ligne
from demandes.operations.lancer_lot import lancer_lot
from demandes.operations.oublier_les_lots import oublier_les_lots
from demandes.operations.preparer_lot import DOSSIERS_MAX, preparer_lot
from demandes.operations.refus import ActionImpossible, DossierIntrouvable
from demandes.tasks import balayer_lots, executer_lot
from demandes.textes import ACTIONS_IMPOSSIBLES, RESULTATS_DE_LOT
from tests import dossiers_d_essai as essai
from tests.dossiers_de_la_file import dossier, plusieurs

LISTE = "/gestion/demandes/demande/"


@pytest.fixture
def agent(db) -> Compte:
    return essai.agent(essai.prefecture("39"))


@pytest.fixture
def collegue(db) -> Compte:
    return essai.compte(identifiant="collegue", role="instructeur", nom="COLLÈGUE-FICTIF", prenoms="Léa")


@pytest.fixture
def navigateur(connecter, agent):
    return connecter(agent)


def preparer(agent: Compte, demandes: list[Demande], action: str = "prendre") -> Lot:
    return preparer_lot(
        agent_id=agent.pk, action=action, demande_ids=[d.pk for d in demandes], maintenant=timezone.now()
    )


def lancer(lot: Lot, confie_a: Compte | None = None) -> Lot:
    return lancer_lot(
        lot_id=lot.pk, agent_id=lot.agent_id, confie_a_id=confie_a and confie_a.pk, maintenant=timezone.now()
    )


def resultats(lot: Lot) -> dict[uuid.UUID, str]:
    return dict(lot.lignes.values_list("demande", "resultat"))


def rejoindre(compte: Compte, code: str = "39") -> Compte:
    compte.prefectures.add(essai.prefecture(code))
    return compte


# --- what is done ----------------------------------------------------------------------------------------


def test_each_dossier_is_taken_by_the_operation_with_its_journal_and_its_message(agent):
    demandes = plusieurs(3)
    lot = lancer(preparer(agent, demandes))

    executer_lot(str(lot.pk))

    assert set(resultats(lot).values()) == {"fait"}
    for demande in demandes:
        demande.refresh_from_db()
        assert (demande.etat, demande.agent) == (Etat.EN_INSTRUCTION, agent)
        assert Evenement.objects.get(demande=demande).type == "prendre_en_charge"
        assert Notification.objects.get(demande=demande).type == "examen_commence"


def test_one_that_cannot_be_taken_does_not_hold_the_others_and_says_why(agent):
    prise, bonne, changee, partie = (
        dossier(etat=Etat.EN_INSTRUCTION), dossier(), dossier(), dossier(),
    )  # fmt: skip
    lot = lancer(preparer(agent, [prise, bonne, changee, partie]))
    Demande.objects.filter(pk=changee.pk).update(version=7)
    Demande.objects.filter(pk=partie.pk).update(prefecture="92")

    executer_lot(str(lot.pk))

    assert resultats(lot) == {
        prise.pk: "etat", bonne.pk: "fait", changee.pk: "modifie", partie.pk: "introuvable",
    }  # fmt: skip
    assert Evenement.objects.get().demande == bonne


def test_a_failure_of_ours_is_told_and_does_not_hold_the_others(agent, monkeypatch):
    mauvaise, bonne = dossier(), dossier()
    lot = lancer(preparer(agent, [mauvaise, bonne]))
    prendre = execution.prendre_en_charge

    def casser(**valeurs):
        demande = prendre(**valeurs)
        if demande.pk == mauvaise.pk:
            raise RuntimeError
        return demande

    monkeypatch.setattr(execution, "prendre_en_charge", casser)

    executer_lot(str(lot.pk))

    assert resultats(lot) == {mauvaise.pk: "panne", bonne.pk: "fait"}
    mauvaise.refresh_from_db()
    assert mauvaise.etat == Etat.DEPOSEE
    assert not Notification.objects.filter(demande=mauvaise).exists()


def test_handing_over_takes_first_what_nobody_took(agent, collegue):
    rejoindre(collegue)
    nouvelle, en_cours = dossier(), dossier(etat=Etat.EN_INSTRUCTION, agent=agent)
    lot = lancer(preparer(agent, [nouvelle, en_cours], "confier"), collegue)

    executer_lot(str(lot.pk))

    assert set(resultats(lot).values()) == {"fait"}
    for demande in (nouvelle, en_cours):
        demande.refresh_from_db()
        assert (demande.etat, demande.agent) == (Etat.EN_INSTRUCTION, collegue)
    types = Evenement.objects.filter(demande=nouvelle).order_by("pk").values_list("type", flat=True)
    assert list(types) == ["prendre_en_charge", "affecter"]


def test_handing_over_to_someone_of_another_prefecture_of_mine_leaves_the_dossier_as_it_was(agent, collegue):
    rejoindre(agent, "92")
    rejoindre(collegue, "92")
    ici, la_bas = dossier(), dossier(prefecture="92")
    lot = lancer(preparer(agent, [ici, la_bas], "confier"), collegue)

    executer_lot(str(lot.pk))

    assert resultats(lot) == {ici.pk: "agent_inconnu", la_bas.pk: "fait"}
    ici.refresh_from_db()
    # Not taken either: the operation on one dossier is one transaction.
    assert (ici.etat, ici.agent) == (Etat.DEPOSEE, None)
    assert not Evenement.objects.filter(demande=ici).exists()


@pytest.mark.parametrize("action", ["prendre", "confier"])
@pytest.mark.parametrize("etat", [etat for etat in Etat if etat != Etat.BROUILLON])
def test_what_the_preview_announces_is_what_happens(agent, collegue, action, etat):
    rejoindre(collegue)
    lot = preparer(agent, [dossier(etat=etat, droits=None)], action)
    annonce = [prevision.code for prevision in previsions(lot)]

    executer_lot(str(lancer(lot, collegue).pk))

    assert [resultat or "" for resultat in resultats(lot).values()] == [annonce[0] or "fait"]


# --- once ------------------------------------------------------------------------------------------------


def test_launched_twice_it_is_done_once(agent):
    lot = preparer(agent, [dossier()])
    premier = lancer(lot).lance_le

    executer_lot(str(lot.pk))
    assert lancer(lot).lance_le == premier
    executer_lot(str(lot.pk))
    balayer_lots()

    assert Evenement.objects.count() == 1
    assert resultats(lot) == {Demande.objects.get().pk: "fait"}


def test_a_lot_that_nobody_launched_is_not_done(agent):
    lot = preparer(agent, [dossier()])

    executer_lot(str(lot.pk))
    balayer_lots()

    assert set(resultats(lot).values()) == {""}
    assert not Evenement.objects.exists()


def test_the_sweep_finishes_what_a_worker_left(agent):
    lot = lancer(preparer(agent, plusieurs(3)))
    executer_ligne(ligne_id=lot.lignes.first().pk, maintenant=timezone.now())

    balayer_lots()

    assert set(resultats(lot).values()) == {"fait"}
    assert Evenement.objects.count() == 3


def test_an_agent_who_left_meanwhile_does_nothing_any_more(agent):
    lot = lancer(preparer(agent, [dossier()]))
    agent.is_active = False
    agent.save()

    executer_lot(str(lot.pk))

    assert set(resultats(lot).values()) == {"introuvable"}


# --- choosing and launching ------------------------------------------------------------------------------


def test_only_the_agents_own_dossiers_enter_a_lot(agent):
    ici = dossier()
    lot = preparer(agent, [dossier(prefecture="92"), ici, essai.refugie().demande])

    assert list(resultats(lot)) == [ici.pk]


def test_a_lot_without_any_dossier_is_refused(agent):
    for demandes in ([], [dossier(prefecture="92")]):
        with pytest.raises(ActionImpossible) as refus:
            preparer(agent, demandes)
        assert refus.value.code == "aucun_dossier"
    assert not Lot.objects.exists()


def test_a_lot_is_bounded(agent):
    modele = dossier()
    Demande.objects.bulk_create(
        Demande(
            compte=modele.compte, etat="deposee", numero=f"3904{rang:015d}", deposee_le=modele.deposee_le,
            prefecture_id="39", beneficiaire=f"95{rang:08d}", titre_code="CR10",
        )
        for rang in range(DOSSIERS_MAX)
    )  # fmt: skip

    assert preparer(agent, list(Demande.objects.order_by("pk"))).lignes.count() == DOSSIERS_MAX


def test_nobody_launches_the_lot_of_another_agent(agent):
    lot = preparer(agent, [dossier()])
    autre = essai.agent(essai.prefecture("39"))

    with pytest.raises(DossierIntrouvable):
        lancer_lot(lot_id=lot.pk, agent_id=autre.pk, confie_a_id=None, maintenant=timezone.now())
    with pytest.raises(DossierIntrouvable):
        lancer_lot(lot_id=uuid.uuid4(), agent_id=agent.pk, confie_a_id=None, maintenant=timezone.now())


@pytest.mark.parametrize("qui", ["personne", "inconnu", "d’ailleurs", "inactif", "ccc"])
def test_a_dossier_is_handed_over_to_an_active_agent_of_a_common_prefecture_only(agent, collegue, qui):
    if qui != "d’ailleurs":
        rejoindre(collegue)
    Compte.objects.filter(pk=collegue.pk).update(
        is_active=qui != "inactif", role="ccc" if qui == "ccc" else "instructeur"
    )
    a = {"personne": None, "inconnu": 10**15}.get(qui, collegue.pk)
    lot = preparer(agent, [dossier()], "confier")

    with pytest.raises(ActionImpossible) as refus:
        lancer_lot(lot_id=lot.pk, agent_id=agent.pk, confie_a_id=a, maintenant=timezone.now())

    assert refus.value.code == "agent_inconnu"
    lot.refresh_from_db()
    assert lot.lance_le is None


def test_old_lots_are_forgotten_but_not_one_that_still_works(agent):
    vieux, en_cours, recent = (preparer(agent, [dossier()]) for _rang in range(3))
    lancer(en_cours)
    il_y_a_longtemps = timezone.now() - timedelta(days=31)
    Lot.objects.filter(pk__in=[vieux.pk, en_cours.pk]).update(cree_le=il_y_a_longtemps)

    assert oublier_les_lots(avant=timezone.now() - timedelta(days=30)) == 1
    assert set(Lot.objects.values_list("pk", flat=True)) == {en_cours.pk, recent.pk}


# --- the pages -------------------------------------------------------------------------------------------

FORMULAIRE = "//form[contains(@action, '/lots/')]"


def choisir(navigateur, demandes: list[Demande], action: str = "prendre", situation: str = "tous"):
    page = navigateur.get(LISTE, {"situation": situation})
    return navigateur.soumettre(
        page, {"dossier": [str(d.pk) for d in demandes], "action": action}, formulaire=FORMULAIRE, follow=True
    )


def test_an_agent_chooses_reads_confirms_and_reads_the_report(navigateur, agent):
    bonne, prise = dossier("BONNE-FICTIF"), dossier("PRISE-FICTIF", etat=Etat.EN_INSTRUCTION)
    dossier("AUTRE-FICTIF")

    apercu = choisir(navigateur, [bonne, prise])
    page = apercu.content.decode()
    assert "Confirmer pour 1 dossier" in page
    assert "AUTRE-FICTIF" not in page
    possibles, impossibles = page.split("ne sera pas changé")
    assert "BONNE-FICTIF" in possibles
    assert "PRISE-FICTIF" in impossibles
    assert str(ACTIONS_IMPOSSIBLES["etat"]) in impossibles
    assert Demande.objects.get(pk=bonne.pk).etat == Etat.DEPOSEE

    attente = navigateur.soumettre(apercu, formulaire="//form[@class='lot-confirmer']", follow=True)
    assert "En cours : 0 sur 2" in attente.content.decode()
    balayer_lots()
    rapport = navigateur.get(attente.request["PATH_INFO"]).content.decode()

    assert "Terminé : 1 dossier fait." in rapport
    refuses, faits = rapport.split("Dossiers faits")
    assert "PRISE-FICTIF" in refuses
    assert "BONNE-FICTIF" in faits
    assert Demande.objects.get(pk=bonne.pk).agent == agent


def test_the_preview_says_what_changed_since_the_choice(navigateur):
    changee, partie = dossier("CHANGÉE-FICTIF"), dossier("PARTIE-FICTIF")
    adresse = choisir(navigateur, [changee, partie]).request["PATH_INFO"]
    Demande.objects.filter(pk=changee.pk).update(version=9)
    Demande.objects.filter(pk=partie.pk).update(prefecture="92")

    page = navigateur.get(adresse).content.decode()

    assert "Aucun de ces dossiers ne permet cette action" in page
    assert str(RESULTATS_DE_LOT["modifie"]) in page
    assert str(RESULTATS_DE_LOT["introuvable"]) in page
    # Nothing is shown of a dossier that is elsewhere now.
    assert "PARTIE-FICTIF" not in page


def test_handing_over_asks_to_whom_among_the_colleagues(navigateur, collegue):
    rejoindre(collegue)
    essai.agent(essai.prefecture("92"))
    demande = dossier()
    apercu = choisir(navigateur, [demande], "confier")
    assert len(re.findall(r'<option value="\d+"', apercu.content.decode())) == 2

    sans_choix = navigateur.soumettre(apercu, formulaire="//form[@class='lot-confirmer']", follow=True)
    assert str(ACTIONS_IMPOSSIBLES["agent_inconnu"]) in sans_choix.content.decode()

    navigateur.soumettre(
        sans_choix, {"confie_a": str(collegue.pk)}, formulaire="//form[@class='lot-confirmer']", follow=True
    )
    balayer_lots()
    assert Demande.objects.get().agent == collegue


def test_nothing_ticked_is_said(navigateur):
    dossier()

    page = choisir(navigateur, []).content.decode()

    assert str(ACTIONS_IMPOSSIBLES["aucun_dossier"]) in page
    assert not Lot.objects.exists()


def test_the_whole_tab_can_be_chosen_up_to_the_bound(navigateur):
    plusieurs(60)
    dossier(etat=Etat.TITRE_DISPONIBLE)
    page = navigateur.get(LISTE, {"situation": "a_prendre"})

    navigateur.soumettre(page, {"tous": "on", "action": "confier"}, formulaire=FORMULAIRE)

    assert Lot.objects.get().lignes.count() == 60


def test_a_reload_of_any_page_of_a_lot_changes_nothing(navigateur):
    apercu = choisir(navigateur, [dossier()])
    adresse = apercu.request["PATH_INFO"]
    navigateur.soumettre(apercu, formulaire="//form[@class='lot-confirmer']")
    balayer_lots()

    # The old preview, still open in another tab, sent once more.
    navigateur.soumettre(apercu, formulaire="//form[@class='lot-confirmer']", follow=True)
    for _fois in range(2):
        assert navigateur.get(adresse).status_code == 200
    balayer_lots()

    assert Evenement.objects.filter(type="prendre_en_charge").count() == 1


def test_the_lot_of_another_agent_does_not_exist(navigateur, connecter):
    adresse = choisir(navigateur, [dossier()]).request["PATH_INFO"]
    autre = connecter(essai.agent(essai.prefecture("39")))
    autre.handler.enforce_csrf_checks = False

    assert autre.get(adresse).status_code == 404
    assert autre.post(adresse).status_code == 404
    assert autre.get(f"{LISTE}lots/{uuid.uuid4()}/").status_code == 404


@pytest.mark.parametrize("action", ["", "delete_selected", "decider_favorable", "\x00"])
def test_no_other_action_is_taken(navigateur, action):
    navigateur.handler.enforce_csrf_checks = False
    demande = dossier()

    assert navigateur.post(f"{LISTE}lots/", {"action": action, "dossier": str(demande.pk)}).status_code == 404
    assert not Lot.objects.exists()


def test_hostile_values_are_left_out(navigateur):
    navigateur.handler.enforce_csrf_checks = False
    demande = dossier()
    valeurs = ["", "1", "x" * 5000, "\x00", str(uuid.uuid4()), str(demande.pk), str(demande.pk)]
    navigateur.post(f"{LISTE}lots/", {"action": "confier", "dossier": valeurs})
    lot = Lot.objects.get()

    for choix in ("abc", "-1", "9" * 400, "٣", "\x00"):
        assert navigateur.post(f"{LISTE}lots/{lot.pk}/", {"confie_a": choix}).status_code == 302

    assert list(resultats(lot)) == [demande.pk]
    lot.refresh_from_db()
    assert lot.lance_le is None


def test_the_pages_of_a_lot_ask_the_same_of_the_database_for_one_dossier_and_for_many(
    navigateur, django_assert_num_queries
):
    demandes = plusieurs(40)
    for nombre in (1, 40):
        adresse = choisir(navigateur, demandes[:nombre]).request["PATH_INFO"]
        with django_assert_num_queries(6):
            navigateur.get(adresse)
        Lot.objects.update(lance_le=timezone.now())
        with django_assert_num_queries(7):
            navigateur.get(adresse)
        Lot.objects.all().delete()
        assert not LigneDeLot.objects.exists()
