"""How heavy a page is for a phone that opens it for the first time (quality.md)."""

from dataclasses import dataclass

from playwright.sync_api import Page

OCTETS_MAX = 100 * 1024
REQUETES_MAX = 15
HTML_MAX = 40 * 1024


@dataclass
class Poids:
    """Bytes as they travelled, number of requests, bytes of the HTML once decompressed."""

    octets: int
    requetes: int
    html: int


def peser(page: Page, adresse: str) -> Poids:
    """Open `adresse` with an empty cache and weigh it."""
    protocole = page.context.new_cdp_session(page)
    protocole.send("Network.enable")
    protocole.send("Network.clearBrowserCache")
    tailles: list[float] = []
    protocole.on("Network.loadingFinished", lambda evenement: tailles.append(evenement["encodedDataLength"]))
    reponse = page.goto(adresse, wait_until="networkidle")
    html = len(reponse.body())
    protocole.detach()
    return Poids(octets=int(sum(tailles)), requetes=len(tailles), html=html)
