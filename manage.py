#!/usr/bin/env python
"""Django's command line, with the product's settings."""

import gc
import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    # A command is short: looking for garbage as often as a server does costs it a sixth of its time.
    gc.set_threshold(100_000, 50, 1_000)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    execute_from_command_line(sys.argv)
