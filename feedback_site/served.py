"""The site as the server's processes load it. Whoever only asks the application something loads nothing more."""

from django.conf import settings

from feedback_site.warming import warm_up
from feedback_site.wsgi import application

__all__ = ["application"]

if settings.WARM_UP:
    warm_up()
