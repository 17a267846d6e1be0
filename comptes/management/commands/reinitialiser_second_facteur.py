"""Reset the second factor of a member of staff from the machine's terminal: when no administrateur can do it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comptes import requetes
from comptes.operations.agents.reinitialiser_second_facteur import reinitialiser_second_facteur


class Command(BaseCommand):
    help = (
        "Réinitialise le second facteur d’un agent (ou de tous, après un changement de SECRET_KEY). "
        "Il lie un téléphone à sa prochaine connexion."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        qui = parser.add_mutually_exclusive_group(required=True)
        qui.add_argument("identifiant", nargs="?", help="par exemple j.martin")
        qui.add_argument("--tous", action="store_true", help="tous les agents qui ont un second facteur")

    def handle(self, *, identifiant: str | None, tous: bool, **options: Any) -> None:
        agents = requetes.agents()
        choisis = agents.filter(avec_second_facteur=True) if tous else agents.filter(identifiant=identifiant)
        a_faire = list(choisis.order_by("pk").values_list("pk", flat=True))
        if not a_faire and not tous:
            raise CommandError(f"Aucun agent n’a l’identifiant {identifiant}.")
        for agent_id in a_faire:
            reinitialiser_second_facteur(agent_id=agent_id, acteur_id=None)
        self.stdout.write(f"Second facteur réinitialisé : {len(a_faire)}.")
