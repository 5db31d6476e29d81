"""A project with Django's own apps alone, one page and one signed-in person's worth of middleware: what starting costs without us."""

import os
from urllib.parse import parse_qs, urlparse

from django.conf import settings
from django.core.wsgi import get_wsgi_application

MIDDLEWARE = ["security.SecurityMiddleware", "common.CommonMiddleware", "csrf.CsrfViewMiddleware", "clickjacking.XFrameOptionsMiddleware"]


def configure(address: dict) -> None:
    """Django's settings: the contrib apps and the same database."""
    settings.configure(
        SECRET_KEY="bare", ALLOWED_HOSTS=["*"], ROOT_URLCONF="tests.bench.peers.bare_urls", DATABASES={"default": address}, USE_TZ=True,
        INSTALLED_APPS=[f"django.contrib.{name}" for name in ("auth", "contenttypes", "sessions", "messages", "staticfiles", "admin")],
        MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
                    "django.contrib.messages.middleware.MessageMiddleware", *(f"django.middleware.{name}" for name in MIDDLEWARE)],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
                    "OPTIONS": {"context_processors": ["django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
                                                       "django.contrib.messages.context_processors.messages"]}}],
        STATIC_URL="/static/",
    )  # fmt: skip


def start():
    """The application, ready to answer."""
    url = urlparse(os.environ["DATABASE_URL"])
    host = parse_qs(url.query).get("host", [url.hostname])[0]
    configure({"ENGINE": "django.db.backends.postgresql", "NAME": url.path[1:], "USER": url.username, "HOST": host})
    return get_wsgi_application()
