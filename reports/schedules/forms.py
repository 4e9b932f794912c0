from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.forms.fields import PlacesField, helper_of, name_field
from organisation.models import Member
from organisation.models.places import time_zones
from reports.contents import ContentsField, all_names, offer_contents
from reports.enums import Comparison, PeriodShortcut, ScheduleStep
from reports.filters import USUAL
from reports.schedules.actions import MOST_RECIPIENTS, Wish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from organisation.models.members import MemberQuerySet
    from reports.models import Schedule
    from reports.reading import Asked

FIELDS = ("name", "step", "weekday", "month_day", "at", "time_zone", "charts")
# Which day a step needs to be told.
DAY_OF = {ScheduleStep.WEEK.value: "weekday", ScheduleStep.MONTH.value: "month_day"}


class ScheduleForm(forms.Form):
    """When a report goes out, and to whom. `asked` is what it is about; its period is chosen here, as one that moves."""

    name = name_field(help_text=gettext_lazy("The mail has it as its subject."))
    period = forms.ChoiceField(label=gettext_lazy("Days in the report"), choices=PeriodShortcut.choices)
    charts = ContentsField()
    step = forms.ChoiceField(label=gettext_lazy("How often"), choices=ScheduleStep.choices)
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Day of the week"),
        choices=[(number, WEEKDAYS[number]) for number in range(7)],
        coerce=int,
        required=False,
        help_text=gettext_lazy("Where it goes out every week."),
    )
    month_day = forms.IntegerField(
        label=gettext_lazy("Day of the month"),
        min_value=1,
        max_value=31,
        required=False,
        help_text=gettext_lazy("Where it goes out every month. In a month without such a day, the last one."),
    )
    at = forms.TimeField(
        label=gettext_lazy("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("By the clock of"), required=False)
    recipients = PlacesField(
        label=gettext_lazy("Who gets it"),
        queryset=Member.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Each gets the report of the places that they may see themselves."),
    )

    def __init__(
        self, *args: Any, asked: Asked, offered: MemberQuerySet, submit: str, back: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_contents(self, asked)
        zones = [(name, name.replace("_", " ")) for name in sorted(time_zones())]
        self.fields["time_zone"].choices = [("", _("Each recipient’s own")), *zones]  # type: ignore[attr-defined]
        self.fields["recipients"].queryset = offered  # type: ignore[attr-defined]
        self.helper = helper_of(self, submit=submit, back=back)

    def clean_recipients(self) -> Any:
        chosen = self.cleaned_data["recipients"]
        if len(chosen) > MOST_RECIPIENTS:
            raise ValidationError(_("Choose at most %(most)d.") % {"most": MOST_RECIPIENTS})
        return chosen

    def clean(self) -> None:
        given = self.cleaned_data
        needed = DAY_OF.get(given.get("step", ""))
        for name in ("weekday", "month_day"):
            if name != needed:
                given[name] = None
            elif given.get(name) in {None, ""} and name not in self.errors:
                self.add_error(name, _("Say on which day."))

    def wish(self, asked: Asked) -> Wish:
        """What was filled in, for an address that is known to be good. Days to compare with move along, too."""
        given = self.cleaned_data
        moving = {"compare": Comparison.PREVIOUS, "chosen_days": None} if asked.filters.chosen_days else {}
        filters = asked.filters.query(shortcut=PeriodShortcut(given["period"]), **moving)
        values = {name: given[name] for name in FIELDS}
        return Wish({**values, "filters": filters}, list(given["recipients"]))


def initial_for(asked: Asked, member: Member, charts: Iterable[str] = ()) -> dict[str, Any]:
    """What a new schedule begins with: every Monday morning, to whoever sets it up."""
    return {
        "name": asked.survey.name[:100],
        "period": asked.filters.shortcut or USUAL,
        "charts": all_names(charts),
        "step": ScheduleStep.WEEK,
        "weekday": 0,
        "month_day": 1,
        "at": "07:00",
        "recipients": [member.pk],
    }


def initial_of(schedule: Schedule, asked: Asked) -> dict[str, Any]:
    values = {name: getattr(schedule, name) for name in FIELDS}
    members = schedule.recipients.values_list("member", flat=True)
    return {
        **values,
        "charts": all_names(schedule.charts),
        "period": asked.filters.shortcut or USUAL,
        "recipients": list(members),
    }
