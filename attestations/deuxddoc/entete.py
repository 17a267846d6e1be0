"""The header of a C40 code: who signed, when, what kind of document (§3.3)."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from attestations.deuxddoc.jours import depuis_hexadecimal, en_hexadecimal

MARQUE = "DC"
VERSION = "04"
# Version 03 brought the perimeter, version 04 the country; 01 signs in binary and is not read here.
LONGUEURS = {"02": 22, "03": 24, "04": 26}
ENTETE = re.compile(r"DC[0-9]{2}[A-Z]{2}[A-Z0-9]{2}[A-Z0-9]{4}[0-9A-F]{8}[A-Z0-9]{2,4}[A-Z]{0,2}")


class EnteteIllisible(ValueError):
    """The text does not begin with a header of version 02 to 04."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entete:
    """`autorite` (« FR00 ») issued the certificate `certificat`; `emis_le` is None on an undated document."""

    autorite: str
    certificat: str
    emis_le: date | None
    signe_le: date
    type_document: str
    perimetre: str = "01"
    pays: str = "FR"
    version: str = VERSION

    @property
    def longueur(self) -> int:
        return LONGUEURS[self.version]

    @property
    def de_test(self) -> bool:
        """Authorities XX00 sign trials only, never documents of production (§3.3)."""
        return self.autorite.endswith("00")

    def texte(self) -> str:
        """The 26 characters of a header of version 04. Raises ValueError if a part has not its form."""
        texte = (
            f"{MARQUE}{self.version}{self.autorite}{self.certificat}{en_hexadecimal(self.emis_le)}"
            f"{en_hexadecimal(self.signe_le)}{self.type_document}{self.perimetre}{self.pays}"
        )
        if self.version != VERSION or len(texte) != LONGUEURS[VERSION] or not ENTETE.fullmatch(texte):
            raise ValueError("not a header of version 04")
        return texte

    @classmethod
    def lire(cls, texte: str) -> Self:
        """The header at the beginning of `texte`. Raises EnteteIllisible."""
        version = texte[2:4]
        longueur = LONGUEURS.get(version, 0)
        entete = texte[:longueur]
        if len(entete) != longueur or not ENTETE.fullmatch(entete):
            raise EnteteIllisible("no header of version 02, 03 or 04")
        signe_le = depuis_hexadecimal(entete[16:20])
        if signe_le is None:
            raise EnteteIllisible("a signature always has a date")
        return cls(
            version=version,
            autorite=entete[4:8],
            certificat=entete[8:12],
            emis_le=depuis_hexadecimal(entete[12:16]),
            signe_le=signe_le,
            type_document=entete[20:22],
            perimetre=entete[22:24] or "01",
            pays=entete[24:26] or "FR",
        )
