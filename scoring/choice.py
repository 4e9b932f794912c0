"""Which responses of a survey a page lists: what its address says, and the rows that this means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Self
from uuid import UUID

from django.db.models import F, Q
from django.db.models.lookups import Exact

from scoring.enums import Reason, Which
from surveys.enums import HELD_ON_ARRIVAL, Flag
from surveys.models import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surveys.models import Survey
    from surveys.models.responses import ResponseQuerySet


class Place(NamedTuple):
    """Where in a list, the newest day first, a page begins: right after this response."""

    day: date
    key: UUID

    def __str__(self) -> str:
        return f"{self.day}.{self.key}"


@dataclass(frozen=True, slots=True)
class Choice:
    which: Which = Which.HELD
    reason: Reason | None = None
    after: Place | None = None

    @classmethod
    def of(cls, said: Mapping[str, str]) -> Self:
        """What an address says. Whatever it says that means nothing is passed over."""
        which, reason = said.get("show", ""), said.get("reason", "")
        return cls(
            which=Which(which) if which in Which else Which.HELD,
            reason=Reason(reason) if reason in Reason else None,
            after=place_of(said.get("after", "")),
        )

    def query(self) -> dict[str, str]:
        """The same for an address."""
        said = {"show": self.which, "reason": self.reason, "after": self.after}
        return {name: str(value) for name, value in said.items() if value}

    def responses(self, survey: Survey) -> ResponseQuerySet:
        """In no order, and from the first on."""
        chosen = responses_of(survey)
        if self.which is Which.HELD:
            chosen = chosen.held()
        elif self.which is Which.FLAGGED:
            chosen = chosen.flagged()
        return with_reason(chosen, self.reason) if self.reason else chosen


def responses_of(survey: Survey) -> ResponseQuerySet:
    """Everything that has come in for a survey: not what an import is still writing."""
    return Response.objects.filter(version__in=published_versions(survey)).arrived()


def published_versions(survey: Survey) -> list[int]:
    return list(survey.versions.published().values_list("pk", flat=True))


def with_reason(responses: ResponseQuerySet, reason: Reason) -> ResponseQuerySet:
    if reason is Reason.MEMBER:
        return responses.held().filter(_has(HELD_ON_ARRIVAL, is_set=False))
    return responses.flagged().filter(_has(Flag[reason.name], is_set=True))


def reasons_for(response: Response) -> list[Reason]:
    """In the order of Reason: the weightiest first."""
    is_members = response.is_held and not response.flags & HELD_ON_ARRIVAL
    return [
        reason
        for reason in Reason
        if (is_members if reason is Reason.MEMBER else response.flags & Flag[reason.name])
    ]


def _has(flag: int, *, is_set: bool) -> Q:
    return Q(Exact(F("flags").bitand(flag), flag if is_set else 0))


def place_of(text: str) -> Place | None:
    """The place that an address names; None for whatever names none."""
    day, _dot, key = text.partition(".")
    try:
        return Place(date.fromisoformat(day), UUID(key))
    except ValueError:
        return None
