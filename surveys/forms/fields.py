"""Fields that more than one form of the builder has."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from crispy_forms.layout import HTML, ButtonHolder, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.text import StorableCharField

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

YEARS = range(2000, 2101)


class OneLineField(StorableCharField):
    """Text on one line: line ends and runs of spaces become one space."""

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


class LocalMomentField(forms.DateTimeField):
    """A moment, shown and typed by the clock of `zone`."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    zone = ZoneInfo("UTC")

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(self.zone).replace(tzinfo=None) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(self.zone):
            moment = super().to_python(value)
        if moment and moment.year not in YEARS:
            raise ValidationError(_("Give a year from 2000 to 2100."), code="year")
        return moment


def long_text(label: _StrOrPromise, *, rows: int, max_length: int = 2000, **kwargs: Any) -> StorableCharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return StorableCharField(label=label, max_length=max_length, widget=widget, **kwargs)


def buttons(submit: _StrOrPromise, back: str) -> ButtonHolder:
    """What the form does, and the way back."""
    cancel = format_html('<a class="btn btn-secondary" href="{}">{}</a>', back, gettext("Cancel"))
    return ButtonHolder(Submit("", submit), HTML(cancel), css_class="buttons")
