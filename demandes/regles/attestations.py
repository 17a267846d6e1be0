"""Which attestation, for how long, with which rights (R-REGLES-3)."""

from dataclasses import dataclass
from datetime import date

from demandes.regles.codes import TypeAttestation
from demandes.regles.constats import FAMILLES, PROTEGES, Constats, Qui
from demandes.regles.dates import age_au, fin_de_validite, lendemain, reculer_de_jours
from demandes.regles.faits import Lien, Nature, Situation
from demandes.regles.parametres import PARAMETRES, Parametres


@dataclass(frozen=True, slots=True)
class Droits:
    """What the paper gives. ``avec_titre_precedent``: only together with the document held, even expired."""

    sejour: bool
    travail: bool
    schengen: bool
    avec_titre_precedent: bool

    def vers_dict(self) -> dict[str, bool]:
        return {
            "sejour": self.sejour,
            "travail": self.travail,
            "schengen": self.schengen,
            "avec_titre_precedent": self.avec_titre_precedent,
        }


AUCUN_DROIT = Droits(sejour=False, travail=False, schengen=False, avec_titre_precedent=False)
DROITS_PREMIERE_DEMANDE = Droits(sejour=True, travail=True, schengen=False, avec_titre_precedent=False)
DROITS_RENOUVELLEMENT = Droits(sejour=True, travail=True, schengen=True, avec_titre_precedent=True)


@dataclass(frozen=True, slots=True)
class Attestation:
    """A kind of paper; ``duree_mois`` and ``mention_legale`` are None where it has none."""

    type: TypeAttestation
    duree_mois: int | None
    mention_legale: str | None
    droits: Droits

    def vers_dict(self) -> dict[str, object]:
        return {
            "type": self.type.value,
            "duree_mois": self.duree_mois,
            "mention_legale": self.mention_legale,
            "droits": self.droits.vers_dict(),
        }


CONFIRMATION = Attestation(TypeAttestation.CONFIRMATION_DEPOT, None, None, AUCUN_DROIT)

# Words that R.431-15-3 and R.431-15-4 order to be printed.
MENTIONS_LEGALES = {
    Qui.REFUGIE: "reconnu réfugié",
    Qui.PROTECTION_SUBSIDIAIRE: "a obtenu le bénéfice de la protection subsidiaire",
}


def attestation_au_depot(constats: Constats) -> Attestation | None:
    """What is issued at the deposit: an APD, or a confirmation to family members, else None."""
    if constats.qui in PROTEGES:
        return Attestation(
            TypeAttestation.APD,
            constats.parametres.apd_protege_mois.au(constats.au),
            MENTIONS_LEGALES[constats.qui],
            DROITS_PREMIERE_DEMANDE if constats.premiere else DROITS_RENOUVELLEMENT,
        )
    if constats.qui in FAMILLES:
        return CONFIRMATION
    return None


@dataclass(frozen=True, slots=True)
class Periode:
    """First and last day of validity of an attestation, both included."""

    debut: date
    fin: date


def periode(debut: date, attestation: Attestation) -> Periode:
    """The validity of ``attestation`` from ``debut``. Raises ValueError if it has no duration."""
    if attestation.duree_mois is None:
        raise ValueError("a confirmation de dépôt has no duration")
    return Periode(debut, fin_de_validite(debut, attestation.duree_mois))


def apd_de_la_famille(
    nature: Nature, au: date, *, document_detenu: bool, parametres: Parametres = PARAMETRES
) -> Attestation:
    """The APD that a family member gets when the examination outlasts the document held.

    R.431-15-1, R.431-15-2. ``document_detenu``: a permit, a visa or a récépissé, even expired; the APD is only
    valid with it. It crosses Schengen borders on renewal only, which always goes with the previous permit.
    """
    renouvellement = nature is Nature.RENOUVELLEMENT
    return Attestation(
        TypeAttestation.APD,
        parametres.apd_famille_mois.au(au),
        None,
        Droits(
            sejour=True,
            travail=True,
            schengen=renouvellement,
            avec_titre_precedent=renouvellement or document_detenu,
        ),
    )


def debut_apd_de_la_famille(
    situation: Situation, depot: date, *, fin_du_document: date | None, parametres: Parametres = PARAMETRES
) -> date | None:
    """First day of a family member's first APD, for a deposit made on ``depot``.

    The day after the document held ends, or the deposit day if that has passed. Without a document
    (``fin_du_document`` is None): the deposit day for a child of 18 who applies before the 19th birthday
    (R.431-5 2°); None for the others, whose APD an agent orders.
    """
    if fin_du_document is not None:
        return max(depot, lendemain(fin_du_document))
    age = age_au(situation.date_naissance.au_plus_tot, depot)
    majorite, limite = parametres.age_majorite.au(depot), parametres.age_limite_enfant.au(depot)
    if situation.lien is Lien.ENFANT and majorite <= age < limite:
        return depot
    return None


def jour_d_emission(debut: date, parametres: Parametres = PARAMETRES) -> date:
    """The day from which the APD that starts on ``debut`` is issued (R-ATT-4).

    Fifteen days before the last day of what it follows: an APD, or the document held.
    """
    return reculer_de_jours(debut, 1 + parametres.apd_jours_avant_la_fin.au(debut))
