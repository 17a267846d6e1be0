"""Withdraw, report an error, ask for another date: the operations and their pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from attestations.models import Attestation
from comptes.models import Courriel
from demandes.etats import OUVERTS, Etat
from demandes.models import Convocation, Demande, Evenement, Rectification
from demandes.operations.corriger import CHAMPS
from demandes.operations.demander_report import demander_report
from demandes.operations.deposer import deposer
from demandes.operations.refus import ActionImpossible, DossierIntrouvable, GesteImpossible
from demandes.operations.retirer import retirer
from demandes.operations.signaler_erreur import OUVERTES_AU_PLUS, signaler_erreur
from demandes.textes import CHAMPS_A_RECTIFIER
from referentiels.models import Ephoto
from tests import dossiers_d_essai as essai


@pytest.fixture
def navigateur(connecter, demande):
    return connecter(demande.compte)


@pytest.fixture
def page(demande) -> str:
    return f"/espace/demandes/{demande.pk}/"


def texte(reponse) -> str:
    return reponse.content.decode()


# --- withdraw ---------------------------------------------------------------------------------------------


def retirer_la(demande: Demande, compte=None) -> Demande:
    return retirer(demande_id=demande.pk, compte_id=(compte or demande.compte).pk, maintenant=timezone.now())


def test_a_withdrawn_demande_is_closed_and_its_apd_revoked_that_day(demande):
    retirer_la(demande)

    demande.refresh_from_db()
    assert demande.etat == Etat.RETIREE
    assert demande.close_le is not None
    assert Attestation.objects.get().revoquee_le.date() == timezone.now().date()
    evenement = Evenement.objects.get(type="retirer")
    assert (evenement.acteur, evenement.de, evenement.vers) == (demande.compte, "deposee", "retiree")
    assert Courriel.objects.filter(type="retrait").count() == 1


def test_the_code_is_free_again_and_a_new_demande_may_use_it(demande):
    code = demande.ephoto_code
    retirer_la(demande)
    assert Ephoto.objects.get(code=code).utilise_le is None

    nouvelle = essai.Profil(
        Demande.objects.create(compte=demande.compte),
        situation={"statut": "refugie"},
        famille=essai.FAMILLE,
        code=code,
    ).remplir(au=timezone.localdate())
    encore = deposer(demande_id=nouvelle.demande.pk, compte_id=demande.compte_id, maintenant=timezone.now())

    assert encore.etat == Etat.DEPOSEE
    assert encore.numero != demande.numero


@pytest.mark.parametrize("signalement", ["EPHOTO_REFUSEE", "EPHOTO_EN_ATTENTE", "EPHOTO_INTROUVABLE"])
def test_a_code_that_somebody_else_uses_is_not_freed(demande, signalement):
    Demande.objects.update(signalements=[signalement])
    Ephoto.objects.filter(code=demande.ephoto_code).update(reference="AUTRE", utilise_le=timezone.now())

    retirer_la(demande)

    assert Ephoto.objects.get(code=demande.ephoto_code).reference == "AUTRE"


@pytest.mark.parametrize("etat", sorted(set(Etat) - {Etat.BROUILLON, Etat.DEPOSEE}))
def test_once_the_examination_has_started_nothing_is_withdrawn(demande, etat):
    essai.amener(demande, etat)

    with pytest.raises(ActionImpossible) as refus:
        retirer_la(demande)

    assert refus.value.code == "etat"
    assert Demande.objects.get().etat == etat


def test_nobody_else_withdraws(demande, agent):
    for intrus in (agent, essai.refugie().compte):
        with pytest.raises(DossierIntrouvable):
            retirer_la(demande, intrus)


def test_the_page_says_the_consequences_before_anything_happens(navigateur, demande, page):
    avant = texte(navigateur.get(f"{page}retirer/"))
    assert "ne sont plus valables aujourd’hui même" in avant
    assert "le code e-photo peut servir" in avant
    assert Demande.objects.get().etat == Etat.DEPOSEE

    apres = navigateur.soumettre(f"{page}retirer/", follow=True)

    assert "La demande est retirée." in texte(apres)
    assert "Annulée le" in texte(apres)
    assert navigateur.get(f"{page}retirer/").url == page


def test_a_stale_page_of_withdrawal_says_that_the_examination_has_started(navigateur, demande, page):
    ouverte = navigateur.get(f"{page}retirer/")
    essai.amener(demande, Etat.EN_INSTRUCTION)

    apres = navigateur.soumettre(ouverte, follow=True)

    assert "La préfecture a commencé l’examen" in texte(apres)
    assert f"{page}retirer/" not in texte(apres)


# --- report an error --------------------------------------------------------------------------------------


def signaler(
    demande: Demande, champ: str = "nom", valeur: str = "KARIMI-FICTIF", compte=None
) -> Rectification:
    return signaler_erreur(
        demande_id=demande.pk, compte_id=(compte or demande.compte).pk, champ=champ, valeur=valeur,
        explication="C’est écrit ainsi sur mon acte.",
    )  # fmt: skip


def test_every_field_that_an_agent_corrects_can_be_reported():
    assert set(CHAMPS_A_RECTIFIER) == {*CHAMPS, "autre"}


def test_a_reported_error_is_a_request_and_changes_nothing_in_the_dossier(demande):
    donnees, version = demande.donnees, demande.version

    rectification = signaler(demande)

    demande.refresh_from_db()
    assert (rectification.champ, rectification.valeur, rectification.etat) == (
        "nom",
        "KARIMI-FICTIF",
        "ouverte",
    )
    assert demande.donnees == donnees
    assert demande.version == version + 1
    evenement = Evenement.objects.get(type="signaler_erreur")
    assert evenement.acteur == demande.compte
    assert evenement.valeurs == {"rectification": rectification.pk, "champ": "nom"}


@pytest.mark.parametrize("etat", sorted(OUVERTS))
def test_an_error_can_be_reported_as_long_as_the_dossier_is_open(demande, etat):
    essai.amener(demande, etat)

    assert signaler(demande).demande == demande


@pytest.mark.parametrize("etat", sorted(set(Etat) - OUVERTS - {Etat.BROUILLON}))
def test_a_closed_dossier_takes_no_report(demande, navigateur, page, etat):
    essai.amener(demande, etat)

    with pytest.raises(GesteImpossible) as refus:
        signaler(demande)

    assert refus.value.code == "erreur_demande_close"
    assert "contactez la préfecture" in texte(navigateur.get(f"{page}erreur/", follow=True))


def test_the_same_report_sent_twice_is_one_report(demande):
    assert signaler(demande) == signaler(demande)
    assert Evenement.objects.filter(type="signaler_erreur").count() == 1


def test_a_field_waits_for_its_answer_before_it_is_reported_again(demande):
    premiere = signaler(demande)
    with pytest.raises(GesteImpossible) as refus:
        signaler(demande, valeur="AUTRE-FICTIF")
    assert refus.value.code == "erreur_deja_signalee"

    Rectification.objects.filter(pk=premiere.pk).update(etat="refusee")

    assert signaler(demande, valeur="AUTRE-FICTIF") != premiere


def test_nobody_buries_the_prefecture_under_reports(demande):
    for rang in range(OUVERTES_AU_PLUS):
        signaler(demande, champ="autre", valeur=f"Point {rang}")

    with pytest.raises(GesteImpossible) as refus:
        signaler(demande, champ="autre", valeur="De trop")
    assert refus.value.code == "trop_d_erreurs"


def test_nobody_else_reports(demande, agent):
    for intrus in (agent, essai.refugie().compte):
        with pytest.raises(DossierIntrouvable):
            signaler(demande, compte=intrus)


def test_an_unknown_field_is_a_programming_error(demande):
    with pytest.raises(ValueError, match="numero"):
        signaler(demande, champ="numero")


SAISIE = {"champ": "nom", "valeur": "KARIMI-FICTIF", "explication": "Il manque une lettre."}


def test_the_page_sends_the_report_and_the_dossier_shows_it_with_its_answer(navigateur, demande, page):
    apres = navigateur.soumettre(f"{page}erreur/", SAISIE, follow=True)
    assert "La préfecture a reçu votre message" in texte(apres)
    assert "Il manque une lettre." in texte(apres)
    assert "Vous avez signalé une erreur : Nom de famille." in texte(apres)

    Rectification.objects.update(etat="refusee", reponse="Votre acte porte bien ce nom.")

    suite = texte(navigateur.get(page))
    assert "Refusée" in suite
    assert "Votre acte porte bien ce nom." in suite


@pytest.mark.parametrize(
    ("manque", "phrase"),
    [("champ", "Quelle information est fausse"), ("valeur", "Écrivez ce qu’il faut mettre"),
     ("explication", "Expliquez l’erreur")],
)  # fmt: skip
def test_what_is_missing_gets_a_sentence_and_the_rest_stays(navigateur, page, manque, phrase):
    reponse = texte(navigateur.soumettre(f"{page}erreur/", {**SAISIE, manque: ""}))

    assert phrase in reponse
    assert 'id="resume-erreurs"' in reponse
    garde = "Il manque une lettre." if manque != "explication" else "KARIMI-FICTIF"
    assert garde in reponse
    assert not Rectification.objects.exists()


def test_something_else_needs_no_value(navigateur, page):
    navigateur.soumettre(f"{page}erreur/", {**SAISIE, "champ": "autre", "valeur": ""})

    assert Rectification.objects.get().champ == "autre"


def test_a_field_reported_already_is_said_beside_the_field(navigateur, demande, page):
    signaler(demande)

    assert "Vous avez déjà signalé une erreur" in texte(navigateur.soumettre(f"{page}erreur/", SAISIE))


# --- another date -----------------------------------------------------------------------------------------


@pytest.fixture
def convocation(demande, agent) -> Convocation:
    return Convocation.objects.create(
        demande=demande, objet="empreintes", le=timezone.now() + timedelta(days=9), lieu="Guichet 4, Lons-le-Saunier",
        a_apporter="Votre passeport", cree_par=agent,
    )  # fmt: skip


def reporter(convocation: Convocation, souhait: str = "Le matin.", **valeurs):
    demande = convocation.demande
    return demander_report(
        **{"demande_id": demande.pk, "compte_id": demande.compte_id, "convocation_id": convocation.pk,
           "souhait": souhait, **valeurs}
    )  # fmt: skip


def test_the_wish_is_noted_and_the_agent_sees_it(convocation):
    reporter(convocation)

    convocation.refresh_from_db()
    assert (convocation.etat, convocation.souhait) == ("a_reporter", "Le matin.")
    assert Evenement.objects.get(type="demander_report").valeurs == {"convocation": convocation.pk}


def test_asked_for_twice_the_last_wish_counts(convocation):
    reporter(convocation)
    reporter(convocation)
    reporter(convocation, "Après le 15.")

    convocation.refresh_from_db()
    assert convocation.souhait == "Après le 15."
    assert Evenement.objects.filter(type="demander_report").count() == 2


@pytest.mark.parametrize("etat", ["remplacee", "honoree", "annulee"])
def test_an_appointment_that_stands_no_more_is_not_put_off(convocation, navigateur, page, etat):
    Convocation.objects.update(etat=etat)

    with pytest.raises(GesteImpossible):
        reporter(convocation)
    suite = navigateur.get(f"{page}convocations/{convocation.pk}/", follow=True)
    assert "ne se change plus ici" in texte(suite)


def test_an_appointment_of_another_dossier_does_not_exist(convocation, agent, deposer_pour):
    autre = deposer_pour(essai.refugie(le=timezone.now()))

    for valeurs in ({"convocation_id": 0}, {"compte_id": agent.pk}, {"compte_id": autre.compte_id},
                    {"demande_id": autre.pk, "compte_id": autre.compte_id}):  # fmt: skip
        with pytest.raises(DossierIntrouvable):
            reporter(convocation, **valeurs)


def test_the_page_of_the_dossier_shows_the_appointment_and_takes_the_wish(navigateur, convocation, page):
    avant = texte(navigateur.get(page))
    for mots in (
        "Prise d’empreintes",
        "Guichet 4, Lons-le-Saunier",
        "Votre passeport",
        "Je ne peux pas venir",
    ):
        assert mots in avant

    adresse = f"{page}convocations/{convocation.pk}/"
    assert "Quand pouvez-vous venir" in texte(navigateur.soumettre(adresse, {"souhait": ""}))
    apres = texte(navigateur.soumettre(adresse, {"souhait": "Le matin."}, follow=True))

    assert "La préfecture vous donnera une autre date" in apres
    assert "« Le matin. »" in apres
    assert "Le matin." in texte(navigateur.get(adresse))


def test_an_unknown_appointment_is_a_404(navigateur, page):
    assert navigateur.get(f"{page}convocations/999999/").status_code == 404
