"""What every page owes everyone: axe finds nothing, one h1, French said, nothing cut off at its width."""

from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

# WCAG 2.1 A and AA, which RGAA 4.1 follows, and axe's own good practice.
OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]},
    "resultTypes": ["violations"],
}


@cache
def _axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def verifier_accessibilite(page: Page) -> None:
    """Raise AssertionError with what is wrong on the page as it is now, and where."""
    # Evaluated through the debugger: a <script> tag would be refused by the page's own CSP.
    page.evaluate(f"() => {{ if (!window.axe) {{ {_axe()} }} }}")
    resultat = page.evaluate("options => window.axe.run(document, options)", OPTIONS)
    fautes = [_dire(violation) for violation in resultat["violations"]]
    fautes += verifier_structure(page)
    assert not fautes, f"{page.url} à {page.viewport_size} :\n" + "\n".join(fautes)


def verifier_structure(page: Page) -> list[str]:
    """What can be seen without running a script in the page."""
    fautes = []
    if (titres := page.locator("h1").count()) != 1:
        fautes.append(f"{titres} titres h1")
    if page.locator("html").get_attribute("lang") != "fr":
        fautes.append("langue de la page")
    if not page.title().strip():
        fautes.append("titre de la page")
    largeur, visible = page.evaluate(
        "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    if largeur > visible:
        fautes.append(f"la page déborde : {largeur} px pour {visible}")
    return fautes


def _dire(violation: dict[str, Any]) -> str:
    endroits = "\n".join(
        f"    {noeud['html'][:160]}\n      {(noeud.get('failureSummary') or '')[:300]}"
        for noeud in violation["nodes"][:4]
    )
    return f"{violation['id']} ({violation['impact']}) : {violation['help']}\n{endroits}"
