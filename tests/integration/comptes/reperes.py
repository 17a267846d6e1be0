"""Numbers, days and passwords that the tests share, and how to read a mail."""

import datetime
import re

from django.core.mail import EmailMessage

NUMERO = "9903000001"
DEBUT, FIN = datetime.date(2026, 3, 1), datetime.date(2026, 12, 31)
MOT_DE_PASSE = "cheval-agrafe-batterie"


def lien_de(message: EmailMessage) -> str:
    """Give the path of the only link with a token in a mail."""
    return re.search(r"http://127\.0\.0\.1:8000(/compte/\S+/\S+/\S+)", message.body).group(1)


def code_de(message: EmailMessage) -> str:
    """Give the 6-digit code of a mail."""
    return re.search(r"(?m)^(\d{6})$", message.body).group(1)
