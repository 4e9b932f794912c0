"""The scores for programs. Documented in docs/scores-json.md; the names in it are stable."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from metrics.ratings import Distribution
from reports.enums import Comparison
from reports.filters import FACETS
from reports.marks import words_of
from reports.results import ChangeMark, Computed, ModeMark, Withheld

if TYPE_CHECKING:
    from metrics.comparison import Change
    from metrics.control import Controlled
    from metrics.dimensions import DimensionSums
    from metrics.intervals import Interval
    from reports.periods import Period
    from reports.results import (
        BucketResult,
        DimensionResult,
        LocationResult,
        Mark,
        QuestionResult,
        Report,
        Shown,
    )

DECIMALS = 6


def scores_of(report: Report) -> dict[str, Any]:
    """The whole report: nothing in it that the page does not show, nothing rounded below six decimals."""
    filters = report.filters
    return {
        **scope_told(report),
        "compare": filters.compare.value if filters.previous else Comparison.NONE.value,
        "previous_period": _period(filters.previous) if filters.previous else None,
        "responses": report.responses,
        "not_yet_counted": report.waiting,
        "versions": [asdict(version) for version in report.versions],
        "marks": [_mark(mark) for mark in report.marks],
        "dimensions": [_dimension(result) for result in report.dimensions],
    }


def scope_told(report: Report) -> dict[str, Any]:
    """What it is about, and as of when."""
    filters = report.filters
    return {
        "state": report.state.value,
        "survey": filters.survey,
        "period": _period(filters.period),
        "by": filters.by.value,
        "filters": {facet: list(filters.values(facet)) for facet in FACETS if filters.values(facet)},
        "minimum_group": report.minimum,
        "counted_at": report.counted_at.isoformat() if report.counted_at else None,
        "data_version": report.data_version,
    }


def _mark(mark: Mark) -> dict[str, Any]:
    told = {"number": mark.number, "day": mark.day.isoformat(), "words": words_of(mark)}
    if isinstance(mark, ChangeMark):
        return {"kind": "process_change", **told, "limits_begin_anew": mark.begins_phase}
    if isinstance(mark, ModeMark):
        shares = {"share_before": _rounded(mark.before), "share_now": _rounded(mark.now)}
        return {"kind": "mode_shift", **told, "mode": mark.mode, **shares}
    return {"kind": "version", **told}


def _dimension(result: DimensionResult) -> dict[str, Any]:
    return {
        "dimension": result.dimension,
        **score_told(result.score),
        "previous": score_told(result.previous),
        "change": change_told(result.change),
        "ratings": _ratings(result.ratings),
        "trend": [_bucket(bucket) for bucket in result.trend],
        "false_alarm": _rounded(result.false_alarm),
        "locations": [_location(place) for place in result.locations],
        "questions": [_question(question) for question in result.questions],
    }


def _bucket(bucket: BucketResult) -> dict[str, Any]:
    return {
        **_period(bucket.period),
        "versions_begun": list(bucket.begins),
        **score_told(bucket.score),
        "control": _control(bucket.control),
    }


def _control(control: Controlled | None) -> dict[str, Any] | None:
    if control is None:
        return None
    return {
        "centre": _rounded(control.centre),
        "limits": _interval(control.limits),
        "signal": control.signal.value if control.signal else None,
    }


def _location(place: LocationResult) -> dict[str, Any]:
    return {
        "location": place.code,
        **score_told(place.score),
        "against_the_others": change_told(place.against),
    }


def _question(question: QuestionResult) -> dict[str, Any]:
    return {
        "measure": question.key,
        "question": question.wording,
        **score_told(question.score),
        "does_not_apply": question.not_applicable,
        "left_blank": question.blank,
        "not_asked_in_versions": list(question.not_asked_in),
        "new_wording_since_versions": list(question.new_wording_since),
        "versions": [
            {"version": line.number, "question": line.wording, **score_told(line.score)}
            for line in question.lines
        ],
    }


def score_told(score: Shown) -> dict[str, Any]:
    """`state`, and the numbers only where it is "computed"."""
    if not isinstance(score, Computed):
        return {"state": score.state.value}
    return {
        "state": score.state.value,
        "n": score.n,
        "mean": _rounded(score.mean),
        "mean_interval": _interval(score.interval),
        "share_satisfied": _rounded(score.share),
        "share_interval": _interval(score.share_interval),
        "effective_n": _rounded(score.effective_n),
        **_exactly(score.scores),
    }


def _exactly(scores: DimensionSums | Distribution) -> dict[str, Any]:
    """The whole numbers that everything else is computed from."""
    if isinstance(scores, Distribution):
        return {"ratings": _ratings(scores)}
    sums = {
        "mean_sum": scores.mean_sum,
        "mean_squares": scores.mean_squares,
        "share_sum": scores.share_sum,
        "share_squares": scores.share_squares,
    }
    return {"sums": sums}


def _ratings(ratings: Distribution | Withheld | None) -> dict[str, int] | None:
    if not isinstance(ratings, Distribution):
        return None
    return {str(rating): n for rating, n in enumerate(ratings.counts, start=1)}


def change_told(change: Change) -> dict[str, Any]:
    return {
        "verdict": change.verdict.value,
        "difference": _rounded(change.difference),
        "interval": _interval(change.interval),
        "p_value": _rounded(change.p_value),
    }


def _period(period: Period) -> dict[str, str]:
    return {"from": period.start.isoformat(), "to": period.end.isoformat()}


def _interval(interval: Interval | None) -> list[float | None] | None:
    return [_rounded(interval.low), _rounded(interval.high)] if interval else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)
