"""A real SMTP server for the tests about mail: what it received, and how it can misbehave."""

import socket
import threading
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as politique
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class BoiteAuxLettres:
    """Keeps every mail it accepts, in order; `url` is what EMAIL_URL takes.

    `reponse` is what the server says after a mail: change it to have mails refused
    ("451 occupé", "550 inconnu") or to accept and then fail (`garder_puis("451 …")`).
    """

    ACCEPTE = "250 OK"

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.reponse = self.ACCEPTE
        self._garde_malgre_tout = False
        self._arrivee = threading.Condition()
        self._controleur = _Controleur(self)

    def garder_puis(self, reponse: str) -> None:
        """Keep the mail and answer an error nevertheless: the sender cannot know that it arrived."""
        self.reponse, self._garde_malgre_tout = reponse, True

    def accepter(self) -> None:
        """Behave well again."""
        self.reponse, self._garde_malgre_tout = self.ACCEPTE, False

    def attendre(
        self, condition: Callable[[list[EmailMessage]], bool] = bool, *, delai: float = 30
    ) -> list[EmailMessage]:
        """Give the mails once `condition` holds of them; raises AssertionError after `delai` seconds."""
        with self._arrivee:
            arrives = self._arrivee.wait_for(lambda: condition(self.messages), timeout=delai)
            objets = [message["Subject"] for message in self.messages]
            assert arrives, f"Courriels reçus en {delai} s : {objets}"
            return list(self.messages)

    def pour(self, adresse: str) -> list[EmailMessage]:
        """The mails to one address."""
        return [message for message in self.messages if adresse in str(message["To"])]

    @property
    def port(self) -> int:
        return self._controleur.port

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def __enter__(self) -> "BoiteAuxLettres":
        self._controleur.start()
        return self

    def __exit__(self, *erreur: object) -> None:
        self._controleur.stop()

    async def handle_DATA(self, server: SMTP, session: Session, enveloppe: Envelope) -> str:
        """Called by aiosmtpd with each mail."""
        reponse = self.reponse
        if reponse == self.ACCEPTE or self._garde_malgre_tout:
            message = message_from_bytes(enveloppe.original_content, _class=EmailMessage, policy=politique)
            with self._arrivee:
                self.messages.append(message)
                self._arrivee.notify_all()
        return reponse


class _Controleur(Controller):
    """On a port that the system chooses and that nobody can take in between."""

    def __init__(self, boite: BoiteAuxLettres) -> None:
        self._prise = socket.create_server(("127.0.0.1", 0))
        super().__init__(boite, hostname="127.0.0.1", port=self._prise.getsockname()[1])

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self._prise)
