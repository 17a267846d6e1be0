"""What is accepted, in numbers (R-PIECE-1), and what one normalisation may cost."""

# 15 MB, counted in the larger of its two meanings so that « 15 Mo » on a phone always passes.
TAILLE_MAX = 15 * 1024 * 1024
FICHIERS_PAR_PIECE = 10
PAGES_MAX = 50
# A phone of 108 megapixels passes; a bomb of 30,000 by 30,000 does not.
PIXELS_MAX = 110_000_000
# Longest side of the kept photo: an A4 page at about 215 dots an inch, small print stays readable.
COTE_MAX = 2500
COTE_APERCU = 600
# Longest side of the page of a PDF on the agent's screen: 170 dots an inch for A4.
COTE_PAGE = 2000
QUALITE_JPEG = 82
QUALITE_APERCU = 72

# What the compressed parts of one PDF may grow to: one part, and all together.
FLUX_MAX = 160 * 1024 * 1024
FLUX_TOTAL_MAX = 500 * 1024 * 1024
OBJETS_MAX = 100_000

# Limits of the process that decodes.
MEMOIRE_MAX = 1536 * 1024 * 1024
CPU_MAX_S = 20
DELAI_MAX_S = 30
# An agent waits for a page.
DELAI_PAGE_S = 15
SORTIE_MAX = 64 * 1024 * 1024
