"""How the versions of a survey word its questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from surveys.models import Question

if TYPE_CHECKING:
    from collections.abc import Iterable


class Wording(NamedTuple):
    measure: int
    key: str
    dimension: str
    version: int
    number: int
    text: str
    continuity: str


def wordings_of(versions: Iterable[int]) -> list[Wording]:
    """Of the rated measures, the latest version first."""
    questions = Question.objects.filter(version_id__in=set(versions)).exclude(measure__dimension="")
    rows: Iterable[tuple[Any, ...]] = questions.order_by("-version__number", "position").values_list(
        "measure_id",
        "measure__key",
        "measure__dimension",
        "version_id",
        "version__number",
        "text",
        "continuity",
    )
    return [Wording(*row) for row in rows]
