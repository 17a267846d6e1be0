"""The fictitious people: one at least for each row of R-REGLES-2 and R-REGLES-4.

Dates follow the day on which the demonstration is filled, so that a permit « ends in two months ». The
documents of those who try the sign-up have fixed dates, so that they can be written in the documentation.
"""

from datetime import date

from demandes.demonstration.dossier import DossierFictif
from demandes.demonstration.personnage import Personnage
from demandes.demonstration.personnages.a_inscrire import a_inscrire
from demandes.demonstration.personnages.deposes import deposes, parents
from demandes.demonstration.personnages.empeches import empeches
from demandes.demonstration.personnages.enfants import enfants
from demandes.demonstration.personnages.familles import familles
from demandes.demonstration.personnages.instruits import instruits
from demandes.demonstration.personnages.proteges import proteges
from demandes.demonstration.personnages.refugies import refugies


def personnages(au: date) -> list[Personnage]:
    """Everyone, as they are on the day `au`; the order is that of the documentation."""
    return [
        *refugies(au),
        *proteges(au),
        *familles(au),
        *enfants(au),
        *a_inscrire(),
        *empeches(au),
        *parents(au),
        *(dossier.personnage for dossier in dossiers(au)),
    ]


def dossiers(au: date) -> list[DossierFictif]:
    """The dossiers deposited from the start, those that wait to be taken first."""
    return [*deposes(au), *instruits(au)]
