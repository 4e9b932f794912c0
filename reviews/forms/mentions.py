"""A mention that a member types, a file of them, and what its columns hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.forms.fields import DayField, helper_of
from organisation.models import Location, Touchpoint
from organisation.text import LONGEST_TEXT, NameField, StorableCharField
from reviews.enums import MentionSource
from reviews.mentions.entries import LONGEST_AUTHOR, LONGEST_SOURCE, Mention
from reviews.mentions.links import LONGEST_LINK, plain_address, web_address
from reviews.mentions.mapping import COLUMNS, MentionMap
from reviews.mentions.scores import HIGHEST, NoScore, Score, read_score
from surveys.importing.days import wrong_day
from surveys.importing.mapping import DATE_FORMAT, is_date_format

if TYPE_CHECKING:
    from datetime import date

    from django.core.files.uploadedfile import UploadedFile

    from organisation.models import Member
    from surveys.importing.profiles import FileProfile


class MentionForm(forms.Form):
    text = StorableCharField(
        label=gettext_lazy("What was said"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[MaxLengthValidator(LONGEST_TEXT)],
    )
    said_on = DayField(label=gettext_lazy("Day"))
    source = forms.ChoiceField(label=gettext_lazy("Source"), choices=MentionSource.choices)
    source_name = NameField(
        label=gettext_lazy("Name of the source"), required=False, max_length=LONGEST_SOURCE
    )
    link = StorableCharField(
        label=gettext_lazy("Link"), required=False, max_length=LONGEST_LINK, validators=[web_address]
    )
    author = NameField(label=gettext_lazy("Author, as given"), required=False, max_length=LONGEST_AUTHOR)
    score = StorableCharField(
        label=gettext_lazy("Score, as given"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("With the highest there is, such as 8/10. It is kept on its own scale."),
    )
    location = forms.ModelChoiceField(
        label=gettext_lazy("Location"), queryset=Location.objects.none(), to_field_name="code"
    )
    touchpoint = forms.ModelChoiceField(
        label=gettext_lazy("Touchpoint"), queryset=Touchpoint.objects.none(), to_field_name="code"
    )
    answered_on = DayField(label=gettext_lazy("Answered there on"), required=False)

    def __init__(self, *args: Any, by: Member, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        places: Any = self.fields["location"]
        places.queryset = Location.objects.visible_to(by).open().order_by("name")
        touchpoints: Any = self.fields["touchpoint"]
        touchpoints.queryset = Touchpoint.objects.visible_to(by).open().order_by("name")
        self.initial.setdefault("said_on", today)
        self.helper = helper_of(self, submit=_("Add the mention"), back=reverse("reviews:comments"))

    def clean_score(self) -> Score | None:
        try:
            return read_score(self.cleaned_data["score"], None) if self.cleaned_data["score"] else None
        except NoScore as error:
            raise ValidationError(str(error)) from error

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        return plain_address(link) if link else ""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        said_on, answered_on = given.get("said_on"), given.get("answered_on")
        for name, day in (("said_on", said_on), ("answered_on", answered_on)):
            if day and (reason := wrong_day(day, self.today, "")):
                self.add_error(name, reason)
        if said_on and answered_on and answered_on < said_on:
            self.add_error("answered_on", _("It was answered before it was said."))
        if not self.errors and not given.get("text") and not given.get("score"):
            self.add_error("text", _("Give what was said, or the score."))
        return given

    def mention(self) -> Mention:
        given = dict(self.cleaned_data)
        location, touchpoint = given.pop("location"), given.pop("touchpoint")
        return Mention(location_id=location.pk, touchpoint_id=touchpoint.pk, **given)


class AnsweredForm(forms.Form):
    answered_on = DayField(
        label=gettext_lazy("Answered there on"),
        required=False,
        help_text=gettext_lazy("Empty: not answered."),
    )

    def __init__(self, *args: Any, said_on: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said_on, self.today = said_on, today
        self.helper = helper_of(self, submit=_("Save"), back=reverse("reviews:comments"))

    def clean_answered_on(self) -> date | None:
        day: date | None = self.cleaned_data["answered_on"]
        if day and not self.said_on <= day <= self.today:
            raise ValidationError(_("Give a day from the one on which it was said until today."))
        return day


class MentionFileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Choose a file, or drop it here"), max_length=500)

    def clean_file(self) -> UploadedFile[Any]:
        sent: UploadedFile[Any] = self.cleaned_data["file"]
        if (sent.size or 0) > settings.IMPORT_MAX_MB * 1_000_000:
            raise ValidationError(
                _("The file is larger than %(limit)d MB. Split it.") % {"limit": settings.IMPORT_MAX_MB}
            )
        return sent


class MentionMapForm(forms.Form):
    """What each column holds, and what goes for every row. `result` is the map, when the form is valid."""

    date_format = forms.CharField(label=gettext_lazy("How days are written"), max_length=50, required=False)
    on = DayField(
        label=gettext_lazy("Day of every row"),
        required=False,
        help_text=gettext_lazy("Where no column holds the day. Empty means today."),
    )
    source = forms.ChoiceField(label=gettext_lazy("Source"), choices=MentionSource.choices)
    source_name = NameField(
        label=gettext_lazy("Name of the source"), required=False, max_length=LONGEST_SOURCE
    )
    scale_max = forms.IntegerField(
        label=gettext_lazy("Highest score there"),
        required=False,
        min_value=1,
        max_value=HIGHEST,
        help_text=gettext_lazy("Where a cell says only 8 and not 8/10."),
    )
    location_code = forms.ChoiceField(label=gettext_lazy("Location of every row"), required=False)
    touchpoint_code = forms.ChoiceField(label=gettext_lazy("Touchpoint of every row"), required=False)
    skip_bad_rows = forms.BooleanField(
        label=gettext_lazy("Import the good rows even if there are bad ones"), required=False
    )

    def __init__(self, *args: Any, profile: FileProfile, said: MentionMap, by: Member, **kwargs: Any) -> None:
        initial = {name: getattr(said, name) for name in self.base_fields}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.profile, self.said, self.result = profile, said, said
        self._offer("location_code", Location.objects.visible_to(by), _("The default one"))
        self._offer("touchpoint_code", Touchpoint.objects.visible_to(by), _("The default one"))
        holds = {header: what for what, header in said.columns.items()}
        for at, header in enumerate(profile.headers):
            label = _("What “%(header)s” holds") % {"header": header}
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=label,
                required=False,
                choices=[("", _("Not used")), *COLUMNS.items()],
                initial=holds.get(header, ""),
                widget=forms.Select(attrs={"class": "form-select form-select-sm", "aria-label": label}),
            )
        self.helper = helper_of(self, submit=_("Check every row"), back=reverse("reviews:mention_files"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        columns: dict[str, str] = {}
        for at, header in enumerate(self.profile.headers):
            what = given.pop(f"column_{at}", "")
            if what and columns.setdefault(what, header) != header:
                told = {"one": columns[what], "other": header}
                self.add_error(None, _("“%(one)s” and “%(other)s” are said to hold the same.") % told)
        given["date_format"] = given.get("date_format") or DATE_FORMAT
        if not is_date_format(given["date_format"]):
            self.add_error(
                "date_format", _("Say where year, month and day stand, such as %Y-%m-%d or %d.%m.%Y.")
            )
        if not self.errors:
            self.result = MentionMap(columns=columns, file=self.said.file, **given)
        return given

    def _offer(self, name: str, places: Any, nothing: str) -> None:
        choices = [("", nothing), *places.order_by("name").values_list("code", "name")]
        self.fields[name].choices = choices  # type: ignore[attr-defined]
