"""What goes into a file, a mail or a link: charts of the report, all or those that were ticked, and chapters."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from reports.breakdown.address import BREAKDOWN, breakdown_filters, chapter_name
from reports.breakdown.charts import charts_of
from reports.breakdown.findings import breakdown_findings, breakdown_note, told_by, withheld_note
from reports.breakdown.results import Breakdown
from reports.chapters import USUAL, WHY, chapter_label, chapter_names, read_chapters, with_chapters_asked
from reports.charts import CHARTS
from reports.enums import ResultState
from reports.exports.scope import scope_of
from reports.findings import main_findings
from reports.why.charts import WHY_CHARTS, sides_of
from reports.why.findings import moving_note, why_findings, words_note
from reports.why.results import Why
from reports.why.words import WordsOf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import QueryDict

    from organisation.models import Member
    from reports.charts import Chart
    from reports.exports.scope import Scope
    from reports.reading import Asked
    from reports.results import Report
    from reports.tables import Table


class Drawn(NamedTuple):
    """A chart that goes in, of its own result. `key` is its name among all; `notes` are sentences below it.

    `has_table`: where two charts show the same table, the last of them has it.
    """

    key: str
    subject: str
    chart: Chart
    report: Report
    notes: tuple[str, ...] = ()
    has_table: bool = True


def charts_named(names: Iterable[str]) -> list[Chart]:
    """In the order of the report; all where neither a chart nor a chapter is named that there is."""
    wanted = set(names)
    chosen = [chart for chart in CHARTS.values() if chart.name in wanted]
    return chosen if chosen or chapter_names(wanted) else list(CHARTS.values())


def names_in(query: QueryDict) -> list[str]:
    """Those that an address names, and the breakdown that is being put together beside them."""
    ways = [query.get(name, "") for name in ("rows", "columns")]
    made = BREAKDOWN + "-".join(way for way in ways if way) if ways[0] else ""
    return all_names([*query.getlist("chart"), made])


def all_names(names: Iterable[str]) -> list[str]:
    """Of charts, then of chapters."""
    given = list(names)
    return [*(chart.name for chart in charts_named(given)), *chapter_names(given)]


def kept_names(names: Iterable[str]) -> list[str]:
    """How a choice is kept: nothing where it is all charts, so that one of a later release goes in, too."""
    chosen = all_names(names)
    return [] if chosen == list(CHARTS) else chosen


def scope_with(
    asked: Asked, report: Report, names: Iterable[str], reader: Member, *, words: WordsOf = WordsOf.ALL
) -> Scope:
    """The scope of a report with what is named. Without a chart of its own nothing is compared with other days."""
    kept = kept_names(names)
    scope = scope_of(asked, report)
    return replace(
        scope,
        charts=tuple(kept),
        chapters=read_chapters(asked, kept, reader, words=words),
        compared_days=scope.compared_days if charts_named(kept) else "",
    )


def drawn_in(scope: Scope) -> list[Drawn]:
    """What has something to show, in its order."""
    return [drawn for drawn in named_in(scope) if drawn.report.state is ResultState.COMPUTED]


def named_in(scope: Scope) -> list[Drawn]:
    """What was chosen, whether or not there is something to show."""
    charts = charts_named(scope.charts)
    own = [Drawn(chart.name, str(chart.subject), chart, scope.report) for chart in charts]
    return own + [drawn for chapter in scope.chapters for drawn in _drawn_of(chapter)]


def _drawn_of(chapter: Report) -> Iterator[Drawn]:
    if isinstance(chapter, Breakdown) and chapter.is_computed:
        name, ways, charts = (
            chapter_name(breakdown_filters(chapter.filters)),
            told_by(chapter),
            charts_of(chapter),
        )
        notes = tuple(note for note in (breakdown_note(chapter), withheld_note(chapter)) if note)
        for chart in charts:
            is_last = chart is charts[-1]
            subject = f"{ways}: {chart.subject}"
            yield Drawn(f"{name}-{chart.name}", subject, chart, chapter, notes if is_last else (), is_last)
    elif isinstance(chapter, Why):
        words = words_note(chapter.words) if sides_of(chapter.words) else ""
        notes_of = {"moving": moving_note(chapter.moving), "words": words}
        for name, note in notes_of.items():
            if note:
                chart = WHY_CHARTS[name]
                yield Drawn(f"{WHY}-{name}", str(chart.subject), chart, chapter, (note,))


def tables_in(scope: Scope) -> list[Table]:
    """Each table once."""
    return [drawn.chart.table(drawn.report) for drawn in drawn_in(scope) if drawn.has_table]


def findings_in(scope: Scope) -> list[str]:
    """What stands out in it. Where there is nothing to be said, why."""
    report = scope.report
    found = main_findings(report) or [str(report.state.label)] if charts_named(scope.charts) else []
    for chapter in scope.chapters:
        if isinstance(chapter, Breakdown) and (chapter.compared or not chapter.is_computed):
            found += [
                f"{told_by(chapter)} \N{MIDDLE DOT} {finding}" for finding in breakdown_findings(chapter)
            ]
        elif isinstance(chapter, Why):
            found += why_findings(chapter)
    return found


class ContentsField(forms.MultipleChoiceField):
    """Charts and chapters to tick. Its value is what is kept."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("Charts, each with its table"),
            required=False,
            choices=contents_offered(()),
            widget=forms.CheckboxSelectMultiple,
            help_text=gettext_lazy(
                "What stands out, the scores and the method go in by themselves. With nothing ticked, every chart of the"
                " report does."
            ),
            **kwargs,
        )
        self.asked: Asked | None = None

    def offer(self, asked: Asked, names: Iterable[str]) -> None:
        """Of this report, with those named besides the usual ones."""
        self.asked = asked
        self.choices = contents_offered(names)

    def clean(self, value: Any) -> list[str]:
        names = kept_names(super().clean(value))
        if self.asked and (problems := with_chapters_asked(self.asked, names).problems):
            raise ValidationError([problem.message for problem in problems])
        return names


def offer_contents(form: forms.Form, asked: Asked) -> None:
    """In its field `charts`, with those that were given or are kept."""
    field = form.fields["charts"]
    if isinstance(field, ContentsField):
        field.offer(asked, [*form.initial.get("charts", ()), *(form["charts"].data or ())])


def contents_offered(names: Iterable[str]) -> list[tuple[str, str]]:
    """(name, label): every chart of the report, the usual chapters and those that are named."""
    chapters = chapter_names([*USUAL, *names])
    return [
        *((chart.name, str(chart.subject)) for chart in CHARTS.values()),
        *((name, chapter_label(name)) for name in chapters),
    ]
