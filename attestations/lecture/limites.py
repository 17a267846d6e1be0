"""What is looked at, in numbers, and what one reading may cost."""

TAILLE_MAX = 15 * 1024 * 1024
PAGES_MAX = 30
# A phone of 108 megapixels passes; a bomb of 30,000 by 30,000 does not.
PIXELS_MAX = 110_000_000
# Longest side that is searched: the symbol of an A4 page photographed whole is then 400 to 600 pixels wide.
COTE_MAX = 4000
# A page of a PDF is drawn at these dots an inch: small for a first look, then as a scanner of documents has it.
POINTS_VITE, POINTS_A_FOND = 200, 300
PIXELS_PAR_PAGE = 12_000_000
# A page without a point darker than this is blank.
ENCRE = 160

# The search stops by itself after this.
DUREE_MAX_S = 12.0
# Limits of the process that decodes.
MEMOIRE_MAX = 1536 * 1024 * 1024
CPU_MAX_S = 20
DELAI_MAX_S = 25.0
