from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from scoring.actions import recount


class Command(BaseCommand):
    help = "Count all responses from scratch and compare with every cell; without --check, mend the cells."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if a cell differs")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = recount(check=options["check"], now=timezone.now())
        for difference in found.differences:
            self.stdout.write(str(difference))
        verdict = f"{found.responses} responses, {found.cells} cells, {found.differed} differ"
        if found.differed and options["check"]:
            raise CommandError(f"{verdict}.", returncode=1)
        self.stdout.write(f"{verdict}{' and were mended' if found.differed else ''}.")
