"""``manage.py verifier_2ddoc``: what the 2D-Docs of a PDF or a photo say, and whether they may be believed.

Works off-line and without a database. Exit status: 0 authentic, 1 not, 2 nothing that can be read.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from attestations.deuxddoc.certificats import Certificats, CertificatsIllisibles
from attestations.deuxddoc.champs import DOCUMENTS_ETRANGERS
from attestations.deuxddoc.cles import CERTIFICATS
from attestations.deuxddoc.entete import Entete
from attestations.deuxddoc.message import Valeur
from attestations.deuxddoc.verification import Verdict, verifier
from attestations.lecture import FichierRefuse, lire
from attestations.lecture.limites import TAILLE_MAX
from attestations.phrases import AUCUN_CODE, MOTIFS, conclusion, phrases
from attestations.presentation import PARIS

NON_AUTHENTIQUE, ILLISIBLE = 1, 2
# What a shell reports of a program stopped by Ctrl-C.
INTERROMPU = 130


class Command(BaseCommand):
    help = (
        "Lit les codes 2D-Doc d'un PDF ou d'une photo et dit s'ils sont authentiques. Code de retour : 0 si tous "
        "le sont, 1 si l'un ne l'est pas, 2 si rien n'est lisible."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("fichier", metavar="FILE", help="PDF, JPEG, PNG, WebP ou HEIC")
        parser.add_argument(
            "--certificats",
            metavar="DIR",
            help="dossier des certificats (*.pem) et des révocations (revoques.txt) ; par défaut, ceux du portail",
        )

    def handle(self, *, fichier: str, certificats: str | None, **options: Any) -> None:
        connus = _charger_les_certificats(certificats)
        try:
            textes = lire(_octets(fichier))
        except FichierRefuse as refus:
            raise CommandError(str(MOTIFS[refus.motif]), returncode=ILLISIBLE) from None
        except KeyboardInterrupt:
            sys.exit(INTERROMPU)
        if not textes:
            raise CommandError(str(AUCUN_CODE), returncode=ILLISIBLE)
        au = timezone.now().astimezone(PARIS).date()
        verdicts = [verifier(texte, connus, au=au) for texte in textes]
        self._ecrire(
            "\n".join(ligne for rang, verdict in enumerate(verdicts, 1) for ligne in _lignes(rang, verdict))
        )
        if not all(verdict.authentique for verdict in verdicts):
            sys.exit(NON_AUTHENTIQUE)

    def _ecrire(self, texte: str) -> None:
        """In UTF-8 whatever the locale says; a reader that has gone is no fault of the document."""
        # A stream of text given by a caller has no buffer.
        tampon = getattr(self.stdout, "buffer", None)
        if tampon is None:
            self.stdout.write(texte)
            return
        try:
            tampon.write(f"{texte}\n".encode())
            tampon.flush()
        except BrokenPipeError:
            # Python would try again, and complain, when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), tampon.fileno())


def _lignes(rang: int, verdict: Verdict) -> Iterator[str]:
    yield _("Code %(rang)d : %(conclusion)s") % {"rang": rang, "conclusion": conclusion(verdict)}
    for phrase in phrases(verdict):
        yield f"  {phrase}"
    if verdict.entete is not None:
        yield f"  {_ligne_d_entete(verdict.entete)}"
    for valeur in verdict.valeurs:
        yield f"  {valeur.identifiant}  {valeur.champ.libelle} : {_lisible(valeur)}"


def _charger_les_certificats(dossier: str | None) -> Certificats:
    chemin = Path(settings.DOSSIER_2DDOC) / CERTIFICATS if dossier is None else Path(dossier)
    try:
        if dossier is not None and not chemin.is_dir():
            raise CertificatsIllisibles(_("Le dossier %(dossier)r n’existe pas.") % {"dossier": dossier})
        return Certificats.du_dossier(chemin)
    except (CertificatsIllisibles, OSError) as erreur:
        raise CommandError(
            _("Les certificats ne sont pas utilisables. %(raison)s") % {"raison": erreur},
            returncode=ILLISIBLE,
        ) from None


def _octets(fichier: str) -> bytes:
    """At most one byte more than what is accepted: a larger file is refused without being read whole."""
    try:
        with open(fichier, "rb") as flux:
            return flux.read(TAILLE_MAX + 1)
    except (OSError, ValueError) as erreur:
        raison = getattr(erreur, "strerror", None) or _("nom de fichier impossible")
        raise CommandError(
            _("Le fichier %(fichier)r ne peut pas être lu : %(raison)s.")
            % {"fichier": fichier, "raison": raison},
            returncode=ILLISIBLE,
        ) from None


def _ligne_d_entete(entete: Entete) -> str:
    return _(
        "Version %(version)s, autorité %(autorite)s, certificat %(certificat)s, document %(type)s du périmètre "
        "%(perimetre)s, pays %(pays)s, émis le %(emis)s, signé le %(signe)s"
    ) % {
        "version": entete.version,
        "autorite": entete.autorite,
        "certificat": entete.certificat,
        "type": entete.type_document,
        "perimetre": entete.perimetre,
        "pays": entete.pays,
        "emis": f"{entete.emis_le:%d/%m/%Y}" if entete.emis_le else _("sans date"),
        "signe": f"{entete.signe_le:%d/%m/%Y}",
    }


def _lisible(valeur: Valeur) -> str:
    # A code that was not written by us may hold anything: no control character reaches the terminal.
    texte = "".join(signe if signe.isprintable() else "�" for signe in valeur.texte) or "–"
    if valeur.identifiant == "6J" and valeur.texte in DOCUMENTS_ETRANGERS:
        return f"{texte} ({DOCUMENTS_ETRANGERS[valeur.texte]})"
    return f"{texte}…" if valeur.tronquee else texte
