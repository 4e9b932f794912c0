"""What a file of a report is about, for whoever meets it without the page: scope, moment, number of responses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports import numerals
from reports.breakdown.results import Breakdown
from reports.enums import ResultState
from reports.exports.formulas import formulas_for
from reports.filter_bar import facet_labels, value_names
from reports.filters import FACETS
from reports.tables import Audience, Column, Row

if TYPE_CHECKING:
    from reports.reading import Asked
    from reports.results import Report
    from reports.tables import Table


@dataclass(frozen=True, slots=True)
class Scope:
    """`chosen` names each facet that narrows the report, with the values let through; `charts` are those that go into
    what is kept of it, with its chapters, by name: all charts where none is named. `chapters`: their results.
    """

    survey: str
    days: str
    compared_days: str
    chosen: tuple[tuple[str, tuple[str, ...]], ...]
    counted_at: str  # in the organisation's own time
    report: Report
    charts: tuple[str, ...] = ()
    chapters: tuple[Report, ...] = ()

    @property
    def has_failed(self) -> bool:
        """Whether the database did not answer for all of it."""
        return any(one.state is ResultState.FAILED for one in (self.report, *self.chapters))

    def facts(self) -> list[tuple[str, str]]:
        """(name, value), for a reader; what does not apply is left out."""
        report = self.report
        versions = ", ".join(str(version.number) for version in report.versions)
        facts = [
            (_("Survey"), self.survey),
            (_("Days"), self.days),
            (_("Compared with"), self.compared_days),
            *((name, ", ".join(values)) for name, values in self.chosen),
            (_("Responses"), "" if report.responses is None else numerals.count(report.responses)),
            (_("Versions of the survey"), versions),
            (_("Last counted"), self.counted_at),
            (_("Shown from"), _("%(minimum)s responses on") % {"minimum": report.minimum}),
        ]
        return [(name, value) for name, value in facts if value]

    def filters(self) -> str:
        """In one line: Region: North, South; Mode: Kiosk."""
        return "; ".join(f"{name}: {', '.join(values)}" for name, values in self.chosen)


def scope_of(asked: Asked, report: Report) -> Scope:
    filters = asked.filters
    return Scope(
        survey=report.survey_name,
        days=numerals.days_of(filters),
        # A breakdown compares its cells with each other, not with other days.
        compared_days="" if isinstance(report, Breakdown) else numerals.compared_days(filters),
        chosen=(*chosen_of(asked), *report.narrowed()),
        counted_at=_moment(report, asked.survey.time_zone),
        report=report,
    )


def scope_of_chapter(scope: Scope, chapter: Report, time_zone: str) -> Scope:
    """That of a chapter by itself, which is compared with no other days."""
    if chapter is scope.report:
        return scope
    return replace(
        scope,
        report=chapter,
        chosen=(*scope.chosen, *chapter.narrowed()),
        compared_days="",
        counted_at=_moment(chapter, time_zone),
    )


def chosen_of(asked: Asked) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The facets that are narrowed down, each with the values let through, in words."""
    names, labels = value_names(asked.vocabulary), facet_labels()
    return tuple(
        (labels[facet][0], tuple(names[facet][value] for value in asked.filters.values(facet)))
        for facet in FACETS
        if asked.filters.values(facet)
    )


def _moment(report: Report, time_zone: str) -> str:
    if report.counted_at is None:
        return ""
    at = report.counted_at.astimezone(ZoneInfo(time_zone))
    return f"{date_format(at, 'j M Y, H:i')} ({time_zone})"


def with_scope(table: Table, scope: Scope) -> Table:
    """The table for a flat file, which has no place for a heading: the scope stands in every row."""
    report, period = scope.report, scope.report.filters.period
    columns = table.columns_for(Audience.FILE)
    about = {
        "survey": report.filters.survey,
        "days_from": period.start.isoformat(),
        "days_to": period.end.isoformat(),
        "filters": scope.filters(),
        "responses": "" if report.responses is None else str(report.responses),
        "counted_at": report.counted_at.isoformat() if report.counted_at else "",
        "data_version": "" if report.data_version is None else str(report.data_version),
        "formulas": "; ".join(f"{one.column}: {one.name}" for one in formulas_for(columns)),
    }
    return replace(
        table,
        columns=(*table.columns, *(Column(key, key, only=Audience.FILE) for key in about)),
        rows=tuple(Row(row.state, {**row.cells, **about}) for row in table.rows),
    )
