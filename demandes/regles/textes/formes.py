"""The shapes of the texts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Texte:
    """An answer in words. Templates may name the values of ``trace.valeurs_de``, such as ``{fin}``.

    fait: what was found in the situation; regle: what the law or the procedure says; phrase: what follows;
    que_faire: what to do now; source: articles or documents, not to be translated.
    """

    fait: str
    regle: str
    phrase: str
    que_faire: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TexteLigne:
    """Why a row of a table was chosen; the conclusion is the text of the row's result."""

    fait: str
    regle: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TexteResultat:
    """A permit or an attestation: name inside a sentence, sentence that grants it, explanation."""

    nom: str
    phrase: str
    explication: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextePiece:
    """A document: its name, what is accepted, one line of help, and the source."""

    libelle: str
    accepte: str
    aide: str
    source: str
