from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.forms.fields import OneLineField


class AccessKeyForm(forms.Form):
    name = OneLineField(
        label=gettext_lazy("Name"),
        max_length=100,
        help_text=gettext_lazy("Which program uses it, such as “Till in Brno”."),
    )
    may_add_recipients = forms.BooleanField(
        label=gettext_lazy("Adds recipients"), required=False, initial=True
    )
    may_report_bounces = forms.BooleanField(label=gettext_lazy("Reports bounces"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.layout = Layout(
            "name",
            "may_add_recipients",
            "may_report_bounces",
            ButtonHolder(Submit("", _("Make a key")), css_class="buttons"),
        )

    def clean(self) -> None:
        given = self.cleaned_data
        if not (given.get("may_add_recipients") or given.get("may_report_bounces")):
            raise ValidationError(_("Choose at least one thing that the key is good for."))
