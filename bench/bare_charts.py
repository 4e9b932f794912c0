"""The charts' content on matplotlib's own axes, with nothing of ours: what a chart costs at least that way."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from reports.findings import name_of
from reports.results import Computed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from reports.results import Report, Shown


def saved(figure: Figure) -> bytes:
    target = BytesIO()
    figure.savefig(target, format="svg")
    return target.getvalue()


def figure_of(width: float, height: float) -> Figure:
    from matplotlib.figure import Figure

    return Figure(figsize=(width / 72, height / 72), dpi=72)


def whiskers(axes: Axes, labels: Sequence[str], scores: Sequence[Shown]) -> None:
    """Names, means with intervals from 1 to 5, and their numbers in words."""
    rows = range(len(labels))
    means = [score.mean for score in scores]
    spread = [
        [score.mean - score.interval.low for score in scores],
        [score.interval.high - score.mean for score in scores],
    ]
    axes.errorbar(means, rows, xerr=spread, fmt="o")
    axes.set(xlim=(1, 5), xticks=range(1, 6), yticks=rows, yticklabels=labels)
    axes.grid(axis="x")
    for row, score in enumerate(scores):
        axes.text(5.1, row, f"{score.mean:.2f}")
        axes.text(5.4, row, f"n {score.n}")


def means(report: Report) -> bytes:
    figure = figure_of(470, 240)
    axes = figure.add_subplot()
    found = report.computed
    whiskers(axes, [name_of(one.dimension) for one in found], [one.score for one in found])
    before = [(one.previous.mean, row) for row, one in enumerate(found) if isinstance(one.previous, Computed)]
    axes.plot([x for x, _y in before], [y for _x, y in before], "o", fillstyle="none")
    return saved(figure)


def locations(report: Report) -> bytes:
    found = [place for place in report.leading.locations if isinstance(place.score, Computed)]
    figure = figure_of(980, 60 + 24 * len(found))
    axes = figure.add_subplot()
    whiskers(axes, [place.name for place in found], [place.score for place in found])
    axes.axvline(report.leading.score.mean, linestyle="--")
    return saved(figure)


def stacked(axes: Axes, labels: Sequence[str], counts: Sequence[Sequence[int]]) -> None:
    for row, ratings in enumerate(counts):
        whole = sum(ratings)
        left = -(ratings[0] + ratings[1] + ratings[2] / 2) / whole
        for n in ratings:
            axes.barh(row, n / whole, left=left)
            axes.text(left + n / whole / 2, row, f"{100 * n / whole:.0f}", ha="center")
            left += n / whole
        axes.text(1, row, f"n {whole}")
    axes.axvline(0)
    axes.set(yticks=range(len(labels)), yticklabels=labels)


def distribution(report: Report) -> bytes:
    figure = figure_of(470, 200)
    found = report.computed
    stacked(
        figure.add_subplot(), [name_of(one.dimension) for one in found], [one.ratings.counts for one in found]
    )
    return saved(figure)


def questions(report: Report) -> bytes:
    found = [question for one in report.computed for question in one.questions]
    figure = figure_of(980, 30 + 62 * len(found))
    stacked(figure.add_subplot(), [one.wording for one in found], [one.score.ratings.counts for one in found])
    return saved(figure)


def trend(report: Report) -> bytes:
    found = report.computed
    figure = figure_of(980, 160 * len(found))
    for row, one in enumerate(found):
        axes = figure.add_subplot(2 * len(found), 1, 2 * row + 1)
        scores = [bucket.score for bucket in one.trend]
        means = [score.mean for score in scores]
        spread = [
            [score.mean - score.interval.low for score in scores],
            [score.interval.high - score.mean for score in scores],
        ]
        axes.errorbar(range(len(means)), means, yerr=spread, fmt="-o")
        axes.set_title(name_of(one.dimension))
        axes.grid(axis="y")
        below = figure.add_subplot(2 * len(found), 1, 2 * row + 2)
        below.bar(range(len(means)), [score.n for score in scores])
    return saved(figure)


BARE: dict[str, Callable[[Report], bytes]] = {
    "means": means,
    "distribution": distribution,
    "trend": trend,
    "locations": locations,
    "questions": questions,
}
