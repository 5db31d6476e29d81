"""The web server, which reads its code first and begins when it is told: until then its address is nobody's.

Whoever came before the borough was there would else be shown a sign-in page without people.
"""

import sys
from importlib import import_module

from gunicorn.app import wsgiapp

if __name__ == "__main__":
    import_module("config.wsgi")
    sys.stdin.readline()
    wsgiapp.run()
