"""Find dossiers by number or by name, as agents type them: in a hurry and by ear (R-INSTR-2, docs/file.md)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import FloatField, Q, QuerySet, Value
from django.db.models.functions import Cast

from comptes.models import Compte
from demandes.etats import CLOS, Etat
from demandes.file.lignes import lire_les_lignes
from demandes.models import Demande, Mot
from demandes.models.recherche import MOTS, mot_de
from demandes.recherche import plier
from demandes.requetes import dossiers_de_l_agent
from demandes.situations import SANS_FIN

# As many results as a page of the queue; beyond, more words are asked for.
TAILLE = 50
# How many dossiers are compared at most, how many spellings of one word, how many words of what was typed.
PLAFOND = 500
GRAPHIES = 40
MOTS_MAX = 5
# A shorter number would name half of a prefecture.
CHIFFRES_MIN = 4
NUMEROS_MAX = 200
LONGUEUR_MAX = 120
# So short a word has too few trigrams to be recognised with a letter wrong: its neighbours are looked up.
LETTRES_D_UN_MOT_COURT = 6
LETTRES_MIN = 3
# How much less alike than the best one a spelling may be.
ECART = 0.35


@dataclass(frozen=True)
class Resultat:
    """The dossiers found, the most alike first; `trop` when others were left out, `code` when nothing was sought."""

    dossiers: list[Demande]
    trop: bool = False
    # Why nothing was looked for: "court" (too short), "" otherwise.
    code: str = ""


def chercher(agent: Compte, saisie: str, prefectures: list[str]) -> Resultat:
    """The dossiers of `prefectures`, which are the agent's, that `saisie` names: a number's start, or names.

    A number is that of the dossier, or the numéro étranger or visa number of the bénéficiaire or of the account.
    Names may lack accents, dashes, letters; all the words typed must be found, in any order. Closed dossiers are
    found too. From one query, for a number, to six, for a name that resembles few; each reads a bounded part.
    """
    saisie = saisie[:LONGUEUR_MAX]
    if re.search(r"\d", saisie):
        return _par_numero(agent, re.sub(r"[\W_]", "", saisie).upper())
    mots = list(dict.fromkeys(plier(saisie).split()))[:MOTS_MAX]
    if sum(map(len, mots)) < 2:
        return Resultat([], code="court")
    return _par_nom(agent, mots, prefectures)


def _par_numero(agent: Compte, numero: str) -> Resultat:
    if len(numero) < CHIFFRES_MIN:
        return Resultat([], code="court")
    # Each part stops at NUMEROS_MAX numbers, whatever prefecture they belong to.
    debuts = [_commencant(champ, numero) for champ in ("numero", "beneficiaire")]
    comptes = Compte.objects.filter(Q(numero_etranger=numero) | Q(numero_visa=numero)).values("pk")
    par_compte = Demande.objects.filter(compte__in=comptes).values("pk")[:NUMEROS_MAX]
    ids = debuts[0].union(debuts[1], par_compte, all=True)
    trouves = lire_les_lignes(dossiers_de_l_agent(agent).filter(pk__in=ids)).order_by("numero")
    dossiers = list(trouves[: TAILLE + 1])
    return Resultat(dossiers[:TAILLE], trop=len(dossiers) > TAILLE)


def _commencant(champ: str, numero: str) -> QuerySet[Demande, dict[str, Any]]:
    """The ids of the first dossiers whose `champ`, of digits and capitals, starts so: a part of its index, in order.

    Between two ends and not by LIKE, which has an index in another order: every match would be sorted.
    """
    dossiers = Demande.objects.filter(**{f"{champ}__gte": numero, f"{champ}__lte": numero + "Z" * 19})
    return dossiers.order_by(champ).values("pk")[:NUMEROS_MAX]


@dataclass(frozen=True)
class _Candidat:
    """A dossier that may be the one, before its row is read."""

    id: UUID
    recherche: str
    etat: str
    droits: date | None

    def rang(self, graphies: list[dict[str, float]]) -> tuple[Any, ...]:
        """Where it comes: the most alike first, then the open ones, then by the day rights are lost."""
        siens = self.recherche.split()
        ressemblance = sum(max(mot.get(sien, 0.0) for sien in siens) for mot in graphies)
        return (-round(ressemblance, 4), self.etat in CLOS, self.droits or SANS_FIN, self.id)


def _par_nom(agent: Compte, mots: list[str], prefectures: list[str]) -> Resultat:
    graphies = [{mot: 1.0} for mot in mots]
    candidats = _candidats(graphies, prefectures)
    # « al », « de »: too short to be recognised by resemblance, they count only when all is spelt the same.
    longs = [mot for mot in mots if len(mot) >= LETTRES_MIN] or mots
    if len(candidats) < TAILLE:
        graphies = _graphies(longs)
        candidats = _candidats(graphies, prefectures)
    if not candidats:
        graphies = _graphies(longs, de_loin=True)
        candidats = _candidats(graphies, prefectures)
    meilleurs = sorted(candidats[:PLAFOND], key=lambda candidat: candidat.rang(graphies))[:TAILLE]
    rangs = {candidat.id: rang for rang, candidat in enumerate(meilleurs)}
    lus = lire_les_lignes(dossiers_de_l_agent(agent).filter(pk__in=rangs))
    dossiers = sorted(lus.order_by("pk"), key=lambda demande: rangs[demande.pk])
    return Resultat(dossiers, trop=len(candidats) > TAILLE)


def _candidats(graphies: list[dict[str, float]], prefectures: list[str]) -> list[_Candidat]:
    """At most PLAFOND + 1 dossiers that hold, of every word, one of its spellings."""
    if not all(graphies):
        return []
    trouves = Demande.objects.exclude(etat=Etat.BROUILLON).alias(mots=MOTS)
    for mot in graphies:
        trouves = trouves.filter(mots__overlap=[mot_de(p, graphie) for p in prefectures for graphie in mot])
    valeurs = trouves.values_list("pk", "recherche", "etat", "droits_jusqu_au")[: PLAFOND + 1]
    return [_Candidat(*valeur) for valeur in valeurs]


def _graphies(mots: list[str], *, de_loin: bool = False) -> list[dict[str, float]]:
    """For each word, the known words that resemble it, with how much (1: the same); one query.

    `de_loin` takes those with several faults too: a wider search, when the near one has found nobody.
    """
    trouvees: list[dict[str, float]] = [{} for _mot in mots]
    requetes = [_semblables(rang, mot, de_loin=de_loin) for rang, mot in enumerate(mots)]
    for rang, mot, ressemblance in requetes[0].union(*requetes[1:], all=True):
        trouvees[rang][mot] = ressemblance
    for graphies in trouvees:
        seuil = max(graphies.values(), default=0) - ECART
        for mot in [mot for mot, ressemblance in graphies.items() if ressemblance < seuil]:
            del graphies[mot]
    return trouvees


def _semblables(rang: int, mot: str, *, de_loin: bool) -> QuerySet[Mot, tuple[int, str, float]]:
    """Half for the resemblance of the whole words, half for that of what was typed with a part of the other."""
    if de_loin:
        proches = Q(mot__trigram_similar=mot)
    else:
        proches = Q(mot__trigram_word_similar=mot) | Q(mot__in=list(_a_une_lettre_pres(mot)))
    ressemblance = (TrigramSimilarity("mot", mot) + TrigramWordSimilarity(mot, "mot")) / 2
    return (
        Mot.objects.filter(proches)
        .annotate(rang=Value(rang), ressemblance=Cast(ressemblance, FloatField()))
        .order_by("-ressemblance", "mot")
        .values_list("rang", "mot", "ressemblance")[:GRAPHIES]
    )


def _a_une_lettre_pres(mot: str) -> Iterator[str]:
    """What two letters that change places make of `mot`; if it is short, one letter added, lost or changed too."""
    court = len(mot) <= LETTRES_D_UN_MOT_COURT
    for rang in range(len(mot) + 1):
        debut, fin = mot[:rang], mot[rang:]
        if len(fin) > 1:
            yield f"{debut}{fin[1]}{fin[0]}{fin[2:]}"
        if court:
            yield from (f"{debut}{lettre}{fin}" for lettre in ascii_uppercase)
        if court and fin:
            yield f"{debut}{fin[1:]}"
            yield from (f"{debut}{lettre}{fin[1:]}" for lettre in ascii_uppercase)
