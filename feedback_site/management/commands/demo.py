"""The product with a made-up organisation, for looking around."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from feedback_site.demo.load import NotEmpty, load_demo
from feedback_site.demo.places import MEMBERS, PASSWORD
from feedback_site.serving import CannotServe, look_ahead, serve

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Load the demo organisation into an empty database and serve the site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--load-only", action="store_true", help="load, do not serve")

    def handle(self, *_args: Any, host: str, port: int, load_only: bool, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo has known passwords: set DEMO=1 to say that this is meant.")
        try:
            self._prepare(host, port, is_served=not load_only)
            if not load_only:
                self._introduce(host, port)
                serve(host=host, port=port, workers=2)
        except (NotEmpty, CannotServe) as error:
            raise CommandError(str(error)) from error

    def _prepare(self, host: str, port: int, *, is_served: bool) -> None:
        if is_served:
            look_ahead(host, port)
        self.stdout.write(f"Preparing {settings.DATA_DIR} ...")
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        load_demo(now=timezone.now(), origin=_origin(host, port), say=self.stdout.write)

    def _introduce(self, host: str, port: int) -> None:
        lines = [
            "",
            f"Ready: {_origin(host, port)}",
            f"A survey as customers see it: {_origin(host, port)}/s/service/",
            "",
            f"Sign in with the password {PASSWORD} as",
            *(f"  {email:<22} {role.label}" for email, (_name, role) in MEMBERS.items()),
            "",
            "Stop with Ctrl+C.",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def _origin(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
