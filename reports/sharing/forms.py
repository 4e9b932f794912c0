from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.forms.fields import helper_of, name_field

DAYS = {
    7: gettext_lazy("7 days"),
    30: gettext_lazy("30 days"),
    90: gettext_lazy("90 days"),
    365: gettext_lazy("a year"),
}


class ShareForm(forms.Form):
    name = name_field(help_text=gettext_lazy("Whoever opens the link reads it above the report."))
    days = forms.TypedChoiceField(
        label=gettext_lazy("The link is good for"), choices=list(DAYS.items()), coerce=int
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper_of(self, submit=_("Make the link"), back=back)
