"""A mailing's words and rules, and the list of its recipients."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from organisation.forms.fields import PlacesField
from organisation.models import Location, Touchpoint
from organisation.text import StorableCharField
from surveys.forms.fields import LocalMomentField, OneLineField, buttons, long_text
from surveys.importing.mapping import FileMap
from surveys.importing.tables import UnreadableFileError, open_table
from surveys.inviting.lists import pasted_rows, read_list
from surveys.models.mailings import BODY_LENGTH, LONGEST_CAP, LONGEST_PAUSE, MOST_REMINDERS, SUBJECT_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import QueryDict

    from organisation.models import Member
    from surveys.inviting.lists import Choices, Listed
    from surveys.models import Mailing, Survey

PLAIN = ("name", "subject", "body", "location", "touchpoint", "reminders", "reminder_days", "cap_days")
MOMENTS = ("quiet_from", "quiet_until", "starts_at")
NAME_HINT = gettext_lazy(
    "{name} becomes the recipient’s name; a line that has it is left out for those without one. "
    "The button with the personal link follows by itself."
)


class PlaceField(PlacesField):
    """One place by its key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, widget=forms.Select, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return getattr(value, "pk", value)

    def clean(self, value: Any) -> Any:
        return super().clean([value] if value else []).get()


def quiet_field(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label, required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )


class MailingForm(forms.Form):
    name = OneLineField(
        label=gettext_lazy("Name"),
        max_length=100,
        help_text=gettext_lazy("For you and your colleagues; recipients do not see it."),
    )
    subject = OneLineField(label=gettext_lazy("Subject"), max_length=SUBJECT_LENGTH)
    body = long_text(gettext_lazy("Text"), rows=8, max_length=BODY_LENGTH, help_text=NAME_HINT)
    location = PlaceField(
        label=gettext_lazy("Location"),
        queryset=Location.objects.none(),
        help_text=gettext_lazy("Where answers count, unless the list says otherwise."),
    )
    touchpoint = PlaceField(label=gettext_lazy("Touchpoint"), queryset=Touchpoint.objects.none())
    reminders = forms.IntegerField(
        label=gettext_lazy("Reminders"),
        min_value=0,
        max_value=MOST_REMINDERS,
        help_text=gettext_lazy("How many at most, to those who have not finished."),
    )
    reminder_days = forms.IntegerField(
        label=gettext_lazy("Days between mails"), min_value=1, max_value=LONGEST_PAUSE
    )
    cap_days = forms.IntegerField(
        label=gettext_lazy("Contact cap, in days"),
        min_value=0,
        max_value=LONGEST_CAP,
        help_text=gettext_lazy("Nobody is invited who was by any survey in so many days. 0: no limit."),
    )
    quiet_from = quiet_field(gettext_lazy("Quiet from"))
    quiet_until = quiet_field(gettext_lazy("Quiet until"))
    starts_at = LocalMomentField(label=gettext_lazy("Starts"), required=False)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        member: Member,
        languages: Sequence[str],
        zone: str,
        back: str,
        initial: dict[str, Any],
    ) -> None:
        super().__init__(data, initial=initial)
        self.others = languages[1:]
        for name, model in (("location", Location), ("touchpoint", Touchpoint)):
            self.fields[name].queryset = model.objects.visible_to(member).open().order_by("name", "pk")  # type: ignore[attr-defined]
        self.fields["quiet_until"].help_text = _("By the recipient’s own clock. Both empty: any time.")
        self.fields["starts_at"].zone = ZoneInfo(zone)  # type: ignore[attr-defined]
        self.fields["starts_at"].help_text = _(
            "By the clock of %(zone)s. Empty: as soon as you start it."
        ) % {"zone": zone}
        for code in self.others:
            self._add_language(code)
        self._lay_out(back)

    def _add_language(self, code: str) -> None:
        name = get_language_info(code)["name_local"]
        self.fields[f"subject_{code}"] = OneLineField(
            label=_("Subject (%(language)s)") % {"language": name}, required=False, max_length=SUBJECT_LENGTH
        )
        self.fields[f"body_{code}"] = long_text(
            _("Text (%(language)s)") % {"language": name}, rows=6, max_length=BODY_LENGTH, required=False
        )

    def _lay_out(self, back: str) -> None:
        words = [name for code in self.others for name in (f"subject_{code}", f"body_{code}")]
        translated = [Fieldset(_("In other languages"), *words)] if words else []
        self.helper = FormHelper(self)
        self.helper.layout = Layout(
            "name",
            Fieldset(_("The mail"), "subject", "body"),
            *translated,
            Fieldset(_("Where answers count"), "location", "touchpoint"),
            Fieldset(_("When, and how often"), *MOMENTS, "reminders", "reminder_days", "cap_days"),
            buttons(_("Save"), back),
        )

    def clean(self) -> None:
        given = self.cleaned_data
        if (given.get("quiet_from") is None) != (given.get("quiet_until") is None):
            self.add_error("quiet_until", _("Give both, or neither."))
        for code in self.others:
            if bool(given.get(f"subject_{code}")) != bool(given.get(f"body_{code}")):
                self.add_error(f"body_{code}", _("Give subject and text, or neither."))

    @property
    def values(self) -> dict[str, Any]:
        """As the mailing keeps them."""
        given = self.cleaned_data
        translations = {
            code: {"subject": given[f"subject_{code}"], "body": given[f"body_{code}"]}
            for code in self.others
            if given[f"subject_{code}"]
        }
        return {**{name: given[name] for name in (*PLAIN, *MOMENTS)}, "translations": translations}


def initial_of(mailing: Mailing) -> dict[str, Any]:
    translated = {
        f"{part}_{code}": text for code, words in mailing.translations.items() for part, text in words.items()
    }
    return {name: getattr(mailing, name) for name in (*PLAIN, *MOMENTS)} | translated


def initial_for(survey: Survey) -> dict[str, Any]:
    """What a new mailing begins with."""
    return {
        "name": _("Invitation to %(survey)s") % {"survey": survey.name[:70]},
        "subject": _("How did we do?"),
        "body": _(
            "Dear {name},\n\nthank you for coming to us. How did we do? Your answers help us to do better. "
            "It takes about two minutes."
        ),
        "location": Location.objects.get(is_default=True),
        "touchpoint": Touchpoint.objects.get(is_default=True),
        "reminders": 1,
        "reminder_days": 7,
        "cap_days": 90,
        "quiet_from": "20:00",
        "quiet_until": "08:00",
    }


class RecipientsForm(forms.Form):
    """A list, pasted or as a file: one of the two. `listed` is what was read."""

    lines = StorableCharField(
        label=gettext_lazy("Paste a list"),
        required=False,
        max_length=1_500_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "One recipient a line: e-mail, name, language, time zone, location, touchpoint. Only the e-mail must be there."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Choose a file, or drop it here"), required=False, max_length=500
    )
    listed: Listed | None = None

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        self.fields["lines"].widget.attrs["placeholder"] = "anna@example.org, Anna Novak\neva@example.org"
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.layout = Layout("lines")

    def clean(self) -> None:
        lines, file = self.cleaned_data.get("lines"), self.cleaned_data.get("file")
        if self.errors:
            return
        if bool(lines) == bool(file):
            raise ValidationError(_("Paste a list, or choose a file."))
        rows = self._rows_of_file() if file else pasted_rows(lines or "")
        try:
            self.listed = read_list(rows, self.choices)
        except UnreadableFileError as error:
            self.add_error("file", str(error))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and (file.size or 0) > settings.IMPORT_MAX_MB * 1_000_000:
            raise ValidationError(
                _("The file is larger than %(limit)d MB. Split it.") % {"limit": settings.IMPORT_MAX_MB}
            )
        return file

    def _rows_of_file(self) -> Iterator[tuple[int, Sequence[str] | str]]:
        """Rows as a spreadsheet numbers them. Raises UnreadableFileError."""
        with NamedTemporaryFile() as copy:
            for chunk in self.cleaned_data["file"].chunks():
                copy.write(chunk)
            copy.flush()
            with open_table(Path(copy.name), FileMap()) as table:
                yield 1, table.headers
                for row in table.rows:
                    yield row.number, row.flaw.reason if row.flaw else row.cells
