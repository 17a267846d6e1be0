"""Templates: each one used, each one found, each link known, each French text translatable."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.urls import get_resolver

from demandes.parcours import ETAPES
from tests.structure.arbre import gabarits, lire, python, sans_commentaires

GABARITS = gabarits()
NOM = re.compile(r"""["']([a-z0-9_/.-]+\.(?:html|txt))["']""")
# Names made when the program runs: how they are made, and what in the code stands for the variable part.
FAMILLES = {
    re.compile(r"courriels/(\w+)/(?:objet|texte)\.txt"): '"{}"',
    re.compile(r"notifications/(\w+)\.html"): '"{}"',
    re.compile(r"attestations/(\w+/v\d+)\.html"): '"{}"',
    re.compile(r"demandes/parcours/(\w+)\.html"): '"{}"',
    re.compile(r"assistance/(\w+)\.html"): '"{}"',
}
# Django's admin finds these by their place.
PAR_LEUR_PLACE = re.compile(r"^admin/")


def _code() -> dict[Path, str]:
    return {chemin: lire(chemin) for chemin in python()}


def _cites() -> set[str]:
    textes = [*_code().values(), *(sans_commentaires(lire(chemin)) for chemin in GABARITS.values())]
    return {nom for texte in textes for nom in NOM.findall(texte)}


def _d_une_famille(nom: str) -> bool:
    for motif, trace in FAMILLES.items():
        if trouve := motif.fullmatch(nom):
            cherche = trace.format(trouve[1])
            return any(cherche in texte for texte in _code().values())
    return False


def test_no_template_is_unused():
    cites = _cites()
    assert not [
        nom
        for nom in GABARITS
        if nom not in cites and not _d_une_famille(nom) and not PAR_LEUR_PLACE.match(nom)
    ]


@pytest.mark.parametrize("nom", sorted(GABARITS))
def test_every_template_compiles_and_finds_what_it_includes(nom):
    get_template(nom)
    texte = sans_commentaires(lire(GABARITS[nom]))
    for cite in re.findall(r"""{% (?:include|extends) ["']([^"']+)["']""", texte):
        get_template(cite)


def test_every_template_that_the_code_names_exists():
    absents = []
    # Names that the form renderer answers with a function instead of a file.
    dessines = {nom for texte in _code().values() for nom in re.findall(r'"([\w/]+\.html)": _\w+,', texte)}
    for chemin, texte in _code().items():
        for nom in re.findall(r"""["']([a-z0-9_]+/[a-z0-9_/.-]+\.(?:html|txt))["']""", texte):
            if nom in dessines:
                continue
            try:
                get_template(nom)
            except Exception as erreur:  # noqa: BLE001 - whatever is wrong with it is the answer
                absents.append(f"{chemin} : {nom} ({type(erreur).__name__})")
    assert not absents


@pytest.mark.parametrize("etape", ETAPES)
def test_every_step_has_its_template(etape):
    get_template(f"demandes/parcours/{etape}.html")


def test_every_address_named_in_a_template_exists():
    connus = _noms_d_adresses()
    inconnus = []
    for nom, chemin in GABARITS.items():
        for cite in re.findall(r"""{% url ["']([^"']+)["']""", sans_commentaires(lire(chemin))):
            if cite not in connus:
                inconnus.append(f"{nom} : {cite}")
    assert not inconnus


def _noms_d_adresses(resolveur=None, espace: str = "") -> set[str]:
    resolveur = resolveur or get_resolver()
    noms = {f"{espace}{nom}" for nom in resolveur.reverse_dict if isinstance(nom, str)}
    for nom, (_chemin, dessous) in resolveur.namespace_dict.items():
        noms |= _noms_d_adresses(dessous, f"{espace}{nom}:")
    return noms


def test_every_static_file_named_in_a_template_exists():
    absents = []
    for nom, chemin in GABARITS.items():
        for cite in re.findall(r"""{% static ["']([^"']+)["']""", sans_commentaires(lire(chemin))):
            # The DSFR's own files are collected under the State's identity only.
            if not cite.startswith("dsfr/") and finders.find(cite) is None:
                absents.append(f"{nom} : {cite}")
    assert not absents


def test_every_form_that_posts_carries_its_token():
    sans_jeton = []
    for nom, chemin in GABARITS.items():
        for formulaire in re.findall(
            r"""<form[^>]*method="post".*?</form>""", lire(chemin), flags=re.DOTALL | re.IGNORECASE
        ):
            if "{% csrf_token %}" not in formulaire:
                sans_jeton.append(nom)
    assert not sans_jeton


def test_no_page_holds_inline_script_or_style():
    """The content security policy refuses them: they would do nothing."""
    fautes = []
    for nom, chemin in GABARITS.items():
        # PDFs and mails are not pages of the portal.
        if nom.startswith(("attestations/", "courriels/")) and nom != "attestations/indisponible.html":
            continue
        texte = sans_commentaires(lire(chemin))
        if re.search(
            r"""<style|<script(?![^>]*\bsrc=)|\sstyle=["']|\son[a-z]+=["']|javascript:""", texte, re.I
        ):
            fautes.append(nom)
    assert not fautes


# --- texts -----------------------------------------------------------------------------------------------

BALISES = re.compile(
    r"{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}|{%.*?%}|{{.*?}}", re.DOTALL | re.IGNORECASE
)
HTML = re.compile(
    r"<(style|script|svg)\b.*?</\1>|<!--.*?-->|<[^>]*>|&[a-z#0-9]+;|\\?\w+=\w*", re.DOTALL | re.IGNORECASE
)
# The documents that the law words: French only, and frozen with their version.
DOCUMENTS_FIGES = re.compile(r"attestations/\w+/v\d+\.html")
# A number, a unit or a code alone is the same in every language.
MOT = re.compile(r"[A-Za-zÀ-ÿ’']{3,}")
NOMS_PROPRES = frozenset({
    "Portail", "BPI", "ANEF", "AGDREF", "OFPRA", "APD", "PDF", "JPEG", "JPG", "PNG", "HEIC", "WebP", "CCC",
    "DSFR", "SPECIMEN", "France", "RGAA", "WCAG", "DCEM",
})  # fmt: skip


def test_the_french_of_the_templates_is_translatable():
    nus = []
    for nom, chemin in GABARITS.items():
        if nom.startswith("admin/") or DOCUMENTS_FIGES.fullmatch(nom):
            continue
        reste = HTML.sub(" ", BALISES.sub(" ", sans_commentaires(lire(chemin))))
        mots = [mot for mot in MOT.findall(reste) if mot not in NOMS_PROPRES]
        if mots:
            nus.append(f"{nom} : {' '.join(mots[:8])}")
    assert not nus


# --- mails and notifications ------------------------------------------------------------------------------


def _types(fonctions: str) -> set[str]:
    """The literal `type` given to calls of these functions."""
    appels = rf"\b(?:{fonctions})\((?:[^()]|\([^()]*\))*?type=([^,\n]+)"
    trouves: set[str] = set()
    for texte in _code().values():
        for expression in re.findall(appels, texte):
            trouves |= set(re.findall(r'"([a-z_]+)"', expression))
    return trouves


def test_every_mail_has_its_subject_and_its_text():
    types = _types("avertir|envoyer_seul|prevenir")
    assert types
    for type_ in types:
        get_template(f"courriels/{type_}/objet.txt")
        get_template(f"courriels/{type_}/texte.txt")


def test_every_notification_has_its_words():
    for type_ in _types("avertir|prevenir"):
        get_template(f"notifications/{type_}.html")


def test_no_subject_of_a_mail_prints_a_value():
    """A subject is shown on locked screens: no personal data in it."""
    assert not [
        nom
        for nom, chemin in GABARITS.items()
        if nom.endswith("/objet.txt") and "{{" in sans_commentaires(lire(chemin))
    ]
