"""Each test process has its own Redis database, file storage and connections; each test, its own cache keys."""

import os
import secrets
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings

BASES_REDIS = 16
# Eight threads of a concurrency test, and those that watch them.
CONNEXIONS = 24

_jeton = secrets.token_hex(8)


def cle_de_cache(cle: str, prefixe: str, version: int) -> str:
    """Django's KEY_FUNCTION: no test sees what another one counted, and nothing has to be flushed."""
    return f"{_jeton}:{prefixe}:{version}:{cle}"


def renouveler_les_cles() -> None:
    """Forget whatever is in the cache."""
    global _jeton  # noqa: PLW0603 - Django calls the key function by its dotted path
    _jeton = secrets.token_hex(8)


def installer(config: pytest.Config) -> None:
    """Point settings and environment (for the processes that tests start) to places of this process alone."""
    ouvrier = getattr(config, "workerinput", {}).get("workerid", "")
    dossier = Path(tempfile.mkdtemp(prefix=f"portail-essai-{ouvrier}-"))
    config.add_cleanup(lambda: shutil.rmtree(dossier, ignore_errors=True))
    for nom in ("fichiers", "statiques"):
        (dossier / nom).mkdir()
    if ouvrier:
        settings.REDIS_URL = _base_suivante(settings.REDIS_URL, 1 + int(ouvrier.removeprefix("gw")))
    settings.CELERY_BROKER_URL = settings.REDIS_URL
    settings.CACHES["default"] |= {
        "LOCATION": settings.REDIS_URL,
        "KEY_FUNCTION": "tests.rigueur.cloison.cle_de_cache",
    }
    settings.DATABASES["default"]["OPTIONS"]["pool"]["max_size"] = CONNEXIONS
    settings.DOSSIER_FICHIERS = str(dossier / "fichiers")
    settings.STORAGES["default"]["OPTIONS"]["location"] = settings.DOSSIER_FICHIERS
    # No manifest: pages are tested without collecting files; tests/browser collects them for real.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT = str(dossier / "statiques")
    os.environ |= {"REDIS_URL": settings.REDIS_URL, "DOSSIER_FICHIERS": settings.DOSSIER_FICHIERS}


def _base_suivante(url: str, rang: int) -> str:
    """The same server, `rang` databases further."""
    parties = urlsplit(url)
    numero = int(parties.path.strip("/") or 0)
    return urlunsplit(parties._replace(path=f"/{(numero + rang) % BASES_REDIS}"))
