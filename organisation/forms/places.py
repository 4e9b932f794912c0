from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from organisation.forms.fields import fix_code, helper_of, name_field, time_zone_field
from organisation.models import Location, Region, Touchpoint
from organisation.pasting import MAX_LINES, read_locations
from organisation.queries import the_organisation

if TYPE_CHECKING:
    from organisation.models import Member

MISTAKES_SHOWN = 20
EXAMPLE = "brno-1, Brno centre, moravia, Europe/Prague\nbrno-2, Brno west, moravia"
CODE_LABEL = {"code": gettext_lazy("Code")}


class LocationForm(forms.ModelForm):  # type: ignore[type-arg]
    name = name_field()
    time_zone = time_zone_field()

    class Meta:
        model = Location
        fields = ["code", "name", "region", "time_zone"]
        labels = {**CODE_LABEL, "region": gettext_lazy("Region")}

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new = self.instance.pk is None
        if is_new:
            self.initial["time_zone"] = the_organisation().time_zone
        region = self.fields["region"]
        region.queryset = Region.objects.visible_to(by).order_by("name", "pk")  # type: ignore[attr-defined]
        region.empty_label = _("No region")  # type: ignore[attr-defined]
        fix_code(self, is_new=is_new)
        submit = _("Add location") if is_new else _("Save location")
        self.helper = helper_of(self, submit=submit, back=reverse("organisation:locations"))


class RegionForm(forms.ModelForm):  # type: ignore[type-arg]
    name = name_field()

    class Meta:
        model = Region
        fields = ["code", "name"]
        labels = CODE_LABEL

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new = self.instance.pk is None
        fix_code(self, is_new=is_new)
        submit = _("Add region") if is_new else _("Save region")
        self.helper = helper_of(self, submit=submit, back=reverse("organisation:regions"))


class TouchpointForm(forms.ModelForm):  # type: ignore[type-arg]
    name = name_field()

    class Meta:
        model = Touchpoint
        fields = ["code", "name", "channel", "stage"]
        labels = {
            **CODE_LABEL,
            "channel": gettext_lazy("Channel"),
            "stage": gettext_lazy("Stage of the customer’s journey"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new = self.instance.pk is None
        fix_code(self, is_new=is_new)
        submit = _("Add touchpoint") if is_new else _("Save touchpoint")
        self.helper = helper_of(self, submit=submit, back=reverse("organisation:touchpoints"))


class PasteForm(forms.Form):
    """Many locations at once. `cleaned_data["lines"]` is a list of unsaved locations."""

    lines = forms.CharField(
        label=gettext_lazy("Locations"),
        widget=forms.Textarea(
            attrs={"rows": 12, "spellcheck": "false", "autocapitalize": "off", "placeholder": EXAMPLE}
        ),
        help_text=gettext_lazy(
            "One a line: code, name, region’s code, time zone. The last two may be left out. "
            "Commas, semicolons or tabs lie between them, as a spreadsheet copies them."
        ),
    )

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.helper = helper_of(self, submit=_("Add locations"), back=reverse("organisation:locations"))

    def clean_lines(self) -> list[Location]:
        text: str = self.cleaned_data["lines"]
        if len(text.splitlines()) > MAX_LINES:
            raise ValidationError(_("Paste at most %(lines)d lines at once.") % {"lines": MAX_LINES})
        pasted = read_locations(
            text,
            regions={region.code: region for region in Region.objects.visible_to(self.by)},
            taken=frozenset(Location.objects.values_list("code", flat=True)),
            time_zone=the_organisation().time_zone,
        )
        if pasted.errors:
            raise ValidationError(_mistakes(pasted.errors))
        return pasted.locations


def _mistakes(errors: list[tuple[int, str]]) -> list[str]:
    """The first mistakes by their line, and how many more there are."""
    said = [
        _("Line %(line)d: %(reason)s") % {"line": line, "reason": reason}
        for line, reason in errors[:MISTAKES_SHOWN]
    ]
    more = len(errors) - MISTAKES_SHOWN
    if more > 0:
        said.append(
            ngettext("And %(count)d more mistake.", "And %(count)d more mistakes.", more) % {"count": more}
        )
    return said
