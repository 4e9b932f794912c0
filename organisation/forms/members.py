from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.enums import Role
from organisation.forms.fields import PlacesField, helper_of, name_field
from organisation.models import Location, Member, Region
from organisation.text import StorableCharField, storable_text

if TYPE_CHECKING:
    from collections.abc import Collection

    from organisation.models.places import LocationQuerySet

# Beyond this many, ticking boxes is no way to choose, and their codes are typed or pasted.
BOXES = 100
SEE_EVERYTHING = {Role.ADMINISTRATOR, Role.EDITOR}


class CodesField(StorableCharField):
    """Locations by their codes, between blanks, commas or new lines."""

    widget = forms.Textarea

    def __init__(self, locations: LocationQuerySet, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.locations = locations

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else " ".join(place.code for place in value)

    def clean(self, value: Any) -> Any:
        codes = set(super().clean(value).replace(",", " ").split())
        found = list(self.locations.filter(code__in=codes))
        if unknown := sorted(codes - {location.code for location in found}):
            raise ValidationError(_("There is no location with the code “%(code)s”.") % {"code": unknown[0]})
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))


class MemberForm(forms.ModelForm):  # type: ignore[type-arg]
    name = name_field()

    class Meta:
        model = Member
        fields = ["email", "name", "role", "all_locations", "regions", "locations"]
        field_classes = {"regions": PlacesField, "locations": PlacesField}
        widgets = {"regions": forms.CheckboxSelectMultiple, "locations": forms.CheckboxSelectMultiple}
        help_texts = {
            "role": gettext_lazy("Administrators and editors see every location whatever is chosen below."),
            "all_locations": gettext_lazy("Those that are added later too."),
            "regions": gettext_lazy("Every location of a region, those that join it later too."),
        }

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].validators.append(storable_text)
        regions = Region.objects.visible_to(by).order_by("name", "pk")
        self.fields["regions"].queryset = regions  # type: ignore[attr-defined]
        self._offer_locations(by)
        is_new = self.instance.pk is None
        submit = _("Add member") if is_new else _("Save member")
        self.helper = helper_of(self, submit=submit, back=reverse("organisation:members"))

    def _offer_locations(self, by: Member) -> None:
        """Open locations, and those that the member holds already."""
        held = Q(members=self.instance) if self.instance.pk else Q()
        wanted = Q(archived_at=None) | held if held else Q(archived_at=None)
        offered = Location.objects.visible_to(by).filter(pk__in=Location.objects.filter(wanted).values("pk"))
        if offered.count() <= BOXES:
            self.fields["locations"].queryset = offered.order_by("name", "pk")  # type: ignore[attr-defined]
            return
        self.fields["locations"] = CodesField(
            offered,
            label=_("Locations"),
            required=False,
            help_text=_("Their codes, with blanks or commas between them."),
        )

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if Member.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is a member with this e-mail address already."))
        return email

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        places: list[Collection[Any] | bool] = [
            given.get(name) or False for name in ("all_locations", "locations", "regions")
        ]
        if "role" in given and given["role"] not in SEE_EVERYTHING and not any(places) and not self.errors:
            reason = _("Choose every location, or at least one region or location: else they see nothing.")
            self.add_error("all_locations", reason)
        return given
