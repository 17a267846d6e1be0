"""The five steps as a person walks them, page after page, without scripts (spec, part 6)."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from demandes.models import Demande, EchecDepot
from demandes.operations.deposer import deposer
from demandes.parcours import ETAPES
from demandes.parcours.dossier import Dossier
from demandes.vues.depot import envoi
from referentiels.agdref import AgdrefIndisponible
from referentiels.ephoto import EphotoIndisponible
from referentiels.models import Ephoto, PersonneAgdref
from tests import dossiers_d_essai as essai
from tests.dossiers_d_essai import COORDONNEES, PROFILS

# French punctuation has its no-break spaces.
ESPACES = re.compile(r"[\u00a0\u202f]")

# The form of the step, not those that send or remove a file.
FORMULAIRE = "//main//form[.//input[@name='marque']]"


@pytest.fixture
def au():
    return timezone.localdate()


def pret(nom: str, au, **options) -> essai.Profil:
    """A draft of this profile, with the dates of today."""
    if "renouvellement" in nom:
        options["au"] = au
    return PROFILS[nom](le=timezone.now(), **options)


def champs(etape: str, valeurs: dict) -> dict:
    """The boxes of the page: a date is three of them."""
    boites = {}
    for nom, valeur in valeurs.items():
        if re.fullmatch(r"\d{4}-\d\d-\d\d", str(valeur)):
            annee, mois, jour = valeur.split("-")
            boites |= {
                f"{etape}-{nom}_jour": jour,
                f"{etape}-{nom}_mois": mois,
                f"{etape}-{nom}_annee": annee,
            }
        else:
            boites[f"{etape}-{nom}"] = valeur
    return boites


def texte(reponse) -> str:
    return ESPACES.sub(" ", reponse.content.decode())


def marcher(navigateur, profil, etapes=ETAPES, *, au):
    """Answer the pages one after the other; gives the last answer."""
    reponse = None
    for etape in etapes:
        if etape == "justificatifs":
            profil.joindre(au=au)
        page = navigateur.get(f"/demarches/{profil.demande.pk}/{etape}/")
        assert page.status_code == 200, (etape, page.url)
        reponse = navigateur.soumettre(page, champs(etape, profil.reponses(etape)), formulaire=FORMULAIRE)
        assert reponse.status_code == 302, (etape, texte(reponse))
    return reponse


@pytest.mark.parametrize("nom", PROFILS)
def test_every_profile_walks_from_the_first_page_to_its_document(connecter, au, nom):
    profil = pret(nom, au)
    navigateur = connecter(profil.compte)

    fin = marcher(navigateur, profil, au=au)

    demande = Demande.objects.get(pk=profil.demande.pk)
    assert fin.url == f"/demarches/{demande.pk}/depose/"
    page = navigateur.get(fin.url)
    assert demande.numero in texte(page)
    attestation = demande.attestations.order_by("debut", "cree_le").last()
    adresse = f"/espace/attestations/{attestation.pk}/"
    assert adresse in texte(page)
    # No worker has run: asking for the document makes it.
    pdf = navigateur.get(adresse)
    assert pdf.content.startswith(b"%PDF-")
    assert pdf["X-Content-Type-Options"] == "nosniff"
    assert "attachment" in pdf["Content-Disposition"]
    for secret in (demande.numero, profil.compte.nom, demande.beneficiaire):
        assert secret not in pdf["Content-Disposition"]


def test_a_draft_begins_from_the_account_page_for_me_or_for_a_child(connecter):
    navigateur = connecter(essai.refugie().compte)
    Demande.objects.all().delete()

    for pour, mineur in (("moi", False), ("enfant", True), ("n’importe quoi", False)):
        navigateur.handler.enforce_csrf_checks = False
        reponse = navigateur.post("/demarches/nouvelle/", {"pour": pour})
        demande = Demande.objects.latest("cree_le")
        assert reponse.url == f"/demarches/{demande.pk}/situation/"
        assert demande.pour_mineur is mineur


def test_the_twenty_first_draft_is_refused_with_a_sentence(connecter):
    compte = essai.refugie().compte
    Demande.objects.bulk_create(Demande(compte=compte) for _rang in range(19))
    navigateur = connecter(compte)
    navigateur.handler.enforce_csrf_checks = False

    page = navigateur.post("/demarches/nouvelle/", {"pour": "moi"}, follow=True)

    assert "déjà 20 brouillons" in texte(page)
    assert Demande.objects.count() == 20


def test_what_was_typed_is_on_the_page_when_it_comes_back(connecter, au):
    profil = pret("réfugié", au).remplir("identite", au=au)

    page = texte(connecter(profil.compte).get(f"/demarches/{profil.demande.pk}/identite/"))

    assert 'value="12 rue des Lilas"' in page
    assert 'value="01 99 00 12 34"' in page


def test_an_invalid_page_shows_its_errors_and_what_was_typed(connecter, au):
    profil = pret("réfugié", au).remplir("situation", au=au)
    navigateur = connecter(profil.compte)

    page = navigateur.soumettre(
        f"/demarches/{profil.demande.pk}/identite/",
        {"identite-code_postal": "123", "identite-ligne": "<b>12</b>", "identite-telephone": "abc"},
    )

    assert page.status_code == 200
    assert "Un code postal a 5 chiffres" in texte(page)
    assert "&lt;b&gt;12&lt;/b&gt;" in texte(page)
    assert "<b>12</b>" not in texte(page)
    assert 'href="#id_identite-code_postal"' in texte(page)


def test_save_and_leave_keeps_even_invalid_answers(connecter, au):
    profil = pret("réfugié", au).remplir("situation", au=au)
    navigateur = connecter(profil.compte)

    page = navigateur.soumettre(
        f"/demarches/{profil.demande.pk}/identite/",
        {"identite-ligne": "inachevé"},
        bouton="enregistrer",
        follow=True,
    )

    assert "Votre brouillon est enregistré" in texte(page)
    profil.demande.refresh_from_db()
    assert profil.demande.reponses["identite"]["identite-ligne"] == ["inachevé"]


def test_a_postal_code_with_several_communes_asks_which(connecter, au):
    profil = pret("réfugié", au).remplir("situation", au=au)
    navigateur = connecter(profil.compte)
    adresse = f"/demarches/{profil.demande.pk}/identite/"

    page = navigateur.soumettre(adresse, champs("identite", {**COORDONNEES, "code_postal": "39100"}))
    assert "Choisissez votre commune dans la liste" in texte(page)
    assert ">Dole</option>" in texte(page)

    assert navigateur.soumettre(page, {"identite-commune": "39198"}).status_code == 302


@pytest.mark.parametrize("code_postal", ["98800", "98713", "00000", "75116 "])
def test_a_postal_code_outside_the_departements_says_where_to_go(connecter, au, code_postal):
    profil = pret("réfugié", au).remplir("situation", au=au)

    page = connecter(profil.compte).soumettre(
        f"/demarches/{profil.demande.pk}/identite/",
        champs("identite", {**COORDONNEES, "code_postal": code_postal[:5]}),
    )

    if code_postal == "75116 ":
        assert page.status_code == 302
    else:
        assert "allez à la préfecture de votre lieu de résidence" in texte(page)


# --- what the register says -------------------------------------------------------------------------------


@pytest.mark.parametrize("declare", ["protection_subsidiaire", "autre", "apatride"])
def test_a_contradicted_status_stops_after_step_1_with_the_way_out(connecter, au, declare):
    profil = pret("réfugié", au, statut=declare)
    navigateur = connecter(profil.compte)

    page = navigateur.soumettre(
        f"/demarches/{profil.demande.pk}/situation/",
        champs("situation", profil.reponses("situation")),
        follow=True,
    )

    assert "Le registre des étrangers dit autre chose" in texte(page)
    assert "Centre de contact citoyens" in texte(page)
    suite = navigateur.get(f"/demarches/{profil.demande.pk}/identite/")
    assert suite.url == f"/demarches/{profil.demande.pk}/orientation/"


def test_a_dead_end_shows_the_prefecture_of_the_departement_that_is_chosen(connecter, au):
    profil = pret("réfugié", au, statut="apatride").remplir("situation", au=au)

    for departement, present in (("39", True), ("999", False), ("\x00", False), ("' OR 1=1", False)):
        page = connecter(profil.compte).get(
            f"/demarches/{profil.demande.pk}/orientation/", {"departement": departement}
        )
        assert page.status_code == 200
        assert (essai.prefecture("39").commune in texte(page)) is present


def test_an_unknown_status_is_told_before_the_deposit(connecter, au):
    profil = pret("réfugié", au, registre={"statut": ""}, statut="refugie").remplir("situation", au=au)

    page = connecter(profil.compte).get(f"/demarches/{profil.demande.pk}/orientation/")

    assert "Vous recevrez d’abord une confirmation de dépôt" in texte(page)


def test_a_first_application_with_a_permit_of_the_same_ground_needs_a_reason(connecter, au):
    profil = pret("réfugié, renouvellement", au)
    navigateur = connecter(profil.compte)
    adresse = f"/demarches/{profil.demande.pk}/situation/"
    reponses = {**profil.reponses("situation"), "nature": "premiere"}

    page = navigateur.soumettre(adresse, champs("situation", reponses))
    assert "Un titre existe déjà pour cette situation" in texte(page)

    reponses["motif_premiere"] = "titre_jamais_remis"
    assert navigateur.soumettre(page, champs("situation", reponses)).status_code == 302


def test_a_child_with_a_permit_of_the_same_ground_needs_a_reason_too(connecter, au):
    profil = pret("enfant de 16 ans", au)
    enfant = PersonneAgdref.objects.get(numero_etranger=profil.situation["numero_enfant"])
    essai.titre(enfant, "carte_resident", fin=au + timedelta(days=900))

    page = connecter(profil.compte).soumettre(
        f"/demarches/{profil.demande.pk}/situation/", champs("situation", profil.reponses("situation"))
    )

    assert "Un titre existe déjà pour cette situation" in texte(page)


# --- the privacy of a child -------------------------------------------------------------------------------

SECRETS = ("SECRÈTE-FICTIF", "Ariane-Fictive", "Ville-Secrète", "9 rue Secrète", "FIC-SECRET-1")


@pytest.fixture
def inconnue():
    """A child who is nothing to the account."""
    enfant = essai.personne(
        nom="SECRÈTE-FICTIF", prenoms=["Ariane-Fictive"], sexe="F", ville_naissance="Ville-Secrète",
        date_naissance=f"{timezone.localdate().year - 16}-01-01", situation_familiale="veuf",
        adresse={"ligne": "9 rue Secrète", "complement": "", "code_postal": "92000", "code_insee": "92050",
                 "commune": "Nanterre"},
    )  # fmt: skip
    titre = essai.titre(enfant, "carte_resident", fin=timezone.localdate() + timedelta(days=900))
    titre.numero = "FIC-SECRET-1"
    titre.save()
    return enfant


def pages_vues(connecter, au, enfant, naissance) -> str:
    parent = essai.compte_de(essai.personne(nom="PARENT-FICTIF"))
    demande = Demande.objects.create(compte=parent, pour_mineur=True)
    navigateur = connecter(parent)
    vues = []
    reponses = {"pour": "enfant", "numero_enfant": enfant.numero_etranger, "date_naissance": naissance,
                "statut": "refugie", "nature": "premiere", "souhaite_travailler": "oui"}  # fmt: skip
    vues.append(
        navigateur.soumettre(
            f"/demarches/{demande.pk}/situation/", champs("situation", reponses), follow=True
        )
    )
    for etape in ("orientation", *ETAPES):
        vues.append(navigateur.get(f"/demarches/{demande.pk}/{etape}/", follow=True))
    return " ".join(texte(page) for page in vues)


def test_nothing_of_a_child_is_shown_to_someone_who_has_the_number_but_not_the_birth_date(
    connecter, au, inconnue
):
    annee = int(inconnue.date_naissance[:4])

    for naissance in (f"{annee}-01-02", f"{annee}-00-00", f"{annee - 1}-01-01"):
        vu = pages_vues(connecter, au, inconnue, naissance)
        assert not [secret for secret in SECRETS if secret in vu]
        assert f"{(au + timedelta(days=900)):%d/%m/%Y}" not in vu
        # Nor can anyone open a demande in the name of a number whose birth date they do not know.
        assert "ne vont pas ensemble" in vu


def test_the_same_page_shows_the_child_to_someone_who_knows_the_birth_date(connecter, au, inconnue):
    # The counterpart: the test above looks at the right places.
    inconnue.documents.all().delete()

    vu = pages_vues(connecter, au, inconnue, inconnue.date_naissance)

    assert "SECRÈTE-FICTIF" in vu
    assert "9 rue Secrète" in vu


# --- stale pages, back button, second tab -----------------------------------------------------------------


def test_a_page_left_open_in_another_tab_shows_what_was_typed_there_and_overwrites_nothing(connecter, au):
    profil = pret("réfugié", au).remplir("identite", au=au)
    navigateur = connecter(profil.compte)
    adresse = f"/demarches/{profil.demande.pk}/identite/"
    vieille = navigateur.get(adresse)
    navigateur.soumettre(adresse, champs("identite", {**COORDONNEES, "ligne": "1 rue Récente"}))

    page = navigateur.soumettre(vieille, {"identite-ligne": "2 rue Ancienne"})

    assert "a changé dans un autre onglet" in texte(page)
    assert 'value="2 rue Ancienne"' in texte(page)
    profil.demande.refresh_from_db()
    assert profil.demande.reponses["identite"]["identite-ligne"] == ["1 rue Récente"]
    # Sent once more, it is a choice.
    assert navigateur.soumettre(page).status_code == 302
    profil.demande.refresh_from_db()
    assert profil.demande.reponses["identite"]["identite-ligne"] == ["2 rue Ancienne"]


@pytest.mark.parametrize("etape", ETAPES)
def test_after_the_deposit_the_back_button_leads_to_the_dossier(connecter, au, etape):
    profil = pret("réfugié", au).remplir(au=au)
    navigateur = connecter(profil.compte)
    page = navigateur.get(f"/demarches/{profil.demande.pk}/{etape}/")
    deposer(demande_id=profil.demande.pk, compte_id=profil.compte.pk, maintenant=timezone.now())

    for reponse in (
        navigateur.soumettre(page, follow=True),
        navigateur.get(f"/demarches/{profil.demande.pk}/{etape}/", follow=True),
    ):
        assert reponse.redirect_chain[-1][0] == f"/espace/demandes/{profil.demande.pk}/"
        # A file sent too late has its own sentence.
        assert re.search("déjà déposée|ne reçoit plus de fichiers", texte(reponse))
    assert Demande.objects.get().evenements.count() == 1


def test_a_form_sent_after_the_session_has_ended_comes_back_filled(connecter, au):
    profil = pret("réfugié", au).remplir("situation", au=au)
    compte = profil.compte
    compte.set_password("cheval-agrafe-batterie")
    compte.save()
    navigateur = connecter(compte)
    navigateur.logout()
    identite = f"/demarches/{profil.demande.pk}/identite/"
    connexion = {"username": compte.identifiant, "password": "cheval-agrafe-batterie"}
    navigateur.soumettre(
        "/compte/connexion/", connexion, formulaire="//main//form[.//input[@name='password']]"
    )
    page = navigateur.get(identite)
    # The session ends on the server; the page stays open.
    navigateur.session.flush()

    refus = navigateur.soumettre(page, {"identite-ligne": "77 rue Tapée"})
    assert refus.status_code == 302
    assert refus.url.startswith("/compte/connexion/")
    profil.demande.refresh_from_db()
    assert "identite" not in profil.demande.reponses
    navigateur.soumettre(refus.url, connexion, formulaire="//main//form[.//input[@name='password']]")
    retour = navigateur.get(identite)

    assert "Vos réponses sont revenues" in texte(retour)
    assert 'value="77 rue Tapée"' in texte(retour)


# --- the deposit says no ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("etat", "phrase"), [("expire", "a plus de 6 mois"), ("utilise", "a déjà servi")])
def test_a_code_refused_at_the_deposit_leads_to_its_field_with_a_sentence(connecter, au, etat, phrase):
    profil = pret("réfugié", au, etat_ephoto=etat).remplir("justificatifs", au=au)
    navigateur = connecter(profil.compte)

    page = navigateur.soumettre(
        f"/demarches/{profil.demande.pk}/recapitulatif/", {"recapitulatif-declaration": "on"}, follow=True
    )

    assert page.redirect_chain[-1][0] == f"/demarches/{profil.demande.pk}/justificatifs/#ephoto"
    assert phrase in texte(page)
    # A new code on the same page, and the deposit goes through.
    profil.code = essai.ephoto(le=timezone.now())
    assert marcher(navigateur, profil, ETAPES[3:], au=au).url.endswith("/depose/")


@pytest.mark.parametrize(("etat", "phrase"), [("expire", "a plus de 6 mois"), ("utilise", "a déjà servi")])
def test_a_code_that_cannot_serve_is_refused_as_soon_as_it_is_written(connecter, au, etat, phrase):
    profil = pret("réfugié", au, etat_ephoto=etat).remplir("famille", au=au)
    profil.joindre(au=au)
    navigateur = connecter(profil.compte)

    page = navigateur.soumettre(
        f"/demarches/{profil.demande.pk}/justificatifs/",
        champs("justificatifs", profil.reponses("justificatifs")),
        formulaire=FORMULAIRE,
    )

    assert page.status_code == 200
    assert phrase in texte(page)
    assert 'href="#id_justificatifs-ephoto_code"' in texte(page)


@pytest.mark.parametrize("etat", ["inconnu", "pas_encore_active"])
def test_a_code_not_known_yet_goes_on_with_a_word_to_read_it_again(connecter, au, etat):
    profil = pret("réfugié", au, etat_ephoto=etat).remplir("famille", au=au)
    navigateur = connecter(profil.compte)

    marcher(navigateur, profil, ["justificatifs"], au=au)

    assert "Relisez-le sur la planche de photos" in texte(
        navigateur.get(f"/demarches/{profil.demande.pk}/recapitulatif/")
    )
    page = marcher(navigateur, profil, ["recapitulatif"], au=au)
    assert "Nous le vérifions pendant 72 heures" in texte(navigateur.get(page.url))


def test_the_declaration_is_never_ticked_in_the_persons_place(connecter, au):
    """A refused deposit keeps what was declared; what the page shows may have changed since."""
    profil = pret("réfugié", au).remplir(au=au)

    page = connecter(profil.compte).get(f"/demarches/{profil.demande.pk}/recapitulatif/")

    assert 'name="recapitulatif-declaration"' in texte(page)
    assert not re.search(r'name="recapitulatif-declaration"[^>]*checked', texte(page))


def test_no_children_is_an_answer_that_the_last_step_repeats(connecter, au):
    profil = pret("réfugié", au).remplir("justificatifs", au=au)

    page = texte(connecter(profil.compte).get(f"/demarches/{profil.demande.pk}/recapitulatif/"))

    assert re.search(r"<dt>[^<]*nombre d’enfants[^<]*</dt>\s*<dd>0", page, re.IGNORECASE)


def test_what_leaves_before_the_human_check_is_announced_as_a_confirmation(connecter, au):
    profil = pret("réfugié", au, registre={"statut": ""}, statut="refugie").remplir("recapitulatif", au=au)
    navigateur = connecter(profil.compte)

    page = texte(navigateur.get(f"/demarches/{profil.demande.pk}/orientation/"))
    assert "Confirmation de dépôt" in page
    assert "Elle est valable 6 mois" not in page

    resultat = marcher(navigateur, profil, ["recapitulatif"], au=au)
    assert "sous deux jours ouvrés" in texte(navigateur.get(resultat.url))


def test_another_open_demande_leads_to_the_page_that_names_it(connecter, au):
    premier = pret("réfugié", au).remplir(au=au)
    second = essai.Profil(Demande.objects.create(compte=premier.compte), premier.situation, premier.identite,
                          premier.famille, essai.ephoto(le=timezone.now())).remplir("justificatifs", au=au)  # fmt: skip
    navigateur = connecter(premier.compte)
    page = navigateur.get(f"/demarches/{second.demande.pk}/recapitulatif/")
    deposer(demande_id=premier.demande.pk, compte_id=premier.compte.pk, maintenant=timezone.now())

    reponse = navigateur.soumettre(page, {"recapitulatif-declaration": "on"}, follow=True)

    assert reponse.redirect_chain[-1][0] == f"/demarches/{second.demande.pk}/orientation/"
    assert f'href="/espace/demandes/{premier.demande.pk}/"' in texte(reponse)
    assert Demande.objects.filter(pk=second.demande.pk, etat="brouillon").exists()


def test_an_open_demande_made_from_another_account_is_not_linked(connecter, au):
    """A parent's demande for a child who now applies alone: the child is told, the parent's dossier stays closed."""
    parent = pret("enfant de 16 ans", au).remplir(au=au)
    deposer(demande_id=parent.demande.pk, compte_id=parent.compte.pk, maintenant=timezone.now())
    enfant = PersonneAgdref.objects.get(numero_etranger=parent.situation["numero_enfant"])
    seul = essai.pour_soi(enfant, le=timezone.now(), souhaite_travailler="oui").remplir("situation", au=au)

    page = texte(connecter(seul.compte).get(f"/demarches/{seul.demande.pk}/orientation/"))

    assert str(parent.demande.pk) not in page
    assert parent.compte.nom not in page


@pytest.mark.parametrize("panne", [DatabaseError, OSError, EphotoIndisponible, AgdrefIndisponible])
def test_a_failure_of_ours_leaves_the_draft_and_a_dated_proof(connecter, au, monkeypatch, panne):
    profil = pret("réfugié", au).remplir("justificatifs", au=au)
    navigateur = connecter(profil.compte)

    def echouer(**_valeurs):
        raise panne

    with monkeypatch.context() as contexte:
        contexte.setattr(envoi, "deposer", echouer)
        page = navigateur.soumettre(
            f"/demarches/{profil.demande.pk}/recapitulatif/", {"recapitulatif-declaration": "on"}
        )

    assert page.status_code == 503
    assert "Votre brouillon est intact" in texte(page)
    echec = EchecDepot.objects.get()
    preuve = f"/demarches/{profil.demande.pk}/echec/{echec.reference}/"
    assert preuve in texte(page)
    assert navigateur.get(preuve).content.startswith(b"%PDF-")
    profil.demande.refresh_from_db()
    assert profil.demande.etat == "brouillon"
    assert Dossier(profil.demande, au=au).premiere_a_faire == "recapitulatif"


def test_the_deposit_needs_the_declaration(connecter, au):
    profil = pret("réfugié", au).remplir("justificatifs", au=au)

    page = connecter(profil.compte).soumettre(f"/demarches/{profil.demande.pk}/recapitulatif/", {})

    assert "Cochez la déclaration" in texte(page)
    assert Demande.objects.get().etat == "brouillon"
    assert not Ephoto.objects.filter(utilise_le__isnull=False).exists()


def test_the_last_step_repeats_every_answer_in_words(connecter, au):
    profil = pret("conjoint", au).remplir("justificatifs", au=au)

    page = texte(connecter(profil.compte).get(f"/demarches/{profil.demande.pk}/recapitulatif/"))

    for mots in ("HAÏDARI-FICTIF", "12 rue des Lilas", "Lons-le-Saunier", "Marié ou mariée", "01/06/2015"):
        assert mots in page
    for etape in ETAPES[:4]:
        assert f"/demarches/{profil.demande.pk}/{etape}/" in page


# --- garbage ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chemin", "parametres"),
    [
        ("/communes/", {"code_postal": "\x00"}),
        ("/communes/", {"code_postal": "٣٩٠٠٠"}),
        ("/communes/", {"code_postal": "9" * 5000}),
        ("/communes/", {}),
    ],
)
def test_the_list_of_communes_answers_whatever_is_asked(connecter, chemin, parametres):
    reponse = connecter(essai.refugie().compte).get(chemin, parametres)

    assert reponse.status_code == 200
    assert reponse.json() == {"communes": []}


@pytest.mark.parametrize("etape", ETAPES)
@pytest.mark.parametrize("marque", ["", "\x00", "x" * 10_000, "é"])
def test_a_page_sent_with_forged_names_and_marks_answers(connecter, au, etape, marque):
    profil = pret("réfugié", au).remplir(au=au)
    navigateur = connecter(profil.compte)
    navigateur.handler.enforce_csrf_checks = False
    forges = {f"{etape}-\x00": "x", f"{etape}-": "x", f"{etape}-a b": "x", "\x00": "\x00",
              f"{profil.demande.pk}-current_step": "recapitulatif", "wizard_goto_step": "recapitulatif"}  # fmt: skip

    reponse = navigateur.post(f"/demarches/{profil.demande.pk}/{etape}/", {**forges, "marque": marque})

    assert reponse.status_code in (200, 302)
    assert Demande.objects.get().etat == "brouillon"


def test_a_form_too_big_or_with_too_many_fields_is_refused_with_a_page(connecter, au):
    profil = pret("réfugié", au).remplir("situation", au=au)
    navigateur = connecter(profil.compte)
    navigateur.handler.enforce_csrf_checks = False
    adresse = f"/demarches/{profil.demande.pk}/identite/"

    for corps in ({f"identite-x{rang}": "" for rang in range(400)}, {"identite-ligne": "x" * 300_000}):
        reponse = navigateur.post(adresse, corps)
        assert reponse.status_code in (200, 400)
    profil.demande.refresh_from_db()
    assert "identite" not in profil.demande.etapes
