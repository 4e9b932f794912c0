from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.forms.fields import PlacesField, helper_of, name_field
from organisation.models import Member
from reports.alerts.actions import MOST_RECIPIENTS, Wish
from reports.enums import AlertKind, Comparison, PeriodShortcut
from reports.filters import USUAL
from reports.models.alerts import MEANS, WITHOUT_THRESHOLD
from surveys.enums import Dimension

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrOrPromise
    from django.utils.safestring import SafeString

    from organisation.models.members import MemberQuerySet
    from reports.models import Alert
    from reports.reading import Asked

MEAN_RANGE, SHARE_RANGE, LOW_RANGE = (
    (Decimal(low), Decimal(high)) for low, high in ((1, 5), (0, 100), (1, 4))
)
FIELDS = ("name", "dimension", "kind", "threshold", "hours", "tells_good")

# By the kinds that each hint is for: static/css/reports.css shows those of the kind that is chosen.
HINTS = {
    "dimension": {"crowds": gettext_lazy("“Any question” is for single responses only.")},
    "threshold": {
        "means": gettext_lazy("A mean from 1 to 5."),
        "shares": gettext_lazy("A share from 0 to 100 percent."),
        "singles": gettext_lazy("The highest score that is told, from 1 to 4."),
    },
    "period": {"singles": gettext_lazy("A single response is told as it comes in, whatever the days.")},
    "hours": {
        "crowds": gettext_lazy("Unless it was good in between."),
        "singles": gettext_lazy("Single responses of these hours are told together in one mail."),
    },
}


class AlertForm(forms.Form):
    """What is to be told, of the places that a report is about, and to whom."""

    name = name_field(help_text=gettext_lazy("The mail has it as its subject."))
    kind = forms.ChoiceField(label=gettext_lazy("Tell when"), choices=AlertKind.choices)
    dimension = forms.ChoiceField(
        label=gettext_lazy("Dimension"),
        choices=[*Dimension.choices, ("", gettext_lazy("Any question"))],
        required=False,
    )
    threshold = forms.DecimalField(
        label=gettext_lazy("Threshold"),
        required=False,
        max_digits=5,
        decimal_places=2,
    )
    period = forms.ChoiceField(label=gettext_lazy("In the days"), choices=PeriodShortcut.choices)
    hours = forms.IntegerField(label=gettext_lazy("Not again within, in hours"), min_value=1, max_value=720)
    tells_good = forms.BooleanField(label=gettext_lazy("Tell, too, when it is good again"), required=False)
    recipients = PlacesField(
        label=gettext_lazy("Who is told"),
        queryset=Member.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Each is told of the places that they may see themselves, and can leave by themselves."
        ),
    )

    def __init__(self, *args: Any, offered: MemberQuerySet, submit: str, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipients"].queryset = offered  # type: ignore[attr-defined]
        for name, hints in HINTS.items():
            self.fields[name].help_text = _hints(hints)
        self.helper = helper_of(self, submit=submit, back=back)
        self.helper.form_class = "alert-form"

    def clean_recipients(self) -> Any:
        chosen = self.cleaned_data["recipients"]
        if len(chosen) > MOST_RECIPIENTS:
            raise ValidationError(_("Choose at most %(most)d.") % {"most": MOST_RECIPIENTS})
        return chosen

    def clean(self) -> None:
        given = self.cleaned_data
        if self.errors:
            return
        kind = given["kind"]
        if kind != AlertKind.LOW_SCORE and not given["dimension"]:
            self.add_error("dimension", ValidationError(_("Choose a dimension.")))
        if kind == AlertKind.LOW_SCORE:
            given["tells_good"] = False
        if kind in WITHOUT_THRESHOLD:
            given["threshold"] = None
            return
        low, high = _range_of(kind)
        if given["threshold"] is None or not low <= given["threshold"] <= high:
            words = _("Give a number from %(low)s to %(high)s.") % {"low": low, "high": high}
            self.add_error("threshold", ValidationError(words))

    def wish(self, asked: Asked) -> Wish:
        """What was filled in, for an address that is known to be good."""
        given = self.cleaned_data
        dimension = (given["dimension"],) if given["dimension"] else ()
        moving = {"compare": Comparison.PREVIOUS, "chosen_days": None, "dimension": dimension}
        filters = asked.filters.query(shortcut=PeriodShortcut(given["period"]), **moving)
        values = {name: given[name] for name in FIELDS}
        return Wish({**values, "filters": filters}, list(given["recipients"]))


def _hints(hints: Mapping[str, _StrOrPromise]) -> SafeString:
    return format_html_join(" ", '<span class="for-{}">{}</span>', hints.items())


def _range_of(kind: str) -> tuple[Decimal, Decimal]:
    if kind == AlertKind.LOW_SCORE:
        return LOW_RANGE
    return MEAN_RANGE if kind in MEANS else SHARE_RANGE


def initial_for(asked: Asked, member: Member) -> dict[str, Any]:
    """What a new alert begins with: the report's own choice, to whoever asks for it."""
    return {
        "name": asked.survey.name[:100],
        "dimension": (*asked.filters.dimension, Dimension.OVERALL)[0],
        "kind": AlertKind.MEAN_BELOW,
        "period": asked.filters.shortcut or PeriodShortcut.MONTH_LONG,
        "hours": 24,
        "recipients": [member.pk],
    }


def initial_of(alert: Alert, asked: Asked) -> dict[str, Any]:
    values = {name: getattr(alert, name) for name in FIELDS}
    members = alert.recipients.values_list("member", flat=True)
    return {**values, "period": asked.filters.shortcut or USUAL, "recipients": list(members)}
