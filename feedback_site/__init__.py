"""The site: settings, addresses and processes. It knows every room; no room knows it."""

from feedback_site.celery import app as celery_app

__all__ = ["celery_app"]
