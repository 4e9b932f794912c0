"""What a list can be narrowed down by. A filter that cannot be read narrows nothing and says so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.enums import Role
from organisation.models import Member
from organisation.text import StorableCharField
from organisation.trail import audit_kinds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrOrPromise

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2100, 1, 1)


class Filter(forms.Form):
    """`values` holds what was given and is well formed; for the rest, each field's empty value."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.helper = FormHelper(self)
        self.helper.form_method = "get"
        self.helper.disable_csrf = True

    @cached_property
    def values(self) -> dict[str, Any]:
        self.full_clean()
        return {name: self.cleaned_data.get(name, field.clean("")) for name, field in self.fields.items()}

    @property
    def is_given(self) -> bool:
        """Whether anything is left out."""
        return any(self.values.values())


class LocationFilter(Filter):
    words = StorableCharField(label=gettext_lazy("Code, name or region"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("Open")), ("archived", gettext_lazy("Archived"))],
    )


class MemberFilter(Filter):
    words = StorableCharField(label=gettext_lazy("Name or e-mail"), required=False, max_length=100)
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        required=False,
        choices=[("", gettext_lazy("Every role")), *Role.choices],
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("May sign in")), ("inactive", gettext_lazy("Deactivated"))],
    )


def _day(label: _StrOrPromise) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class AuditFilter(Filter):
    words = StorableCharField(label=gettext_lazy("Name"), required=False, max_length=100)
    by = forms.ModelChoiceField(
        label=gettext_lazy("Who"),
        required=False,
        queryset=Member.objects.none(),
        empty_label=gettext_lazy("Everybody"),
    )
    kind = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    first = _day(gettext_lazy("From"))
    last = _day(gettext_lazy("To"))

    def __init__(self, data: Mapping[str, Any], *, reader: Member) -> None:
        super().__init__(data)
        members = Member.objects.visible_to(reader).order_by("email")
        self.fields["by"].queryset = members  # type: ignore[attr-defined]
        kinds = [("", _("Everything")), *audit_kinds(reader)]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
