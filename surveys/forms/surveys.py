"""A survey as a whole: how it begins, and its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.models.places import CODE
from surveys.enums import Purpose
from surveys.forms.fields import LocalMomentField, OneLineField, buttons
from surveys.keys import ADDRESS_LENGTH
from surveys.rules import may_change_purpose, may_move_house
from surveys.starters import STARTERS, Starter

if TYPE_CHECKING:
    from django.http import QueryDict

    from surveys.models import Survey
    from surveys.models.surveys import SurveyQuerySet


class NewSurveyForm(forms.Form):
    """The cards of the starters stand in the page itself, as radios named `starter`."""

    name = OneLineField(
        label=gettext_lazy("Name"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("For you and your colleagues. Leave it empty to take the template’s name."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    starter = forms.ChoiceField(choices=[(key, key) for key in STARTERS])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.layout = Layout("name", "language")

    @property
    def chosen(self) -> Starter:
        return STARTERS[self.cleaned_data["starter"]]


class SettingsForm(forms.Form):
    name = OneLineField(label=gettext_lazy("Name"), max_length=100)
    purpose = forms.ChoiceField(label=gettext_lazy("Purpose"), choices=Purpose.choices)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=settings.LANGUAGES,
        help_text=gettext_lazy("The language in which the questions are written."),
    )
    slug = OneLineField(label=gettext_lazy("Address"), max_length=ADDRESS_LENGTH, validators=[CODE])
    is_anonymous = forms.BooleanField(
        label=gettext_lazy("Anonymous"),
        required=False,
        help_text=gettext_lazy("Only the day of an answer is kept, never its time."),
    )
    opens_at = LocalMomentField(label=gettext_lazy("Opens"), required=False)
    closes_at = LocalMomentField(label=gettext_lazy("Closes"), required=False)

    def __init__(
        self,
        data: QueryDict | None,
        *,
        survey: Survey,
        others: SurveyQuerySet,
        zone: str,
        back: str,
    ) -> None:
        initial = {name: getattr(survey, name) for name in self.base_fields}
        super().__init__(data, initial=initial)
        self.others = others
        for name in ("opens_at", "closes_at"):
            self.fields[name].zone = ZoneInfo(zone)  # type: ignore[attr-defined]
            self.fields[name].help_text = _("By the clock of %(zone)s. Empty: no limit.") % {"zone": zone}
        self._settle(may_change=may_move_house(survey))
        if not may_change_purpose(survey):
            self.fields["purpose"].disabled = True
            self.fields["purpose"].help_text = _("A published review form stays one.")
        self.helper = FormHelper(self)
        self.helper.layout = Layout(
            "name",
            "purpose",
            "language",
            Fieldset(_("Address and promise"), "slug", "is_anonymous"),
            Fieldset(_("When it can be answered"), "opens_at", "closes_at"),
            buttons(_("Save settings"), back),
        )

    def _settle(self, *, may_change: bool) -> None:
        """Links are out, promises made and questions asked in a language once a version was published."""
        address, promise = self.fields["slug"], self.fields["is_anonymous"]
        language = self.fields["language"]
        address.disabled = promise.disabled = language.disabled = not may_change
        address.help_text = (
            _("Small letters, digits, hyphens and underscores. It is settled when you publish.")
            if may_change
            else _("Settled by publishing: links and printed codes rely on it.")
        )
        if not may_change:
            for field in (promise, language):
                field.help_text = f"{field.help_text} {_('Settled by publishing.')}"

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if self.others.filter(slug=slug).exists():
            raise forms.ValidationError(_("Another survey has this address."))
        return slug

    def clean(self) -> None:
        opens, closes = self.cleaned_data.get("opens_at"), self.cleaned_data.get("closes_at")
        if opens and closes and opens >= closes:
            self.add_error("closes_at", _("It closes after it opens."))
