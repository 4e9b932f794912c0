"""Answers requests. On a single machine it first brings the database and the static files up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from feedback_site.serving import CannotServe, look_ahead, serve

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Serve the site. Without REDIS_URL, worker and beat run inside the same process."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="server processes (embedded: always one)")

    def handle(self, *_args: Any, host: str, port: int, workers: int, **_options: Any) -> None:
        try:
            if settings.EMBEDDED:
                look_ahead(host, port)
                call_command("migrate", verbosity=0)
                call_command("collectstatic", interactive=False, verbosity=0)
            serve(host=host, port=port, workers=workers)
        except CannotServe as error:
            raise CommandError(str(error)) from error
