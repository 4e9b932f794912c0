from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisation.forms.fields import helper_of, name_field, time_zone_field
from organisation.logo import MAX_BYTES, Logo, NotALogo, read_logo
from organisation.models import Organisation

FLOOR = 3
CEILING = 1000
MOST_DAYS = 3660


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    name = name_field(help_text=_("Customers see it on every survey."))
    time_zone = time_zone_field()
    minimum_group = forms.IntegerField(
        label=_("Smallest group for scores"),
        min_value=FLOOR,
        max_value=CEILING,
        help_text=_("A score of fewer responses is not shown, so that nobody can be recognised."),
    )
    minimum_comments = forms.IntegerField(
        label=_("Smallest group for comments"),
        min_value=FLOOR,
        max_value=CEILING,
        help_text=_("Comments tell more than numbers, so this is usually larger."),
    )
    contact_days = forms.IntegerField(
        label=_("Days for which contacts are kept"),
        min_value=0,
        max_value=MOST_DAYS,
        help_text=_(
            "Addresses and names that customers leave are erased after so many days, and no score changes. 0 keeps them."
        ),
    )
    recipient_days = forms.IntegerField(
        label=_("Days for which addresses of recipients are kept"),
        min_value=0,
        max_value=MOST_DAYS,
        help_text=_(
            "So long after the last invitation to them, addresses and names are erased. With 0 they are kept for good."
        ),
    )

    class Meta:
        model = Organisation
        fields = [
            "name",
            "colour",
            "time_zone",
            "minimum_group",
            "minimum_comments",
            "contact_days",
            "recipient_days",
        ]
        labels = {"colour": _("Colour")}
        help_texts = {
            "colour": _("Buttons and headings of customers’ pages take it."),
        }
        widgets = {"colour": forms.TextInput(attrs={"type": "color", "class": "form-control-color"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper_of(self, submit=_("Save settings"), back=reverse("organisation:overview"))

    def clean_colour(self) -> str:
        return str(self.cleaned_data["colour"]).lower()


class LogoForm(forms.Form):
    """A picture, known by its bytes. `cleaned_data["logo"]` is a Logo."""

    logo = forms.FileField(
        label=_("Picture"),
        help_text=_("PNG, JPEG or WebP, up to %(kilobytes)d KB.") % {"kilobytes": MAX_BYTES // 1000},
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper_of(self, submit=_("Save logo"), back=reverse("organisation:overview"))

    def clean_logo(self) -> Logo:
        try:
            return read_logo(self.cleaned_data["logo"].read(MAX_BYTES + 1))
        except NotALogo as error:
            raise ValidationError(str(error)) from error
