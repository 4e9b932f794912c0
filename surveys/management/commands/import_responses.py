"""Import answers from a CSV file or an XLSX workbook, as a map says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from surveys.actions.import_runs import NotNowError, as_data, import_file
from surveys.actions.import_writer import count_new
from surveys.importing.entries import BadMapError
from surveys.importing.examining import Source, examine, hash_file, with_bad_rows_skipped
from surveys.importing.mapping import read_toml
from surveys.importing.tables import UnreadableFileError
from surveys.models import Survey
from surveys.models.imports import ImportState

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from surveys.importing.examining import Examined
    from surveys.importing.going_through import Tally

SHOWN = 50


class Command(BaseCommand):
    help = "Import answers from a CSV file or an XLSX workbook. docs/importing.md describes the map."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--survey", required=True, metavar="SLUG", help="the survey's address")
        parser.add_argument("--map", required=True, type=Path, metavar="MAP.toml")
        parser.add_argument("--dry-run", action="store_true", help="check every row, write nothing")
        parser.add_argument("--skip-bad-rows", action="store_true", help="import the good rows, list the bad")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            source = self._source(options)
            if options["dry_run"]:
                self._check(source)
            else:
                self._import(source)
        except BadMapError as error:
            raise CommandError("\n".join(error.reasons)) from error
        except (UnreadableFileError, NotNowError, OSError) as error:
            raise CommandError(str(error)) from error

    def _source(self, options: dict[str, Any]) -> Source:
        survey = Survey.objects.filter(slug=options["survey"]).first()
        if survey is None:
            raise CommandError(f"There is no survey with the address “{options['survey']}”.")
        try:
            said = read_toml(options["map"].read_text(encoding="utf-8"))
        except UnicodeDecodeError as error:
            raise CommandError("The map is not written in UTF-8.") from error
        if options["skip_bad_rows"]:
            said = with_bad_rows_skipped(said)
        return Source(options["file"], hash_file(options["file"]), survey, said)

    def _check(self, source: Source) -> None:
        examined = examine(source, now=timezone.now(), take=count_new, tell=self._tell)
        self._list(as_data(examined.tally.flaws), examined.tally.refused)
        self._describe(examined)
        if not examined.passes:
            raise CommandError("An import would refuse this file.")
        self.stdout.write("An import would take this file. Nothing was written.")

    def _import(self, source: Source) -> None:
        run = import_file(source=source, name=source.path.name, by=None, now=timezone.now(), tell=self._tell)
        self._list(run.errors, run.rows_refused)
        if run.state != ImportState.IMPORTED:
            raise CommandError("Refused: nothing was imported.")
        self.stdout.write(
            f"Imported {run.rows_imported} responses; {run.rows_known} were known,"
            f" {run.rows_refused} rows left out."
        )
        self._name_ignored(run.mapping.get("ignored", []))

    def _tell(self, tally: Tally) -> None:
        self.stderr.write(f"{tally.rows} rows, {tally.refused} of them bad")

    def _describe(self, examined: Examined) -> None:
        tally, said = examined.tally, examined.said
        self.stdout.write(f"{tally.rows} rows: {tally.new} new, {tally.known} known, {tally.refused} bad.")
        self.stdout.write(f"Day: {said.date.on or f'column “{said.date.column}”'}.")
        self.stdout.write(f"Location: {said.location.code or f'column “{said.location.column}”'}.")
        for code, name in examined.new_locations.items():
            self.stdout.write(f"New location: {name} ({code}).")
        self._name_ignored(said.ignored)

    def _name_ignored(self, headers: list[str] | tuple[str, ...]) -> None:
        if headers:
            self.stdout.write(f"Columns not used: {', '.join(headers)}.")

    def _list(self, errors: list[dict[str, Any]], refused: int) -> None:
        for error in errors[:SHOWN]:
            place = f"row {error['row']}" if error["row"] else "file"
            column = f", column “{error['column']}”" if error["column"] else ""
            value = f": “{error['value']}”" if error["value"] else ""
            self.stderr.write(f"{place}{column}{value}: {error['reason']}")
        if len(errors) > SHOWN or refused > len(errors):
            self.stderr.write(f"{refused} bad rows in all.")
