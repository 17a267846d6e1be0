"""The pièces side by side: read safely in the browser, accepted or refused beside the picture (R-INSTR-3)."""

import io
import json
import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from demandes.admin.dossier import images
from demandes.etats import Etat
from demandes.models import Complement, Demande, Evenement, Fichier, Piece
from demandes.normalisation.isolement import Plantage
from demandes.operations.ajouter_fichier import nom_de_stockage
from demandes.operations.prendre_en_charge import affecter
from demandes.textes import ACTIONS_IMPOSSIBLES, MOTIFS_DE_PIECE, PHRASES_DE_PIECE
from tests import dossiers_d_essai as essai
from tests import examen_d_essai as examen
from tests.fichiers_d_essai import pdf, photo
from tests.integration.examen.dossier.lecture_de_page import texte

AVIS = "//form[.//button[@name='avis']]"
CODE = "justificatif_domicile"


@pytest.fixture
def pieces():
    """`pieces(demande, fichier, "avec=…")`: address of the reading view."""

    def composer(demande: Demande, fichier: Fichier | None = None, parametres: str = "") -> str:
        choix = [f"fichier={fichier.pk}"] if fichier else []
        return f"/gestion/demandes/demande/{demande.pk}/pieces/?{'&'.join([*choix, parametres]).strip('&')}"

    return composer


def fichier_de(demande: Demande, code: str = CODE) -> Fichier:
    return Fichier.objects.get(piece__demande=demande, piece__code=code, remplace_le=None)


def page_de(fichier: Fichier, numero: int = 1) -> str:
    demande = fichier.piece.demande_id
    return f"/gestion/demandes/demande/{demande}/fichiers/{fichier.pk}/pages/{numero}/"


def en_pdf(fichier: Fichier, pages: int = 3) -> Fichier:
    """The same file as a PDF of so many pages."""
    fichier.contenu = default_storage.save(nom_de_stockage(), ContentFile(pdf(pages=pages)))
    fichier.type_mime, fichier.pages = "application/pdf", pages
    fichier.save()
    return fichier


def remplacer(fichier: Fichier) -> Fichier:
    """A newer version in its place."""
    Fichier.objects.filter(pk=fichier.pk).update(remplace_le=timezone.now())
    return essai.fichier_pret(fichier.piece, contenu=fichier.contenu, apercu=fichier.apercu)


def statut(navigateur, adresse: str) -> int:
    """The status alone; a streamed file is closed once read."""
    reponse = navigateur.get(adresse)
    b"".join(reponse)
    return reponse.status_code


def consultations() -> list[str]:
    return list(
        Evenement.objects.filter(type="consultation").order_by("pk").values_list("valeurs__objet", flat=True)
    )


# --- what is shown -------------------------------------------------------------------------------------------


def test_two_clicks_lead_from_the_queue_to_the_document(navigateur, demande):
    liste = navigateur.get("/gestion/demandes/demande/").content.decode()
    dossier = re.search(rf"/gestion/demandes/demande/{demande.pk}/change/[^\"]*", liste)[0]
    page = navigateur.get(dossier).content.decode()
    lecture = re.search(rf"/gestion/demandes/demande/{demande.pk}/pieces/\?fichier=[^\"]*", page)[0]

    image = re.search(r'<img src="([^"]*/pages/1/)"', navigateur.get(lecture).content.decode())[1]
    assert navigateur.get(image)["Content-Type"] == "image/jpeg"


def test_the_list_holds_every_piece_with_its_state(navigateur, en_instruction, pieces):
    page = texte(navigateur.get(pieces(en_instruction)))

    for mots in ("Contrat d’engagement", "Décision qui accorde la protection", "Justificatif de domicile"):
        assert mots in page
    assert page.count("À examiner</span>") >= 3


def test_without_a_choice_the_first_piece_to_examine_is_shown(navigateur, en_instruction, pieces):
    Piece.objects.filter(demande=en_instruction, code="contrat_engagement").update(avis="acceptee")

    page = texte(navigateur.get(pieces(en_instruction)))

    assert "<h1>Décision qui accorde la protection</h1>" in page


def test_a_photo_is_shown_as_it_is_and_nothing_in_it_can_act(navigateur, demande):
    fichier = fichier_de(demande)

    reponse = navigateur.get(page_de(fichier))

    assert Image.open(io.BytesIO(reponse.content)).size == (400, 300)
    assert reponse["Content-Type"] == "image/jpeg"
    assert reponse["Content-Disposition"] == f'inline; filename="{CODE}-page-1.jpg"'
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in reponse["Content-Security-Policy"]
    assert {"private", "no-store"} <= set(reponse["Cache-Control"].split(", "))


def test_a_pdf_is_never_given_to_be_run_only_its_pages_as_images(navigateur, demande, pieces):
    fichier = en_pdf(fichier_de(demande))

    page = navigateur.get(pieces(demande, fichier)).content.decode()

    assert re.findall(r'<img src="[^"]*/pages/(\d+)/"', page) == ["1", "2", "3"]
    assert not re.search(r"<(iframe|embed|object)\b", page)
    for numero in (1, 2, 3):
        reponse = navigateur.get(page_de(fichier, numero))
        assert reponse["Content-Type"] == "image/jpeg"
        assert max(Image.open(io.BytesIO(reponse.content)).size) == 2000
    # The whole document is a download.
    entier = navigateur.get(page_de(fichier).replace("pages/1", "contenu"))
    assert b"".join(entier).startswith(b"%PDF")
    assert entier["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("numero", [0, 4, 10**12])
def test_a_page_that_a_file_has_not_does_not_exist(navigateur, demande, numero):
    assert navigateur.get(page_de(en_pdf(fichier_de(demande)), numero)).status_code == 404


def test_a_photo_has_one_page(navigateur, demande):
    assert navigateur.get(page_de(fichier_de(demande), 2)).status_code == 404


def test_a_document_that_cannot_be_drawn_says_so_and_can_be_downloaded(
    navigateur, demande, pieces, monkeypatch
):
    fichier = en_pdf(fichier_de(demande))

    def mourir(*_arguments, **_options):
        raise Plantage("délai dépassé")

    monkeypatch.setattr(images, "dessiner_a_part", mourir)
    assert navigateur.get(page_de(fichier)).status_code == 503
    assert "Télécharger" in texte(navigateur.get(pieces(demande, fichier)))


@pytest.mark.parametrize(
    "champs", [{"etat": "a_traiter"}, {"etat": "refuse", "contenu": ""}, {"contenu": "perdu"}]
)
def test_a_file_that_is_not_there_is_404_and_its_page_opens(navigateur, demande, pieces, champs):
    fichier = fichier_de(demande)
    Fichier.objects.filter(pk=fichier.pk).update(**champs)

    assert navigateur.get(page_de(fichier)).status_code == 404
    assert navigateur.get(pieces(demande, fichier)).status_code == 200


def test_next_and_previous_walk_through_every_file(navigateur, demande, pieces):
    en_pdf(fichier_de(demande, "decision_protection"))
    vus, adresse = [], pieces(demande)
    while adresse:
        page = navigateur.get(adresse).content.decode()
        vus.append(re.search(r"<h1>(.*?)</h1>", page)[1])
        suivant = re.search(r'rel="next" href="([^"]+)"', page)
        adresse = suivant and suivant[1].replace("&amp;", "&")

    assert [nom[:8] for nom in vus] == ["Contrat ", "Décision", "Justific"]


def test_two_files_are_compared_and_both_looks_are_written_down(navigateur, demande, pieces):
    ancien = fichier_de(demande)
    nouveau = remplacer(ancien)

    page = navigateur.get(pieces(demande, nouveau, f"avec={ancien.pk}")).content.decode()

    assert re.findall(r'<img src="[^"]*/fichiers/([0-9a-f-]+)/pages/1/"', page) == [
        str(nouveau.pk), str(ancien.pk),
    ]  # fmt: skip
    assert "Version précédente" in page
    assert "Arrêter de comparer" in page
    assert set(consultations()) == {str(nouveau.pk), str(ancien.pk)}


def test_a_dossier_without_files_opens(navigateur, demande, pieces):
    Fichier.objects.all().delete()

    page = navigateur.get(pieces(demande))

    assert page.status_code == 200
    assert "aucun fichier" in texte(page)


def test_what_the_person_has_not_transmitted_is_not_shown_nor_served(
    navigateur, en_instruction, agent, pieces
):
    complement = Complement.objects.create(
        demande=en_instruction, demande_par=agent, demande_le=timezone.now(), echeance=timezone.localdate()
    )
    modele = fichier_de(en_instruction)
    brouillon = essai.fichier_pret(
        modele.piece, complement=complement, contenu=modele.contenu, apercu=modele.apercu
    )
    adresses = [
        pieces(en_instruction, brouillon), pieces(en_instruction, None, f"avec={brouillon.pk}"), page_de(brouillon),
        page_de(brouillon).replace("pages/1", "contenu"), page_de(brouillon).replace("pages/1", "apercu"),
    ]  # fmt: skip

    # An answer under way, then one that the prefecture no longer waits for: a worker may have kept its file.
    for etat in (Complement.Etat.OUVERT, Complement.Etat.ABANDONNE):
        complement.etat = etat
        complement.save()
        assert str(brouillon.pk) not in navigateur.get(pieces(en_instruction)).content.decode()
        assert [statut(navigateur, adresse) for adresse in adresses] == [404] * 5, etat

    complement.etat = Complement.Etat.TRANSMIS
    complement.save()
    assert [statut(navigateur, adresse) for adresse in adresses] == [200] * 5


@pytest.mark.parametrize("numero", ["x", "' OR 1=1 --", "00000000-0000-0000-0000-000000000007"])
def test_a_file_that_is_not_of_the_dossier_does_not_exist(navigateur, demande, pieces, numero):
    ailleurs = fichier_de(examen.depose())
    for parametres in (
        f"fichier={numero}",
        f"avec={numero}",
        f"fichier={ailleurs.pk}",
        f"avec={ailleurs.pk}",
    ):
        assert navigateur.get(pieces(demande, None, parametres)).status_code == 404
    assert (
        navigateur.get(page_de(ailleurs).replace(str(ailleurs.piece.demande_id), str(demande.pk))).status_code
        == 404
    )


# --- what is written down ------------------------------------------------------------------------------------


def test_reading_a_document_page_by_page_is_one_look_at_it(navigateur, demande, pieces):
    fichier = en_pdf(fichier_de(demande))

    navigateur.get(pieces(demande, fichier))
    for numero in (1, 2, 3):
        navigateur.get(page_de(fichier, numero))

    assert consultations() == [str(fichier.pk)]


def test_a_page_opened_by_its_address_alone_is_written_down_too(navigateur, connecter, demande):
    fichier = fichier_de(demande)

    navigateur.get(page_de(fichier))
    navigateur.get(page_de(fichier))
    connecter(examen.instructeur()).get(page_de(fichier))

    assert consultations() == [str(fichier.pk)] * 2


def test_an_hour_later_it_is_another_look(navigateur, demande, monkeypatch):
    fichier = fichier_de(demande)
    navigateur.get(page_de(fichier))
    monkeypatch.setattr("demandes.admin.dossiers.UN_MEME_REGARD", timedelta(0))

    navigateur.get(page_de(fichier))

    assert consultations() == [str(fichier.pk)] * 2


# --- the opinion ---------------------------------------------------------------------------------------------


def test_accepting_leads_to_the_next_piece_then_to_the_dossier(navigateur, en_instruction, pieces, adresse):
    page = navigateur.get(pieces(en_instruction))
    for reste in (2, 1, 0):
        reponse = navigateur.soumettre(page, {"avis": "acceptee"}, formulaire=AVIS)
        assert reponse.status_code == 302
        assert Piece.objects.filter(demande=en_instruction, avis="").count() == reste
        page = navigateur.get(reponse.url)

    assert reponse.url == adresse(en_instruction)
    assert "Toutes les pièces reçues sont examinées." in texte(page)


def test_a_refusal_left_without_a_sentence_takes_that_of_its_reason(navigateur, en_instruction, pieces):
    page = navigateur.get(pieces(en_instruction, fichier_de(en_instruction)))
    phrases = json.loads(
        re.search(r'data-phrases="([^"]*)"', page.content.decode())[1].replace("&quot;", '"')
    )
    assert set(phrases) == set(MOTIFS_DE_PIECE) - {"autre"}

    navigateur.soumettre(page, {"avis": "refusee", "motif": "illisible"}, formulaire=AVIS)

    piece = en_instruction.pieces.get(code=CODE)
    assert (piece.avis, piece.avis_motif, piece.avis_phrase) == (
        "refusee", "illisible", str(PHRASES_DE_PIECE["illisible"]),
    )  # fmt: skip


def test_the_sentence_of_the_agent_is_the_one_that_goes(navigateur, en_instruction, pieces):
    page = navigateur.get(pieces(en_instruction, fichier_de(en_instruction)))

    navigateur.soumettre(
        page, {"avis": "refusee", "motif": "illisible", "phrase": "La date ne se lit pas."}, formulaire=AVIS
    )

    assert en_instruction.pieces.get(code=CODE).avis_phrase == "La date ne se lit pas."


@pytest.mark.parametrize(("saisie", "code"), [
    ({"avis": "refusee", "phrase": "À garder."}, "motif"),
    ({"avis": "refusee", "motif": "autre"}, "phrase"),
])  # fmt: skip
def test_a_refusal_that_says_nothing_is_told_and_keeps_what_was_typed(
    navigateur, en_instruction, pieces, saisie, code
):
    page = navigateur.get(pieces(en_instruction, fichier_de(en_instruction)))

    reponse = navigateur.soumettre(page, saisie, formulaire=AVIS)

    assert reponse.status_code == 200
    assert str(ACTIONS_IMPOSSIBLES[code]) in texte(reponse)
    assert saisie.get("phrase", "") in texte(reponse)
    assert not Piece.objects.exclude(avis="").exists()


def test_an_opinion_is_taken_back(navigateur, en_instruction, pieces):
    fichier = fichier_de(en_instruction)
    navigateur.soumettre(
        pieces(en_instruction, fichier), {"avis": "refusee", "motif": "perime"}, formulaire=AVIS
    )

    navigateur.soumettre(pieces(en_instruction, fichier), {"avis": ""}, formulaire=AVIS)

    assert en_instruction.pieces.get(code=CODE).avis == ""


def test_a_file_replaced_while_the_agent_looks_at_it_is_told(navigateur, en_instruction, pieces):
    ancien = fichier_de(en_instruction)
    page = navigateur.get(pieces(en_instruction, ancien))
    remplacer(ancien)

    reponse = navigateur.soumettre(page, {"avis": "acceptee"}, formulaire=AVIS)

    assert str(ACTIONS_IMPOSSIBLES["piece_changee"]) in texte(reponse)
    assert "Version précédente" in texte(reponse)
    assert not Piece.objects.exclude(avis="").exists()


def test_a_colleague_was_quicker_and_what_was_typed_is_kept(navigateur, connecter, en_instruction, pieces):
    fichier, collegue = fichier_de(en_instruction), examen.instructeur()
    page = navigateur.get(pieces(en_instruction, fichier))
    connecter(collegue).soumettre(pieces(en_instruction, fichier), {"avis": "acceptee"}, formulaire=AVIS)

    reponse = navigateur.soumettre(
        page, {"avis": "refusee", "motif": "perime", "phrase": "Trop vieux."}, formulaire=AVIS
    )

    assert f"{collegue} a accepté la pièce « Justificatif de domicile" in texte(reponse)
    assert "Trop vieux." in texte(reponse)
    assert en_instruction.pieces.get(code=CODE).avis == "acceptee"


def test_an_earlier_version_gets_no_opinion(navigateur, en_instruction, pieces):
    ancien = fichier_de(en_instruction)
    remplacer(ancien)

    page = navigateur.get(pieces(en_instruction, ancien))

    assert 'name="avis"' not in page.content.decode()


@pytest.mark.parametrize(
    "etat", [Etat.DEPOSEE, Etat.COMPLEMENT_DEMANDE, Etat.DECISION_FAVORABLE, Etat.CLASSEE_SANS_SUITE]
)
def test_outside_the_examination_pieces_are_read_and_not_judged(navigateur, demande, agent, pieces, etat):
    if etat == Etat.CLASSEE_SANS_SUITE:
        essai.amener(demande, etat)
    else:
        examen.amener(demande, etat, agent)
    avant = list(demande.pieces.order_by("pk").values())

    page = navigateur.get(pieces(demande))
    assert page.status_code == 200
    assert 'name="avis"' not in page.content.decode()
    demande.refresh_from_db()
    navigateur.handler.enforce_csrf_checks = False
    forge = {"version": demande.version, "code": CODE, "avis": "refusee", "motif": "autre", "phrase": "x",
             "vus": [str(fichier_de(demande).pk)]}  # fmt: skip
    assert str(ACTIONS_IMPOSSIBLES["etat"]) in texte(navigateur.post(pieces(demande), forge))
    assert list(demande.pieces.order_by("pk").values()) == avant


@pytest.mark.parametrize("forge", [
    {"avis": "n’importe quoi"}, {"code": "passeport"}, {"code": "x" * 400}, {"vus": ["x"]}, {"vus": []},
    {"version": "-1"}, {"version": "1" * 400}, {"code": "\x00"},
    {"phrase": "\x00", "avis": "refusee", "motif": "autre"},
])  # fmt: skip
def test_a_forged_opinion_changes_nothing(navigateur, en_instruction, pieces, forge):
    navigateur.handler.enforce_csrf_checks = False
    fichier = fichier_de(en_instruction)
    juste = {"version": en_instruction.version, "code": CODE, "avis": "acceptee", "vus": [str(fichier.pk)]}

    reponse = navigateur.post(pieces(en_instruction, fichier), {**juste, **forge})

    assert reponse.status_code == 200
    assert not Piece.objects.exclude(avis="").exists()


def test_who_takes_over_a_dossier_reads_that_it_changed_hands(navigateur, en_instruction, pieces, agent):
    page = navigateur.get(pieces(en_instruction, fichier_de(en_instruction)))
    examen.faire(affecter, en_instruction, agent, a_id=agent.pk)

    reponse = navigateur.soumettre(page, {"avis": "acceptee"}, formulaire=AVIS)
    assert "a confié le dossier" in texte(reponse)
    # The page is up to date now: the same click is enough.
    assert navigateur.soumettre(reponse, {"avis": "acceptee"}, formulaire=AVIS).status_code == 302


def test_a_photo_larger_than_a_screen_is_given_whole(navigateur, demande):
    fichier = fichier_de(demande)
    fichier.contenu = default_storage.save(nom_de_stockage(), ContentFile(photo(taille=(2500, 1800))))
    fichier.save()

    assert Image.open(io.BytesIO(navigateur.get(page_de(fichier)).content)).size == (2500, 1800)
