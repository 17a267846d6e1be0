"""Staff of the demonstration."""

from dataclasses import dataclass

from comptes.models import Compte


@dataclass(frozen=True)
class Agent:
    """A member of staff: login, role, départements of the prefectures (none: CCC, administrateur)."""

    identifiant: str
    role: Compte.Role
    prenom: str
    departements: tuple[str, ...] = ()


AGENTS = [
    *(
        Agent(f"{role}-{departement}", role, prenom, (departement,))
        for departement in ("39", "75", "69", "93", "13", "2A", "973")
        for role, prenom in ((Compte.Role.INSTRUCTEUR, "Camille"), (Compte.Role.RESPONSABLE, "Dominique"))
    ),
    Agent("instructeur-ara", Compte.Role.INSTRUCTEUR, "Morgan", ("38", "69")),
    Agent("ccc", Compte.Role.CCC, "Sacha"),
    Agent("administrateur", Compte.Role.ADMINISTRATEUR, "Alix"),
]
