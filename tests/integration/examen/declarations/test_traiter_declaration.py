"""An agent of the prefecture answers a declaration: the register is corrected, and the person can apply."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from comptes.models import Compte, Courriel, Notification
from demandes.models import DeclarationTitre, Trace
from demandes.operations import traiter_declaration as module
from demandes.operations.declarer_titre import declarer_titre
from demandes.operations.refus import ActionImpossible, DossierIntrouvable
from demandes.operations.traiter_declaration import Correction, accepter_declaration, refuser_declaration
from demandes.parcours.dossier import Dossier
from demandes.regles.dates import ajouter_mois
from referentiels.agdref import AgdrefIndisponible, AgdrefLocal
from referentiels.models import DocumentAgdref, PersonneAgdref
from tests import dossiers_d_essai as essai

FAUX, JAMAIS = "registre_faux", "jamais_recu"
LISTE = "/gestion/demandes/declarationtitre/"


@pytest.fixture
def agent() -> Compte:
    return essai.agent(essai.prefecture("39"))


def declaree(profil: essai.Profil, genre: str = FAUX) -> DeclarationTitre:
    """Declared by the owner of this draft."""
    profil.remplir("situation", au=timezone.localdate())
    declaration = declarer_titre(
        compte_id=profil.compte.pk, demande_id=profil.demande.pk, genre=genre, explication="Une erreur.",
        maintenant=timezone.now(),
    )  # fmt: skip
    Courriel.objects.all().delete()
    Notification.objects.all().delete()
    return declaration


def trop_tard() -> essai.Profil:
    """A renewal that the register's date makes too late."""
    return essai.refugie_renouvellement(fin=ajouter_mois(timezone.localdate(), -8), le=timezone.now())


def accepter(declaration: DeclarationTitre, agent: Compte, correction: Correction | None = None, **valeurs):
    return accepter_declaration(
        declaration_id=declaration.pk, agent_id=agent.pk, correction=correction, maintenant=timezone.now(), **valeurs
    )  # fmt: skip


def refuser(
    declaration: DeclarationTitre, agent: Compte, reponse: str = "La carte vous a été remise en mai."
):
    return refuser_declaration(
        declaration_id=declaration.pk, agent_id=agent.pk, reponse=reponse, maintenant=timezone.now()
    )


def peut_deposer(profil: essai.Profil) -> bool:
    profil.demande.refresh_from_db()
    return Dossier(profil.demande, au=timezone.localdate()).peut_deposer


def bonnes_dates() -> Correction:
    """A card that ends in two months."""
    fin = ajouter_mois(timezone.localdate(), 2)
    return Correction(type="carte_resident", numero="fic 900 1", debut=ajouter_mois(fin, -120), fin=fin)


def test_corrected_dates_let_the_person_apply(agent):
    profil = trop_tard()
    declaration = declaree(profil)
    assert not peut_deposer(profil)

    accepter(declaration, agent, bonnes_dates(), reponse="Nous avons vu votre carte.")

    assert peut_deposer(profil)
    document = DocumentAgdref.objects.get()
    assert (document.numero, document.fin, document.remis) == ("FIC9001", bonnes_dates().fin, True)
    declaration.refresh_from_db()
    assert (declaration.etat, declaration.traitee_par, declaration.reponse) == (
        "acceptee", agent, "Nous avons vu votre carte.",
    )  # fmt: skip


def test_a_permit_that_the_register_has_missed_is_added(agent):
    profil = essai.refugie(nature="renouvellement", le=timezone.now())
    declaration = declaree(profil)
    assert not peut_deposer(profil)
    accepter(declaration, agent, bonnes_dates())
    assert peut_deposer(profil)
    assert DocumentAgdref.objects.get().personne.numero_etranger == declaration.beneficiaire


def test_a_corrected_status_ends_the_contradiction(agent):
    profil = essai.refugie(statut="protection_subsidiaire", le=timezone.now())
    declaration = declaree(profil)
    assert not peut_deposer(profil)
    accepter(declaration, agent, Correction(statut="protection_subsidiaire"))
    assert peut_deposer(profil)


def test_what_the_register_has_already_sent_back_corrects_nothing(agent):
    declaration = declaree(trop_tard())
    connu = Correction(
        type=declaration.titre_type, numero=declaration.titre_numero, debut=declaration.titre_debut,
        fin=declaration.titre_fin,
    )  # fmt: skip
    with pytest.raises(ActionImpossible, match="correction_vide"):
        accepter(declaration, agent, connu)
    avant = list(DocumentAgdref.objects.values())
    accepter(declaration, agent, replace(connu, statut="protection_subsidiaire"))
    assert list(DocumentAgdref.objects.values()) == avant
    assert (
        PersonneAgdref.objects.get(numero_etranger=declaration.beneficiaire).statut
        == "protection_subsidiaire"
    )


def test_a_card_never_received_is_noted_so(agent):
    profil = essai.refugie_renouvellement(le=timezone.now())
    declaration = declaree(profil, JAMAIS)
    accepter(declaration, agent)
    document = DocumentAgdref.objects.get()
    assert not document.remis
    assert (document.debut, document.fin) == (declaration.titre_debut, declaration.titre_fin)


def test_the_person_is_told_and_a_trace_is_kept(agent):
    declaration = declaree(trop_tard())
    accepter(declaration, agent, bonnes_dates())
    assert Courriel.objects.get().type == Notification.objects.get().type == "declaration_acceptee"
    assert Courriel.objects.get().compte == declaration.compte
    assert list(Trace.objects.order_by("pk").values_list("quoi", "acteur")) == [
        ("declarer_titre", declaration.compte_id), ("accepter_declaration", agent.pk),
    ]  # fmt: skip


def test_a_refusal_changes_nothing_and_says_why(agent):
    declaration = declaree(trop_tard())
    avant = list(DocumentAgdref.objects.values())
    refuser(declaration, agent)
    declaration.refresh_from_db()
    assert (declaration.etat, declaration.reponse) == ("refusee", "La carte vous a été remise en mai.")
    assert list(DocumentAgdref.objects.values()) == avant
    assert Courriel.objects.get().type == Notification.objects.get().type == "declaration_refusee"
    assert Trace.objects.filter(quoi="refuser_declaration", acteur=agent).count() == 1


@pytest.mark.parametrize("reponse", ["", "  "])
def test_a_refusal_needs_an_answer(agent, reponse):
    with pytest.raises(ActionImpossible, match="phrase"):
        refuser(declaree(trop_tard()), agent, reponse)


@pytest.mark.parametrize(
    ("correction", "code"),
    [
        (None, "correction_vide"),
        (Correction(), "correction_vide"),
        (Correction(type="carte_resident", numero="FIC9001"), "dates_du_registre"),
        (Correction(type="carte_resident", numero="FIC9001", debut=date(2026, 2, 1), fin=date(2026, 1, 1)),
         "dates_du_registre"),
        (Correction(type="passeport", numero="FIC9001", debut=date(2026, 1, 1), fin=date(2026, 2, 1)),
         "dates_du_registre"),
        (Correction(type="carte_resident", numero="<b>", debut=date(2026, 1, 1), fin=date(2026, 2, 1)),
         "numero_du_titre"),
        (Correction(statut="apatride"), "valeur"),
    ],
)  # fmt: skip
def test_a_correction_that_says_nothing_possible_is_refused_and_changes_nothing(agent, correction, code):
    declaration = declaree(trop_tard())
    avant = list(DocumentAgdref.objects.values()), list(PersonneAgdref.objects.order_by("pk").values())
    with pytest.raises(ActionImpossible, match=code):
        accepter(declaration, agent, correction)
    assert avant == (
        list(DocumentAgdref.objects.values()),
        list(PersonneAgdref.objects.order_by("pk").values()),
    )
    declaration.refresh_from_db()
    assert declaration.etat == "ouverte"


def test_a_register_that_changed_meanwhile_is_said(agent):
    declaration = declaree(trop_tard())
    DocumentAgdref.objects.all().delete()
    with pytest.raises(ActionImpossible, match="titre_change"):
        accepter(declaration, agent, bonnes_dates())


def test_a_register_that_does_not_answer_is_said(agent, monkeypatch):
    class Muet(AgdrefLocal):
        def noter_non_remis(self, titre):
            raise AgdrefIndisponible

    declaration = declaree(essai.refugie_renouvellement(le=timezone.now()), JAMAIS)
    monkeypatch.setattr(module.agdref, "service", Muet)
    with pytest.raises(ActionImpossible, match="registre_indisponible"):
        accepter(declaration, agent)


def test_an_answered_declaration_is_answered_no_more(agent):
    declaration = declaree(trop_tard())
    refuser(declaration, agent)
    with pytest.raises(ActionImpossible, match="declaration_traitee"):
        accepter(declaration, agent, bonnes_dates())
    with pytest.raises(ActionImpossible, match="declaration_traitee"):
        refuser(declaration, agent)


@pytest.mark.parametrize("qui", ["ailleurs", "ccc", "administrateur", "usager", "inactif"])
def test_nobody_else_answers(qui):
    declaration = declaree(trop_tard())
    intrus = {
        "ailleurs": lambda: essai.agent(essai.prefecture("75")),
        "ccc": lambda: essai.agent(essai.prefecture("39"), role="ccc"),
        "administrateur": lambda: essai.compte(identifiant="admin", role="administrateur"),
        "usager": lambda: declaration.compte,
        "inactif": lambda: essai.agent(essai.prefecture("39")),
    }[qui]()
    if qui == "inactif":
        Compte.objects.filter(pk=intrus.pk).update(is_active=False)
    for faire in (
        lambda: accepter(declaration, intrus, bonnes_dates()),
        lambda: refuser(declaration, intrus),
    ):
        with pytest.raises(DossierIntrouvable):
            faire()


def test_the_right_permit_that_was_already_there_stays_alone(agent):
    profil = trop_tard()
    declaration = declaree(profil)
    bonne = bonnes_dates()
    DocumentAgdref.objects.create(
        personne=PersonneAgdref.objects.get(numero_etranger=declaration.beneficiaire), nature="titre",
        type="carte_resident", numero="FIC9001", debut=bonne.debut, fin=bonne.fin,
    )  # fmt: skip
    accepter(declaration, agent, bonne)
    assert DocumentAgdref.objects.count() == 1
    assert peut_deposer(profil)


# --- the agents' pages ------------------------------------------------------------------------------------------


def page_de(declaration: DeclarationTitre, geste: str = "change") -> str:
    return f"{LISTE}{declaration.pk}/{geste}/"


def test_the_list_shows_the_prefecture_s_and_no_other(agent, connecter):
    declaration = declaree(trop_tard())
    autre = declaree(trop_tard())
    DeclarationTitre.objects.filter(pk=autre.pk).update(prefecture="75")
    texte = connecter(agent).get(LISTE).content.decode()
    assert declaration.beneficiaire in texte
    assert autre.beneficiaire not in texte


def test_the_page_shows_both_sides_and_each_look_is_noted(agent, connecter):
    declaration = declaree(trop_tard())
    texte = connecter(agent).get(page_de(declaration)).content.decode()
    assert "Une erreur." in texte
    assert declaration.titre_numero in texte
    assert PersonneAgdref.objects.get(numero_etranger=declaration.beneficiaire).nom in texte
    assert Trace.objects.filter(sujet=declaration.pk, quoi="consultation", acteur=agent).count() == 1


def test_the_agent_accepts_by_the_page(agent, connecter):
    profil = trop_tard()
    declaration = declaree(profil)
    fin = bonnes_dates().fin
    suite = connecter(agent).soumettre(
        page_de(declaration),
        {"acceptation-fin_jour": str(fin.day), "acceptation-fin_mois": str(fin.month),
         "acceptation-fin_annee": str(fin.year), "acceptation-reponse": "Carte vue."},
        formulaire="//form[contains(@action, 'accepter')]",
        follow=True,
    )  # fmt: skip
    assert "le registre est corrigé" in suite.content.decode()
    assert peut_deposer(profil)


def test_the_agent_refuses_by_the_page(agent, connecter):
    declaration = declaree(trop_tard())
    navigateur = connecter(agent)
    formulaire = "//form[contains(@action, 'refuser')]"
    page = navigateur.soumettre(page_de(declaration), formulaire=formulaire)
    assert page.status_code == 200
    assert "Écrivez une phrase pour la personne" in page.content.decode()
    navigateur.soumettre(page, {"refus-reponse": "Rien à corriger."}, formulaire=formulaire)
    declaration.refresh_from_db()
    assert declaration.etat == "refusee"
    assert "Rien à corriger." in navigateur.get(page_de(declaration)).content.decode()


def test_a_refused_correction_keeps_what_was_typed(agent, connecter):
    declaration = declaree(trop_tard())
    page = connecter(agent).soumettre(
        page_de(declaration),
        {"acceptation-numero": "<b>", "acceptation-reponse": "Phrase gardée."},
        formulaire="//form[contains(@action, 'accepter')]",
    )
    texte = page.content.decode()
    assert "Écrivez le numéro du titre" in texte
    assert "Phrase gardée." in texte
    assert "<b>" not in texte.split("acceptation-numero")[1][:300]


@pytest.mark.parametrize("methode", ["get", "post", "put", "delete"])
@pytest.mark.parametrize("qui", ["ailleurs", "ccc", "administrateur", "usager"])
def test_nobody_else_opens_the_pages(connecter, qui, methode):
    declaration = declaree(trop_tard())
    intrus = {
        "ailleurs": lambda: essai.agent(essai.prefecture("75")),
        "ccc": lambda: essai.agent(essai.prefecture("39"), role="ccc"),
        "administrateur": lambda: essai.compte(identifiant="admin", role="administrateur"),
        "usager": lambda: declaration.compte,
    }[qui]()
    navigateur = connecter(intrus)
    navigateur.handler.enforce_csrf_checks = False
    for geste in ("change", "accepter", "refuser", "delete", "history"):
        reponse = getattr(navigateur, methode)(page_de(declaration, geste))
        assert reponse.status_code in (404, 405), geste
    declaration.refresh_from_db()
    assert declaration.etat == "ouverte"
    assert not Trace.objects.filter(quoi="consultation").exists()


@pytest.mark.parametrize("geste", ["delete", "add"])
def test_nothing_is_added_or_deleted_by_hand(agent, connecter, geste):
    declaration = declaree(trop_tard())
    adresse = f"{LISTE}add/" if geste == "add" else page_de(declaration, "delete")
    assert connecter(agent).get(adresse).status_code == 404
