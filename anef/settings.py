"""Settings, read from the environment; docs/exploitation.md lists every variable.

Production is the default: without DEBUG or DEMONSTRATION the portal refuses to start on an unsafe
value, and `manage.py check --deploy` is clean.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env.bool("DEBUG", default=False)
# Demonstration: a banner on every page, mail and PDF, the page of caught mail, plain HTTP on loopback.
DEMONSTRATION = env.bool("DEMONSTRATION", default=DEBUG)
# Empty unless given: whatever needs it refuses to run, while the rules answer on the command line without.
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"] if DEMONSTRATION else [])
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "anef.apps.GestionConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "axes",
    "csp",
    "formtools",
    "django_countries",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "referentiels",
    "comptes",
    "attestations",
    "demandes",
    "assistance",
]

# Only an authorised body of the State may turn its identity on (DSFR terms of use). Otherwise the stylesheet
# composed from django-dsfr's components is enough, and its 17 MB of files need not be collected.
IDENTITE_ETAT = env.bool("IDENTITE_ETAT", default=False)
if IDENTITE_ETAT:
    INSTALLED_APPS += ["widget_tweaks", "dsfr"]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "anef.journalisation.RequeteMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "anef.cache_prive.CachePriveMiddleware",
    "comptes.prolongation.ProlongationMiddleware",
    "comptes.reprise.RepriseMiddleware",
    "comptes.acces.AccesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "comptes.limites.LimitesMiddleware",
]

ROOT_URLCONF = "anef.urls"
WSGI_APPLICATION = "anef.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "anef.contexte.portail",
            ],
        },
    },
]
# Project templates come before those of django.forms.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": env.db_url(
        "DATABASE_URL", default="postgres://127.0.0.1/anef", engine="django.db.backends.postgresql"
    )
}
DATABASES["default"]["OPTIONS"] = {
    "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL", default=4), "timeout": 10},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        # A silent Redis must not hold a page: limits let people through when it does not answer.
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 1},
    }
}

AUTH_USER_MODEL = "comptes.Compte"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "comptes.authentification.IdentifiantBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["identifiant", "nom", "prenoms", "email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "comptes:connexion"
LOGIN_REDIRECT_URL = "demandes:espace"
LOGOUT_REDIRECT_URL = "demandes:accueil"
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=1).total_seconds())
# Five failures for one identifier from one address lock that pair for ten minutes.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=10)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "comptes.vues.connexion.trop_d_essais"
AXES_USERNAME_FORM_FIELD = "username"
AXES_CLIENT_IP_CALLABLE = "referentiels.limites.adresse_ip"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_VERBOSE = False

# A telephone keeps the time: one step of 30 seconds on either side is enough, and no drift is remembered.
OTP_TOTP_SYNC = False

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = int(timedelta(hours=2).total_seconds())
# Staff see other people's lives: their session ends sooner, and the second factor is asked again each day.
SESSION_AGENTS_MINUTES = env.int("SESSION_AGENTS_MINUTES", default=30)
SECOND_FACTEUR_HEURES = env.int("SECOND_FACTEUR_HEURES", default=12)
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "anef.erreurs.page_perimee"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
)
if not DEMONSTRATION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    # The load balancer's probes speak plain HTTP.
    SECURE_REDIRECT_EXEMPT = [r"^sante/"]
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=BASE_DIR / "staticfiles")
STATICFILES_DIRS = [BASE_DIR / "static"]
DOSSIER_FICHIERS = env.path("DOSSIER_FICHIERS", default=BASE_DIR / ".donnees" / "fichiers")
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": str(DOSSIER_FICHIERS),
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# A file above this size is streamed to a temporary file, so that an upload never sits in memory.
FILE_UPLOAD_HANDLERS = [
    "demandes.vues.plafond.PlafondTeleversement",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
# More than a pièce may hold: choosing too many photos gets a sentence of its own, not the page of bad requests.
DATA_UPLOAD_MAX_NUMBER_FILES = 100

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="smtp://127.0.0.1:25")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default="Portail BPI <ne-pas-repondre@portail-bpi.example>"
)
# Folder where bin/serve's mail catcher keeps what it received; read by the demonstration mail page.
COURRIELS_DEMONSTRATION = env.str("DEMO_MAILDIR", default="")

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_TASK_TIME_LIMIT = 150
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A dead broker must not hold a web request: the nudge gives up at once, beat's sweep does the work.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "retry_on_timeout": False,
    "max_retries": 0,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BEAT_SCHEDULE = {
    "produire-les-attestations": {"task": "attestations.tasks.balayer_attestations", "schedule": 30.0},
    "envoyer-les-courriels": {"task": "comptes.tasks.balayer_courriels", "schedule": 30.0},
    "traiter-les-fichiers": {"task": "demandes.tasks.balayer_fichiers", "schedule": 30.0},
    "executer-les-lots": {"task": "demandes.tasks.balayer_lots", "schedule": 30.0},
    "effacer-les-orphelins": {"task": "demandes.tasks.balayer_orphelins", "schedule": 6 * 3600.0},
    "envoyer-les-rappels": {"task": "demandes.tasks.envoyer_rappels", "schedule": 3600.0},
    "purger-les-inscriptions": {"task": "comptes.tasks.purger", "schedule": 24 * 3600.0},
    "prolonger-les-apd": {"task": "demandes.tasks.prolonger_les_apd", "schedule": 600.0},
    "reverifier-les-ephotos": {"task": "demandes.tasks.reverifier_ephotos", "schedule": 3600.0},
    # Every hour, though each counts in days: a beat that starts again never waits a day to catch up.
    "relancer-les-complements": {"task": "demandes.tasks.relancer_les_complements", "schedule": 3600.0},
    "relancer-les-retraits": {"task": "demandes.tasks.relancer_les_retraits", "schedule": 3600.0},
    "signaler-les-delais": {"task": "demandes.tasks.signaler_les_delais", "schedule": 3600.0},
    "effacer-les-brouillons": {"task": "demandes.tasks.effacer_les_brouillons", "schedule": 3600.0},
    "changer-les-adresses-perdues": {
        "task": "demandes.tasks.traiter_les_adresses_perdues",
        "schedule": 600.0,
    },
    "rappeler-les-echeances": {"task": "demandes.tasks.rappeler_les_echeances", "schedule": 3600.0},
    "demander-les-etats-civils": {"task": "demandes.tasks.demander_les_etats_civils", "schedule": 3600.0},
}

# The outside world: each a protocol with a local default, replaced by a dotted path as EMAIL_BACKEND is.
SERVICE_AGDREF = env.str("SERVICE_AGDREF", default="referentiels.agdref.AgdrefLocal")
SERVICE_EPHOTO = env.str("SERVICE_EPHOTO", default="referentiels.ephoto.EphotoLocale")
SERVICE_TIMBRES = env.str("SERVICE_TIMBRES", default="referentiels.timbres.TimbresLocaux")
SERVICE_TARIFS = env.str("SERVICE_TARIFS", default="referentiels.tarifs.TarifsLocaux")
SERVICE_TERRITOIRE = env.str("SERVICE_TERRITOIRE", default="referentiels.territoire.TerritoireLocal")

# Who signs the 2D-Doc of attestations, and where keys and certificates lie: outside the repository, and backed up.
SIGNATAIRE_2DDOC = env.str("SIGNATAIRE_2DDOC", default="attestations.signataires.SignataireFichier")
DOSSIER_2DDOC = env.path("DOSSIER_2DDOC", default=BASE_DIR / ".donnees" / "2ddoc")
PHRASE_2DDOC = env.str("PHRASE_2DDOC", default="")

TELEPHONE_CCC = "0 806 001 620"

LOGGING_CONFIG = "anef.journalisation.configurer"
LOGGING = {"level": env.str("LOG_LEVEL", default="INFO")}
