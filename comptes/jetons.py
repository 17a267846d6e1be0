"""Codes and links sent by mail: derived from a row and the secret key, so that no row, log or broker holds
one.
"""

from datetime import UTC, datetime

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.crypto import constant_time_compare, salted_hmac

from comptes.models import ChangementAdresse, Compte, Inscription, InvitationEnfant

ANCIENNE, NOUVELLE = "ancienne", "nouvelle"


def code_inscription(inscription: Inscription) -> str:
    """Give the 6-digit code of the last mail sent for this sign-up; another mail or address gives another
    code.
    """
    return code(*_etat(inscription))


def jeton_inscription(inscription: Inscription) -> str:
    """Give the token of the link in that same mail."""
    return _empreinte("lien", *_etat(inscription))


def jeton_adresse(changement: ChangementAdresse, cote: str) -> str:
    """Give the token that confirms one side (ANCIENNE or NOUVELLE) of a change of address."""
    return _empreinte("adresse", str(changement.id), changement.nouvelle, cote)


def jeton_enfant(invitation: InvitationEnfant) -> str:
    """Give the token of the last link sent for this child; another mail gives another token."""
    return _empreinte("enfant", str(invitation.id), str(invitation.envois))


def code(*parties: str) -> str:
    """Give 6 digits derived from what they are for and from the row that they verify."""
    return f"{int(_empreinte('code', *parties), 16) % 1_000_000:06d}"


def jeton(*parties: str) -> str:
    """Give a token derived from what it is for and from the row that it acts on."""
    return _empreinte("jeton", *parties)


def egal(a: str, b: str) -> bool:
    """Compare two codes or tokens in a time that does not depend on them."""
    return constant_time_compare(a, b)


class JetonReinitialisation(PasswordResetTokenGenerator):
    """Django's reset token, which also dies as soon as a new one is asked for."""

    key_salt = "comptes.jetons.JetonReinitialisation"

    def _make_hash_value(self, user: Compte, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.reinitialisations}"

    def _now(self) -> datetime:
        # Django counts in local time: the night of the clock change an hour would last two.
        return datetime.now(UTC).replace(tzinfo=None)


jeton_reinitialisation = JetonReinitialisation()


def _etat(inscription: Inscription) -> tuple[str, str, str]:
    return str(inscription.id), inscription.email, str(inscription.envois)


def _empreinte(*parties: str) -> str:
    # \x1f cannot be in an e-mail address, an id or a word of ours: two lists never give the same text.
    return salted_hmac("comptes.jetons", "\x1f".join(parties), algorithm="sha256").hexdigest()
