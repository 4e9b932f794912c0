from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cards.forms.batches import ShareField
from cards.models import KeyingRule
from organisation.forms.fields import helper_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from organisation.models import Member


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]
    fields_needed = forms.IntegerField(
        label=gettext_lazy("Fields compared before the share may fall"), min_value=0, max_value=1_000_000
    )
    fair_errors = forms.IntegerField(
        label=gettext_lazy("Fair: at most so many errors in 1,000 fields"), min_value=0, max_value=1000
    )
    fair_share = forms.IntegerField(
        label=gettext_lazy("Fair: keyed twice, in percent"), min_value=0, max_value=100
    )
    low_errors = forms.IntegerField(
        label=gettext_lazy("Low: at most so many errors in 1,000 fields"), min_value=0, max_value=1000
    )
    low_share = forms.IntegerField(
        label=gettext_lazy("Low: keyed twice, in percent"), min_value=0, max_value=100
    )

    class Meta:
        model = KeyingRule
        fields = ["fields_needed", "fair_errors", "fair_share", "low_errors", "low_share"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper_of(self, submit=_("Save the rule"), back=reverse("cards:keyers"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for low, fair in (("low_errors", "fair_errors"), ("low_share", "fair_share")):
            if given.get(low, 0) > given.get(fair, 1000):
                self.add_error(low, _("Whoever makes fewer errors cannot have a larger number here."))
        return given


class ClerkShareForm(forms.Form):
    share = ShareField(
        label=gettext_lazy("Keyed twice, in percent"),
        help_text=gettext_lazy("0 is off, 100 is every card. Leave it empty and the rule decides."),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, clerk: Member, share: int | None) -> None:
        super().__init__(data, initial={"share": share})
        self.clerk = clerk
        self.helper = helper_of(self, submit=_("Save the share"), back=reverse("cards:keyers"))
