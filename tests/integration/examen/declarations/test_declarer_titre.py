"""« I never received my card », « the register is wrong »: what the person declares, and where from (spec part 13)."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from comptes.models import Compte, Courriel, Notification
from demandes.models import DeclarationTitre, Demande, Trace
from demandes.operations.declarer_titre import CarteLue, declarer_titre
from demandes.operations.refus import BrouillonIntrouvable, DeclarationDejaOuverte, DeclarationImpossible
from demandes.regles.dates import ajouter_mois
from referentiels.models import PersonneAgdref
from tests import dossiers_d_essai as essai

PAGE = "/espace/probleme-de-titre/"
FAUX = {"genre": "registre_faux", "explication": "Ma carte finit en 2028, pas en 2026."}
JAMAIS = {"genre": "jamais_recu", "explication": "La préfecture ne m’a jamais donné cette carte."}


@pytest.fixture
def titre():
    """A carte de résident that ended eight months ago, as the register has it."""
    return essai.titre(essai.personne(), "carte_resident", fin=ajouter_mois(timezone.localdate(), -8))


@pytest.fixture
def compte(titre) -> Compte:
    return essai.compte_de(titre.personne)


def declarer(compte: Compte, **valeurs) -> DeclarationTitre:
    return declarer_titre(
        **{"compte_id": compte.pk, "demande_id": None, "maintenant": timezone.now(), **FAUX, **valeurs}
    )


def test_the_declaration_says_what_the_register_knew_and_what_the_card_says(compte, titre):
    carte = CarteLue("FIC42", date(2025, 1, 1), date(2028, 12, 31))
    declaration = declarer(compte, carte=carte)

    assert (declaration.beneficiaire, declaration.prefecture_id, declaration.etat) == (
        compte.numero_etranger, "39", "ouverte",
    )  # fmt: skip
    assert (declaration.titre_numero, declaration.titre_debut, declaration.titre_fin) == (
        titre.numero, titre.debut, titre.fin,
    )  # fmt: skip
    assert CarteLue(declaration.carte_numero, declaration.carte_debut, declaration.carte_fin) == carte


def test_the_person_gets_an_acknowledgement_and_a_trace_is_kept(compte):
    declaration = declarer(compte)
    assert Courriel.objects.get().type == Notification.objects.get().type == "declaration_recue"
    trace = Trace.objects.get()
    assert (trace.sujet, trace.quoi, trace.acteur) == (declaration.pk, "declarer_titre", compte)


@pytest.mark.parametrize(
    "geste",
    [lambda traces: traces.update(quoi="autre"), lambda traces: traces.delete()],
    ids=["change", "delete"],
)
def test_the_database_refuses_to_change_or_delete_a_trace(compte, geste):
    declarer(compte)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        geste(Trace.objects.all())


def test_the_same_is_not_declared_twice_while_it_waits(compte):
    declarer(compte)
    with pytest.raises(DeclarationDejaOuverte):
        declarer(compte)
    declarer(compte, **JAMAIS)
    DeclarationTitre.objects.filter(genre="registre_faux").update(etat="refusee")
    declarer(compte)
    assert DeclarationTitre.objects.count() == 3


@pytest.mark.parametrize("explication", ["", "  \n "])
def test_an_explanation_is_asked(compte, explication):
    with pytest.raises(DeclarationImpossible, match="explication"):
        declarer(compte, explication=explication)


def test_a_card_that_the_register_does_not_know_cannot_be_missing():
    compte = essai.compte_de(essai.personne())
    with pytest.raises(DeclarationImpossible, match="genre"):
        declarer(compte, **JAMAIS)
    assert declarer(compte).titre_debut is None


def test_a_card_that_the_register_knows_was_not_handed_over_needs_no_declaration(compte, titre):
    titre.remis = False
    titre.save()
    with pytest.raises(DeclarationImpossible, match="genre"):
        declarer(compte, **JAMAIS)


def test_without_an_address_in_the_register_the_departement_is_asked(compte):
    PersonneAgdref.objects.update(adresse=None)
    for departement in ("", "99", "\x00"):
        with pytest.raises(DeclarationImpossible, match="departement"):
            declarer(compte, departement=departement)
    assert declarer(compte, departement="75").prefecture_id == "75"


def test_the_registers_address_wins_over_what_is_typed(compte):
    assert declarer(compte, departement="75").prefecture_id == "39"


def test_nobody_declares_through_somebody_elses_draft(compte):
    autre = essai.refugie().remplir("situation", au=timezone.localdate())
    with pytest.raises(BrouillonIntrouvable):
        declarer(compte, demande_id=autre.demande.pk)


# --- a child ----------------------------------------------------------------------------------------------


@pytest.fixture
def brouillon_d_enfant() -> Demande:
    profil = essai.enfant_mineur(le=timezone.now()).remplir("situation", au=timezone.localdate())
    return profil.demande


def test_a_parent_declares_for_the_child_of_a_draft(brouillon_d_enfant):
    declaration = declarer(brouillon_d_enfant.compte, demande_id=brouillon_d_enfant.pk)
    assert declaration.beneficiaire == brouillon_d_enfant.beneficiaire
    assert declaration.beneficiaire != brouillon_d_enfant.compte.numero_etranger


def test_a_draft_that_does_not_say_yet_which_child_declares_nothing(compte):
    """Neither the child's, whom nobody knows, nor the parent's by mistake."""
    vide = Demande.objects.create(compte=compte, pour_mineur=True)
    with pytest.raises(BrouillonIntrouvable):
        declarer(compte, demande_id=vide.pk)


# --- the page -----------------------------------------------------------------------------------------------


def test_the_page_shows_what_the_register_knows_and_sends(compte, titre, connecter):
    navigateur = connecter(compte)
    page = navigateur.get(PAGE)
    assert titre.numero in page.content.decode()
    suite = navigateur.soumettre(
        page,
        {
            **FAUX,
            "carte_numero": "FIC42",
            "carte_fin_jour": "31",
            "carte_fin_mois": "12",
            "carte_fin_annee": "2028",
        },
        follow=True,
    )
    texte = suite.content.decode()
    assert "Votre déclaration est envoyée" in texte
    assert "En attente de réponse" in texte
    declaration = DeclarationTitre.objects.get()
    assert (declaration.carte_numero, declaration.carte_fin) == ("FIC42", date(2028, 12, 31))


def test_declaring_twice_by_the_page_says_so(compte, connecter):
    navigateur = connecter(compte)
    for _fois in range(2):
        suite = navigateur.soumettre(PAGE, FAUX, follow=True)
    assert "Vous avez déjà fait cette déclaration" in suite.content.decode()
    assert DeclarationTitre.objects.count() == 1


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"genre": "registre_faux", "explication": ""}, "Expliquez avec vos mots"),
        ({"explication": "x"}, "Quel est le problème"),
        ({**FAUX, "explication": "x" * 1001}, "1000"),
        ({**FAUX, "carte_debut_jour": "32", "carte_debut_mois": "1", "carte_debut_annee": "2026"}, "n’existe pas"),
    ],
)  # fmt: skip
def test_what_is_wrong_gets_a_sentence_and_what_was_typed_stays(compte, connecter, champs, phrase):
    page = connecter(compte).soumettre(PAGE, champs)
    assert page.status_code == 200
    assert phrase in page.content.decode()
    assert champs["explication"][:900] in page.content.decode()
    assert not DeclarationTitre.objects.exists()


def test_the_departement_is_asked_only_where_no_address_is_known(compte, connecter):
    navigateur = connecter(compte)
    assert 'name="departement"' not in navigateur.get(PAGE).content.decode()
    PersonneAgdref.objects.update(adresse=None)
    assert navigateur.soumettre(PAGE, FAUX).status_code == 200
    assert navigateur.soumettre(PAGE, {**FAUX, "departement": "69"}).status_code == 302
    assert DeclarationTitre.objects.get().prefecture_id == "69"


def test_what_is_typed_is_shown_escaped(compte, connecter):
    connecter(compte).soumettre(PAGE, {**FAUX, "explication": "<script>alert(1)</script><!-- {{ x }}"})
    texte = connecter(compte).get(PAGE).content.decode()
    assert "<script>alert" not in texte
    assert "&lt;script&gt;alert(1)" in texte


def test_one_account_declares_ten_times_a_day_at_most(compte, connecter):
    navigateur = connecter(compte)
    codes = [navigateur.soumettre(PAGE, FAUX).status_code for _fois in range(11)]
    assert codes == [302] * 10 + [429]


def test_what_others_declared_is_not_shown(compte, connecter):
    declarer(compte, explication="Secret de Polichinelle")
    autre = connecter(essai.refugie().compte).get(PAGE)
    assert "Polichinelle" not in autre.content.decode()


@pytest.mark.parametrize("identifiant", ["abc", "00000000-0000-0000-0000-000000000007"])
def test_an_unknown_draft_is_404(compte, connecter, identifiant):
    assert connecter(compte).get(f"{PAGE}?demande={identifiant}").status_code == 404


# --- reached from where the person is stuck -------------------------------------------------------------------


def bloque(profil: essai.Profil, connecter) -> str:
    """The orientation page of a draft whose step 1 is answered."""
    profil.remplir("situation", au=timezone.localdate())
    adresse = reverse("demandes:orientation", args=[profil.demande.pk])
    return connecter(profil.compte).get(adresse).content.decode()


def trop_tard() -> essai.Profil:
    return essai.refugie_renouvellement(fin=ajouter_mois(timezone.localdate(), -8), le=timezone.now())


def trop_tot() -> essai.Profil:
    return essai.refugie_renouvellement(fin=timezone.localdate() + timedelta(days=900), le=timezone.now())


def sans_titre() -> essai.Profil:
    return essai.refugie(nature="renouvellement", le=timezone.now())


def contredit() -> essai.Profil:
    return essai.refugie(statut="protection_subsidiaire", le=timezone.now())


@pytest.mark.parametrize("cas", [trop_tard, trop_tot, sans_titre, contredit])
def test_a_person_whom_the_register_stops_is_shown_the_way(connecter, cas):
    profil = cas()
    texte = bloque(profil, connecter)
    assert "Vous ne pouvez pas déposer" in texte
    assert f"{PAGE}?demande={profil.demande.pk}" in texte
    assert connecter(profil.compte).get(f"{PAGE}?demande={profil.demande.pk}").status_code == 200


def test_who_can_apply_is_not_sent_there(connecter):
    assert PAGE not in bloque(essai.refugie(le=timezone.now()), connecter)


def test_help_and_the_account_page_lead_there(compte, connecter, client):
    assert PAGE in client.get("/aide/").content.decode()
    assert PAGE in connecter(compte).get("/compte/profil/").content.decode()
