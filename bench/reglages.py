"""The portal's settings with the baselines beside it: same server, same database, same middleware and a counter."""

from anef.settings import *  # noqa: F403 - the portal as it is, baselines added
from anef.settings import BASE_DIR, INSTALLED_APPS, MIDDLEWARE, TEMPLATES

ROOT_URLCONF = "bench.adresses"
INSTALLED_APPS = [*INSTALLED_APPS, *(app for app in ("widget_tweaks", "dsfr") if app not in INSTALLED_APPS)]
MIDDLEWARE = ["bench.comptage.ComptageMiddleware", *MIDDLEWARE]
TEMPLATES = [{**TEMPLATES[0], "DIRS": [*TEMPLATES[0]["DIRS"], BASE_DIR / "bench" / "gabarits"]}]
# What django-dsfr asks of every project; without it each form raises a warning.
DSFR_MARK_OPTIONAL_FIELDS = True
