"""Browser tests: Chromium on the real portal (gunicorn, worker, SMTP) with the demonstration's people.

Tests here never touch the ORM: what counts is what a person sees. Each xdist process has its own portal and
database. A test fails on any console error, CSP violation, failed request or request to another host (surveillance.py).
"""

import itertools
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.accessibilite import verifier_accessibilite as verifier
from tests.browser.portail import Demarrage, Portail
from tests.browser.surveillance import Surveillance
from tests.rigueur.processus import NOM_DE_LA_BASE

ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # Nothing leaves the machine, whatever a page asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
BUREAU = {"viewport": {"width": 1280, "height": 900}}
TELEPHONE = {
    "viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True,
}  # fmt: skip
PETIT_TELEPHONE = {**TELEPHONE, "viewport": {"width": 320, "height": 640}}
DELAI_MS = 30_000


@pytest.fixture(scope="session")
def portail(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portail]:
    """The running portal; its people have no demande yet, except Najib."""
    dossier = tmp_path_factory.getbasetemp()
    ouvrier = getattr(request.config, "workerinput", {}).get("workerid", "")
    base = f"test_{NOM_DE_LA_BASE}_navigateur{ouvrier}"
    with Demarrage(dossier, dossier.parent if ouvrier else dossier, base) as demarre:
        yield demarre


@pytest.fixture(scope="session")
def _navigateur(portail: Portail) -> Iterator[Browser]:
    """Chromium."""
    # Playwright leaves an event loop in this thread, where Django refuses its ORM. Nothing here awaits: other
    # suites that run in the same process afterwards may use it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "Il faut Chromium : bin/test l’installe."
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield navigateur
        navigateur.close()


@pytest.fixture
def surveillances() -> list[Surveillance]:
    """One for each browser context of the test, in the order of their opening."""
    return []


@pytest.fixture
def ouvrir(
    request: pytest.FixtureRequest, portail: Portail, _navigateur: Browser, surveillances: list[Surveillance]
) -> Iterator[Callable[..., Page]]:
    """Open a browser of its own (cookies apart): `ouvrir(**options of a context)` gives its first page."""
    contextes = []
    pages = request.node.stash.setdefault(PAGES, [])

    def ouvrir(**options: Any) -> Page:
        contexte = _navigateur.new_context(
            base_url=portail.origine, locale="fr-FR", timezone_id="Europe/Paris", **{**BUREAU, **options}
        )
        contexte.set_default_timeout(DELAI_MS)
        contextes.append(contexte)
        surveillances.append(Surveillance(contexte, portail.origine))
        # A function of ours: Playwright cannot mark a method of a list as its handler.
        contexte.on("page", lambda ouverte: pages.append(ouverte))  # noqa: PLW0108
        return contexte.new_page()

    yield ouvrir
    for contexte in contextes:
        contexte.close()
    for surveillance in surveillances:
        surveillance.verifier()


@pytest.fixture
def page(ouvrir: Callable[..., Page]) -> Page:
    """A desktop browser."""
    return ouvrir()


@pytest.fixture
def telephone(ouvrir: Callable[..., Page]) -> Page:
    """A phone of 390 × 844 px with a touch screen."""
    return ouvrir(**TELEPHONE)


@pytest.fixture
def petit_telephone(ouvrir: Callable[..., Page]) -> Page:
    """A phone of 320 px, the narrowest that WCAG 1.4.10 asks for."""
    return ouvrir(**PETIT_TELEPHONE)


@pytest.fixture
def sans_javascript(ouvrir: Callable[..., Page]) -> Page:
    """A desktop browser where no script runs."""
    return ouvrir(java_script_enabled=False)


@pytest.fixture
def verifier_accessibilite() -> Callable[[Page], None]:
    """`verifier_accessibilite(page)` fails with what axe finds, and where."""
    return verifier


_codes = itertools.count(1)


@pytest.fixture
def code_ephoto() -> str:
    """A valid code of the demonstration that no other test of this process uses."""
    rang = next(_codes)
    assert rang <= 30, "La démonstration n’a que 30 codes valides."
    return f"DEMOVALIDE{rang:012d}"


# --- what failed is looked at ---------------------------------------------------------------------------------

PAGES: pytest.StashKey[list[Page]] = pytest.StashKey()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Any:
    rapport = yield
    if rapport.failed and call.when == "call":
        dossier = Path(os.environ.get("DOSSIER_CAPTURES", tempfile.gettempdir())) / "portail-captures"
        dossier.mkdir(parents=True, exist_ok=True)
        for rang, page in enumerate(item.stash.get(PAGES, [])):
            if not page.is_closed():
                image = dossier / f"{re.sub(r'[^a-z0-9_]+', '-', item.name.lower())[:90]}-{rang}.png"
                page.screenshot(path=image, full_page=True)
                rapport.sections.append(("Page", f"{page.url}\n{image}"))
    return rapport
