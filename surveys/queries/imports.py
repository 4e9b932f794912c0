"""Import runs as their pages show them: how far each is, what it says, what it would do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisation.models import Location, Touchpoint
from surveys.enums import Mode
from surveys.importing.entries import BadMapError
from surveys.importing.mapping import ImportMap, read_map
from surveys.models import ImportRun
from surveys.models.imports import ImportState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from organisation.models import Member
    from surveys.importing.mapping import DateMap, PlaceMap
    from surveys.models.imports import ImportRunQuerySet

FREQUENT = 10
UNDER_WAY = frozenset({ImportState.CHECKING, ImportState.IMPORTING})
# Steps that lie behind a run, by its state.
STEPS_DONE = {
    ImportState.UPLOADED: 1,
    ImportState.CHECKING: 2,
    ImportState.REFUSED: 2,
    ImportState.FAILED: 2,
    ImportState.CHECKED: 3,
    ImportState.IMPORTING: 3,
}
TONES = {
    ImportState.IMPORTED: "success",
    ImportState.REFUSED: "danger",
    ImportState.FAILED: "danger",
    ImportState.CHECKED: "warning",
    ImportState.UPLOADED: "warning",
}


class Step(NamedTuple):
    label: str
    state: str
    note: str = ""


def runs_for(member: Member) -> ImportRunQuerySet:
    """Every run that the member may see, the latest first."""
    return ImportRun.objects.visible_to(member).select_related("survey", "started_by").order_by("-pk")


def map_of(run: ImportRun) -> ImportMap | None:
    try:
        return read_map(run.mapping)
    except BadMapError:
        return None


def last_map_for(run: ImportRun) -> ImportMap | None:
    """The map of the latest import into the same survey."""
    before = ImportRun.objects.filter(survey=run.survey_id, state=ImportState.IMPORTED).exclude(pk=run.pk)
    latest = before.order_by("-pk").first()
    return map_of(latest) if latest else None


def earlier_import_of(run: ImportRun) -> ImportRun | None:
    """The import of the very same file into the same survey, if it was not undone."""
    same = ImportRun.objects.filter(survey=run.survey_id, sha256=run.sha256, state=ImportState.IMPORTED)
    return same.exclude(pk=run.pk).order_by("-pk").first()


def steps_of(run: ImportRun) -> list[Step]:
    labels = [_("Sent"), _("Mapped"), _("Checked"), _("Imported")]
    done = STEPS_DONE.get(ImportState(run.state), len(labels))
    states = ["done" if at < done else "current" if at == done else "to_come" for at in range(len(labels))]
    return [Step(label, state) for label, state in zip(labels, states, strict=True)]


def tone_of(run: ImportRun) -> str:
    return TONES.get(ImportState(run.state), "info")


def new_locations_of(said: ImportMap) -> list[str]:
    """Names of the locations that an import by this map, settled by its check, would create."""
    if not said.location.create:
        return []
    known = set(
        Location.objects.filter(code__in=said.location.values.values()).values_list("code", flat=True)
    )
    return [name for name, code in said.location.values.items() if code not in known]


def frequent_flaws_of(run: ImportRun) -> list[tuple[str, str, str, int]]:
    """Column, value, reason and number of rows of what is wrong more than once, the most frequent first. Mending a
    value in the map mends them all.
    """
    counted = Counter((error["column"], error["value"], error["reason"]) for error in run.errors)
    return [(*flaw, count) for flaw, count in counted.most_common(FREQUENT) if count > 1]


def facts_of(run: ImportRun, said: ImportMap | None) -> list[tuple[str, str]]:
    return [*_counts(run), *(_settings(said) if said else [])]


def _counts(run: ImportRun) -> Iterator[tuple[str, Any]]:
    if run.rows_total is None or run.state in UNDER_WAY:
        return
    yield _("Rows in the file"), intcomma(run.rows_total)
    if run.state in {ImportState.IMPORTED, ImportState.UNDONE}:
        yield _("Imported"), intcomma(run.rows_imported)
    else:
        yield _("New responses"), intcomma(run.rows_total - run.rows_known - run.rows_refused)
    yield _("Known from before"), intcomma(run.rows_known)
    yield _("Bad rows"), intcomma(run.rows_refused)


def _settings(said: ImportMap) -> Iterator[tuple[str, str]]:
    yield _("Day"), _day(said.date)
    yield _("Location"), _place(said.location, Location.objects.values_list("code", "name"))
    yield _("Touchpoint"), _place(said.touchpoint, Touchpoint.objects.values_list("code", "name"))
    yield _("How the answers came"), str(Mode(said.mode).label)
    yield (
        _("Rows are known by"),
        _column(said.id_column) if said.id_column else _("their place in this very file"),
    )
    if said.ignored:
        yield _("Columns not used"), ", ".join(said.ignored)


def _day(said: DateMap) -> str:
    if said.column:
        return _("%(column)s, written as %(format)s") % {
            "column": _column(said.column),
            "format": said.format,
        }
    return date_format(said.on) if said.on else _("the day of the check")


def _place(said: PlaceMap, names: Sequence[tuple[str, str]] | Any) -> str:
    if said.column:
        return _column(said.column)
    return dict(names).get(said.code, said.code) if said.code else _("the default one")


def _column(header: str) -> str:
    return _("column “%(header)s”") % {"header": header}
