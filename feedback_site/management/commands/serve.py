"""Answers requests. On a single machine it first brings the database and the static files up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from granian import Granian
from granian.constants import Interfaces

if TYPE_CHECKING:
    from argparse import ArgumentParser

ONE_PROCESS_THREADS = 4


class Command(BaseCommand):
    help = "Serve the site. Without REDIS_URL, worker and beat run inside the same process."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="server processes (embedded: always one)")

    def handle(self, *_args: Any, host: str, port: int, workers: int, **_options: Any) -> None:
        if settings.EMBEDDED:
            call_command("migrate", verbosity=0)
            call_command("collectstatic", interactive=False, verbosity=0)
        serve(host=host, port=port, workers=workers)


def serve(*, host: str, port: int, workers: int) -> None:
    """Answer requests until a signal ends it."""
    embedded = settings.EMBEDDED
    Granian(
        "feedback_site.embedded:application" if embedded else "feedback_site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1 if embedded else workers,
        blocking_threads=ONE_PROCESS_THREADS if embedded else 1,
        respawn_failed_workers=True,
        log_level="warning",
    ).serve()
