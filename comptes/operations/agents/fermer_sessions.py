"""End every session of an account, now and for good."""

from comptes.models import Compte


def fermer_sessions(compte: Compte) -> None:
    """Make every session of this account useless, in the caller's transaction; the row is locked by then."""
    compte.fermetures += 1
    compte.save(update_fields=["fermetures"])
