"""The portal as a person goes through it: log in, five steps, result. Every page met is checked by axe."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.browser.accessibilite import verifier_accessibilite
from tests.browser.portail import Portail

MOT_DE_PASSE = "portail-demo-2026"
# A file is checked in a process of its own, by a worker that other files keep busy.
VERIFICATION_MS = 60_000

Date = tuple[int, int, int]


@dataclass
class Parcours:
    """A person at a page. `scripts` is false where JavaScript is off: axe is a script."""

    page: Page
    portail: Portail
    scripts: bool = True
    vues: list[str] = field(default_factory=list)

    # --- pages ---------------------------------------------------------------------------------------

    def ouvrir(self, adresse: str) -> None:
        self.page.goto(adresse)
        self.regarder()

    def regarder(self) -> None:
        """Check the page that has just come."""
        self.vues.append(urlsplit(self.page.url).path)
        if self.scripts:
            verifier_accessibilite(self.page)

    def suivre(self, nom: str | re.Pattern[str], *, role: str = "button") -> None:
        """Press a button or follow a link by its name, and look at the page that comes."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role(role, name=nom).first.click()
        self.regarder()

    def titre(self) -> str:
        return self.page.locator("h1").inner_text()

    # --- fields, by the names that the forms give them ------------------------------------------------------

    def choisir(self, nom: str, valeur: str) -> None:
        """Choose a radio or tick a box, by its label as a finger does."""
        bouton = self.page.locator(f"main [name='{nom}'][value='{valeur}']")
        self.page.locator(f"main label[for='{bouton.get_attribute('id')}']").click()
        expect(bouton).to_be_checked()

    def ecrire(self, nom: str, valeur: str) -> None:
        self.page.locator(f"main [name='{nom}']").fill(valeur)

    def dater(self, nom: str, date: Date) -> None:
        """Write (day, month, year) in the three boxes."""
        for case, nombre in zip(("jour", "mois", "annee"), date, strict=True):
            self.ecrire(f"{nom}_{case}", str(nombre))

    def cocher(self, nom: str) -> None:
        case = self.page.locator(f"main [name='{nom}']")
        self.page.locator(f"main label[for='{case.get_attribute('id')}']").click()
        expect(case).to_be_checked()

    # --- account ----------------------------------------------------------------------------------------

    def se_connecter(self, identifiant: str) -> None:
        self.ouvrir("/compte/connexion/")
        self.ecrire("username", identifiant)
        self.ecrire("password", MOT_DE_PASSE)
        self.suivre("Se connecter")

    def se_connecter_agent(self, identifiant: str) -> None:
        """Log in as one of the demonstration's staff: password, then the code that its telephone shows now."""
        self.ouvrir("/gestion/login/")
        self.ecrire("username", identifiant)
        self.ecrire("password", MOT_DE_PASSE)
        self.suivre("Se connecter")
        self.ecrire("code_unique", self.portail.code(identifiant))
        self.suivre("Continuer")

    def se_deconnecter_agent(self) -> None:
        """Leave the admin."""
        with self.page.expect_navigation():
            self.page.locator("#logout-form button").click()
        self.regarder()

    def s_inscrire(self, *, document: str, numero: str, debut: Date, fin: Date, email: str) -> None:
        """The three steps of the sign-up; the code comes by mail."""
        self.ouvrir("/compte/inscription/")
        self.choisir("document", document)
        self.ecrire("numero", numero)
        self.dater("debut", debut)
        self.dater("fin", fin)
        self.suivre("Continuer")
        self.ecrire("email", email)
        self.suivre("Recevoir le code")
        self.portail.boite.attendre(lambda _messages: bool(self.portail.boite.pour(email)))
        texte = self.portail.boite.pour(email)[0].get_body(preferencelist=("plain",)).get_content()
        self.ecrire("code", re.search(r"(?m)^(\d{6})\s*$", texte)[1])
        self.suivre("Vérifier le code")
        for champ in self.page.locator("main input[type=password]").all():
            champ.fill("agrafe-cheval-pile-correcte")
        self.suivre("Créer mon compte")

    # --- the five steps -------------------------------------------------------------------------------------

    def commencer(self, cas: str) -> None:
        """From the presentation of the case to the first step of a new draft."""
        self.ouvrir(f"/demander/{cas}/")
        self.suivre("Commencer")

    def situation(self, **reponses: str | Date) -> None:
        """Step 1; a date is (day, month, year). Ends on the page that says what can be asked for, or why not."""
        for nom, valeur in reponses.items():
            if isinstance(valeur, tuple):
                self.dater(f"situation-{nom}", valeur)
            elif nom == "numero_enfant":
                self.ecrire(f"situation-{nom}", valeur)
            else:
                self.choisir(f"situation-{nom}", valeur)
        self.suivre("Continuer")

    def identite(self, **reponses: str) -> None:
        """Step 2. What the register knows is there already; the rest is written."""
        for nom, valeur in reponses.items():
            self.ecrire(f"identite-{nom}", valeur)
        self.suivre("Continuer")

    def famille(self, **reponses: str | Date) -> None:
        """Step 3."""
        for nom, valeur in reponses.items():
            champ = self.page.locator(f"main [name='famille-{nom}']")
            if isinstance(valeur, tuple):
                self.dater(f"famille-{nom}", valeur)
            elif champ.first.get_attribute("type") == "radio":
                self.choisir(f"famille-{nom}", valeur)
            elif champ.first.get_attribute("type") == "checkbox":
                self.cocher(f"famille-{nom}")
            elif champ.first.evaluate("champ => champ.tagName") == "SELECT":
                champ.select_option(valeur)
            else:
                self.ecrire(f"famille-{nom}", valeur)
        self.suivre("Continuer")

    def pieces(self) -> list[Locator]:
        """The sections of the documents that are required."""
        sections = self.page.locator("section[data-piece]").all()
        return [s for s in sections if not s.get_by_text("Selon votre cas").count()]

    def joindre(self, section: Locator, fichiers: Path | list[Path]) -> None:
        """Send files for one document and wait until they have been checked."""
        combien = section.locator("[data-fichier]").count() + (
            len(fichiers) if isinstance(fichiers, list) else 1
        )
        section.locator("input[type=file][id^='ajouter-']").set_input_files(fichiers)
        bouton = section.get_by_role("button", name=re.compile("^Envoyer "))
        if self.scripts:
            bouton.click()
            pret = section.locator("[data-fichier][data-etat=pret]")
            expect(pret).to_have_count(combien, timeout=VERIFICATION_MS)
        else:
            with self.page.expect_navigation():
                bouton.click()

    def justificatifs(self, fichiers: Iterable[Path], code: str) -> None:
        """Step 4: one file for each required document (the last one serves for those left), and the e-photo."""
        reserve = list(fichiers)
        for section in self.pieces():
            self.joindre(section, reserve.pop(0) if len(reserve) > 1 else reserve[0])
        if self.scripts:
            verifier_accessibilite(self.page)
        self.ecrire("justificatifs-ephoto_code", code)
        self.suivre("Continuer")

    def deposer(self) -> str:
        """Step 5; gives the 19-digit number of the demande."""
        self.cocher("recapitulatif-declaration")
        self.suivre("Déposer ma demande")
        assert self.titre() == "Votre demande est déposée", self.page.locator("main").inner_text()
        return re.search(r"\d{19}", self.page.locator("main").inner_text())[0]

    # --- what is in hand afterwards -----------------------------------------------------------------------------

    def attestation(self) -> str:
        """Download the attestation of the page; gives its text."""
        with self.page.expect_download() as telechargement:
            self.page.get_by_role("link", name=re.compile("Télécharger l’attestation")).first.click()
        return texte_du_pdf(Path(telechargement.value.path()).read_bytes())

    def attestation_par_courriel(self, email: str, numero: str) -> str:
        """The text of the PDF attached to the mail about this deposit, once it has come."""

        def joints() -> list[bytes]:
            return [
                piece.get_payload(decode=True)
                for message in self.portail.boite.pour(email)
                for piece in message.iter_attachments()
                if numero in texte_du_pdf(piece.get_payload(decode=True))
            ]

        self.portail.boite.attendre(lambda _messages: bool(joints()), delai=60)
        (pdf,) = joints()
        return texte_du_pdf(pdf)


def texte_du_pdf(octets: bytes) -> str:
    """The text of a PDF, on one line, without the spaces that group the digits of a number."""
    texte = " ".join(page.extract_text() for page in PdfReader(BytesIO(octets)).pages)
    return re.sub(r"(?<=\d) (?=\d)", "", re.sub(r"\s+", " ", texte))
