"""An agent reads a dossier's pièces and says what is missing, on a desktop screen (R-INSTR-2, 3, 4)."""

import re

from playwright.sync_api import expect

from tests.browser.parcours import Parcours


def test_an_agent_takes_a_dossier_reads_it_and_asks_for_a_piece_again(page, portail, verifier_accessibilite):
    Parcours(page, portail).se_connecter_agent("instructeur-39")
    page.goto("/gestion/demandes/demande/")
    page.locator("main a[href$='/change/'], #content a[href$='/change/']").first.click()
    verifier_accessibilite(page)
    page.get_by_role("button", name="Prendre en charge").click()
    expect(page.get_by_text("L’examen commence : vous êtes chargé du dossier.")).to_be_visible()

    # Two clicks from the queue: the dossier, the document.
    page.get_by_role("link", name="Lire les pièces").click()
    image = page.locator(".lecture-page img").first
    expect(image).to_be_visible()
    assert image.evaluate("i => i.complete && i.naturalWidth > 0")
    page.get_by_role("button", name="Tourner").click()
    expect(image).to_have_css("position", "absolute")
    verifier_accessibilite(page)

    # The sentence for the person starts from that of the reason.
    piece = page.locator("h1").inner_text()
    page.get_by_label("Pourquoi refuser").select_option("illisible")
    phrase = page.get_by_label("Phrase pour la personne")
    expect(phrase).to_have_value(re.compile("^Nous ne pouvons pas lire ce document"))
    page.get_by_role("button", name="Refuser la pièce").click()
    expect(page.get_by_text(f"« {piece} » : Refusée.")).to_be_visible()
    while page.get_by_role("button", name="Accepter la pièce").count():
        page.get_by_role("button", name="Accepter la pièce").click()
    expect(page.get_by_text("Toutes les pièces reçues sont examinées.")).to_be_visible()
    verifier_accessibilite(page)

    page.get_by_role("link", name="Demander un complément").click()
    demandee = page.get_by_role("group", name=piece)
    expect(demandee.get_by_label("Phrase pour la personne")).to_have_value(re.compile("^Nous ne pouvons pas"))
    verifier_accessibilite(page)
    page.get_by_role("button", name="Envoyer la demande de complément").click()
    expect(page.get_by_text("La personne a 30 jours pour répondre.")).to_be_visible()
    expect(page.locator(".dossier-entete")).to_contain_text("Complément demandé")
    verifier_accessibilite(page)
