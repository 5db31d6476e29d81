"""The WSGI application that the web server runs."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections

from config.collector import let_last
from config.production import refuse_demonstration_people

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# While it starts nearly nothing is rubbish, and looking through it all for that again and again is a tenth of the time.
gc.set_threshold(50_000)
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)
let_last()
refuse_demonstration_people()
# The processes that serve are copies of this one: they share what it holds of memory, and no connection.
connections.close_all()
