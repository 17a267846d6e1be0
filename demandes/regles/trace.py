"""The trace of a decision: fact → rule → conclusion, one step for each thing decided (R-REGLES-1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from demandes.regles.attestations import Attestation
from demandes.regles.constats import Constats
from demandes.regles.dates import age_au, ajouter_mois
from demandes.regles.faits import Lien, Recepisse, TypeTitre
from demandes.regles.fenetre import informations_de
from demandes.regles.phrases import Mot, Phrase, ValeurDePhrase
from demandes.regles.phrases import gettext_noop as _
from demandes.regles.textes import (
    ALERTES,
    ATTESTATIONS,
    FONDEMENTS,
    INFORMATIONS,
    LIGNES_ATTESTATION,
    LIGNES_TITRE,
    MOTIFS,
    TITRE_DU_MINEUR,
    TITRES,
)
from demandes.regles.textes.formes import Texte
from demandes.regles.titres import FONDEMENT_MINEUR, LigneTitre

CODE_DU_MINEUR = "MINEUR_QUI_TRAVAILLE"


class Genre(StrEnum):
    """What a step of the trace decides."""

    TITRE = "titre"
    ATTESTATION = "attestation"
    MOTIF = "motif"
    ALERTE = "alerte"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Etape:
    """One step. ``code`` is that of the permit, attestation, reason, alert or information it decides.

    ``que_faire`` is None for a permit and an attestation.
    """

    genre: Genre
    code: str
    fait: Phrase
    regle: Phrase
    conclusion: Phrase
    que_faire: Phrase | None
    source: str

    def vers_dict(self) -> dict[str, str]:
        """The JSON of R-REGLES-9; the rule carries code and source, which a program or an agent looks for."""
        return {
            "fait": str(self.fait),
            "regle": f"{self.code} ({self.source}) : {self.regle}",
            "conclusion": str(self.conclusion),
        }


NOMS_LIENS = {
    Lien.CONJOINT: Mot(_("conjoint")),
    Lien.ENFANT: Mot(_("enfant")),
    Lien.ASCENDANT: Mot(_("parent")),
}
NOMS_TITRES_DETENUS = {
    TypeTitre.CARTE_RESIDENT: Mot(_("carte de résident")),
    TypeTitre.CSP_BPS: Mot(_("carte pluriannuelle « bénéficiaire de la protection subsidiaire »")),
    TypeTitre.CSP_FAMILLE_BPS: Mot(_("carte pluriannuelle « membre de la famille »")),
    TypeTitre.CST: Mot(_("carte de séjour temporaire")),
    TypeTitre.AUTRE: Mot(_("autre titre de séjour")),
}
# Printed in French on the paper itself, so not translated.
MENTIONS_RECEPISSES = {
    Recepisse.RECONNU_REFUGIE: "reconnu réfugié",
    Recepisse.PROTECTION_SUBSIDIAIRE: "a obtenu le bénéfice de la protection subsidiaire",
}


def valeurs_de(c: Constats) -> dict[str, ValeurDePhrase]:
    """Every value that a text may name, for this situation; those without object are absent."""
    s, p = c.situation, c.parametres
    valeurs: dict[str, ValeurDePhrase | None] = {
        "jour": c.au,
        "naissance": s.date_naissance,
        "naissance_comptee": s.date_naissance.au_plus_tot,
        "age": c.age_ans,
        "age_travail": p.age_titre_pour_travailler.au(c.au),
        "majorite": p.age_majorite.au(c.au),
        "age_limite": p.age_limite_enfant.au(c.au),
        "mois_avant": p.renouvellement_mois_avant.au(c.au),
        "mois_apres": p.renouvellement_mois_apres.au(c.au),
        "jours_debut": p.delai_legal_premier_jour_avant.au(c.au),
        "jours_fin": p.delai_legal_dernier_jour_avant.au(c.au),
        "mois_effets": p.effets_mois_apres_expiration.au(c.au),
        "majoration": p.majoration_retard_euros.au(c.au),
        "mariage_mois": p.mariage_mois.au(c.au),
        "duree_apd": p.apd_protege_mois.au(c.au),
        "lien": NOMS_LIENS[c.lien] if c.lien else None,
        "recepisse": MENTIONS_RECEPISSES[s.recepisse] if s.recepisse else None,
        "residence": s.residence_reguliere_depuis,
        "mariage": s.date_mariage,
        "mariage_ancien": _apres(s.date_mariage, p.mariage_mois.au(c.au)),
        "asile": s.date_demande_asile_protege,
        "naissance_protege": s.date_naissance_protege,
        "age_protege": age_au(s.date_naissance_protege, c.au) if s.date_naissance_protege else None,
    }
    if s.titre_detenu is not None and c.fenetre is not None:
        informations = informations_de(s.titre_detenu, c.au, p)
        valeurs |= {
            "type_titre": NOMS_TITRES_DETENUS[s.titre_detenu.type],
            "fin": s.titre_detenu.fin,
            "ouverture": c.fenetre.ouverture,
            "fermeture": c.fenetre.fermeture,
            "ouverture_legale": informations.ouverture_legale,
            "fermeture_legale": informations.fermeture_legale,
            "fin_des_effets": informations.fin_des_effets,
        }
    return {nom: valeur for nom, valeur in valeurs.items() if valeur is not None}


def _apres(jour: date | None, mois: int) -> date | None:
    return None if jour is None else ajouter_mois(jour, mois)


TEXTES: dict[Genre, Mapping[str, Texte]] = {
    Genre.MOTIF: MOTIFS,
    Genre.ALERTE: ALERTES,
    Genre.INFORMATION: INFORMATIONS,
}


def etape(genre: Genre, code: str, constats: Constats) -> Etape:
    """The step of a reason, an alert or an information, from its text."""
    texte, valeurs = TEXTES[genre][code], valeurs_de(constats)
    return Etape(
        genre,
        code,
        Phrase.de(texte.fait, valeurs),
        Phrase.de(texte.regle, valeurs),
        Phrase.de(texte.phrase, valeurs),
        Phrase.de(texte.que_faire, valeurs),
        texte.source,
    )


def etape_titre(ligne: LigneTitre, constats: Constats) -> Etape:
    """Why this permit."""
    texte, valeurs = LIGNES_TITRE[ligne.cle], valeurs_de(constats)
    return Etape(
        Genre.TITRE,
        ligne.titre.code,
        Phrase.de(texte.fait, valeurs),
        Phrase.de(texte.regle, valeurs),
        Phrase.de(TITRES[ligne.titre.code].phrase, valeurs),
        None,
        texte.source,
    )


def etape_du_mineur(ligne: LigneTitre, constats: Constats) -> Etape | None:
    """Why a minor may have this permit at all, where the row's own step does not say it (L.421-35)."""
    if not constats.mineur or FONDEMENT_MINEUR in LIGNES_TITRE[ligne.cle].source:
        return None
    valeurs = valeurs_de(constats)
    return Etape(
        Genre.TITRE,
        CODE_DU_MINEUR,
        Phrase.de(TITRE_DU_MINEUR.fait, valeurs),
        Phrase.de(TITRE_DU_MINEUR.regle, valeurs),
        Phrase.de(FONDEMENTS[FONDEMENT_MINEUR], valeurs),
        None,
        TITRE_DU_MINEUR.source,
    )


def etape_attestation(attestation: Attestation, constats: Constats) -> Etape:
    """Why this attestation."""
    texte, valeurs = LIGNES_ATTESTATION[constats.qui], valeurs_de(constats)
    return Etape(
        Genre.ATTESTATION,
        attestation.type,
        Phrase.de(texte.fait, valeurs),
        Phrase.de(texte.regle, valeurs),
        Phrase.de(ATTESTATIONS[attestation.type].phrase, valeurs),
        None,
        texte.source,
    )


def etapes_renouvellement(c: Constats) -> tuple[Etape, ...]:
    """What R-REGLES-5 tells of a renewal with a permit held, and blocks nothing."""
    titre = c.situation.titre_detenu
    if titre is None or c.fenetre is None:
        return ()
    codes = {
        "FENETRE": True,
        "QUATRE_ANS_DE_RESIDENCE": c.par_quatre_ans and c.au < c.fenetre.ouverture,
        "FENETRE_LEGALE": True,
        "MAJORATION_RETARD": c.hors_delai_legal,
        "EFFETS_PROLONGES": informations_de(titre, c.au, c.parametres).fin_des_effets is not None,
    }
    return tuple(etape(Genre.INFORMATION, code, c) for code, dite in codes.items() if dite)
