"""A file to bring in, and what its columns and values mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.enums import Mode
from surveys.forms.import_values import ValueRow, value_rows
from surveys.importing.mapping import ENCODINGS, BadMapError, ImportMap, read_map, read_toml
from surveys.models import Survey

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.forms.boundfield import BoundField

    from organisation.models import Member
    from surveys.answering.places import Place
    from surveys.answering.published import Published
    from surveys.importing.profiles import ColumnProfile, FileProfile

DELIMITERS = {"": _("As the file shows"), ",": ",", ";": ";", "\t": _("Tab"), "|": "|"}
# What a column may hold besides the answer to a question, each at most once.
DATE, LOCATION, TOUCHPOINT, ID = "date", "location", "touchpoint", "id"
QUESTION = "question:"
SHORT = 60


class UploadForm(forms.Form):
    survey = forms.ModelChoiceField(
        label=gettext_lazy("Survey"),
        queryset=Survey.objects.none(),
        help_text=gettext_lazy("Published ones are listed. Every row is checked as a customer’s answers are."),
    )
    file = forms.FileField(label=gettext_lazy("File with answers"), max_length=500)
    map = forms.FileField(
        label=gettext_lazy("Map"),
        required=False,
        help_text=gettext_lazy("If you have one from an earlier import (TOML). Else you say on the next page what is what."),
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["survey"]
        field.queryset = Survey.objects.visible_to(member).published().active().order_by("name")  # type: ignore[attr-defined]
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.layout = Layout("survey", "map")

    def clean_file(self) -> UploadedFile[Any]:
        sent: UploadedFile[Any] = self.cleaned_data["file"]
        limit = settings.IMPORT_MAX_MB
        if (sent.size or 0) > limit * 1_000_000:
            raise ValidationError(
                _("The file is larger than %(limit)d MB. Split it, or use the command import_responses.")
                % {"limit": limit}
            )
        return sent

    def clean_map(self) -> ImportMap | None:
        sent: UploadedFile[Any] | None = self.cleaned_data["map"]
        if sent is None:
            return None
        try:
            return read_toml(sent.read(1_000_001).decode())
        except UnicodeDecodeError as error:
            raise ValidationError(_("The map is not written in UTF-8.")) from error
        except BadMapError as error:
            raise ValidationError(error.reasons) from error


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column, the field that says what it holds, and its values; those that would be reported are unread."""

    profile: ColumnProfile
    field: BoundField
    values: list[tuple[str, int, bool]]


class MapForm(forms.Form):
    """What each column holds, what odd values stand for, and what goes for the whole file.

    The value fields follow `said`, the map as it was last kept: other columns show theirs when the map is kept.
    """

    encoding = forms.ChoiceField(label=gettext_lazy("Encoding"), required=False)
    delimiter = forms.ChoiceField(label=gettext_lazy("Between the cells"), required=False)
    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"), required=False)
    date_format = forms.CharField(
        label=gettext_lazy("How days are written"),
        max_length=50,
        required=False,
        help_text=gettext_lazy("%d.%m.%Y for 31.01.2026. Date cells of a workbook are understood as they are."),
    )
    date_on = forms.DateField(
        label=gettext_lazy("Day of every row"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Where no column holds the day. Empty: the day of the check."),
    )
    location_code = forms.ChoiceField(
        label=gettext_lazy("Location of every row"),
        required=False,
        help_text=gettext_lazy("Where no column holds it."),
    )
    location_create = forms.BooleanField(
        label=gettext_lazy("Create a location for each name that is not known yet"), required=False
    )
    touchpoint_code = forms.ChoiceField(
        label=gettext_lazy("Touchpoint of every row"),
        required=False,
        help_text=gettext_lazy("Where no column holds it."),
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("How the answers came"), choices=Mode.choices, initial=Mode.IMPORT
    )
    skip_bad_rows = forms.BooleanField(
        label=gettext_lazy("Import the good rows even if there are bad ones"),
        required=False,
        help_text=gettext_lazy("Otherwise one bad row refuses the whole file. Bad rows are listed either way."),
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
        self.profile, self.version, self.said = profile, version, said
        self.places = {LOCATION: locations, TOUCHPOINT: touchpoints}
        super().__init__(*args, initial=_initial(said), **kwargs)
        self.result = said
        self._offer_choices()
        self._add_column_fields()
        self.rows = value_rows(profile, version, said, self.places)
        for row in self.rows:
            self.fields[row.name] = row.form_field()
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.layout = self._layout()

    def _offer_choices(self) -> None:
        offered = {
            "encoding": [("", _("As the file shows")), *((name, name) for name in ENCODINGS)],
            "delimiter": list(DELIMITERS.items()),
            "sheet": [("", _("The first one")), *((name, name) for name in self.profile.sheets)],
            "location_code": _place_choices(self.places[LOCATION]),
            "touchpoint_code": _place_choices(self.places[TOUCHPOINT]),
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _add_column_fields(self) -> None:
        choices = [
            ("", _("Not used")),
            (_("Answers"), [(f"{QUESTION}{item.key}", _short(f"{item.position}. {item.text}")) for item in self.version.items]),
            (
                _("About the row"),
                [(DATE, _("Day")), (LOCATION, _("Location")), (TOUCHPOINT, _("Touchpoint")), (ID, _("Its own id"))],
            ),
        ]
        held = {header: f"{QUESTION}{key}" for key, header in self.said.questions.items()}
        held |= {self.said.date.column: DATE, self.said.location.column: LOCATION}
        held |= {self.said.touchpoint.column: TOUCHPOINT, self.said.id_column: ID}
        for at, header in enumerate(self.profile.headers):
            label = _("What “%(header)s” holds") % {"header": header}
            widget = forms.Select(attrs={"class": "form-select form-select-sm", "aria-label": label})
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, widget=widget, initial=held.get(header, "") if header else ""
            )

    def _layout(self) -> Layout:
        file = ["sheet"] if self.profile.sheets else ["encoding", "delimiter"]
        return Layout(
            Fieldset(_("When, where and how"), Div("date_on", "date_format", css_class="field-pair"),
                Div("location_code", "touchpoint_code", css_class="field-pair"),
                "location_create", Div("mode", *file, css_class="field-pair")),
            "skip_bad_rows",
            HTML(""),
        )
