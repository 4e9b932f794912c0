"""The values of a file that need a word: what no rating, no answer and no place is called."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from hashlib import blake2s
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _

from surveys.answering.answers import SCALE, is_storable
from surveys.enums import RATING_LABELS, Answer, Kind
from surveys.importing.entries import MAX_TEXT
from surveys.importing.fitting import option_texts
from surveys.importing.profiles import SHOWN
from surveys.importing.tables import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from surveys.answering.places import Place
    from surveys.answering.published import Item, Published
    from surveys.importing.mapping import ImportMap, PlaceMap
    from surveys.importing.profiles import FileProfile

type Choices = list[tuple[str, str]]
# The groups that are no question's key, which never begins with a star.
RATINGS, LOCATION, TOUCHPOINT = "*ratings", "*location", "*touchpoint"


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A text of the file, how often it occurs, and what it may stand for. `group` is a star word or a measure key."""

    group: str
    label: str
    text: str
    count: int
    choices: Choices
    chosen: str
    # Whether something becomes of it although nothing was chosen: the location is created.
    is_settled: bool = False

    @property
    def is_unread(self) -> bool:
        return not self.chosen and not self.is_settled

    @property
    def name(self) -> str:
        """The form field's name: texts may hold anything, so it is made from their hash."""
        return f"value_{blake2s(f'{self.group} {self.text}'.encode(), digest_size=8).hexdigest()}"

    @property
    def shown(self) -> str:
        return clean(self.text, 60) or _("(empty)")

    def form_field(self) -> forms.ChoiceField:
        label = _("What “%(text)s” stands for in %(where)s") % {"text": self.shown, "where": self.label}
        attributes = {"class": "form-select form-select-sm", "aria-label": label}
        return forms.ChoiceField(
            label=label,
            choices=self.choices,
            required=False,
            initial=self.chosen,
            widget=forms.Select(attrs=attributes),
        )


def value_rows(
    profile: FileProfile, version: Published, said: ImportMap, places: Mapping[str, Sequence[Place]]
) -> list[ValueRow]:
    """What the columns of the map hold and nobody has to guess: ratings together, then choices, then places."""
    items = [item for item in version.items if said.questions.get(item.key)]
    rows = _rating_rows(profile, [item for item in items if item.is_rating], said)
    for item in items:
        if item.kind in {Kind.SINGLE_CHOICE, Kind.SEVERAL_CHOICES}:
            rows += _choice_rows(profile, item, said)
    for group, name, place in (
        (LOCATION, _("Location"), said.location),
        (TOUCHPOINT, _("Touchpoint"), said.touchpoint),
    ):
        rows += _place_rows(profile, group, name, place, places[group])
    return rows


def is_unread(item: Item | None, text: str, said: ImportMap) -> bool:
    """Whether a cell of the question's column would be reported as a bad row."""
    if item is None or not item.is_rating:
        return False
    known = {*SCALE, "", *said.values, *said.question_values.get(item.key, {})}
    return text not in known


def _rating_rows(profile: FileProfile, items: Iterable[Item], said: ImportMap) -> list[ValueRow]:
    counted: Counter[str] = Counter()
    for item in items:
        own = said.question_values.get(item.key, {})
        for text, count in _values(profile, said.questions[item.key]):
            if text not in SCALE and text and text not in own:
                counted[text] += count
    choices = [
        ("", _("Report these rows")),
        (str(Answer.NOT_APPLICABLE), str(Answer.NOT_APPLICABLE.label)),
        (str(Answer.BLANK), str(Answer.BLANK.label)),
        *((str(rating), f"{rating} {label}") for rating, label in RATING_LABELS.items()),
    ]
    return _rows(RATINGS, _("Ratings"), counted, choices, said.values.get)


def _choice_rows(profile: FileProfile, item: Item, said: ImportMap) -> list[ValueRow]:
    offered = {"", *option_texts(item)}
    counted: Counter[str] = Counter()
    for text, count in _values(profile, said.questions[item.key]):
        parts = text.split(said.file.choices_separator) if item.kind == Kind.SEVERAL_CHOICES else [text]
        for part in {part.strip() for part in parts} - offered:
            if text not in offered:
                counted[part] += count
    choices = [
        ("", _("Report these rows")),
        (str(Answer.BLANK), str(Answer.BLANK.label)),
        *((option.key, option.label) for option in item.options),
    ]
    return _rows(item.key, item.text, counted, choices, said.question_values.get(item.key, {}).get)


def _place_rows(
    profile: FileProfile, group: str, name: str, said: PlaceMap, places: Sequence[Place]
) -> list[ValueRow]:
    if not said.column:
        return []
    known = {place.code for place in places} | {place.name for place in places}
    counted = Counter({text: n for text, n in _values(profile, said.column) if text not in known})
    choices = [("", _("As it is written")), *((place.code, place.name) for place in places)]
    rows = _rows(group, name, counted, choices, said.values.get)
    return [replace(row, is_settled=said.create and row.text != "") for row in rows]


def _values(profile: FileProfile, header: str) -> tuple[tuple[str, int], ...]:
    column = profile.column(header)
    return column.values if column else ()


def _rows(
    group: str,
    label: str,
    counted: Counter[str],
    choices: Choices,
    chosen: Callable[[str, str], str],
) -> list[ValueRow]:
    known = {value for value, _label in choices}
    rows = []
    for text, count in counted.most_common(SHOWN):
        if is_storable(text) and len(text) <= MAX_TEXT:
            sign = chosen(text, "")
            # A code that is still to be created is no choice of the list, and stays what the map says.
            offered = choices if sign in known else [*choices, (sign, sign)]
            rows.append(ValueRow(group, label, text, count, offered, sign))
    return rows
