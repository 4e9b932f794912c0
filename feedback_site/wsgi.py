"""The WSGI application that a server loads."""

import os

import django

from feedback_site.requests import Application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "feedback_site.settings")
django.setup(set_prefix=False)

application = Application()
