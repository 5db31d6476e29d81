"""The product's settings for measuring: as it is served, with the peers' address and Django's admin beside it."""

import os

os.environ["THROUGHLINE_MODE"] = "test"

from config.settings import *  # noqa: F403

DEBUG = False
ROOT_URLCONF = "tests.bench.peers.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin", "rest_framework"]  # noqa: F405
AXES_ENABLED = False
DATABASES["default"]["CONN_MAX_AGE"] = 600  # noqa: F405 - as it is served, and not as tests have it
DATABASES["small"] = {**DATABASES["default"], "NAME": os.environ.get("BENCH_SMALL", DATABASES["default"]["NAME"])}  # noqa: F405
DATABASES["plain"] = {**DATABASES["default"], "NAME": "bench_plain"}  # noqa: F405
EMAIL_BACKEND = "core.mail.FileBackend"
LOGGING["root"]["level"] = "ERROR"  # noqa: F405
TEMPLATES[0]["OPTIONS"]["context_processors"].append("django.template.context_processors.request")  # noqa: F405
