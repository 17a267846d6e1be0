"""A situation of the queue as CSV, for a spreadsheet: read and sent bit by bit, and written down (R-INSTR-2).

For a responsable only: a list takes the names of a whole prefecture out of the portal, where look-ups are not
journaled any more and rights no longer checked; an agent's daily work needs the queue, not a copy of it.
"""

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import StringIO

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from comptes.models import Compte
from demandes.admin.acces import reserve
from demandes.admin.adresses import situation_demandee
from demandes.admin.lignes import Ligne, ligne_de
from demandes.file.pages import Position, tranche
from demandes.operations.journaliser_export import commencer_export, finir_export
from demandes.requetes import prefectures_de_l_agent
from demandes.situations import Situation

ROLES = frozenset({Compte.Role.RESPONSABLE})
TRANCHE = 500
# What a spreadsheet still opens, and a web process sends in less than its time.
LIGNES_MAX = 50_000
# A cell that starts so is a formula for a spreadsheet, in full-width characters too for some (OWASP, CSV injection).
DEBUTS_DE_FORMULE = frozenset("=+-@＝＋－＠")
# What some spreadsheets skip before a formula: it must not start a cell either.
BLANCS_DE_FORMULE = frozenset("\t\r\n")
INVISIBLES = frozenset({"Cc", "Cf"})


@reserve(ROLES)
def exporter(request: HttpRequest) -> HttpResponse:
    """Send the dossiers of the situation asked for, in its order, at most LIGNES_MAX."""
    situation = situation_demandee(request.POST)
    codes = [prefecture.pk for prefecture in prefectures_de_l_agent(request.user).order_by("pk")]
    prefecture = request.POST.get("prefecture", "")
    if prefecture not in codes:
        prefecture = ""
    export = commencer_export(
        agent_id=request.user.pk,
        situation=situation.code,
        prefectures=[prefecture] if prefecture else codes,
        maintenant=timezone.now(),
    )
    reponse = StreamingHttpResponse(
        contenu(request.user, situation, prefecture, export.pk), content_type="text/csv; charset=utf-8"
    )
    nom = f"dossiers-{situation.code}-{timezone.localdate().isoformat()}.csv"
    reponse["Content-Disposition"] = f'attachment; filename="{nom}"'
    return reponse


def contenu(agent: Compte, situation: Situation, prefecture: str, export_id: int) -> Iterator[bytes]:
    """The file, TRANCHE lines at a time, nothing kept of those already sent."""
    envoyees = 0
    try:
        # The mark by which spreadsheets know UTF-8.
        yield "\ufeff".encode() + en_csv([list(_entetes())])
        apres: Position | None = None
        while dossiers := tranche(agent, situation, prefecture=prefecture, position=apres, nombre=TRANCHE):
            if envoyees >= LIGNES_MAX:
                phrase = _("Liste arrêtée à %(n)d dossiers. Choisissez une situation qui en a moins.")
                yield en_csv([[phrase % {"n": LIGNES_MAX}]])
                return
            aujourd_hui = timezone.localdate()
            # Before they leave: what may have been read is counted as read.
            envoyees += len(dossiers)
            yield en_csv([_cellules(ligne_de(demande, aujourd_hui)) for demande in dossiers])
            apres = Position.de(dossiers[-1], situation, apres=True)
    finally:
        finir_export(export_id=export_id, lignes=envoyees, maintenant=timezone.now())


def _entetes() -> tuple[str, ...]:
    return (
        _("Numéro"), _("Nom et prénoms"), _("Numéro étranger ou visa"), _("Titre demandé"), _("Nature"), _("État"),
        _("Depuis"), _("Déposée le"), _("Droits jusqu’au"), _("Agent"), _("Préfecture"), _("À savoir"),
    )  # fmt: skip


def _cellules(ligne: Ligne) -> list[str]:
    demande = ligne.demande
    return [
        ligne.numero, ligne.personne, demande.beneficiaire, ligne.titre, ligne.nature, ligne.etat,
        _jour(ligne.depuis), _jour(demande.deposee_le),
        date_format(demande.droits_jusqu_au, "d/m/Y") if demande.droits_jusqu_au else "", ligne.agent,
        demande.prefecture.nom, ", ".join(ligne.drapeaux),
    ]  # fmt: skip


def _jour(instant: datetime | None) -> str:
    return date_format(localtime(instant), "d/m/Y") if instant else ""


def en_csv(lignes: Iterable[Iterable[str]]) -> bytes:
    """Lines as a French spreadsheet reads them, every cell harmless."""
    texte = StringIO()
    csv.writer(texte, delimiter=";").writerows(
        [[sans_formule(cellule) for cellule in ligne] for ligne in lignes]
    )
    return texte.getvalue().encode()


def sans_formule(cellule: str) -> str:
    """`cellule` as text: what would start a formula, also after blanks, stands behind an apostrophe."""
    debut = next((c for c in cellule if not c.isspace() and unicodedata.category(c) not in INVISIBLES), "")
    if debut in DEBUTS_DE_FORMULE or cellule[:1] in BLANCS_DE_FORMULE:
        return f"'{cellule}"
    return cellule
