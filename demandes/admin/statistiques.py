"""The page of figures of the agent's prefectures, with plots drawn by the server (R-INSTR-2)."""

from datetime import date
from itertools import pairwise
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from demandes import statistiques as chiffres
from demandes.admin.acces import reserve
from demandes.admin.graphiques import barres, courbes
from demandes.etats import OUVERTS
from demandes.models import ETATS_LIBELLES
from demandes.regles.dates import ajouter_mois
from demandes.regles.textes import TITRES
from demandes.requetes import prefectures_de_l_agent
from demandes.statistiques import AGES_MOIS, Delais, Periode

# Months that can be chosen, and those shown at first.
MOIS_CHOISIS, MOIS_MONTRES = 36, 12


@reserve()
def statistiques(request: HttpRequest) -> HttpResponse:
    """The figures of one prefecture or of all the agent's, over the months asked for, for one permit or all."""
    prefectures = list(prefectures_de_l_agent(request.user).order_by("pk"))
    choisie = [p for p in prefectures if p.pk == request.GET.get("prefecture", "")]
    codes = [p.pk for p in choisie or prefectures]
    mois = _mois_possibles(timezone.localdate())
    periode = _periode(request, mois)
    titre = request.GET.get("titre", "")
    if titre not in TITRES:
        titre = ""
    return TemplateResponse(
        request,
        "admin/demandes/demande/statistiques.html",
        {
            **admin.site.each_context(request),
            "title": _("Statistiques"),
            "prefectures": prefectures,
            "choisie": choisie[0] if choisie else None,
            "mois": [(_code(m), _nom(m)) for m in reversed(mois)],
            "de": _code(periode.debut),
            "a": _code(periode.fin),
            "titres": [(str(code), capfirst(_(texte.nom))) for code, texte in TITRES.items()],
            "titre": titre,
            "stock": _stock(codes),
            "ages": _ages(codes),
            "decision": _delais(codes, periode, "decision", titre),
            "remise": _delais(codes, periode, "remise", titre),
            "renouvellements": _renouvellements(codes, periode),
            "complements": _complements(codes, periode),
        },
    )


def _mois_possibles(aujourd_hui: date) -> list[date]:
    ce_mois = aujourd_hui.replace(day=1)
    return [ajouter_mois(ce_mois, rang) for rang in range(1 - MOIS_CHOISIS, 1)]


def _periode(request: HttpRequest, mois: list[date]) -> Periode:
    """The months asked for, put in order; the last ones when they are none that can be chosen."""
    par_code = {_code(m): m for m in mois}
    debut = par_code.get(request.GET.get("de", ""), mois[-MOIS_MONTRES])
    fin = par_code.get(request.GET.get("a", ""), mois[-1])
    return Periode(min(debut, fin), max(debut, fin))


def _stock(prefectures: list[str]) -> dict[str, Any]:
    nombres = chiffres.stock_par_etat(prefectures)
    valeurs = [(str(nom), nombres.get(etat, 0)) for etat, nom in ETATS_LIBELLES if etat in OUVERTS]
    return {
        "total": sum(nombres.values()),
        "graphique": barres("stock", _("Dossiers ouverts, par état"), valeurs),
        "lignes": valeurs,
    }


def _ages(prefectures: list[str]) -> dict[str, Any]:
    nombres = chiffres.age_du_stock(prefectures, timezone.now())
    noms = [
        _("Moins d’un mois"),
        *(_("%(de)d à %(a)d mois") % {"de": de, "a": a} for de, a in pairwise(AGES_MOIS)),
        _("%(n)d mois et plus") % {"n": AGES_MOIS[-1]},
    ]
    valeurs = list(zip(noms, nombres, strict=True))
    return {
        "total": sum(nombres),
        "graphique": barres("ages", _("Dossiers à décider, par âge depuis le dépôt"), valeurs),
        "lignes": valeurs,
    }


def _delais(prefectures: list[str], periode: Periode, jusqu_a: str, titre: str) -> dict[str, Any]:
    par_titre = chiffres.delais(prefectures, periode, jusqu_a=jusqu_a, par="titre", titre=titre)
    par_mois = chiffres.delais(prefectures, periode, jusqu_a=jusqu_a, par="mois", titre=titre)
    du_mois = [par_mois.get(m, Delais()) for m in periode.mois]
    return {
        "par_titre": [(capfirst(_(TITRES[code].nom)), delai) for code, delai in sorted(par_titre.items())],
        "par_mois": list(zip([_nom(m) for m in periode.mois], du_mois, strict=True)),
        "nombre": sum(delai.nombre for delai in du_mois),
        "graphique": courbes(
            jusqu_a,
            {
                "decision": _("Du dépôt à la décision, en jours, par mois de décision"),
                "remise": _("Du dépôt à la remise de la carte, en jours, par mois de remise"),
            }[jusqu_a],
            [date_format(m, "m/y") for m in periode.mois],
            [
                (_("Médiane"), "plein", [delai.mediane for delai in du_mois]),
                (_("9 dossiers sur 10"), "tirets", [delai.centile90 for delai in du_mois]),
            ],
        ),
    }


def _renouvellements(prefectures: list[str], periode: Periode) -> dict[str, Any]:
    nombres = chiffres.apd_renouvelees(prefectures, periode)
    valeurs = [(_nom(m), nombres.get(m, 0)) for m in periode.mois]
    return {
        "total": sum(nombres.values()),
        "graphique": barres("renouvellements", _("APD renouvelées, par mois"), valeurs),
        "lignes": valeurs,
    }


def _complements(prefectures: list[str], periode: Periode) -> dict[str, Any]:
    avec, tous = chiffres.part_des_complements(prefectures, periode)
    return {"avec": avec, "tous": tous, "part": 100 * avec / tous if tous else None}


def _code(mois: date) -> str:
    return f"{mois:%Y-%m}"


def _nom(mois: date) -> str:
    return date_format(mois, "F Y")
