"""Code → French sentences, as plain data: what each answer of the rules means, what to do, and its source.

The strings are marked with ``gettext_noop`` so that translators find them; ``Phrase.rendre`` shows them in
another language. Sentences are plain: one idea each, twenty words at most.
"""

from demandes.regles.textes.alertes import ALERTES
from demandes.regles.textes.attestations import ATTESTATIONS, DROITS, LIGNES_ATTESTATION
from demandes.regles.textes.motifs import MOTIFS
from demandes.regles.textes.pieces import CONDITIONS, PIECES
from demandes.regles.textes.renouvellement import INFORMATIONS
from demandes.regles.textes.titres import FONDEMENTS, LIGNES_TITRE, TITRE_DU_MINEUR, TITRES

__all__ = [
    "ALERTES",
    "ATTESTATIONS",
    "CONDITIONS",
    "DROITS",
    "FONDEMENTS",
    "INFORMATIONS",
    "LIGNES_ATTESTATION",
    "LIGNES_TITRE",
    "MOTIFS",
    "PIECES",
    "TITRES",
    "TITRE_DU_MINEUR",
]
