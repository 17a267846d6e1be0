"""Countries whose law admits polygamy, for the document ``non_polygamie`` (L.412-6, R-REGLES-8).

No official list exists. This one was drawn up for the portal on the date below, from general knowledge of
family laws, not from an official source. It errs on the side of asking: the document is a declaration on
honour that costs nothing, and it is the agent who decides whether it is needed. Correct it here and move
the date.
"""

from datetime import date

ETABLIE_LE = date(2026, 11, 23)

# fmt: off
# ISO 3166-1 alpha-2. The law admits it for everyone, or for the followers of the main religion.
ADMISE = frozenset(
    {
        "AE", "AF", "BD", "BF", "BH", "BN", "CF", "CG", "CM", "DJ", "DZ", "EG",
        "GA", "GM", "GN", "GQ", "ID", "IQ", "IR", "JO", "KE", "KM", "KW", "LB",
        "LY", "MA", "ML", "MR", "MV", "MY", "NE", "OM", "PK", "PS", "QA", "SA",
        "SD", "SN", "SO", "SS", "SY", "SZ", "TD", "TG", "TZ", "UG", "YE",
    }
)
# Customary or religious law admits it for a part of the population or of the territory.
ADMISE_POUR_CERTAINS = frozenset(
    {
        "BW", "ER", "ET", "GH", "IN", "LK", "LR", "LS", "MW", "NA", "NG", "PH",
        "SG", "SL", "ZA", "ZM", "ZW",
    }
)
# fmt: on


def polygamie_admise(pays: str | None) -> bool | None:
    """Whether the country of this ISO alpha-2 code admits polygamy, even for some; None without code."""
    if not pays:
        return None
    return pays.upper() in ADMISE | ADMISE_POUR_CERTAINS
