"""The cells of a breakdown's grid, put together here: there are thousands of them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from reports.notation import notation
from reports.results import Computed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from reports.breakdown.page import PageCell
    from reports.notation import Notation

register = template.Library()


@register.simple_tag
def grid_cells(cells: Sequence[PageCell], numbers_url: str) -> SafeString:
    """Of one row, each with its mean, its n and whether it stands out; or why it has none."""
    written, numbers = notation(), escape(numbers_url)
    words = {"higher": escape(_("higher")), "lower": escape(_("lower"))}
    return mark_safe("".join(_cell(cell, written, numbers, words) for cell in cells))  # noqa: S308 - escaped


def _cell(cell: PageCell, written: Notation, numbers: str, words: dict[str, str]) -> str:
    score = cell.score
    if not isinstance(score, Computed):
        return f'<td class="number muted">{escape(cell.absent)}</td>'
    opened = f"{numbers}{escape(cell.path)}.mean"
    mean = f'<a href="{escape(cell.url) or opened}"><strong>{written.mean(score.mean)}</strong></a>'
    n = f'<a class="n" href="{opened}">n {written.count(score.n)}</a>'
    verdict = (
        f' <span class="verdict verdict-{cell.verdict}">{words[cell.verdict]}</span>' if cell.verdict else ""
    )
    return f'<td class="number heat heat-{cell.step}">{mean} {n}{verdict}</td>'
