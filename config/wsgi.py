"""The WSGI application that the web server runs."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.production import refuse_demonstration_people

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)
# What the service is made of lasts as long as it runs: the collector of rubbish need not look through it again with every page.
gc.freeze()
refuse_demonstration_people()
