"""The site as the server's processes load it. Whoever only asks the application something loads nothing more."""

from feedback_site.warming import warm_up
from feedback_site.wsgi import application

__all__ = ["application"]

warm_up()
