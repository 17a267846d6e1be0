"""From the register and the answers to the facts that the rules look at."""

from datetime import date
from typing import Any

from comptes.models import Compte
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
from demandes.regles.pieces import FaitsDeclares
from demandes.regles.polygamie import polygamie_admise
from referentiels.agdref import PersonneConnue

# Permits delivered on the same ground as the declared status: holding one makes the demande a renewal.
TITRES_DU_MEME_FONDEMENT: dict[tuple[str, str], frozenset[str]] = {
    ("refugie", ""): frozenset({"carte_resident"}),
    ("protection_subsidiaire", ""): frozenset({"csp_bps", "carte_resident", "cst"}),
    ("membre_famille", "refugie"): frozenset({"carte_resident"}),
    ("membre_famille", "protection_subsidiaire"): frozenset({"csp_famille_bps", "carte_resident", "cst"}),
}


def nature_deduite(statut: str, statut_du_protege: str, personne: PersonneConnue | None) -> Nature:
    """Première or renouvellement, as the register has it."""
    titre = personne.titre_detenu if personne else None
    cle = (statut, statut_du_protege if statut == Statut.MEMBRE_FAMILLE else "")
    meme_fondement = titre is not None and titre.type in TITRES_DU_MEME_FONDEMENT.get(cle, frozenset())
    return Nature.RENOUVELLEMENT if meme_fondement else Nature.PREMIERE


def situation_de(
    net: dict[str, Any],
    *,
    famille: dict[str, Any],
    compte: Compte,
    personne: PersonneConnue | None,
    date_naissance: DateNaissance,
    demande_en_cours: bool,
    au: date,
) -> Situation:
    """The facts on the day `au`, from the register first, then from the answers.

    `net` and `famille` are the cleaned answers of steps 1 and 3 (`famille` empty before it is valid),
    `personne` the bénéficiaire in the register.
    """
    pour_soi = net["pour"] == "moi"
    titre = personne.titre_detenu if personne else None
    return Situation(
        statut=Statut(net["statut"]),
        lien=Lien(net["lien"]) if net["lien"] else None,
        statut_du_protege=StatutProtege(net["statut_du_protege"]) if net["statut_du_protege"] else None,
        nature=Nature(net["nature"]),
        date_naissance=date_naissance,
        souhaite_travailler=net["souhaite_travailler"],
        numero_etranger=(compte.numero_etranger if pour_soi else net["numero_enfant"]) or None,
        numero_visa=(compte.numero_visa or None) if pour_soi else None,
        recepisse=_recepisse(personne, au),
        titre_detenu=TitreDetenu(TypeTitre(titre.type or "autre"), titre.debut, titre.fin) if titre else None,
        residence_reguliere_depuis=(
            (personne.residence_reguliere_depuis if personne else None) or net["residence_reguliere_depuis"]
        ),
        date_naissance_protege=_fait(personne, famille, "date_naissance_protege"),
        date_mariage=_fait(personne, famille, "date_mariage"),
        date_demande_asile_protege=_fait(personne, famille, "date_demande_asile_protege"),
        demande_en_cours=demande_en_cours,
    )


def faits_declares(famille: dict[str, Any], *, nationalite: str, parent_titulaire: bool) -> FaitsDeclares:
    """What settles the conditional pièces; `famille` is empty before step 3 is valid."""
    return FaitsDeclares(
        marie=famille["situation_familiale"] == "marie" if famille else None,
        pays_polygamie=polygamie_admise(nationalite),
        reunification_familiale=_oui(famille.get("reunification_familiale")),
        a_un_contrat_de_travail=_oui(famille.get("a_un_contrat")),
        parent_demandeur_titulaire=parent_titulaire,
    )


def _fait(personne: PersonneConnue | None, famille: dict[str, Any], nom: str) -> date | None:
    """A family date from the register, else from step 3."""
    return (getattr(personne, nom) if personne else None) or famille.get(nom)


def _oui(reponse: str | None) -> bool | None:
    return None if not reponse else reponse == "oui"


def _recepisse(personne: PersonneConnue | None, au: date) -> Recepisse | None:
    """The receipt that says the prefecture is examining already; an expired one is no such proof."""
    document = personne.document_en_cours("recepisse", au) if personne else None
    return Recepisse(document.mention) if document and document.mention else None
