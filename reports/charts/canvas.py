"""A matplotlib figure to draw on in pixels from the top left corner: no axes to lay out, so nothing to wait for.

The same data gives the same bytes: no date, ids from a fixed salt. Text stays text, in the reader's own font.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Literal

from press.typesetting import font_folders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.charts.palette import Palette

    type Point = tuple[float, float]

TITLE, TEXT, SMALL = 15.0, 12.0, 10.5
LINE = 16.0  # from one line of small words to the next
CHARACTER, BOLD = 0.6, 0.68  # of the text's size: the width of a letter, about, in the widest of the fonts
SHARPNESS = 2  # dots of a PNG for each pixel
HALF_BOLD = 600
FAMILY = ["Inter", "DejaVu Sans"]  # the second for signs that the first lacks
OURS: dict[Any, Any] = {"svg.fonttype": "none", "svg.hashsalt": "feedback", "font.family": FAMILY}
FONTS = "Inter, system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, DejaVu Sans, sans-serif"

type Side = Literal["left", "center", "right"]
type Format = Literal["svg", "png"]


class Canvas:
    """`width` and `height` in pixels; y grows downwards. What is drawn later lies above."""

    def __init__(self, width: float, height: float, palette: Palette) -> None:
        import matplotlib as mpl  # noqa: PLC0415 - a second of start-up that only charts pay
        from matplotlib.figure import Figure  # noqa: PLC0415 - likewise

        # For the whole process: a context would be another thread's too.
        mpl.rcParams.update(OURS)
        _know_fonts()
        self.width, self.height, self.palette = width, height, palette
        self.figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=palette.paper)
        self.axes = self.figure.add_axes((0, 0, 1, 1), frameon=False)
        self.axes.set_axis_off()
        self.axes.set(xlim=(0, width), ylim=(height, 0), autoscale_on=False)
        self._layer = 0

    def text(
        self,
        at: Point,
        words: str,
        *,
        side: Side = "left",
        colour: str = "",
        size: float = TEXT,
        bold: bool = False,
    ) -> None:
        """Words centred on a height. They are words only: no mark-up is read in them."""
        self.axes.text(
            *at,
            words,
            ha=side,
            va="center_baseline",
            color=colour or self.palette.ink,
            fontsize=size,
            fontweight="bold" if bold else "normal",
            parse_math=False,
            zorder=self._above(),
        )

    def rect(self, corner: Point, width: float, height: float, colour: str) -> None:
        from matplotlib.patches import Rectangle  # noqa: PLC0415 - as above

        self._add(Rectangle(corner, width, height, facecolor=colour, linewidth=0))

    def lines(
        self, ends: Sequence[tuple[Point, Point]], colour: str, width: float = 1.0, **style: Any
    ) -> None:
        from matplotlib.collections import LineCollection  # noqa: PLC0415 - as above

        self._add(LineCollection(list(ends), colors=colour, linewidths=width, **style))

    def path(self, points: Sequence[Point], colour: str, width: float = 1.75) -> None:
        from matplotlib.lines import Line2D  # noqa: PLC0415 - as above

        self._add(Line2D(*zip(*points, strict=True), color=colour, linewidth=width))

    def marks(
        self,
        points: Sequence[Point],
        colour: str,
        shape: str = "o",
        size: float = 8.0,
        *,
        hollow: bool = False,
    ) -> None:
        from matplotlib.lines import Line2D  # noqa: PLC0415 - as above

        if points:
            inside, edge = (self.palette.paper, colour) if hollow else (colour, self.palette.paper)
            line = Line2D(*zip(*points, strict=True), linestyle="none", marker=shape, markersize=size)
            line.set(markerfacecolor=inside, markeredgecolor=edge, markeredgewidth=1.2)
            self._add(line)

    def frame(self, title: str, subject: str, lines: Sequence[str] = (), margin: float = 16.0) -> None:
        """Room all around, a title with its subject above and lines of words below, for a picture that leaves its
        page.
        """
        titles = wrapped(title, self.width, TITLE, most=2, letter=BOLD)
        head, foot = margin + (2.2 + 1.4 * len(titles)) * TITLE, margin + LINE * len(lines)
        self.figure.set_size_inches(
            (self.width + 2 * margin) / 72, (self.height + head + foot) / 72, forward=False
        )
        self.axes.set(xlim=(-margin, self.width + margin), ylim=(self.height + foot, -head))
        for number, line in enumerate(lines, start=1):
            self.text((0, self.height + LINE * number), fitted(line, self.width, SMALL), size=SMALL)
        for number, line in enumerate(reversed(titles), start=2):
            self.text((0, -1.4 * number * TITLE), line, size=TITLE, bold=True)
        faint = self.palette.ink_faint
        self.text((0, -1.4 * TITLE), fitted(subject, self.width, SMALL), size=SMALL, colour=faint)

    def saved(self, kind: Format) -> bytes:
        target = BytesIO()
        if kind == "png":
            self.figure.savefig(target, format="png", dpi=72 * SHARPNESS, metadata={"Software": None})
            return target.getvalue()
        self.figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None})
        return target.getvalue().replace(b"'Inter', 'DejaVu Sans'", FONTS.encode())

    def _above(self) -> int:
        self._layer += 1
        return self._layer

    def _add(self, artist: Any) -> None:
        artist.set_zorder(self._above())
        self.axes.add_artist(artist)


def fitted(words: str, width: float, size: float = TEXT, letter: float = CHARACTER) -> str:
    """The words, cut off with an ellipsis where they would not fit into about `width` pixels."""
    most = max(int(width / (size * letter)), 2)
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def wrapped(
    words: str, width: float, size: float = TEXT, *, most: int | None = None, letter: float = CHARACTER
) -> list[str]:
    """The words in lines of about `width` pixels, at least one; the last of the `most` is cut off."""
    lines = list(_lines(words, max(int(width / (size * letter)), 4)))
    if most is None or len(lines) <= most:
        return lines
    return [*lines[: most - 1], fitted(" ".join(lines[most - 1 :]), width, size, letter)]


@lru_cache(maxsize=1024)
def _lines(words: str, letters: int) -> tuple[str, ...]:
    """The wordings of the questions are asked for again by each picture and on each page."""
    return tuple(wrap(words, letters)) or ("",)


@cache
def _know_fonts() -> None:
    from matplotlib.font_manager import fontManager  # noqa: PLC0415 - as above

    for path in sorted((font_folders()[0]).glob("*.ttf")):
        fontManager.addfont(path)
    # The half bold one is the bold one here: no log need wonder that there is none.
    fontManager.ttflist = [
        replace(font, weight=700) if font.name == "Inter" and font.weight == HALF_BOLD else font
        for font in fontManager.ttflist
    ]
