"""Draws the usual views ahead: the report of each survey in use as a reader opens it, the pictures on its page, and what
its buttons "Where?" and "Why?" lead to.

They are put where the page itself looks, under the same marks, so whoever comes first finds them made. Nothing
depends on it: what is not drawn ahead is drawn when it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.core.cache import cache
from django.http import QueryDict
from django.utils.translation import override

from organisation.models import Member
from organisation.rules import may_read_reports
from reports.breakdown.address import broken_down
from reports.breakdown.reading import breakdown_for, is_breakdown_kept
from reports.charts import CHARTS
from reports.enums import ResultState
from reports.exports.scope import scope_of
from reports.keeping import keep_rendering, kept_rendering, mark_of
from reports.page import pictures
from reports.readers import latest_readers
from reports.reading import KEPT_SECONDS, ask, is_kept, report_for
from reports.renderings import Look, render_chart
from reports.vocabulary import digest, load_vocabulary, names_mark, survey_choices
from reports.why.reading import is_why_kept, why_for
from reviews.queries.marks import comments_mark
from scoring.models import DataVersion
from surveys.models import Response

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from reports.charts import Chart
    from reports.page import Picture
    from reports.readers import Reader
    from reports.reading import Asked
    from reports.results import Report
    from reports.vocabulary import SurveyChoice

# Numbers that still move would be drawn for nobody.
CALM = timedelta(seconds=30)
# No survey is drawn more often, however often its numbers move.
EVERY = timedelta(minutes=10)
# A survey without answers for so long is opened too seldom.
IN_USE = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class View:
    """How reports look to the members who see the same places in the same language: one of them stands for all."""

    member: Member
    language: str
    surveys: tuple[SurveyChoice, ...]


class Round(NamedTuple):
    """That a survey's views were begun to be drawn, in which state, and whether all of them are."""

    survey: int
    state: str
    begun_at: datetime
    is_over: bool = False

    def keep(self) -> None:
        cache.set(f"drawn-ahead:{self.survey}", self, KEPT_SECONDS)


def draw_ahead(*, clock: Callable[[], datetime], until: datetime) -> int:
    """Draw what is due until the time is over or a response waits for its score; returns how much was made."""
    made = 0
    for _one in _drawings(clock()):
        made += 1
        if clock() >= until or Response.objects.unscored().exists():
            break
    return made


def _drawings(now: datetime) -> Iterator[object]:
    """Makes one thing after the other, as it is asked for the next."""
    readers = latest_readers(on=now.date())
    if not readers or Response.objects.unscored().exists():
        return
    rounds = _rounds(readers, now)
    views = _views(readers) if rounds else []
    for one in rounds:
        for view in views:
            for survey in view.surveys:
                if survey.id == one.survey:
                    yield from _drawn(view, survey, now)
        one._replace(is_over=True).keep()


def _rounds(readers: Sequence[Reader], now: datetime) -> list[Round]:
    """Of the surveys in use, the latest first, those that are to be gone on with or begun. Two queries."""
    moved = DataVersion.objects.filter(moved_at__gt=now - IN_USE).order_by("-moved_at", "pk")
    rows = list(moved.values_list("pk", "number", "moved_at"))
    # Comments come and go while the scores stand still.
    comments = dict(comments_mark([key for key, _number, _moved_at in rows]))
    found = []
    for key, number, moved_at in rows:
        # The hour, because a day begins somewhere in each, and so that a new name is not missed for long.
        hour = now.replace(minute=0, second=0, microsecond=0)
        state = digest([number, comments.get(key), readers, hour])
        last: Round | None = cache.get(f"drawn-ahead:{key}")
        if last and last.state == state:
            found += [] if last.is_over else [last]
        elif moved_at <= now - CALM and not (last and last.begun_at > now - EVERY):
            found.append(Round(key, state, now))
            found[-1].keep()
    return found


def _views(readers: Sequence[Reader]) -> list[View]:
    """Members who see the same share a view; whoever may no longer read has none."""
    members = Member.objects.filter(is_active=True).in_bulk({reader.member for reader in readers})
    views: dict[tuple[object, ...], View] = {}
    for reader in readers:
        member = members.get(reader.member)
        if member and may_read_reports(member):
            key = names_mark(member), member.sees_everywhere, reader.language
            views.setdefault(key, View(member, reader.language, ()))
    return [replace(view, surveys=survey_choices(view.member)) for view in views.values()]


def _drawn(view: View, survey: SurveyChoice, now: datetime) -> Iterator[object]:
    """The report, every picture that is not there yet, then where and why."""
    asked = ask(QueryDict(f"survey={survey.slug}"), load_vocabulary(view.member, view.surveys), now=now)
    was_kept, report = is_kept(asked), report_for(asked)
    if not was_kept:
        yield report
    if report.state is ResultState.COMPUTED:
        yield from _drawn_pictures(view, asked, report, now)
    if report.state is not ResultState.FAILED:
        yield from _asked_next(view, asked, report)


def _asked_next(view: View, asked: Asked, report: Report) -> Iterator[object]:
    """What the pages show that ask where and why, as the report leads to them: they have tables and no pictures."""
    where = broken_down(asked, QueryDict())
    with override(view.language):
        if was_missing := not is_breakdown_kept(where):
            breakdown_for(where)
    if was_missing:
        yield where
    if not is_why_kept(asked, report):
        yield why_for(asked, view.member)


def _drawn_pictures(view: View, asked: Asked, report: Report, now: datetime) -> Iterator[object]:
    for chart, picture in _pictures(asked, report):
        query = QueryDict(picture.url.partition("?")[2])
        with override(view.language):
            mark = mark_of((chart.name, "svg"), query, member=view.member, surveys=view.surveys, now=now)
            if kept_rendering(mark):
                continue
            keep_rendering(mark, render_chart(scope_of(asked, report), chart, "svg", Look.of(query)))
        yield picture


def _pictures(asked: Asked, report: Report) -> Iterable[tuple[Chart, Picture]]:
    """Those on the page: for wide and narrow ones, by day and by night."""
    query = asked.filters.query()
    drawn = [(chart, pictures(chart, report, query)) for chart in CHARTS.values()]
    yield from ((chart, picture) for chart, both in drawn for picture in both.light)
    yield from ((chart, picture) for chart, both in drawn for picture in both.dark)
