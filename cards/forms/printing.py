"""What is to be printed: which version, for which place, on which paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cards.enums import Paper
from cards.models import PrintRun
from cards.models.printing import MOST_CARDS
from cards.printing.sheets import sides_by_size
from organisation.models import Location, Touchpoint
from surveys.answering.published import published
from surveys.models import Version

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from organisation.models import Member
    from surveys.answering.published import Published
    from surveys.models import Survey

USUAL_COPIES = 100
PER_PAGE: dict[int, _StrPromise] = {
    1: gettext_lazy("One, as large as the page"),
    2: gettext_lazy("Two, each half a page"),
    4: gettext_lazy("Four, each a quarter of a page"),
}


class VersionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Published versions, newest first, by their numbers."""

    live_version_id: int | None = None

    def label_from_instance(self, obj: Any) -> str:
        text = _("Version %(number)s (live)") if obj.pk == self.live_version_id else _("Version %(number)s")
        return text % {"number": obj.number}


class PrintForm(forms.Form):
    """A print run of one survey. `run` is the run as it was asked for, not yet recorded."""

    version = VersionField(label=gettext_lazy("Version"), queryset=Version.objects.none(), empty_label=None)
    location = forms.ModelChoiceField(
        label=gettext_lazy("Location"), queryset=Location.objects.none(), empty_label=None
    )
    touchpoint = forms.ModelChoiceField(
        label=gettext_lazy("Touchpoint"), queryset=Touchpoint.objects.none(), empty_label=None
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    paper = forms.ChoiceField(label=gettext_lazy("Paper"), choices=Paper)
    per_page = forms.TypedChoiceField(
        label=gettext_lazy("Cards on a page"),
        choices=[(str(count), label) for count, label in PER_PAGE.items()],
        coerce=int,
        help_text=gettext_lazy("A quarter of a page leaves the introduction out."),
    )
    copies = forms.IntegerField(
        label=gettext_lazy("Number of cards"),
        min_value=1,
        max_value=MOST_CARDS,
        help_text=format_lazy(
            gettext_lazy("At most {most} at a time. Each card has its own code."), most=f"{MOST_CARDS:,}"
        ),
    )

    def __init__(self, *args: Any, member: Member, survey: Survey, origin: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.survey, self.origin = survey, origin
        self.run: PrintRun | None = None
        versions = Version.objects.visible_to(member).published().filter(survey=survey)
        self._offer("version", versions.select_related("survey").order_by("-number"))
        self._offer(
            "location", Location.objects.visible_to(member).open().order_by("-is_default", "name", "pk")
        )
        self._offer(
            "touchpoint", Touchpoint.objects.visible_to(member).open().order_by("-is_default", "name", "pk")
        )
        self.fields["version"].live_version_id = survey.live_version_id  # type: ignore[attr-defined]
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]
        self.helper = _helper(self)

    def clean(self) -> None:
        given = self.cleaned_data
        if {"version", "language"} <= given.keys():
            self._check_language(published(given["version"].pk, given["language"]), given["language"])
        if not self.errors:
            self.run = PrintRun(**given)
            self._check_size(self.run)

    def _offer(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def _check_language(self, version: Published, asked: str) -> None:
        if asked not in version.languages:
            names = dict(settings.LANGUAGES)
            message = _("This version is not translated into that. It can be read in: %(languages)s.")
            offered = ", ".join(str(names[code]) for code in version.languages)
            self.add_error("language", ValidationError(message, params={"languages": offered}))

    def _check_size(self, run: PrintRun) -> None:
        """Only what was set and measured is printed: a card is never cut short."""
        sides = sides_by_size(run, origin=self.origin)[run.paper]
        fitting = [str(PER_PAGE[count]) for count in sorted(sides) if sides[count]]
        if not fitting:
            message = _("This survey fits on no card: its introduction or one of its questions is too long.")
            self.add_error("version", message)
        elif not sides[run.per_page]:
            message = _("This survey does not fit on a card of that size. What fits: %(sizes)s.")
            self.add_error("per_page", ValidationError(message, params={"sizes": "; ".join(fitting)}))


def _helper(form: forms.BaseForm) -> FormHelper:
    helper = FormHelper(form)
    helper.form_tag = False
    button = StrictButton(_("Make the cards"), type="submit", css_class="btn-primary")
    helper.layout = Layout(*form.fields, Div(button, css_class="buttons form-actions"))
    return helper
