from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.forms.fields import helper_of, name_field
from reports.enums import AlertKind, Comparison, PeriodShortcut
from reports.models.alerts import MEANS
from surveys.enums import Dimension

if TYPE_CHECKING:
    from reports.reading import Asked

MEAN_RANGE, SHARE_RANGE = (Decimal(1), Decimal(5)), (Decimal(0), Decimal(100))


class AlertForm(forms.Form):
    """What is to be told, of the places that a report is about."""

    name = name_field(help_text=gettext_lazy("The mail has it as its subject."))
    dimension = forms.ChoiceField(label=gettext_lazy("Dimension"), choices=Dimension.choices)
    kind = forms.ChoiceField(label=gettext_lazy("Tell me when"), choices=AlertKind.choices)
    threshold = forms.DecimalField(
        label=gettext_lazy("Threshold"),
        required=False,
        max_digits=5,
        decimal_places=2,
        help_text=gettext_lazy(
            "A mean from 1 to 5, or a share from 0 to 100 percent; none for a point of the trend."
        ),
    )
    period = forms.ChoiceField(label=gettext_lazy("In the days"), choices=PeriodShortcut.choices)
    hours = forms.IntegerField(
        label=gettext_lazy("Not again within, in hours"),
        min_value=1,
        max_value=720,
        help_text=gettext_lazy("Unless it was good in between."),
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper_of(self, submit=_("Add alert"), back=back)

    def clean(self) -> None:
        given = self.cleaned_data
        if self.errors:
            return
        if given["kind"] == AlertKind.SIGNAL:
            given["threshold"] = None
            return
        low, high = MEAN_RANGE if given["kind"] in MEANS else SHARE_RANGE
        if given["threshold"] is None or not low <= given["threshold"] <= high:
            words = _("Give a number from %(low)s to %(high)s.") % {"low": low, "high": high}
            self.add_error("threshold", ValidationError(words))

    def values(self, asked: Asked) -> dict[str, Any]:
        """What an alert keeps, for an address that is known to be good."""
        given = dict(self.cleaned_data)
        moving = {"compare": Comparison.PREVIOUS, "chosen_days": None, "dimension": (given["dimension"],)}
        shortcut = PeriodShortcut(given.pop("period"))
        return {**given, "filters": asked.filters.query(shortcut=shortcut, **moving)}


def initial_for(asked: Asked) -> dict[str, Any]:
    return {
        "name": asked.survey.name[:100],
        "dimension": (*asked.filters.dimension, Dimension.OVERALL)[0],
        "kind": AlertKind.MEAN_BELOW,
        "period": asked.filters.shortcut or PeriodShortcut.MONTH_LONG,
        "hours": 24,
    }
