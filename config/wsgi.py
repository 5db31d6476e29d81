"""The WSGI application that the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Models can be read only once Django is set up, which the line above did.
from config.production import refuse_demonstration_people  # noqa: E402

refuse_demonstration_people()
