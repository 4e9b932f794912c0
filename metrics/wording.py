"""Hints on the wording of a survey question, while it is written.

Precision before recall: a hint that is often wrong is soon ignored, so each rule names the cases it lets pass.
The rules are those of Dillman, Smyth and Christian (2014), Internet, Phone, Mail, and Mixed-Mode Surveys, ch. 4 to 5,
and Krosnick and Presser (2010), Question and Questionnaire Design. Standard library only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from metrics.phrases import (
    ABSOLUTES,
    FIXED_PAIRS,
    HARMLESS_NEGATIONS,
    LEADING,
    NEGATIVE_WORDS,
    PASSING_LEFT,
    PASSING_RIGHT,
    WITH_NEGATIVE_SENSE,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 25  # words
READ = 2_000  # characters; of a longer text, its length is what matters
ASIDES = re.compile(
    r"""\([^)]*\) | \[[^]]*\] | "[^"]*" | “[^”]*” | „[^“”]*[“”] | «[^»]*»
    | \b (?: such\ as | for\ example | for\ instance | e\.\ ?g\. | i\.\ ?e\. | including ) [^?!;]*""",
    re.VERBOSE | re.IGNORECASE,
)
SENTENCE_END = re.compile(r"(?<=[.!?؟？])\s+|\n+")
QUESTION_MARKS = re.compile(r"[?؟？][?!؟？]*")
JOINED = re.compile(r"([\w'-]+),?\s+(and/or|and|or|as well as|&)\s+(?=([\w'-]+))", re.IGNORECASE)
ASKS_FOR_A_RATING = re.compile(
    r"\s*(?:how (?:(?:do|would) you rate|(?!do|did|would|should|can|could|often|long|many|much|likely))"
    r"|please\b|rate\b|to what extent\b)",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"\d|^(?:one|two|three|four|five|six|seven|eight|nine|ten|once|twice|half)$", re.IGNORECASE
)


class HintKind(StrEnum):
    DOUBLE_BARRELLED = "double_barrelled"
    SEVERAL_QUESTIONS = "several_questions"
    LEADING = "leading"
    NEGATIVE = "negative"
    DOUBLE_NEGATIVE = "double_negative"
    ABSOLUTE = "absolute"
    TOO_LONG = "too_long"


ADVICE = {
    HintKind.DOUBLE_BARRELLED: "This may ask about two things at once. Ask about one thing in each question.",
    HintKind.SEVERAL_QUESTIONS: "There is more than one question here. One rating answers only one question.",
    HintKind.LEADING: "This suggests an answer. Word it so that a bad answer is as easy to give as a good one.",
    HintKind.NEGATIVE: "Negations are easily overlooked. Ask the same thing without one.",
    HintKind.DOUBLE_NEGATIVE: "Two negations turn the meaning around. Ask the same thing without them.",
    HintKind.ABSOLUTE: "Hardly anything is always or never so. Ask how often, or about one occasion.",
    HintKind.TOO_LONG: "More than 25 words are hard to take in. Shorten it, or move the introduction elsewhere.",
}


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to reconsider: its kind, and the words it was found in ("" for the whole text)."""

    kind: HintKind
    found: str

    @property
    def advice(self) -> str:
        """What to do about it, in plain English; callers that speak other languages translate by `kind`."""
        return ADVICE[self.kind]


def hints(text: str, language: str = "en") -> list[Hint]:
    """What may be wrong with the wording of one question, at most one hint of a kind, in the order of HintKind.

    In every language: more than 25 words (the introduction counts, it is read too), more than one question mark.
    Only in English ("en", "en-gb" ...): two things joined, leading phrases, negations, absolutes. These look at the
    question, not at statements before it, and not at asides: brackets, quotations, examples.
    An empty list means that nothing was found, not that the question is good.
    """
    text = text[:READ]
    found = list(_in_any_language(text))
    if language.lower().partition("-")[0] == "en":
        for sentence in _asking(text):
            found += _in_english(sentence)
    order = list(HintKind)
    first = {hint.kind: hint for hint in reversed(found)}
    return sorted(first.values(), key=lambda hint: order.index(hint.kind))


def _in_any_language(text: str) -> Iterator[Hint]:
    if len(text.split()) > LONGEST:
        yield Hint(HintKind.TOO_LONG, "")
    if len(QUESTION_MARKS.findall(ASIDES.sub(" ", text))) > 1:
        yield Hint(HintKind.SEVERAL_QUESTIONS, "")


def _asking(text: str) -> list[str]:
    """The sentences that ask, without asides; all of them when none has a question mark."""
    plain = ASIDES.sub(" ", text.replace("’", "'"))
    sentences = [sentence for sentence in SENTENCE_END.split(plain) if sentence.strip()]
    return [sentence for sentence in sentences if QUESTION_MARKS.search(sentence)] or sentences


def _in_english(sentence: str) -> Iterator[Hint]:
    joined = next((match for match in JOINED.finditer(sentence) if _joins_two_things(match)), None)
    leading = LEADING.search(sentence)
    absolute = ABSOLUTES.search(sentence)
    if joined:
        yield Hint(HintKind.DOUBLE_BARRELLED, sentence[joined.start(1) : joined.end(3)])
    if leading:
        yield Hint(HintKind.LEADING, leading[0])
    if absolute:
        yield Hint(HintKind.ABSOLUTE, absolute[0])
    yield from _negations(LEADING.sub(" ", sentence))


def _negations(sentence: str) -> Iterator[Hint]:
    """Without leading phrases: "don't you agree" has its hint already."""
    rest = HARMLESS_NEGATIONS.sub(" ", sentence)
    found = NEGATIVE_WORDS.findall(rest)
    senses = WITH_NEGATIVE_SENSE.findall(rest)
    if found and len(found) + len(senses) > 1:
        yield Hint(HintKind.DOUBLE_NEGATIVE, ", ".join(found + senses))
    elif found:
        yield Hint(HintKind.NEGATIVE, found[0])


def _joins_two_things(match: re.Match[str]) -> bool:
    left, conjunction, right = (part.lower() for part in match.groups())
    before = match.string[: match.start()].lower()
    return not (
        f"{left} {conjunction} {right}".replace("&", "and") in FIXED_PAIRS
        or left == right
        or left in PASSING_LEFT
        or right in PASSING_RIGHT
        or any(NUMBER.search(word) for word in (left, right))
        or _is_a_name(match)
        or re.search(r"\b(?:between|whether)\b", before)
        or (conjunction == "or" and _offers_a_choice(match.string))
    )


def _is_a_name(match: re.Match[str]) -> bool:
    """Marks and Spencer; Pick & Pay."""
    return match[1][0].isupper() and match[3][0].isupper()


def _offers_a_choice(sentence: str) -> bool:
    """So does "Did you call or write?"; "How good were phone or e-mail?" asks two things."""
    return bool(QUESTION_MARKS.search(sentence)) and not ASKS_FOR_A_RATING.match(sentence)
