"""What the fields of the comment box offer: read once for a page, however many fields offer it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django import forms

from organisation.models import Location
from reviews.models import Label
from reviews.queries.comments import colleagues_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

    from organisation.models import Member


@dataclass(frozen=True, slots=True)
class Offered:
    """The locations that the member sees, the labels, and the colleagues to whom a comment can be given."""

    locations: list[Location]
    labels: list[Label]
    colleagues: list[Member]

    @classmethod
    def to(cls, member: Member) -> Self:
        return cls(
            locations=list(Location.objects.visible_to(member).order_by("name")),
            labels=list(Label.objects.visible_to(member).order_by("name")),
            colleagues=list(colleagues_of(member)),
        )

    def people(self) -> list[tuple[str, str]]:
        return [(str(one.pk), str(one)) for one in self.colleagues]


class RowField(forms.ChoiceField):
    """One of the rows offered, known by its `key`. It asks the database nothing of its own."""

    def __init__(self, *, key: str = "pk", empty_label: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.key, self.empty_label = key, empty_label
        self.rows: dict[str, Model] = {}

    def offer(self, rows: Iterable[Model]) -> None:
        self.rows = {str(getattr(row, self.key)): row for row in rows}
        self.choices = [("", self.empty_label), *((key, str(row)) for key, row in self.rows.items())]

    def clean(self, value: Any) -> Any:
        return self.rows.get(super().clean(value))
