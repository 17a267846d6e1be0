"""Fill the demonstration with fictitious people (docs/demonstration.md), or print its logins."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone
from tqdm import tqdm

from demandes.demonstration import MOT_DE_PASSE, ephotos, simulateur, timbres
from demandes.demonstration.agents import AGENTS
from demandes.demonstration.codes import telephones
from demandes.demonstration.personnage import Personnage
from demandes.demonstration.personnages import personnages
from demandes.demonstration.peupler import peupler
from referentiels.agdref import AgdrefLocal


class Command(BaseCommand):
    help = "Crée les personnes fictives de la démonstration. Peut être relancée sans risque."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--identifiants", action="store_true", help="affiche seulement les identifiants")

    def handle(self, *, identifiants: bool, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError(
                "Cette commande crée des comptes au mot de passe public. "
                "Elle n’est permise qu’en démonstration (DEMONSTRATION=1)."
            )
        maintenant = timezone.now()
        gens = personnages(timezone.localdate(maintenant))
        if not identifiants:
            muet = True if options["verbosity"] == 0 else None
            try:
                ajouts = peupler(
                    maintenant=maintenant,
                    suivi=lambda liste, nom: tqdm(liste, desc=nom, unit="", disable=muet, leave=False),
                )
            except LookupError:
                raise CommandError("Lancez d’abord la commande charger_referentiels.") from None
            if options["verbosity"] > 0:
                self.stdout.write(
                    f"Ajoutés : {ajouts.personnes} personnes au registre, {ajouts.comptes} comptes, "
                    f"{ajouts.agents} agents, {ajouts.demandes} dossiers."
                )
            return
        self._afficher(gens)

    def _afficher(self, gens: list[Personnage]) -> None:
        ecrire = self.stdout.write
        ecrire(f"Mot de passe de tous les comptes : {MOT_DE_PASSE}")
        ecrire("\nUsagers")
        for p in gens:
            if p.compte:
                ecrire(f"  {p.identifiant:<14}{p.prenom:<12}{p.montre}")
        ecrire("\nSans compte : à inscrire, ou enfants pour qui un parent demande")
        registre = AgdrefLocal()
        for p in gens:
            if not p.compte:
                connue = registre.personne(p.identifiant)
                for document in connue.documents if connue else ():
                    ecrire(
                        f"  {p.identifiant:<14}{p.prenom:<12}{document.nature} du {document.debut:%d/%m/%Y} "
                        f"au {document.fin:%d/%m/%Y}, naissance {connue.date_naissance} : {p.montre}"
                    )
        ecrire(f"\nAgents : {settings.BASE_URL}/gestion/, puis un code à 6 chiffres")
        ecrire(f"  Codes du moment : {settings.BASE_URL}{reverse('codes_demonstration')}")
        ecrire("  ou la clé écrite à côté de l’identifiant, dans une application d’authentification")
        cles = {telephone.identifiant: telephone.secret for telephone in telephones()}
        for agent in AGENTS:
            qui = f"{agent.role.label} {', '.join(agent.departements)}".rstrip()
            ecrire(f"  {agent.identifiant:<20}{qui:<28}{cles.get(agent.identifiant, '')}".rstrip())
        ecrire("\nCodes e-photo")
        for libelle, code in (
            (f"valides ({len(ephotos.VALIDES)} codes qui se suivent)", ephotos.VALIDES[0]),
            ("valide, 21 caractères", ephotos.VALIDE_21),
            ("pas encore actif", ephotos.EN_ATTENTE),
            ("encore inconnu", ephotos.INCONNUE),
            ("expiré", ephotos.EXPIREE),
            ("déjà utilisé", ephotos.UTILISEE),
        ):
            ecrire(f"  {code:<24}{libelle}")
        ecrire("\nTimbres électroniques")
        for euros in timbres.MONTANTS:
            valides = ", ".join(timbres.valides(euros))
            ecrire(f"  {euros:>4} €  valides {valides} ; déjà utilisé {timbres.utilise(euros)}")
        ecrire("\nSimulateur, sans compte")
        for montre, lien in simulateur.liens(timezone.localdate()):
            ecrire(f"  {montre} : {settings.BASE_URL}{lien}")
