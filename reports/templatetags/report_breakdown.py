"""The rows of a breakdown's grid, put together here: they have thousands of cells."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from metrics.comparison import Verdict
from reports.breakdown.colours import step_of
from reports.notation import notation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.utils.safestring import SafeString

    from reports.breakdown.page import PageCell, PageLine
    from reports.breakdown.results import Brief

register = template.Library()
UNSAFE = re.compile("[<>\"']")


@register.simple_tag
def grid_rows(rows: Sequence[PageLine], numbers_url: str, *, has_own: bool) -> SafeString:
    """Each cell with its mean, its n and whether it stands out; or why it has none. `has_own`: before them that of the
    whole row.
    """
    writer = _Writer(numbers_url)
    return mark_safe("".join(writer.row(row, map(writer.cell, row.cells), has_own=has_own) for row in rows))  # noqa: S308 - escaped


@register.simple_tag
def grid_foot(foot: PageLine, numbers_url: str, *, has_own: bool) -> SafeString:
    """The scores of whole columns."""
    writer = _Writer(numbers_url)
    return mark_safe(writer.row(foot, map(writer.own, foot.cells), has_own=has_own))  # noqa: S308 - escaped


def quickly(address: str) -> str:
    """`escape`, for addresses: most have nothing but ampersands in them."""
    return escape(address) if UNSAFE.search(address) else address.replace("&", "&amp;")


class _Writer:
    """Writes cells as HTML; what they share is looked up once."""

    def __init__(self, numbers_url: str) -> None:
        written = notation()
        self.mean, self.count, self.numbers = written.mean, written.count, escape(numbers_url)
        words = {Verdict.HIGHER: _("higher"), Verdict.LOWER: _("lower")}
        self.verdicts = {
            verdict: f' <span class="verdict verdict-{verdict.value}">{escape(word)}</span>'
            for verdict, word in words.items()
        }

    def row(self, line: PageLine, cells: Iterable[str], *, has_own: bool) -> str:
        name = escape(line.name)
        head = f'<a href="{escape(line.url)}">{name}</a>' if line.url else name
        own = self.own(line.head) if has_own else ""
        return f'<tr><th scope="row">{head}</th>{own}{"".join(cells)}</tr>'

    def cell(self, cell: PageCell) -> str:
        score, url, path = cell
        if score is None or not score.is_computed:
            return f'<td class="number muted">{_absent(score)}</td>'
        _state, mean, n, verdict = score
        opened = f"{self.numbers}{quickly(path)}.mean"
        told = self.verdicts.get(verdict, "")  # type: ignore[arg-type]  # None is not in it
        return (
            f'<td class="number heat heat-{step_of(mean)}"><a href="{quickly(url) or opened}">'
            f'<strong>{self.mean(mean)}</strong></a> <a class="n" href="{opened}">n {self.count(n)}</a>{told}</td>'
        )

    def own(self, cell: PageCell) -> str:
        """Of a whole row or column."""
        score, _url, path = cell
        if score is None or not score.is_computed:
            return f'<td class="number own"><span class="muted">{_absent(score)}</span></td>'
        opened = f"{self.numbers}{escape(path)}"
        mean, n = self.mean(score.mean), self.count(score.n)
        return f'<td class="number own"><a href="{opened}.mean">{mean}</a> <a class="n" href="{opened}.n">n {n}</a></td>'


def _absent(score: Brief | None) -> str:
    return escape(str(score.state.label)) if score else ""
