"""The form of a process change: what, from which day on, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.bootstrap import FieldWithButtons, StrictButton
from crispy_forms.layout import HTML
from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.forms.fields import KEYS, LONGEST, DayField, PlacesField, helper_of
from organisation.models import Location, Region, Touchpoint
from organisation.text import StorableCharField
from reports.changes.finding import offered
from reports.models import ProcessChange
from reports.models.changes import MOST_WORDS
from surveys.models import Survey

if TYPE_CHECKING:
    from django.http import QueryDict

    from organisation.models import Member
    from organisation.models.places import LocationQuerySet
    from reports.changes.finding import Offered

# The page comes back at what was found.
FINDING = {
    "type": "submit",
    "name": "looks",
    "value": "1",
    "formnovalidate": True,
    "formaction": "#places-found",
}


class ProcessChangeForm(forms.ModelForm):  # type: ignore[type-arg]
    """Places by their codes where there is one to choose, so that an address can bring them along."""

    survey = forms.ModelChoiceField(
        queryset=Survey.objects.none(), to_field_name="slug", label=gettext_lazy("Survey")
    )
    words = StorableCharField(
        label=gettext_lazy("What changed"),
        max_length=MOST_WORDS,
        help_text=gettext_lazy(
            "As a reader of the trend will see it, such as: two more tills, new opening hours."
        ),
    )
    changed_on = DayField(label=gettext_lazy("First day"))
    region = forms.ModelChoiceField(
        queryset=Region.objects.none(),
        to_field_name="code",
        required=False,
        label=gettext_lazy("Region"),
        help_text=gettext_lazy("A region, or locations."),
    )
    find = StorableCharField(
        label=gettext_lazy("Find locations"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("By name, code or region. What is ticked stays ticked."),
    )
    locations = PlacesField(
        queryset=Location.objects.none(),
        required=False,
        label=gettext_lazy("Locations"),
        widget=forms.CheckboxSelectMultiple,
    )
    touchpoint = forms.ModelChoiceField(
        queryset=Touchpoint.objects.none(),
        to_field_name="code",
        required=False,
        label=gettext_lazy("Touchpoint"),
        empty_label=gettext_lazy("All touchpoints"),
    )

    field_order = ("survey", "words", "changed_on", "region", "find", "locations", "touchpoint")

    class Meta:
        model = ProcessChange
        fields = ["survey", "words", "changed_on", "region", "locations", "touchpoint"]

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = {
            "survey": Survey.objects.visible_to(member).published().order_by("name", "pk"),
            "region": Region.objects.visible_to(member).order_by("name", "pk"),
            "locations": Location.objects.visible_to(member).order_by("name", "pk"),
            "touchpoint": Touchpoint.objects.visible_to(member).order_by("name", "pk"),
        }
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if self.instance.pk:  # its own keys are no codes
            for name in ("survey", "region", "touchpoint"):
                self.initial[name] = (kwargs.get("initial") or {}).get(name, getattr(self.instance, name))
        self.offered = self._offer(choices["locations"])
        self.is_everywhere_allowed = member.sees_everywhere
        no_region = _("Everywhere") if member.sees_everywhere else _("No region")
        self.fields["region"].empty_label = no_region  # type: ignore[attr-defined]
        self.helper = helper_of(self, submit=_("Save the change"), back=reverse("reports:changes"))
        find = StrictButton(_("Find"), css_class="btn-secondary", **FINDING)
        looked = HTML("{% include 'reports/change_places.html' %}")
        at = self.helper.layout.fields.index("find")
        self.helper.layout[at : at + 2] = [FieldWithButtons("find", find), looked, "locations"]
        if self.offered.are_all:
            self.helper.layout.pop(at)

    def _offer(self, places: LocationQuerySet) -> Offered:
        """The locations that the form shows; any that the member sees can be chosen."""
        ticked = [str(getattr(one, "pk", one)) for one in self["locations"].value() or ()]
        keys = [int(key) for key in ticked if key.isdecimal() and len(key) <= LONGEST and int(key) in KEYS]
        found = offered(places, ticked=keys, words=str(self["find"].value() or ""))
        self.fields["locations"].choices = found.choices  # type: ignore[attr-defined]
        return found

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        region, locations = given.get("region"), given.get("locations")
        if region and locations:
            self.add_error("locations", _("Choose a region or locations, not both."))
        if not (region or locations or self.is_everywhere_allowed or self.errors):
            self.add_error("locations", _("Choose where it changed: at least one of your locations."))
        return given


def typed(data: QueryDict) -> dict[str, Any]:
    """What stands in the form, for one that is shown again without being judged."""
    given = {
        name: data.get(name, "") for name in ("survey", "words", "changed_on", "region", "touchpoint", "find")
    }
    return {**given, "locations": data.getlist("locations")}
