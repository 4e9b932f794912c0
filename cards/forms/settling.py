"""Forms about single cards: settling two readings, a comment that was left for later, a correction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _

from cards.actions.settling import final_reading
from cards.answers import given_of
from cards.queries.keying import version_of
from cards.queries.screens import code_on
from cards.queries.settling import BLANK, choices_of, words_of
from organisation.text import LONGEST_TEXT
from surveys.answering.answers import is_storable
from surveys.enums import Kind

if TYPE_CHECKING:
    from django.http import QueryDict

    from cards.models import Card
    from cards.queries.settling import Choice, Compared, Disagreement
    from surveys.answering.published import Item

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Row:
    """A field on the page. `picked` is a, b or other, empty before anything is chosen."""

    item: Item
    a: str
    b: str
    choices: list[Choice]
    is_several: bool
    picked: str
    others: list[str]
    error: str


class SettlingForm:
    """One choice for each field that differs: reading A, reading B, or another value. Nothing is chosen beforehand."""

    def __init__(self, disagreement: Disagreement, data: QueryDict | None = None) -> None:
        self.disagreement = disagreement
        self.data = data
        self.errors: dict[str, str] = {}
        self.chosen: dict[str, list[str]] = {}

    def is_valid(self) -> bool:
        for field in self.disagreement.fields:
            values = self._values(field)
            if values is None:
                self.errors[field.item.key] = _("Choose what stands on the paper.")
            else:
                self.chosen[field.item.key] = values
        return not self.errors

    @property
    def whole(self) -> str:
        """What is wrong with all of it together."""
        return self.errors.get("", "")

    @property
    def rows(self) -> list[Row]:
        return [self._row(field) for field in self.disagreement.fields]

    def _values(self, field: Compared) -> list[str] | None:
        """As a form gives them; None where nothing was chosen."""
        picked = self._picked(field.item)
        if picked != OTHER:
            return {"a": field.a, "b": field.b}.get(picked)
        others = self._others(field.item)
        if others == [BLANK]:
            return []
        return others or None

    def _picked(self, item: Item) -> str:
        return str(self.data.get(item.key, "")) if self.data else ""

    def _others(self, item: Item) -> list[str]:
        given = self.data.getlist(f"{item.key}-{OTHER}") if self.data else []
        return [str(value) for value in given if value]

    def _row(self, field: Compared) -> Row:
        item = field.item
        return Row(
            item=item,
            a=words_of(item, field.a),
            b=words_of(item, field.b),
            choices=choices_of(item),
            is_several=item.kind == Kind.SEVERAL_CHOICES,
            picked=self._picked(item),
            others=self._others(item),
            error=self.errors.get(item.key, ""),
        )


class CommentForm(forms.Form):
    """A text field for each text question of the card's version; empty where there is no comment after all."""

    def __init__(self, card: Card, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.card = card
        self.code = code_on(card)
        before = final_reading(card).answers
        for item in version_of(card).items:
            if item.kind == Kind.TEXT:
                self.fields[item.key] = _text_field(item, str(before.get(item.key, "")))

    def clean(self) -> dict[str, str]:
        said: dict[str, str] = super().clean() or {}
        for key, text in said.items():
            if not is_storable(text):
                self.add_error(key, _("This text holds a character that cannot be stored. Please remove it."))
        return said


class CorrectionForm(forms.Form):
    """Every question of the card, with what it says now. A blank stays a blank: nothing has to be answered."""

    def __init__(self, card: Card, data: QueryDict | None = None) -> None:
        super().__init__(data)
        version, reading = version_of(card), final_reading(card)
        given = given_of(version, reading.ratings, reading.answers) if reading.ratings else {}
        for item in version.items:
            self.fields[item.key] = _field(item, given.get(item.key, []))

    @property
    def given(self) -> dict[str, list[str]]:
        """As `read_answers` takes it."""
        return {key: _as_given(value) for key, value in self.cleaned_data.items()}


def _field(item: Item, values: list[str]) -> forms.Field:
    if item.kind == Kind.TEXT:
        return _text_field(item, "\n".join(values))
    label = f"{item.position}. {item.text}"
    choices = [(choice.value, choice.words) for choice in choices_of(item)]
    if item.kind == Kind.SEVERAL_CHOICES:
        several = [choice for choice in choices if choice[0] != BLANK]
        return forms.MultipleChoiceField(
            label=label,
            choices=several,
            initial=values,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
    return forms.ChoiceField(label=label, choices=choices, initial=values[0] if values else BLANK)


def _text_field(item: Item, text: str) -> forms.CharField:
    return forms.CharField(
        label=f"{item.position}. {item.text}",
        initial=text,
        required=False,
        validators=[MaxLengthValidator(LONGEST_TEXT)],
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _as_given(value: str | list[str]) -> list[str]:
    values = [value] if isinstance(value, str) else value
    return [one for one in values if one and one != BLANK]
