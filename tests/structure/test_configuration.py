"""Settings and documentation tell the same."""

import re
from pathlib import Path

from tests.structure.arbre import fichiers, lire

VARIABLE = re.compile(r"""env(?:\.\w+)?\(\s*["']([A-Z_]+)["']""")


def test_every_variable_of_the_settings_is_documented():
    variables = set(VARIABLE.findall(lire(Path("anef/settings.py"))))
    page = lire(Path("docs/exploitation.md"))
    assert variables
    assert not {nom for nom in variables if f"`{nom}`" not in page}


def test_no_other_file_of_the_portal_reads_the_environment():
    """One page lists what can be set: settings.py alone asks for it."""
    permis = {"anef/settings.py", "anef/celery.py", "anef/wsgi.py", "manage.py"}
    # It passes the environment on, without the secrets, to the process that opens people's files.
    permis |= {"referentiels/isolement.py"}
    assert not [
        str(chemin)
        for chemin in fichiers()
        if chemin.suffix == ".py"
        and chemin.parts[0] not in {"tests", "bin", "bench"}
        and re.search(r"os\.environ|os\.getenv|environ\.Env", lire(chemin))
        and str(chemin) not in permis
    ]


def test_every_link_of_the_documentation_leads_somewhere():
    perdus = []
    for chemin in fichiers():
        if chemin.suffix != ".md":
            continue
        for lien in re.findall(r"\]\(([^)#\s]+)", lire(chemin)):
            if "://" not in lien and not lien.startswith(("/", "mailto:")):
                cible = Path(*chemin.parts[:-1], lien)
                normal = Path(re.sub(r"[^/]+/\.\./", "", cible.as_posix()))
                if normal not in fichiers() and not any(normal in f.parents for f in fichiers()):
                    perdus.append(f"{chemin} : {lien}")
    assert not perdus
