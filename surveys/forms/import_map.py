"""What the columns and values of a file mean: a map, made on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.enums import Mode
from surveys.forms.import_values import LOCATION, RATINGS, TOUCHPOINT, ValueRow, is_unread, value_rows
from surveys.importing.entries import BadMapError
from surveys.importing.mapping import ENCODINGS, ImportMap, read_map

if TYPE_CHECKING:
    from django.forms.boundfield import BoundField

    from surveys.answering.places import Place
    from surveys.answering.published import Published
    from surveys.importing.profiles import ColumnProfile, FileProfile

# What a column may hold besides the answer to a question, each at most once.
DATE, ID, QUESTION = "*date", "*id", "question:"
LONGEST_QUESTION = 60


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column, the field that says what it holds, and its values; those that would be reported are unread."""

    profile: ColumnProfile
    field: BoundField
    values: list[tuple[str, int, bool]]

    @property
    def has_unread(self) -> bool:
        return any(is_unread for _text, _count, is_unread in self.values)


class MapForm(forms.Form):
    """What each column holds, what odd values stand for, and what goes for the whole file.

    The fields of values follow `said`, the map as it was last kept: another column's values are asked for once the
    map is kept with it. `result` is the new map, when the form is valid.
    """

    date_on = forms.DateField(
        label=gettext_lazy("Day of every row"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Where no column holds the day. Empty means today."),
    )
    date_format = forms.CharField(
        label=gettext_lazy("How days are written"),
        max_length=50,
        required=False,
        help_text=gettext_lazy("In the day’s column: %d.%m.%Y for 31.01.2026. Date cells need nothing."),
    )
    location_code = forms.ChoiceField(
        label=gettext_lazy("Location of every row"),
        required=False,
        help_text=gettext_lazy("Where no column holds it."),
    )
    location_create = forms.BooleanField(
        label=gettext_lazy("Create the locations that are not known yet"), required=False
    )
    touchpoint_code = forms.ChoiceField(
        label=gettext_lazy("Touchpoint of every row"),
        required=False,
        help_text=gettext_lazy("Where no column holds it."),
    )
    mode = forms.ChoiceField(label=gettext_lazy("How the answers came"), choices=Mode.choices)
    encoding = forms.ChoiceField(label=gettext_lazy("Encoding"), required=False)
    delimiter = forms.ChoiceField(label=gettext_lazy("Sign between cells"), required=False)
    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"), required=False)
    skip_bad_rows = forms.BooleanField(
        label=gettext_lazy("Import the good rows even if there are bad ones"),
        required=False,
        help_text=gettext_lazy(
            "Otherwise one bad row refuses the whole file. Bad rows are listed either way."
        ),
    )

    def __init__(
        self,
        *args: Any,
        profile: FileProfile,
        version: Published,
        said: ImportMap,
        locations: list[Place],
        touchpoints: list[Place],
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = _initial(said)
        super().__init__(*args, **kwargs)
        self.profile, self.version, self.said, self.result = profile, version, said, said
        self._offer("location_code", {place.code: place.name for place in locations}, _("The default one"))
        self._offer(
            "touchpoint_code", {place.code: place.name for place in touchpoints}, _("The default one")
        )
        self._offer("encoding", {name: name for name in ENCODINGS}, _("As the file shows"))
        self._offer("delimiter", {",": ",", ";": ";", "\t": _("Tab"), "|": "|"}, _("As the file shows"))
        self._offer("sheet", {name: name for name in profile.sheets}, _("The first one"))
        self._add_column_fields()
        places = {LOCATION: locations, TOUCHPOINT: touchpoints}
        self.value_rows = value_rows(profile, version, said, places)
        self.fields |= {row.name: row.form_field() for row in self.value_rows}
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        written = ["sheet"] if profile.sheets else ["encoding", "delimiter"]
        self.helper.layout = Layout(
            Div("date_on", "date_format", css_class="field-pair"),
            Div("location_code", "touchpoint_code", css_class="field-pair"),
            "location_create",
            Div("mode", *written, css_class="field-pair"),
            "skip_bad_rows",
        )

    @property
    def column_rows(self) -> list[ColumnRow]:
        items = {item.key: item for item in self.version.items}
        of_header = {header: items.get(key) for key, header in self.said.questions.items()}
        return [
            ColumnRow(
                column,
                self[f"column_{at}"],
                [
                    (text, count, is_unread(of_header.get(column.header), text, self.said))
                    for text, count in column.values
                ],
            )
            for at, column in enumerate(self.profile.columns)
        ]

    @property
    def value_fields(self) -> list[tuple[ValueRow, BoundField]]:
        return [(row, self[row.name]) for row in self.value_rows]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            try:
                self.result = read_map(self._data(given))
            except BadMapError as error:
                raise ValidationError(error.reasons) from error
        return given

    def _offer(self, name: str, choices: dict[str, str], nothing: str) -> None:
        """The choices, what the map says among them even where there is no such thing: the check will tell."""
        said = self.initial[name]
        offered = {"": nothing, **choices} | ({} if said in choices or not said else {said: said})
        self.fields[name].choices = list(offered.items())  # type: ignore[attr-defined]

    def _add_column_fields(self) -> None:
        questions = [
            (f"{QUESTION}{item.key}", _short(f"{item.position}. {item.text}")) for item in self.version.items
        ]
        others = [
            (DATE, _("Day")),
            (LOCATION, _("Location")),
            (TOUCHPOINT, _("Touchpoint")),
            (ID, _("Its own id")),
        ]
        choices = [("", _("Not used")), (_("The answer to"), questions), (_("About the row"), others)]
        held = _held(self.said)
        for at, header in enumerate(self.profile.headers):
            label = _("What “%(header)s” holds") % {"header": header}
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=label,
                choices=choices,
                required=False,
                initial=held.get(header, ""),
                widget=forms.Select(attrs={"class": "form-select form-select-sm", "aria-label": label}),
            )

    def _data(self, given: dict[str, Any]) -> dict[str, Any]:
        """The map as plain data. What the page does not show, such as one question's own values, is kept."""
        column_of = self._columns(given)
        questions = {
            held.removeprefix(QUESTION): header
            for held, header in column_of.items()
            if held.startswith(QUESTION)
        }
        return {
            "mode": given["mode"],
            "skip_bad_rows": given["skip_bad_rows"],
            "file": {
                "encoding": given["encoding"],
                "delimiter": given["delimiter"],
                "sheet": given["sheet"],
                "choices_separator": self.said.file.choices_separator,
            },
            "questions": questions,
            "values": self._values(given, RATINGS, dict(self.said.values)),
            "question_values": self._question_values(given, questions),
            "date": self._date(given, column_of.get(DATE, "")),
            "location": self._place(given, LOCATION, "location", column_of),
            "touchpoint": self._place(given, TOUCHPOINT, "touchpoint", column_of),
            "id": {"column": column_of.get(ID, "")},
        }

    def _question_values(self, given: dict[str, Any], questions: dict[str, str]) -> dict[str, dict[str, str]]:
        said = self.said.question_values
        values = {key: self._values(given, key, dict(said.get(key, {}))) for key in questions}
        return {key: own for key, own in values.items() if own}

    def _columns(self, given: dict[str, Any]) -> dict[str, str]:
        """What is held -> in which column. Raises BadMapError for two columns that hold the same."""
        found: dict[str, str] = {}
        for at, header in enumerate(self.profile.headers):
            held = given.get(f"column_{at}", "")
            if held and found.setdefault(held, header) != header:
                raise BadMapError(
                    [
                        _("“%(one)s” and “%(other)s” are said to hold the same.")
                        % {"one": found[held], "other": header}
                    ]
                )
        return found

    def _values(self, given: dict[str, Any], group: str, kept: dict[str, str]) -> dict[str, str]:
        for row in self.value_rows:
            if row.group == group:
                kept.pop(row.text, None)
                if given[row.name]:
                    kept[row.text] = given[row.name]
        return kept

    def _date(self, given: dict[str, Any], column: str) -> dict[str, Any]:
        if column:
            return {"column": column, "format": given["date_format"] or self.said.date.format}
        return {"on": given["date_on"].isoformat()} if given["date_on"] else {}

    def _place(
        self, given: dict[str, Any], group: str, name: str, column_of: dict[str, str]
    ) -> dict[str, Any]:
        column = column_of.get(group, "")
        if not column:
            return {"code": given[f"{name}_code"]}
        kept = self.said.location if group == LOCATION else self.said.touchpoint
        values = self._values(given, group, dict(kept.values) if kept.column == column else {})
        create = {"create": given["location_create"]} if group == LOCATION else {}
        return {"column": column, "values": values, **create}


def _initial(said: ImportMap) -> dict[str, Any]:
    return {
        "date_on": said.date.on,
        "date_format": said.date.format,
        "location_code": said.location.code,
        "location_create": said.location.create,
        "touchpoint_code": said.touchpoint.code,
        "mode": said.mode,
        "encoding": said.file.encoding,
        "delimiter": said.file.delimiter,
        "sheet": said.file.sheet,
        "skip_bad_rows": said.skip_bad_rows,
    }


def _held(said: ImportMap) -> dict[str, str]:
    """Header -> what the map says that its column holds."""
    held = {header: f"{QUESTION}{key}" for key, header in said.questions.items()}
    held |= {said.date.column: DATE, said.location.column: LOCATION}
    held |= {said.touchpoint.column: TOUCHPOINT, said.id_column: ID}
    return {header: what for header, what in held.items() if header}


def _short(text: str) -> str:
    return text[:LONGEST_QUESTION] if len(text) <= LONGEST_QUESTION else f"{text[: LONGEST_QUESTION - 1]}…"
