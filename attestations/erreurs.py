"""What can go wrong with an attestation, by name."""

from enum import StrEnum


class ErreurAttestation(Exception):
    """Any failure of this module."""


class DonneesInvalides(ErreurAttestation):
    """The data given do not make a true document; `champ` names the field. A fault of the caller."""

    def __init__(self, champ: str, message: str) -> None:
        super().__init__(f"{champ}: {message}")
        self.champ = champ


class AttestationIndisponible(ErreurAttestation):
    """The PDF cannot be had now; asking again later may succeed."""


class ProductionImpossible(AttestationIndisponible):
    """Rendering or storing failed; the row waits for its next try."""


class StockageRefuse(ProductionImpossible):
    """The storage could not be written or read: full, unreachable, forbidden."""


class SignatureImpossible(ProductionImpossible):
    """The 2D-Doc cannot be signed: no key in force, unreadable, or the machine that holds it does not answer."""


class ProductionEnCours(AttestationIndisponible):
    """Somebody else holds the row and has not finished in time."""


class FichierAltere(AttestationIndisponible):
    """The stored file is not the one produced, and the same bytes cannot be made again."""


class RefusPartage(StrEnum):
    """Why an attestation cannot be shared."""

    FIN_PASSEE = "fin_passee"
    FIN_LOINTAINE = "fin_lointaine"
    SANS_EFFET = "sans_effet"
    TROP_NOMBREUX = "trop_nombreux"


class PartageRefuse(ErreurAttestation):
    """The share was not made; `refus` says why."""

    def __init__(self, refus: RefusPartage) -> None:
        super().__init__(refus.value)
        self.refus = refus
