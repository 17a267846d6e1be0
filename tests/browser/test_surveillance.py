"""The watch itself: each fault that a page could have is seen, or a green run would mean nothing."""

import pytest
from playwright.sync_api import Page

FAUTES = {
    "console": ("() => console.error('panne')", "console : panne"),
    "script": ("() => setTimeout(() => { throw new Error('imprévu'); })", "imprévu"),
    "csp": (
        "() => { const s = document.createElement('script'); s.textContent = '1'; document.body.append(s); }",
        "Content Security Policy",
    ),
    "réponse": ("() => fetch('/nulle-part/')", "réponse 404"),
}


@pytest.mark.parametrize("quoi", FAUTES)
def test_the_watch_sees(page: Page, surveillances, quoi):
    geste, trace = FAUTES[quoi]
    page.goto("/")
    page.evaluate(geste)
    page.goto("/aide/")
    (surveillance,) = surveillances
    assert [faute for faute in surveillance.fautes if trace in faute], surveillance.fautes
    surveillance.fautes.clear()


def test_the_watch_sees_a_request_to_another_host(page: Page, surveillances):
    page.goto("/")
    page.evaluate("() => fetch('https://ailleurs.example/').catch(() => {})")
    page.goto("/aide/")
    (surveillance,) = surveillances
    assert [faute for faute in surveillance.fautes if "ailleurs.example" in faute]
    surveillance.fautes.clear()


def test_axe_sees_an_image_without_words(page: Page, verifier_accessibilite):
    page.goto("/")
    page.evaluate("() => document.querySelector('main').append(document.createElement('img'))")
    with pytest.raises(AssertionError, match="image-alt"):
        verifier_accessibilite(page)


def test_a_page_that_overflows_is_seen(petit_telephone: Page, verifier_accessibilite):
    petit_telephone.goto("/")
    petit_telephone.evaluate(
        "() => { const d = document.createElement('div'); d.textContent = 'x'; d.style.width = '600px';"
        " document.querySelector('main').append(d); }"
    )
    with pytest.raises(AssertionError, match="déborde"):
        verifier_accessibilite(petit_telephone)
