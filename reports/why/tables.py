"""What moves with overall and which words tell, as tables for files and beside pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from metrics.association import Association
from reports.enums import ResultState
from reports.findings import name_of
from reports.tables import Audience, Column, Content, Row, Table
from reports.why.results import why_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from metrics.contrast import WordContrast
    from reports.results import Report
    from reports.why.moving import Moving
    from reports.why.words import WordsResult


def moving_table(report: Report) -> Table:
    columns = (
        Column("dimension", _("Dimension")),
        Column("measure", _("Measure"), only=Audience.FILE),
        Column("question", _("Question")),
        Column("rated_both", _("Rated both"), Content.COUNT),
        Column("rank_correlation", _("Rank correlation"), Content.POINTS),
        Column("rank_interval", _("95 % interval"), Content.POINTS_SPAN),
        Column("moves_with_overall", _("Verdict")),
    )
    moving = why_of(report).moving
    return Table(
        _("What moves with overall"),
        columns,
        tuple(_moving_row(one) for one in moving.questions) if moving else (),
    )


def moving_verdict(one: Moving) -> str:
    return _("Moves with overall") if one.is_clear else _("Not told from chance")


def _moving_row(one: Moving) -> Row:
    cells: dict[str, Any] = {
        "dimension": name_of(one.dimension),
        "measure": one.key,
        "question": one.wording,
    }
    found = one.found
    if not isinstance(found, Association) or found.rho is None:
        return Row(ResultState.TOO_FEW, cells)
    cells |= {"rated_both": found.n, "rank_correlation": found.rho, "rank_interval": found.interval}
    return Row(ResultState.COMPUTED, {**cells, "moves_with_overall": moving_verdict(one)})


def words_table(report: Report) -> Table:
    """Of a side on which only a few comments have the word, no number."""
    columns = (
        Column("word", _("Word")),
        Column("side", _("More often beside")),
        Column("low_comments", _("Beside 1 and 2"), Content.COUNT),
        Column("low_share", _("Share beside 1 and 2"), Content.SHARE),
        Column("high_comments", _("Beside 4 and 5"), Content.COUNT),
        Column("high_share", _("Share beside 4 and 5"), Content.SHARE),
        Column("z", "z", Content.POINTS),
    )
    words = why_of(report).words
    return Table(_("Words that tell"), columns, tuple(_word_rows(words)) if words.is_enough else ())


def told_share(n: int, of: int, minimum: int) -> float | None:
    """None: they are too few to be counted out."""
    return None if 0 < n < minimum else n / of


def _word_rows(words: WordsResult) -> Iterable[Row]:
    for side, found in ((_("1 and 2"), words.low_words), (_("4 and 5"), words.high_words)):
        for one in found:
            yield Row(
                ResultState.COMPUTED, {"word": one.word, "side": side, "z": one.z, **_counts(words, one)}
            )


def _counts(words: WordsResult, one: WordContrast) -> dict[str, Any]:
    sides = {"low": (one.first, words.low), "high": (one.second, words.high)}
    cells: dict[str, Any] = {}
    for name, (n, of) in sides.items():
        share = told_share(n, of, words.minimum)
        cells |= {} if share is None else {f"{name}_comments": n, f"{name}_share": share}
    return cells
