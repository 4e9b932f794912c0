"""How kiosks behave, and which websites may show a survey."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from crispy_forms.helper import FormHelper
from crispy_forms.layout import ButtonHolder, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.forms.fields import OneLineField
from surveys.models.kiosks import IDLE_SECONDS, LONGEST_IDLE, SHORTEST_IDLE, IdleEnd
from surveys.models.origins import ORIGIN, ORIGIN_LENGTH

if TYPE_CHECKING:
    from django.http import QueryDict

    from surveys.models import KioskRule

PIN = RegexValidator(r"\A[0-9]{4,12}\Z", gettext_lazy("Use 4 to 12 digits."))
DEFAULT_PORTS = {"https": 443, "http": 80}


class KioskForm(forms.Form):
    idle_seconds = forms.IntegerField(
        label=gettext_lazy("Idle after"),
        min_value=SHORTEST_IDLE,
        max_value=LONGEST_IDLE,
        help_text=gettext_lazy("Seconds without a touch, of which the last are counted down on the screen."),
    )
    at_idle = forms.ChoiceField(
        label=gettext_lazy("If somebody walks away"), choices=IdleEnd.choices, widget=forms.RadioSelect
    )
    pin = OneLineField(
        label=gettext_lazy("PIN"),
        required=False,
        max_length=12,
        validators=[PIN],
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "new-password"}),
    )

    def __init__(self, data: QueryDict | None, *, rule: KioskRule | None) -> None:
        initial: dict[str, Any] = {"idle_seconds": IDLE_SECONDS, "at_idle": IdleEnd.SUBMIT}
        if rule:
            initial = {"idle_seconds": rule.idle_seconds, "at_idle": rule.at_idle}
        super().__init__(data, initial=initial)
        pin = self.fields["pin"]
        pin.required = rule is None
        pin.help_text = (
            _("4 to 12 digits, to leave the kiosk. Empty: the PIN stays as it is.")
            if rule
            else _("4 to 12 digits, to leave the kiosk.")
        )
        self.helper = FormHelper(self)
        self.helper.layout = Layout(
            "pin",
            "idle_seconds",
            "at_idle",
            ButtonHolder(Submit("", _("Save")), css_class="buttons"),
        )


class OriginField(OneLineField):
    """The start of a website's address, made from whatever address of it was pasted."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return origin_of(text) if text else ""


def origin_of(text: str) -> str:
    """Scheme, host and port of an address; https where it names none. Raises ValidationError."""
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except ValueError:
        raise ValidationError(ORIGIN.message, code="invalid") from None
    is_usual = port is None or port == DEFAULT_PORTS.get(parts.scheme)
    return f"{parts.scheme}://{host}" + ("" if is_usual else f":{port}")


class OriginForm(forms.Form):
    origin = OriginField(label=gettext_lazy("Website"), max_length=ORIGIN_LENGTH, validators=[ORIGIN])

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data)
        self.fields["origin"].widget.attrs |= {"placeholder": "https://www.example.org", "inputmode": "url"}
        self.fields["origin"].help_text = _(
            "The start of its address. https only; http://localhost is allowed for trying."
        )
        self.helper = FormHelper(self)
        self.helper.form_tag = False
