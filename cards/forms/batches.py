from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cards.models import Batch
from cards.models.batches import MOST_COUNTED
from organisation.forms.fields import DayField, helper_of
from organisation.forms.filters import Filter
from organisation.models import Location, Touchpoint
from surveys.enums import Purpose
from surveys.models import Survey

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from organisation.models import Member

DAYS_TO_KEY = 7


class ShareField(forms.IntegerField):
    """Percent of the cards; empty leaves it to somebody else."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=100, required=False, **kwargs)


class BatchFilter(Filter):
    location = forms.ModelChoiceField(
        label=gettext_lazy("Location"),
        required=False,
        queryset=Location.objects.none(),
        to_field_name="code",
        empty_label=gettext_lazy("Every location"),
    )

    def __init__(self, data: Mapping[str, Any], *, reader: Member) -> None:
        super().__init__(data)
        field = self.fields["location"]
        field.queryset = Location.objects.visible_to(reader).order_by("name", "pk")  # type: ignore[attr-defined]


class OpenBatchForm(forms.ModelForm):  # type: ignore[type-arg]
    collected_from = DayField(label=gettext_lazy("Collected from"))
    collected_to = DayField(
        label=gettext_lazy("Collected until"),
        help_text=gettext_lazy("Each card counts on its day; a card without one counts on the last."),
    )
    counted = forms.IntegerField(
        label=gettext_lazy("Cards counted"),
        min_value=1,
        max_value=MOST_COUNTED,
        help_text=gettext_lazy(
            "Count the stack by hand before you key the first card. It has to come out even."
        ),
    )
    due_on = DayField(label=gettext_lazy("To be keyed by"))
    share = ShareField(
        label=gettext_lazy("Keyed twice, in percent"),
        help_text=gettext_lazy(
            "0 is off, 100 is every card. Leave it empty and each keyer’s own share decides."
        ),
    )

    class Meta:
        model = Batch
        fields = [
            "survey",
            "location",
            "touchpoint",
            "collected_from",
            "collected_to",
            "source",
            "counted",
            "due_on",
            "share",
        ]

    def __init__(self, *args: Any, by: Member, today: date, oversees: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        surveys = Survey.objects.visible_to(by).published().active()
        choices = {
            "survey": surveys.exclude(purpose=Purpose.VISIT_CHECKLIST).order_by("name", "pk"),
            "location": Location.objects.visible_to(by).open().order_by("name", "pk"),
            "touchpoint": Touchpoint.objects.visible_to(by).open().order_by("name", "pk"),
        }
        for name, rows in choices.items():
            field: Any = self.fields[name]
            field.queryset = rows
            if len(only := list(rows[:2])) == 1:
                self.initial.setdefault(name, only[0].pk)
        self.initial.setdefault("touchpoint", Touchpoint.objects.filter(is_default=True).first())
        self.initial.setdefault("collected_to", today)
        self.initial.setdefault("collected_from", today)
        self.initial.setdefault("due_on", today + timedelta(days=DAYS_TO_KEY))
        if not oversees:
            del self.fields["share"]
        self.helper = helper_of(self, submit=_("Open the batch"), back=reverse("cards:batches"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("collected_from"), given.get("collected_to")
        if first and last and first > last:
            self.add_error("collected_to", _("The last day must not come before the first."))
        given.setdefault("share", None)
        return given


class ChangeBatchForm(forms.Form):
    counted = forms.IntegerField(label=gettext_lazy("Cards counted"), min_value=1, max_value=MOST_COUNTED)
    due_on = DayField(label=gettext_lazy("To be keyed by"))
    share = ShareField(
        label=gettext_lazy("Keyed twice, in percent"),
        help_text=gettext_lazy("0 is off, 100 is every card, empty leaves it to each keyer’s own share."),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, batch: Batch, oversees: bool) -> None:
        initial = {"counted": batch.counted, "due_on": batch.due_on, "share": batch.share}
        super().__init__(data, initial=initial)
        if not oversees:
            del self.fields["share"]
        self._share = batch.share
        back = reverse("cards:batch", args=[batch.pk])
        self.helper = helper_of(self, submit=_("Save the batch"), back=back)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        given.setdefault("share", self._share)
        return given
