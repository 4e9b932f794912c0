"""Advice on the wording of a question, in the editor's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from metrics.wording import HintKind, hints

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ADVICE: dict[HintKind, _StrPromise] = {
    HintKind.DOUBLE_BARRELLED: _(
        "This may ask about two things at once. Ask about one thing in each question."
    ),
    HintKind.SEVERAL_QUESTIONS: _(
        "There is more than one question here. One rating answers only one question."
    ),
    HintKind.LEADING: _(
        "This suggests an answer. Word it so that a bad answer is as easy to give as a good one."
    ),
    HintKind.NEGATIVE: _("Negations are easily overlooked. Ask the same thing without one."),
    HintKind.DOUBLE_NEGATIVE: _("Two negations turn the meaning around. Ask the same thing without them."),
    HintKind.ABSOLUTE: _("Hardly anything is always or never so. Ask how often, or about one occasion."),
    HintKind.TOO_LONG: _(
        "More than 25 words are hard to take in. Shorten it, or move the introduction elsewhere."
    ),
}


def advice(text: str, *, language: str) -> list[str]:
    """What may be reconsidered in a question written in `language`; it stops nobody."""
    return [_said(hint.kind, hint.found) for hint in hints(text, language)]


def _said(kind: HintKind, found: str) -> str:
    return f"“{found}”: {ADVICE[kind]}" if found else str(ADVICE[kind])
