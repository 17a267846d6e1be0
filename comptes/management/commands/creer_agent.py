"""Create a staff account from the machine's terminal: the way to the first administrateur."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import ValidationError, validate_email

from comptes.models import Agent
from comptes.operations.agents.creer_agent import creer_agent
from comptes.operations.agents.refus import IdentifiantInvalide, IdentifiantPris, PrefecturesIncoherentes
from referentiels.models import Prefecture


class Command(BaseCommand):
    help = "Crée le compte d’un agent. Un lien pour choisir le mot de passe part à son adresse électronique."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("identifiant", help="par exemple j.martin")
        parser.add_argument("email", help="adresse électronique professionnelle")
        parser.add_argument("--role", required=True, choices=[role for role, _libelle in Agent.ROLES])
        parser.add_argument("--nom", default="")
        parser.add_argument("--prenom", default="")
        parser.add_argument(
            "--prefecture", action="append", default=[], metavar="CODE", help="par exemple 39 ; répétable"
        )

    def handle(
        self,
        *,
        identifiant: str,
        email: str,
        role: str,
        nom: str,
        prenom: str,
        prefecture: list[str],
        **options: Any,
    ) -> None:
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} : cette adresse électronique n’a pas la bonne forme.") from None
        if inconnues := set(prefecture) - set(Prefecture.objects.values_list("pk", flat=True)):
            raise CommandError(f"Préfecture inconnue : {', '.join(sorted(inconnues))}.")
        try:
            creer_agent(
                acteur_id=None,
                identifiant=identifiant,
                nom=nom,
                prenoms=prenom,
                email=email,
                role=role,
                prefectures=prefecture,
            )
        except IdentifiantPris:
            raise CommandError(f"L’identifiant {identifiant} est pris.") from None
        except IdentifiantInvalide:
            raise CommandError(
                f"{identifiant} : un identifiant a de 3 à 40 lettres sans accent, points ou tirets, "
                "avec 4 chiffres au plus."
            ) from None
        except PrefecturesIncoherentes:
            raise CommandError(
                "Un instructeur ou un responsable a une préfecture au moins (--prefecture 39) ; "
                "les autres rôles n’en ont aucune."
            ) from None
        self.stdout.write(f"Compte {identifiant} créé. Un lien part à {email}.")
