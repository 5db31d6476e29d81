"""The WSGI application that the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

from config.production import refuse_demonstration_people

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
refuse_demonstration_people()
