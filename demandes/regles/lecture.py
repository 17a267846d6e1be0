"""JSON → Situation and back (R-REGLES-9, with the points settled about keys, types, blanks and dates)."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from demandes.regles.faits import (
    DateNaissance,
    Lien,
    Nature,
    Recepisse,
    Situation,
    Statut,
    StatutProtege,
    TitreDetenu,
    TypeTitre,
)
from demandes.regles.phrases import gettext_noop as _

E = TypeVar("E", bound=StrEnum)


class ErreurDeChamp(ValueError):
    """A value that is not understood.

    ``champ``: the key, ``titre_detenu.fin`` for an inner one, None for the whole.
    ``message`` is a French sentence that says what is expected; it never repeats what was received.
    """

    def __init__(self, champ: str | None, message: str) -> None:
        super().__init__(champ, message)
        self.champ = champ
        self.message = message

    def vers_dict(self) -> dict[str, object]:
        """The JSON of R-REGLES-9 for a line that is not understood."""
        return {"erreur": {"champ": self.champ, "message": self.message}}


PAS_UN_OBJET = _("La situation doit être un objet JSON, entre accolades.")
MANQUANT = _("Cette information manque. Ajoutez-la.")
PAS_UN_TEXTE = _("Un texte est attendu. Écrivez-le entre guillemets.")
PAS_UN_BOOLEEN = _("La valeur true ou false est attendue, sans guillemets.")
PAS_UN_TITRE = _("Un objet avec type, debut et fin est attendu, ou null.")
VALEUR_INCONNUE = _("Valeur inconnue. Valeurs possibles : {valeurs}.")
DATE_ATTENDUE = _("Une date qui existe est attendue, sous la forme AAAA-MM-JJ.")
NAISSANCE_ATTENDUE = _(
    "Une date de naissance qui existe est attendue, sous la forme AAAA-MM-JJ. "
    "Un jour inconnu s’écrit 00, un mois inconnu aussi."
)
JOUR_SANS_MOIS = _("Le mois est inconnu : le jour doit être 00 aussi.")
NAISSANCE_FUTURE = _("La date de naissance vient après la date de la demande. Vérifiez l’année.")
NUMERO_ATTENDU = _("Le numéro étranger compte 10 chiffres. Vérifiez le numéro.")
FIN_AVANT_DEBUT = _("Le titre finit avant d’avoir commencé. Vérifiez ses deux dates.")

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMERO_ETRANGER = re.compile(r"[0-9]{10}")


def lire_situation(donnees: object, au: date | None = None) -> Situation:
    """Read a decoded JSON object. Raises ErreurDeChamp for the first wrong key, in the order of R-REGLES-9.

    ``au``: the day of the request, after which nobody can be born; None to leave that unchecked. Absent
    keys are null or false, a blank string is null, unknown keys are ignored, and so are the keys about
    family when the person is no family member.
    """
    if not isinstance(donnees, Mapping):
        raise ErreurDeChamp(None, PAS_UN_OBJET)
    statut = _requis(_choix(donnees, "statut", Statut), "statut")
    famille = donnees if statut is Statut.MEMBRE_FAMILLE else {}
    lien = _choix(famille, "lien", Lien)
    if statut is Statut.MEMBRE_FAMILLE:
        _requis(lien, "lien")
    statut_du_protege = _choix(famille, "statut_du_protege", StatutProtege)
    if statut is Statut.MEMBRE_FAMILLE:
        _requis(statut_du_protege, "statut_du_protege")
    # Keyword arguments are evaluated in the order of the keys: the first error is the one to tell.
    return Situation(
        statut=statut,
        lien=lien,
        statut_du_protege=statut_du_protege,
        nature=_requis(_choix(donnees, "nature", Nature), "nature"),
        date_naissance=_naissance(donnees, "date_naissance", au),
        souhaite_travailler=_booleen(donnees, "souhaite_travailler"),
        numero_etranger=_numero_etranger(donnees, "numero_etranger"),
        numero_visa=_texte(donnees, "numero_visa"),
        recepisse=_choix(donnees, "recepisse", Recepisse),
        titre_detenu=_titre(donnees, "titre_detenu"),
        residence_reguliere_depuis=_date(donnees, "residence_reguliere_depuis"),
        date_naissance_protege=_date(famille, "date_naissance_protege"),
        date_mariage=_date(famille, "date_mariage"),
        date_demande_asile_protege=_date(famille, "date_demande_asile_protege"),
        demande_en_cours=_booleen(donnees, "demande_en_cours"),
    )


def situation_vers_dict(situation: Situation) -> dict[str, object]:
    """The same situation as plain JSON values, in the order of R-REGLES-9; ``lire_situation`` reads it."""
    titre = situation.titre_detenu
    return {
        "statut": situation.statut.value,
        "lien": situation.lien and situation.lien.value,
        "statut_du_protege": situation.statut_du_protege and situation.statut_du_protege.value,
        "nature": situation.nature.value,
        "date_naissance": str(situation.date_naissance),
        "souhaite_travailler": situation.souhaite_travailler,
        "numero_etranger": situation.numero_etranger,
        "numero_visa": situation.numero_visa,
        "recepisse": situation.recepisse and situation.recepisse.value,
        "titre_detenu": titre
        and {"type": titre.type.value, "debut": titre.debut.isoformat(), "fin": titre.fin.isoformat()},
        "residence_reguliere_depuis": _iso(situation.residence_reguliere_depuis),
        "date_naissance_protege": _iso(situation.date_naissance_protege),
        "date_mariage": _iso(situation.date_mariage),
        "date_demande_asile_protege": _iso(situation.date_demande_asile_protege),
        "demande_en_cours": situation.demande_en_cours,
    }


def lire_date(texte: str) -> date:
    """Read ``YYYY-MM-DD`` and nothing else that ISO 8601 allows. Raises ValueError."""
    if _DATE.fullmatch(texte) is None:
        raise ValueError(DATE_ATTENDUE)
    return date.fromisoformat(texte)


def _iso(jour: date | None) -> str | None:
    return None if jour is None else jour.isoformat()


T = TypeVar("T")


def _requis(valeur: T | None, champ: str) -> T:
    if valeur is None:
        raise ErreurDeChamp(champ, MANQUANT)
    return valeur


def _valeur(donnees: Mapping[str, object], cle: str) -> object:
    valeur = donnees.get(cle)
    return None if isinstance(valeur, str) and not valeur.strip() else valeur


def _texte(donnees: Mapping[str, object], cle: str, champ: str | None = None) -> str | None:
    valeur = _valeur(donnees, cle)
    if valeur is not None and not isinstance(valeur, str):
        raise ErreurDeChamp(champ or cle, PAS_UN_TEXTE)
    return valeur


def _choix(donnees: Mapping[str, object], cle: str, enum: type[E], champ: str | None = None) -> E | None:
    texte = _texte(donnees, cle, champ)
    if texte is None:
        return None
    try:
        return enum(texte)
    except ValueError:
        message = VALEUR_INCONNUE.format(valeurs=", ".join(enum))
        raise ErreurDeChamp(champ or cle, message) from None


def _booleen(donnees: Mapping[str, object], cle: str) -> bool:
    # Only an absent key is false: null is not a boolean.
    valeur = donnees.get(cle, False)
    if not isinstance(valeur, bool):
        raise ErreurDeChamp(cle, PAS_UN_BOOLEEN)
    return valeur


def _date(donnees: Mapping[str, object], cle: str, champ: str | None = None) -> date | None:
    texte = _texte(donnees, cle, champ)
    if texte is None:
        return None
    try:
        return lire_date(texte)
    except ValueError:
        raise ErreurDeChamp(champ or cle, DATE_ATTENDUE) from None


def _naissance(donnees: Mapping[str, object], cle: str, au: date | None) -> DateNaissance:
    texte = _requis(_texte(donnees, cle), cle)
    try:
        naissance = DateNaissance.lire(texte)
    except ValueError:
        jour_sans_mois = _DATE.fullmatch(texte) and texte[5:7] == "00" != texte[8:]
        message = JOUR_SANS_MOIS if jour_sans_mois else NAISSANCE_ATTENDUE
        raise ErreurDeChamp(cle, message) from None
    if au is not None and naissance.au_plus_tot > au:
        raise ErreurDeChamp(cle, NAISSANCE_FUTURE)
    return naissance


def _numero_etranger(donnees: Mapping[str, object], cle: str) -> str | None:
    texte = _texte(donnees, cle)
    if texte is None:
        return None
    # Every kind of space: a number pasted from a document often has no-break ones.
    numero = "".join(texte.split())
    if _NUMERO_ETRANGER.fullmatch(numero) is None:
        raise ErreurDeChamp(cle, NUMERO_ATTENDU)
    return numero


def _titre(donnees: Mapping[str, object], cle: str) -> TitreDetenu | None:
    valeur = _valeur(donnees, cle)
    if valeur is None:
        return None
    if not isinstance(valeur, Mapping):
        raise ErreurDeChamp(cle, PAS_UN_TITRE)
    champs = {nom: f"{cle}.{nom}" for nom in ("type", "debut", "fin")}
    titre = TitreDetenu(
        type=_requis(_choix(valeur, "type", TypeTitre, champs["type"]), champs["type"]),
        debut=_requis(_date(valeur, "debut", champs["debut"]), champs["debut"]),
        fin=_requis(_date(valeur, "fin", champs["fin"]), champs["fin"]),
    )
    if titre.fin < titre.debut:
        raise ErreurDeChamp(champs["fin"], FIN_AVANT_DEBUT)
    return titre
