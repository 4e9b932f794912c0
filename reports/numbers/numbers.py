"""One number of a report, opened: what it is, by which formula, and the counts that it is computed from."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from metrics.dimensions import ONE, DimensionSums
from metrics.ratings import Distribution
from reports import numerals
from reports.breakdown.results import Breakdown
from reports.chart_tables import rating_columns, rating_values
from reports.enums import ResultState
from reports.numbers.cells import cells
from reports.numbers.methods import NAMES, Method, Quantity, method_of, method_of_mean, method_of_share
from reports.numbers.subjects import subjects
from reports.tables import VERDICTS, Audience, Column, Content, Row, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from metrics.rates import Rate
    from reports.numbers.subjects import Part, Subject
    from reports.results import Report

    type Facts = tuple[tuple[str, str], ...]

SUMS = tuple(field.name for field in fields(DimensionSums))  # the first are the responses
RESPONSES, VERSION, RATE = "responses", "version", "response_rate"


@dataclass(frozen=True, slots=True)
class Number:
    """`shown` is what the page shows, to the digit; `table` has the counts that give it by `method`."""

    path: str
    name: str
    shown: str
    method: Method
    facts: Facts
    table: Table
    unit: str = ""
    interval: str = ""
    narrows: Mapping[str, Any] | None = field(default_factory=dict)

    @property
    def name_of_quantity(self) -> str:
        return NAMES[Quantity(self.path.rpartition(".")[2])]()


def numbers(report: Report) -> Iterator[Number]:
    """Every number that the report shows."""
    yield from _totals(report)
    for subject in _subjects(report):
        yield from _numbers_of(subject)


def _subjects(report: Report) -> Iterator[Subject]:
    return cells(report) if isinstance(report, Breakdown) else subjects(report)


def _numbers_of(subject: Subject) -> Iterator[Number]:
    for quantity, make in MAKERS.items():
        if number := make(subject, f"{subject.path}.{quantity}"):
            yield number


def find_number(report: Report, path: str) -> Number | None:
    """None: there is no such number, or it is not shown."""
    for total in _totals(report):
        if total.path == path:
            return total
    quantity = path.rpartition(".")[2]
    subject = _subject_of(report, path)
    return MAKERS[Quantity(quantity)](subject, path) if subject and quantity in Quantity else None


def numbers_beside(report: Report, path: str) -> list[Number]:
    """The other numbers of the same score."""
    subject = _subject_of(report, path)
    return [number for number in _numbers_of(subject) if number.path != path] if subject else []


def _subject_of(report: Report, path: str) -> Subject | None:
    start = path.rpartition(".")[0]
    return next((one for one in _subjects(report) if one.path == start), None)


def number_of_rate(rate: Rate) -> Number:
    """The response rate of the invitations sent."""
    columns = (
        Column("finished", _("Finished"), Content.COUNT),
        Column("reached", _("Sent and not bounced"), Content.COUNT),
    )
    row = Row(ResultState.COMPUTED, {"finished": rate.finished, "reached": rate.invited})
    return Number(
        path=RATE,
        name=_("Response rate"),
        shown=numerals.share(rate.share),
        method=Method(
            "rate = finished / (sent − bounced)",
            _("Of the people who were sent an invitation in these days, those who finished."),
            "response_rate",
        ),
        facts=_fraction(numerals.count(rate.finished), numerals.count(rate.invited)),
        table=Table(_("What it is computed from"), columns, (row,)),
    )


def _totals(report: Report) -> Iterator[Number]:
    if report.responses is None:
        return
    method = method_of(Quantity.N)
    told = {one.number: one.responses for one in report.versions if one.responses is not None}
    parts = {_("Version %(number)s") % {"number": number}: n for number, n in told.items()}
    if rest := report.responses - sum(told.values()):
        parts[_("All others together") if told else ""] = rest
    yield Number(RESPONSES, _("Responses"), numerals.count(report.responses), method, (), _counts(parts))
    for number, n in told.items():
        name = _("Responses to version %(number)s") % {"number": number}
        yield Number(f"{VERSION}.{number}.n", name, numerals.count(n), method, (), _counts({"": n}))


def _mean(subject: Subject, path: str) -> Number:
    score, scores = subject.score, subject.score.scores
    return _number(
        subject,
        path,
        shown=numerals.mean(score.mean),
        method=method_of_mean(scores),
        table=_table(subject.parts, "mean"),
        facts=(
            *_fraction(_sum_of_means(scores), numerals.count(scores.n)),
            (_("Standard deviation"), "" if scores.sd is None else numerals.mean(scores.sd)),
        ),
        unit=_("of 5"),
        interval=numerals.span(score.interval),
    )


def _share(subject: Subject, path: str) -> Number:
    score, scores = subject.score, subject.score.scores
    return _number(
        subject,
        path,
        shown=numerals.share(score.share),
        method=method_of_share(scores),
        table=_table(subject.parts, "share"),
        facts=(
            *_fraction(_sum_of_shares(scores), numerals.count(scores.n)),
            (_("Effective number of answers"), numerals.count(round(score.effective_n))),
        ),
        interval=numerals.share_span(score.share_interval),
    )


def _n(subject: Subject, path: str) -> Number:
    shown = numerals.count(subject.score.n)
    return _number(subject, path, shown=shown, method=method_of(Quantity.N), table=_table(subject.parts))


def _change(subject: Subject, path: str) -> Number | None:
    change = subject.change
    if change.difference is None or change.p_value is None:
        return None
    return _number(
        subject,
        path,
        shown=numerals.points(change.difference),
        method=method_of(Quantity.CHANGE),
        table=_table(subject.compared, "mean"),
        facts=(
            *((part.name, numerals.mean(part.scores.mean or 0.0)) for part in subject.compared),
            (_("p value"), numerals.p_value(change.p_value)),
            (_("Verdict"), VERDICTS[change.verdict]()),
        ),
        unit=_("points"),
        interval=numerals.points_span(change.interval),
    )


def _usual(subject: Subject, path: str) -> Number | None:
    control = subject.control
    if control is None:
        return None
    scores = [part.scores for part in subject.usual]
    above = sum(one.n * (one.mean or 0.0) for one in scores)
    return _number(
        subject,
        path,
        shown=numerals.mean(control.centre),
        method=method_of(Quantity.USUAL),
        table=_table(subject.usual, "mean"),
        facts=(
            *_fraction(numerals.mean(above), numerals.count(sum(one.n for one in scores))),
            (_("Control limits"), numerals.span(control.limits)),
            (_("Responses of this point"), numerals.count(subject.score.n)),
        ),
        unit=_("of 5"),
    )


def _false_alarm(subject: Subject, path: str) -> Number | None:
    if not subject.points:
        return None
    return _number(
        subject,
        path,
        shown=numerals.share(subject.false_alarm),
        method=method_of(Quantity.FALSE_ALARM),
        table=_counts({_("Points of the trend"): subject.points}),
    )


def _ratings(subject: Subject, path: str) -> Number | None:
    if not subject.ratings:
        return None
    n, method = sum(part.scores.n for part in subject.ratings), method_of(Quantity.RATINGS)
    return _number(subject, path, shown=numerals.count(n), method=method, table=_table(subject.ratings))


def _not_applicable(subject: Subject, path: str) -> Number | None:
    return _left_out(subject, path, subject.not_applicable)


def _blank(subject: Subject, path: str) -> Number | None:
    return _left_out(subject, path, subject.blank)


def _left_out(subject: Subject, path: str, n: int | None) -> Number | None:
    if n is None:
        return None
    method = method_of(Quantity(path.rpartition(".")[2]))
    return _number(subject, path, shown=numerals.count(n), method=method, table=_counts({"": n}))


MAKERS: dict[Quantity, Callable[[Subject, str], Number | None]] = {
    Quantity.MEAN: _mean,
    Quantity.SHARE: _share,
    Quantity.N: _n,
    Quantity.CHANGE: _change,
    Quantity.USUAL: _usual,
    Quantity.FALSE_ALARM: _false_alarm,
    Quantity.RATINGS: _ratings,
    Quantity.NOT_APPLICABLE: _not_applicable,
    Quantity.BLANK: _blank,
}


def _number(
    subject: Subject,
    path: str,
    *,
    shown: str,
    method: Method,
    table: Table,
    facts: Facts = (),
    unit: str = "",
    interval: str = "",
) -> Number:
    quantity = NAMES[Quantity(path.rpartition(".")[2])]()
    name = _("%(score)s: %(quantity)s") % {"score": subject.name, "quantity": quantity}
    return Number(path, name, shown, method, facts, table, unit, interval, subject.narrows)


def _fraction(above: str, below: str) -> Facts:
    return ((_("Numerator"), above), (_("Denominator"), below))


def _sum_of_means(scores: DimensionSums | Distribution) -> str:
    if isinstance(scores, Distribution):
        return numerals.count(sum(rating * n for rating, n in enumerate(scores.counts, start=1)))
    return numerals.mean(scores.mean_sum / ONE)


def _sum_of_shares(scores: DimensionSums | Distribution) -> str:
    if isinstance(scores, Distribution):
        return numerals.count(scores.satisfied)
    return numerals.mean(scores.share_sum / ONE)


def _counts(parts: Mapping[str, int]) -> Table:
    columns = (Column("part", _("Of these")), Column("n", _("Count"), Content.COUNT))
    rows = tuple(Row(ResultState.COMPUTED, {"part": name, "n": n}) for name, n in parts.items())
    return Table(_("What it is computed from"), columns, rows)


def _table(parts: Sequence[Part], what: str = "") -> Table:
    """For a file the counts as they are kept: whole numbers, so that whoever adds them up comes to the same digit.

    `what`: of which of the two scores a reader sees the sums, `mean` or `share`.
    """
    is_rated = isinstance(parts[0].scores, Distribution)
    columns = [Column("part", _("Of these")), Column("n", _("Responses"), Content.COUNT)]
    if is_rated:
        columns += rating_columns()
    else:
        columns += [Column(key, key, Content.COUNT, only=Audience.FILE) for key in SUMS[1:]]
        columns += [Column("sum", _("Sum"), Content.MEAN, only=Audience.PAGE)] if what else []
    columns += READ[what]() if what else []
    return Table(_("What it is computed from"), tuple(columns), tuple(_row(part, what) for part in parts))


READ: dict[str, Callable[[], list[Column]]] = {
    "mean": lambda: [Column("mean", _("Mean"), Content.MEAN, only=Audience.PAGE)],
    "share": lambda: [Column("share", _("Gave 4 or 5"), Content.SHARE, only=Audience.PAGE)],
}


def _row(part: Part, what: str) -> Row:
    scores = part.scores
    cells = {"part": part.name, "n": scores.n, "mean": scores.mean, "share": scores.share_satisfied}
    if isinstance(scores, Distribution):
        return Row(ResultState.COMPUTED, {**cells, **rating_values(scores)})
    sums = {name: getattr(scores, name) for name in SUMS[1:]}
    whole = scores.share_sum if what == "share" else scores.mean_sum
    return Row(ResultState.COMPUTED, {**cells, **sums, "sum": whole / ONE})
