"""Compose the portal's one stylesheet from the DSFR components that it uses.

The whole DSFR weighs 150 kB compressed, carries the State's typeface and colours, and asks for one file
per icon. The portal keeps the components that its pages use, drops the State's identity (reserved by the
DSFR's terms of use), writes each icon once as a custom property, and adds its own tokens. The result is
committed; a test says when it is out of date.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import dsfr
import tinycss2
from django.conf import settings

DSFR = Path(dsfr.__file__).parent / "static" / "dsfr" / "dist"
SOURCES = Path(settings.BASE_DIR) / "static" / "portail" / "sources"
RESULTAT = Path(settings.BASE_DIR) / "static" / "portail" / "portail.css"

COMPOSANTS = (
    "alert", "badge", "breadcrumb", "button", "callout", "checkbox", "form", "highlight",
    "input", "link", "notice", "radio", "select", "skiplink", "stepper", "summary", "tile", "upload",
)  # fmt: skip
# Class families that no page uses. What remains is documented in docs/interface.md.
EXCLUS = re.compile(
    r"""\.fr-(?:
        artwork | badges?-group | btns-group--(?:lg|md|sm|icon) | callout-- | card | col-(?:\w+-)?offset | collaps
        | btn--(?:close|tooltip|account|team|briefcase|fullscreen|display|sort|reset) | col-(?:sm|xl)
        | connect | consent | container-(?:sm|md|lg|xl) | display | enlarge-button | fi- | grid-row-(?:sm|md)
        | fieldset__element--(?:year|month|day|number|postal) | grid-row-(?:lg|xl) | hidden-(?:sm|xl)
        | highlight-- | hr-or | icon-- | label--(?:info|success) | link--(?:close|download|align)
        | message--(?:valid|info) | modal | no-js | notice--(?:attack|witness|kidnapping|cyberattack|no-icon)
        | [mp][tblrxy]?-(?:first|last|sm|md|lg|xl|auto|n\d|\d+-5v|\d+v|1[0-9]w) | password | placement
        | radio-rich | range | ratio | responsive | scroll | segmented | sr-only- | toggle | unhidden
        | text--(?:light|heavy|alt) | text-(?:color|inverted) | tile--(?:vertical|horizontal|download)
        | tile__(?:header|pictogram|img)
    )
    | -(?:group|input|select|fieldset)--(?:valid|info) | \[data-fr-theme=dark\] | \[data-fr-scrolling\]""",
    re.VERBOSE,
)
ICONE = re.compile(r"url\((?:\.\./)+icons/([\w-]+/[\w-]+)\.svg\)")
LECTURE = re.compile(r"var\(\s*(--[\w-]+)")
DEFINITION = re.compile(r"""(?<=[{;])\s*(--[\w-]+):(?:"[^"]*"|'[^']*'|[^;{}"'])*;?""")
RUBRIQUE = """/* Composed by `manage.py composer_styles`: change static/portail/sources, not this file.
 * Components: DSFR, SPDX-License-Identifier: MIT, without the State's typeface, logo and colours. */
"""


def composer() -> str:
    """Give the text of the stylesheet; raises `FileNotFoundError` when django-dsfr lacks a component."""
    morceaux = [DSFR / "core" / "core.main.min.css"]
    morceaux += [DSFR / "component" / nom / f"{nom}.main.min.css" for nom in COMPOSANTS]
    propres = [SOURCES / "identite.css", SOURCES / "habillage.css"]
    regles = [regle for fichier in morceaux + propres for regle in _regles(fichier.read_text())]
    regles = list(_sans_proprietes_inutiles(regles))
    icones: dict[str, str] = {}
    texte = ICONE.sub(lambda trouve: _icone(trouve[1], icones), "\n".join(filter(None, regles)))
    definitions = ":root{" + ";".join(f"{nom}:{valeur}" for nom, valeur in sorted(icones.items())) + "}\n"
    return RUBRIQUE + definitions + texte + "\n"


def _regles(source: str) -> Iterator[str]:
    """Yield each kept rule of a stylesheet as one line."""
    for regle in tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True):
        if texte := _regle(regle):
            yield texte


def _regle(regle: tinycss2.ast.Node) -> str:
    if regle.type == "at-rule":
        entete = tinycss2.serialize(regle.prelude).strip()
        if regle.at_keyword == "font-face" or regle.content is None:
            return ""
        if regle.at_keyword != "media":
            return tinycss2.serialize([regle])
        dedans = tinycss2.parse_rule_list(regle.content, skip_comments=True, skip_whitespace=True)
        interieur = "".join(_regle(enfant) for enfant in dedans)
        return f"@media {entete}{{{interieur}}}" if interieur else ""
    selecteurs = [s for s in _selecteurs(regle.prelude) if not EXCLUS.search(s)]
    corps = tinycss2.serialize([noeud for noeud in regle.content if noeud.type != "comment"]).replace(
        "font-family:Marianne,arial,sans-serif", "font-family:var(--police)"
    )
    corps = re.sub(r"\s*\n\s*", "", corps).strip()
    return f"{','.join(selecteurs)}{{{corps}}}" if selecteurs and corps else ""


def _selecteurs(prelude: Iterable[tinycss2.ast.Node]) -> Iterator[str]:
    """Split a selector list at its own commas, not at those inside `:not(…)`."""
    courant: list[tinycss2.ast.Node] = []
    for noeud in prelude:
        if noeud == ",":
            yield tinycss2.serialize(courant).strip()
            courant = []
        else:
            courant.append(noeud)
    yield tinycss2.serialize(courant).strip()


def _sans_proprietes_inutiles(regles: list[str]) -> Iterator[str]:
    """Drop the custom properties that nothing reads, until none is left."""
    while True:
        lues = {nom for regle in regles for nom in LECTURE.findall(regle)}
        inutiles = {nom for regle in regles for nom in DEFINITION.findall(regle)} - lues
        if not inutiles:
            yield from regles
            return
        regles = [_sans(inutiles, regle) for regle in regles]


def _sans(inutiles: set[str], regle: str) -> str:
    allegee = DEFINITION.sub(lambda trouve: "" if trouve[1] in inutiles else trouve[0], regle)
    return "" if re.fullmatch(r"[^{}]*\{\s*\}", allegee) else allegee


def _icone(nom: str, icones: dict[str, str]) -> str:
    """Keep an icon once, as a data URL in a custom property, and give the reference to it."""
    propriete = "--icone-" + nom.rpartition("/")[2]
    svg = (DSFR / "icons" / f"{nom}.svg").read_text().strip().replace('"', "'")
    chiffre = quote(svg, safe=" '/:=,;()&!~*.-+")
    icones[propriete] = f'url("data:image/svg+xml,{chiffre}")'
    return f"var({propriete})"
