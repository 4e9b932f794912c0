"""What an editor says about a question, before it has a place in a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from surveys.enums import Kind

if TYPE_CHECKING:
    from surveys.models import Measure, Question

CHOICES = frozenset({Kind.SINGLE_CHOICE, Kind.SEVERAL_CHOICES})
MIN_OPTIONS, MAX_OPTIONS, MAX_OPTION_LENGTH = 2, 20, 100

type Shape = tuple[str, str, bool]
"""Kind, dimension, direction: what makes a measure comparable with itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDetails:
    """The wording and the marks of a question; `options` are the labels of a choice, in order.

    `key` is the measure key wished for; without it, one is made from the text.
    """

    text: str
    kind: str = Kind.RATING
    dimension: str = ""
    is_reversed: bool = False
    help_text: str = ""
    section: str = ""
    is_required: bool = False
    allows_not_applicable: bool = True
    weight: int = 1
    options: tuple[str, ...] = ()
    key: str = ""

    @property
    def shape(self) -> Shape:
        return (self.kind, self.dimension, self.is_reversed)

    @classmethod
    def of(cls, question: Question) -> Self:
        """The details as a question has them now."""
        measure = question.measure
        return cls(
            text=question.text,
            kind=measure.kind,
            dimension=measure.dimension,
            is_reversed=measure.is_reversed,
            help_text=question.help_text,
            section=question.section,
            is_required=question.is_required,
            allows_not_applicable=question.allows_not_applicable,
            weight=question.weight,
            options=tuple(option["label"] for option in question.options),
            key=measure.key,
        )


def shape_of(measure: Measure) -> Shape:
    return (measure.kind, measure.dimension, measure.is_reversed)
