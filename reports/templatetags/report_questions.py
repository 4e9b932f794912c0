"""The rows of the questions. As `report_numbers.table_rows` they are put together here: there are hundreds of cells."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.notation import notation
from reports.results import Computed
from reports.templatetags.report_numbers import bar_parts, in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.utils.safestring import SafeString

    from metrics.ratings import Distribution
    from reports.results import QuestionResult, Shown

register = template.Library()


@register.simple_tag
def rated_cells(score: Shown, url: str) -> SafeString:
    """The cells of one score; its numbers are opened at `url` with their names behind it."""
    if not isinstance(score, Computed) or score.ratings is None:
        return mark_safe(f'<td class="muted" colspan="5">{escape(str(score.state.label))}</td>')  # noqa: S308 - escaped
    written, to = notation(), escape(url)
    cells = (
        f'<a href="{to}.mean">{written.mean(score.mean)}</a>',
        written.span(score.interval),
        f'<a href="{to}.share">{written.share(score.share)}</a>',
        f'<a href="{to}.n">{written.count(score.n)}</a>',
    )
    numbers = "".join(f'<td class="number">{cell}</td>' for cell in cells)
    bar = f'<td><a class="opens-bar" href="{to}.ratings">{rating_bar(score.ratings)}</a></td>'
    return mark_safe(numbers + bar)  # noqa: S308 - numbers, and an address that is escaped


@register.simple_tag
def question_marks(question: QuestionResult, url: str) -> SafeString:
    """What is to be known of the question besides its score: who left it out, and how it was asked."""
    marks = "".join(f"<li>{mark}</li>" for mark in _marks(question, escape(url)))
    return mark_safe(f'<ul class="marks">{marks}</ul>' if marks else "")  # noqa: S308 - words of ours, escaped


def rating_bar(ratings: Distribution) -> str:
    """components/distribution.html"""
    parts = "".join(
        f'<rect class="rating-{part["rating"]}" x="{part["start"]}%" width="{part["share"]}%" height="100%"></rect>'
        for part in bar_parts(ratings)
    )
    label = escape(in_words(ratings))
    return f'<svg class="distribution" role="img" aria-label="{label}" height="16">{parts}</svg>'


def _marks(question: QuestionResult, url: str) -> Iterator[str]:
    count = notation().count
    if n := question.not_applicable:
        words = ngettext(
            "%(number)s said that it does not apply", "%(number)s said that it does not apply", n
        )
        yield f'<a href="{url}.not_applicable">{escape(words % {"number": count(n)})}</a>'
    if n := question.blank:
        words = ngettext("%(number)s left it blank", "%(number)s left it blank", n)
        yield f'<a href="{url}.blank">{escape(words % {"number": count(n)})}</a>'
    for number in question.new_wording_since:
        yield escape(_("New wording since version %(number)s") % {"number": number})
    for number in question.not_asked_in:
        yield escape(_("Not asked in version %(number)s") % {"number": number})
