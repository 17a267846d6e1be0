"""What no page may do, whatever the test is about: console errors, CSP violations, other hosts, failed requests."""

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

# Chromium repeats on the console what `response` tells with its address.
REPETITION = re.compile(r"^Failed to load resource: the server responded with a status of")


class Surveillance:
    """Watches every page of a browser context; `verifier()` fails on what it saw."""

    def __init__(self, contexte: BrowserContext, origine: str) -> None:
        self.origine = origine
        self.fautes: list[str] = []
        self._statuts_attendus: set[int] = set()
        contexte.on("console", self._console)
        contexte.on("weberror", self._erreur)
        contexte.on("request", self._requete)
        contexte.on("requestfailed", self._echec)
        contexte.on("response", self._reponse)

    def permettre(self, *statuts: int) -> None:
        """The test is about answers with these HTTP statuses: they are no fault."""
        self._statuts_attendus |= set(statuts)

    def verifier(self) -> None:
        assert not self.fautes, "\n".join(self.fautes)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not REPETITION.match(message.text):
            self.fautes.append(f"console : {message.text} ({message.location.get('url', '')})")

    def _erreur(self, erreur: WebError) -> None:
        self.fautes.append(f"script : {erreur.error}")

    def _requete(self, requete: Request) -> None:
        if not requete.url.startswith((f"{self.origine}/", "data:", "blob:", "about:")):
            self.fautes.append(f"requête vers un autre site : {requete.url}")

    def _echec(self, requete: Request) -> None:
        # A download, or a page left while something of it was still loading.
        if requete.failure != "net::ERR_ABORTED":
            self.fautes.append(f"requête en échec : {requete.url} ({requete.failure})")

    def _reponse(self, reponse: Response) -> None:
        if reponse.status >= 400 and reponse.status not in self._statuts_attendus:
            self.fautes.append(f"réponse {reponse.status} : {reponse.request.method} {reponse.url}")
