"""When a renewal may be asked, and what the law says beside (R-REGLES-5)."""

from dataclasses import dataclass
from datetime import date

from demandes.regles.dates import ajouter_mois, plus_de_jours_avant, reculer_de_jours
from demandes.regles.faits import TitreDetenu, TypeTitre
from demandes.regles.parametres import PARAMETRES, Parametres

# L.433-3: these keep their effects for a while after their last day.
EFFETS_PROLONGES = frozenset({TypeTitre.CARTE_RESIDENT, TypeTitre.CSP_BPS, TypeTitre.CSP_FAMILLE_BPS})


@dataclass(frozen=True, slots=True)
class Fenetre:
    """First and last day on which the portal takes the renewal, both included."""

    ouverture: date
    fermeture: date

    def vers_dict(self) -> dict[str, str]:
        return {"ouverture": self.ouverture.isoformat(), "fermeture": self.fermeture.isoformat()}


@dataclass(frozen=True, slots=True)
class InformationsRenouvellement:
    """What is told and blocks nothing: R.431-5's window, L.433-3's end of effects, L.436-5's surcharge.

    ``fin_des_effets`` is None for a permit that L.433-3 does not name. ``hors_delai`` says that the
    request comes after the last day of the law's window.
    """

    ouverture_legale: date
    fermeture_legale: date
    fin_des_effets: date | None
    majoration_euros: int
    hors_delai: bool


def fenetre_de(titre: TitreDetenu, au: date, parametres: Parametres = PARAMETRES) -> Fenetre:
    """The portal's window for the permit held, by the parameters in force on ``au``."""
    return Fenetre(
        ouverture=ajouter_mois(titre.fin, -parametres.renouvellement_mois_avant.au(au)),
        fermeture=ajouter_mois(titre.fin, parametres.renouvellement_mois_apres.au(au)),
    )


def hors_delai_legal(titre: TitreDetenu, au: date, parametres: Parametres = PARAMETRES) -> bool:
    """Asked after the 60th day before expiry, or after expiry (R.431-5 1°). Never for being early."""
    return plus_de_jours_avant(au, titre.fin, parametres.delai_legal_dernier_jour_avant.au(au))


def informations_de(
    titre: TitreDetenu, au: date, parametres: Parametres = PARAMETRES
) -> InformationsRenouvellement:
    """What the law says of this renewal, for the screen."""
    prolonge = titre.type in EFFETS_PROLONGES
    return InformationsRenouvellement(
        ouverture_legale=reculer_de_jours(titre.fin, parametres.delai_legal_premier_jour_avant.au(au)),
        fermeture_legale=reculer_de_jours(titre.fin, parametres.delai_legal_dernier_jour_avant.au(au)),
        fin_des_effets=(
            ajouter_mois(titre.fin, parametres.effets_mois_apres_expiration.au(au)) if prolonge else None
        ),
        majoration_euros=parametres.majoration_retard_euros.au(au),
        hors_delai=hors_delai_legal(titre, au, parametres),
    )
