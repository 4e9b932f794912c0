"""The numbers of each chart as a table: the one beside it and the one in its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from metrics.ratings import Distribution
from reports import numerals
from reports.enums import ResultState
from reports.findings import name_of
from reports.marks import is_in, words_of
from reports.results import Computed, Withheld
from reports.tables import Audience, Column, Content, Row, Rows, Table
from surveys.enums import RATING_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from metrics.comparison import Change
    from metrics.control import Controlled
    from reports.results import BucketResult, DimensionResult, Report, Shown


def score_columns() -> list[Column]:
    return [
        Column("n", _("Responses"), Content.COUNT, opens="n"),
        Column("mean", _("Mean"), Content.MEAN, opens="mean"),
        Column("mean_interval", _("95 % interval"), Content.SPAN),
        Column("share_satisfied", _("Gave 4 or 5"), Content.SHARE, opens="share"),
        Column("share_interval", _("95 % interval"), Content.SHARE_SPAN),
    ]


def change_columns() -> list[Column]:
    return [
        Column("change", _("Change"), Content.POINTS, opens="change"),
        Column("change_interval", _("95 % interval"), Content.POINTS_SPAN),
        Column("verdict", _("Verdict"), Content.VERDICT),
    ]


def rating_columns() -> list[Column]:
    return [
        Column(f"n{rating}", f"{rating} {RATING_LABELS[rating]}", Content.COUNT)
        for rating in sorted(RATING_LABELS)
    ]


def score_values(score: Shown) -> dict[str, Any]:
    if not isinstance(score, Computed):
        return {}
    return {
        "n": score.n,
        "mean": score.mean,
        "mean_interval": score.interval,
        "share_satisfied": score.share,
        "share_interval": score.share_interval,
    }


def change_values(change: Change) -> dict[str, Any]:
    return {"change": change.difference, "change_interval": change.interval, "verdict": change.verdict.value}


def control_columns() -> list[Column]:
    return [
        Column("centre", _("Usual"), Content.MEAN, opens="usual"),
        Column("limits", _("Control limits"), Content.SPAN),
        Column("signal", _("Signal"), Content.SIGNAL),
    ]


def control_values(control: Controlled | None) -> dict[str, Any]:
    if control is None:
        return {}
    signal = control.signal.value if control.signal else ""
    return {"centre": control.centre, "limits": control.limits, "signal": signal}


def rating_values(ratings: Distribution | None) -> dict[str, int]:
    return {f"n{rating}": n for rating, n in enumerate(ratings.counts, start=1)} if ratings else {}


def means_table(report: Report) -> Table:
    rows = (
        Row(
            result.score.state,
            {
                "dimension": name_of(result.dimension),
                **score_values(result.score),
                **change_values(result.change),
            },
            path=result.dimension,
        )
        for result in report.dimensions
    )
    columns = [Column("dimension", _("Dimension")), *score_columns(), *change_columns()]
    return Table(_("Scores by dimension"), tuple(columns), tuple(rows))


def distribution_table(report: Report) -> Table:
    rows = []
    for result in report.dimensions:
        ratings = result.ratings if isinstance(result.ratings, Distribution) else None
        state = ResultState.TOO_FEW if isinstance(result.ratings, Withheld) else result.score.state
        total = {"ratings": ratings.n} if ratings else {}
        rows.append(
            Row(
                state,
                {"dimension": name_of(result.dimension), **total, **rating_values(ratings)},
                path=result.dimension,
            )
        )
    columns = [
        Column("dimension", _("Dimension")),
        Column("ratings", _("Ratings"), Content.COUNT, opens="ratings"),
        *rating_columns(),
    ]
    return Table(_("Ratings by dimension"), tuple(columns), tuple(rows))


def trend_table(report: Report) -> Table:
    by, names = report.filters.by, _names(report)
    days = {
        bucket.period: numerals.bucket(bucket.period, by) for one in report.computed for bucket in one.trend
    }

    def row_of(line: tuple[DimensionResult, BucketResult]) -> Row:
        result, bucket = line
        cells = {
            "dimension": names[result.dimension],
            "from": bucket.period.start,
            "days": days[bucket.period],
            "to": bucket.period.end,
            **score_values(bucket.score),
            **control_values(bucket.control),
            "marks": "; ".join(words_of(mark) for mark in report.marks if is_in(mark, bucket)),
        }
        return Row(bucket.score.state, cells, f"{result.dimension}.days.{bucket.period.start}")

    columns = [
        Column("dimension", _("Dimension")),
        Column("days", _("Days"), only=Audience.PAGE),
        Column("from", _("From"), only=Audience.FILE),
        Column("to", _("To"), only=Audience.FILE),
        *score_columns(),
        *control_columns(),
        Column("marks", _("Marks")),
    ]
    lines = [(one, bucket) for one in report.computed for bucket in one.trend]
    return Table(_("Trend"), tuple(columns), Rows(lines, row_of))


def locations_table(report: Report) -> Table:
    """Every dimension's locations; `verdict` and `change` are against the other locations taken together."""
    columns = [
        Column("dimension", _("Dimension")),
        Column("location", _("Location")),
        Column("code", _("Code"), only=Audience.FILE),
        Column("region", _("Region")),
        *score_columns(),
        *change_columns(),
    ]
    names = _names(report)
    lines = [(one, at) for one in report.computed for at in range(len(one.locations))]
    return Table(_("Locations"), tuple(columns), Rows(lines, lambda line: _location_row(names, *line)))


def _names(report: Report) -> dict[str, str]:
    """Looked up once for a table, which may have a thousand rows."""
    return {one.dimension: name_of(one.dimension) for one in report.computed}


def _location_row(names: Mapping[str, str], result: DimensionResult, at: int) -> Row:
    place = result.locations[at]
    cells = {
        "dimension": names[result.dimension],
        "location": place.name,
        "code": place.code,
        "region": place.region,
        **score_values(place.score),
        **change_values(place.against),
    }
    return Row(place.score.state, cells, f"{result.dimension}.location.{place.code}")


def questions_table(report: Report) -> Table:
    """Each question, then its versions where several were answered."""
    columns = [
        Column("dimension", _("Dimension")),
        Column("measure", _("Measure"), only=Audience.FILE),
        Column("version", _("Version")),
        Column("question", _("Question")),
        *score_columns(),
        *rating_columns(),
    ]
    return Table(_("Questions"), tuple(columns), tuple(_question_rows(report)))


def _question_rows(report: Report) -> Iterable[Row]:
    for result in report.dimensions:
        for question in result.questions:
            head = {"dimension": name_of(result.dimension), "measure": question.key}
            whole = {**head, "version": "", "question": question.wording}
            path = f"question.{question.key}"
            yield Row(question.score.state, {**whole, **_rated(question.score)}, path)
            for line in question.lines:
                part = {**head, "version": str(line.number), "question": line.wording}
                of_version = f"{path}.version.{line.number}"
                yield Row(line.score.state, {**part, **_rated(line.score)}, of_version)


def _rated(score: Shown) -> dict[str, Any]:
    ratings = score.ratings if isinstance(score, Computed) else None
    return {**score_values(score), **rating_values(ratings)}
