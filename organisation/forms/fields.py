"""Fields that more than one form of the organisation has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.forms.filters import FIRST_DAY, LAST_DAY
from organisation.models.places import time_zones
from organisation.text import NameField

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrOrPromise


# Keys are counted up from 1. A database that is asked about one past its integers answers with an error.
KEYS = range(2**31)
LONGEST = len(str(KEYS[-1]))


class PlacesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Rows by their keys. What cannot be a key is a choice that is not there."""

    def clean(self, value: Any) -> QuerySet[Any]:
        for key in value if isinstance(value, list | tuple) else ():
            if not (str(key).isdecimal() and len(str(key)) <= LONGEST and int(key) in KEYS):
                message = self.error_messages["invalid_choice"]
                raise ValidationError(message, code="invalid_choice", params={"value": str(key)[:50]})
        return super().clean(value)


class DayField(forms.DateField):
    """A day as browsers give it, within reason."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **kwargs)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(_("Give a day between 2000 and 2100."))
        return day


def name_field(**kwargs: Any) -> NameField:
    return NameField(label=kwargs.pop("label", gettext_lazy("Name")), max_length=100, **kwargs)


def time_zone_field() -> forms.ChoiceField:
    names = sorted(time_zones())
    return forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        choices=[(name, name.replace("_", " ")) for name in names],
        help_text=gettext_lazy("Days begin and end by this clock."),
    )


def helper_of(form: forms.BaseForm, *, submit: _StrOrPromise, back: str) -> FormHelper:
    """Every field in order, a button that says what it does, and the way back."""
    helper = FormHelper(form)
    cancel = f'<a class="btn btn-secondary" href="{back}">{_("Cancel")}</a>'
    buttons = Div(StrictButton(submit, type="submit", css_class="btn-primary"), HTML(cancel))
    buttons.css_class = "buttons form-actions"
    helper.layout = Layout(*form.fields, buttons)
    return helper


def fix_code(form: forms.BaseForm, *, is_new: bool) -> None:
    """A code is chosen once: printed cards, links and imported files rely on it."""
    field = form.fields["code"]
    field.disabled = not is_new
    field.help_text = (
        _(
            "Small letters, digits, hyphens and underscores. It stands in links and on cards and never changes."
        )
        if is_new
        else _("The code never changes: links, printed cards and files rely on it.")
    )
