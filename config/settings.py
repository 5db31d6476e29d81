"""Every setting, read from top to bottom; those of signing in are in config/sign_in.py."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlparse

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import env

BASE_DIR = Path(__file__).resolve().parent.parent

# One of three: a demonstration (invented people, moved clock), tests, production.
MODE = env.text("THROUGHLINE_MODE", "production")
if MODE not in {"demonstration", "test", "production"}:
    raise ImproperlyConfigured("Set THROUGHLINE_MODE to demonstration, test or production.")
DEMONSTRATION = MODE == "demonstration"
TEST = MODE == "test"
PRODUCTION = MODE == "production"
DEBUG = env.flag("THROUGHLINE_DEBUG")
# Whether what was written once as SQL is written anew too each time it is asked, and refuses where it differs: the tests do so.
QUESTIONS_ARE_COMPARED = False

DEFAULT_KEY = "for-demonstration-and-tests-only-not-a-secret-" + "0123456789" * 3
SECRET_KEY = env.text("SECRET_KEY", None if PRODUCTION else DEFAULT_KEY)
if PRODUCTION and SECRET_KEY == DEFAULT_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY to a key of your own before serving real people.")
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("THROUGHLINE_DEBUG shows records to strangers: turn it off.")

ALLOWED_HOSTS = env.text("ALLOWED_HOSTS", None if PRODUCTION else "*").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in env.text("TRUSTED_ORIGINS", "").split(",") if o]
SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")

VAR = Path(env.text("THROUGHLINE_VAR", str(BASE_DIR / "var")))
FILES = Path(env.text("THROUGHLINE_FILES", str(VAR / "files")))
MAIL_FILES = VAR / "mail"
# The demonstration's clock: the day (or moment) it shows, and the real one at which that was chosen.
CLOCK_TODAY = "" if PRODUCTION else env.text("THROUGHLINE_TODAY", "")
CLOCK_SET_ON = env.text("THROUGHLINE_CLOCK_SET_ON", "")
VERSION = "1.0"

INSTALLED_APPS = [
    "core",
    "referrals",
    "panels",
    "contracts",
    "kpis",
    "config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "axes",
    "csp",
    "crispy_forms",
    "django_filters",
    "django_htmx",
]

MIDDLEWARE = [
    # First those that add headers, so that static files and redirects carry them too.
    "csp.middleware.CSPMiddleware",
    "core.middleware.Headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "core.middleware.RefuseNul",
    "core.middleware.ExpireSessions",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.middleware.ActingRole",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "core.middleware.SecondFactor",
    "core.middleware.History",
    "core.middleware.TryAgain",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
APPEND_SLASH = False
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.navigation.frame",
            ],
        },
    }
]

# PostgreSQL and nothing else. The second address is the owner's, for migrations and disposal.


def _postgres(address: str) -> dict:
    """Django's database settings from a postgres:// address.

    `?host=` names a socket's folder, and `?sslmode=` and `?sslrootcert=` say how far to trust.
    """
    url = urlparse(address)
    query = parse_qs(url.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": query.get("host", [url.hostname or ""])[0],
        "PORT": str(url.port or query.get("port", [""])[0]),
        "CONN_MAX_AGE": 0 if TEST else 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {name: query[name][0] for name in ("sslmode", "sslrootcert") if name in query}
        | {
            "options": "-c default_transaction_isolation=read\\ committed"
            f" -c statement_timeout={env.number('STATEMENT_TIMEOUT_MS', 30_000)}"
            f" -c lock_timeout={env.number('LOCK_TIMEOUT_MS', 10_000)}"
            " -c max_parallel_workers_per_gather=0 -c jit=off"  # a page waits longer for helpers and compilers than they save it
            " -c random_page_cost=1.1"  # most is in memory, or on disks without arms: looking a row up costs little more than reading on
        },
        "TEST": {"NAME": env.text("THROUGHLINE_TEST_DB", "test_throughline")},
    }


DATABASES = {"default": _postgres(env.text("DATABASE_URL"))}
DATABASE_OWNER_URL = env.text("DATABASE_OWNER_URL", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The queue. Time-outs everywhere: a silent queue must never hold anybody up.
REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:6379/0")
_socket = urlparse(REDIS_URL)
_number = parse_qs(_socket.query).get("db", ["0"])[0]
CELERY_BROKER_URL = (
    f"redis+socket://{_socket.path}?virtual_host={_number}" if _socket.scheme == "unix" else REDIS_URL
)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
}
# Work whose worker died comes round again when its lease has run out.
OUTBOX_LEASE_SECONDS = env.number("OUTBOX_LEASE_SECONDS", 60)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/London"

# People: accounts, second factors and guesses.
from config.sign_in import *  # noqa: E402, F403

DEVICE_COOKIE_NAME = "__Host-device" if PRODUCTION else "device"

# Sessions: core.middleware.ExpireSessions keeps both ends. The cookie lives on to tell whose words came too late.
SESSION_IDLE = timedelta(minutes=30)
SESSION_LONGEST = timedelta(hours=12)
SESSION_COOKIE_AGE = 7 * 24 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "core.views.errors.csrf_failed"
if PRODUCTION:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Pages.
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR / "static" if PRODUCTION else None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = False
CRISPY_TEMPLATE_PACK = CRISPY_ALLOWED_TEMPLATE_PACKS = "house"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FORM_RENDERER = "core.widgets.HouseWidgets"

# The post: files under var/ in a demonstration, a mail server in production.
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if PRODUCTION else "core.mail.FileBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", PRODUCTION)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "throughline@localhost")
BOUNCE_MAILBOX = env.text("BOUNCE_MAILBOX", "")  # core/bounce_box.py; without it they are recorded by hand

# GOV.UK Notify, beside the mail server: with a key, letters without an invitation go by it.
NOTIFY_API_KEY = env.text("NOTIFY_API_KEY", "")
NOTIFY_TEMPLATE = env.text("NOTIFY_TEMPLATE", "")
NOTIFY_URL = env.text("NOTIFY_URL", "https://api.notifications.service.gov.uk")

# Where the help pages send people when something goes wrong.
SUPPORT = {
    "name": env.text("SUPPORT_NAME", "Your council’s service desk"),
    "contact": env.text("SUPPORT_CONTACT", "01632 960100" if DEMONSTRATION else ""),
    "hours": env.text("SUPPORT_HOURS", "Monday to Friday, 8:30am to 5pm" if DEMONSTRATION else ""),
}

# The virus scanner: tcp://host:3310 or unix:///path/to/clamd.sock; without one, pages say that files are not checked.
CLAMD_URL = env.text("CLAMD_URL", "")

# Every version of the rows that matter, written by triggers, never edited.
PGHISTORY_APPEND_ONLY = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "axes": {"level": "WARNING"},
        "fido2": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
