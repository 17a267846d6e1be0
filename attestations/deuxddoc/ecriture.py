"""From a text as people wrote it to the value of a field, by the field's own alphabet and length."""

from collections.abc import Sequence

from attestations.deuxddoc.adresse import comprimer
from attestations.deuxddoc.alphabet import alphabetique, alphanumerique
from attestations.deuxddoc.champs import CHAMPS, LETTRES, LETTRES_CHIFFRES
from attestations.deuxddoc.message import Valeur, valeur

LIGNES_D_ADRESSE = frozenset({"6S", "6T", "6U", "6V"})
# § 7.5, field 60.
PRENOMS_MAXIMAUX = 6


def encoder(identifiant: str, texte: str) -> Valeur:
    """The value of a field of variable length; marked as cut where it is too long for it."""
    motif = CHAMPS[identifiant].motif
    if motif is LETTRES:
        return valeur(identifiant, alphabetique(texte))
    propre = alphanumerique(texte)
    if motif is LETTRES_CHIFFRES:
        propre = propre.replace(" ", "")
    return valeur(identifiant, comprimer(propre) if identifiant in LIGNES_D_ADRESSE else propre)


def encoder_prenoms(prenoms: Sequence[str]) -> Valeur:
    """Field 60: six first names at most, a « / » between them; marked as cut when some are left out."""
    propres = [propre for prenom in prenoms if (propre := alphabetique(prenom))]
    liste = valeur("60", "/".join(propres[:PRENOMS_MAXIMAUX]))
    return Valeur("60", liste.texte, liste.tronquee or len(propres) > PRENOMS_MAXIMAUX)
