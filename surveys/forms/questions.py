"""What an editor types about a question, and about the version around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.details import CHOICES, MAX_OPTION_LENGTH, MAX_OPTIONS, MIN_OPTIONS, QuestionDetails
from surveys.enums import Dimension, Kind
from surveys.forms.fields import OneLineField, buttons, long_text
from surveys.wording import advice

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from surveys.models import Question

MAX_WEIGHT = 10


class QuestionForm(forms.Form):
    text = OneLineField(
        label=gettext_lazy("Question"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    kind = forms.ChoiceField(label=gettext_lazy("Answered by"), choices=Kind.choices)
    dimension = forms.ChoiceField(
        label=gettext_lazy("What it tells you about"), required=False, widget=forms.RadioSelect
    )
    options = long_text(
        gettext_lazy("Options"),
        rows=5,
        max_length=MAX_OPTIONS * (MAX_OPTION_LENGTH + 2),
        required=False,
        help_text=gettext_lazy("One on each line, 2 to 20 of them."),
    )
    help_text = OneLineField(label=gettext_lazy("Help below the question"), max_length=500, required=False)
    is_required = forms.BooleanField(label=gettext_lazy("Must be answered"), required=False)
    allows_not_applicable = forms.BooleanField(label=gettext_lazy("Offer “does not apply”"), required=False)
    section = OneLineField(
        label=gettext_lazy("Section heading above this question"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Begins a section, which goes on until the next heading."),
    )
    weight = forms.IntegerField(
        label=gettext_lazy("Counts how many times"),
        min_value=1,
        max_value=MAX_WEIGHT,
        help_text=gettext_lazy("2 makes it count twice as much in the score of its dimension."),
    )
    is_reversed = forms.BooleanField(
        label=gettext_lazy("5 is the worst answer"),
        required=False,
        help_text=gettext_lazy("For a question about something bad; its ratings are turned around."),
    )

    def __init__(
        self,
        *args: Any,
        action: str,
        submit: _StrOrPromise,
        back: str,
        language: str,
        key: str = "",
        is_published: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.language, self.key = language, key
        self.fields["dimension"].choices = _dimensions()  # type: ignore[attr-defined]
        self.fields["text"].widget.attrs.update(_live_hints(language))
        if is_published:
            _say_what_starts_a_new_measure(self)
        self.helper = _helper(action, submit, back)

    @classmethod
    def initial_of(cls, question: Question) -> dict[str, Any]:
        details = QuestionDetails.of(question)
        names = set(cls.base_fields) - {"options"}
        return {name: getattr(details, name) for name in names} | {"options": "\n".join(details.options)}

    @property
    def advice(self) -> list[str]:
        """On the wording as it stands in the form."""
        return advice(self["text"].value() or "", language=self.language)

    @property
    def more_is_open(self) -> bool:
        """Whether something below “More” was set or refused."""
        usual: dict[str, set[object]] = {
            "section": {None, ""},
            "weight": {None, "", 1, "1"},
            "is_reversed": {None, False},
        }
        return any(name in self.errors or self[name].value() not in values for name, values in usual.items())

    def clean_options(self) -> list[str]:
        """The lines that hold something."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["options"].splitlines()]
        return [line for line in lines if line]

    def clean(self) -> None:
        kind = self.cleaned_data.get("kind")
        if kind == Kind.RATING and not self.cleaned_data.get("dimension") and "dimension" not in self.errors:
            self.add_error("dimension", _("Choose what a rating tells you about."))
        if kind in CHOICES and "options" in self.cleaned_data:
            self._check_options(self.cleaned_data["options"])

    def _check_options(self, options: list[str]) -> None:
        too_long = [option for option in options if len(option) > MAX_OPTION_LENGTH]
        if not MIN_OPTIONS <= len(options) <= MAX_OPTIONS:
            message = _("A choice needs 2 to 20 options; here are %(count)s.")
            self.add_error("options", ValidationError(message, params={"count": len(options)}))
        elif too_long:
            message = _("“%(option)s …” is longer than 100 characters.")
            self.add_error("options", ValidationError(message, params={"option": too_long[0][:30]}))
        elif len({option.casefold() for option in options}) < len(options):
            self.add_error("options", _("Two of these options are the same."))

    def details(self) -> QuestionDetails:
        """What was typed, without what does not belong to the kind."""
        given = self.cleaned_data
        kind, is_rating = given["kind"], given["kind"] == Kind.RATING
        return QuestionDetails(
            text=given["text"],
            kind=kind,
            dimension=given["dimension"] if is_rating else "",
            is_reversed=is_rating and given["is_reversed"],
            help_text=given["help_text"],
            section=given["section"],
            is_required=given["is_required"],
            allows_not_applicable=is_rating and given["allows_not_applicable"],
            weight=given["weight"] if is_rating else 1,
            options=tuple(given["options"]) if kind in CHOICES else (),
        )


class TextsForm(forms.Form):
    """The title and introduction of a draft."""

    title = OneLineField(label=gettext_lazy("Title"), max_length=150)
    intro = long_text(
        gettext_lazy("Introduction"),
        rows=3,
        required=False,
        help_text=gettext_lazy("Say what it is about and who reads it. One or two sentences are enough."),
    )

    def __init__(self, *args: Any, action: str, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_action = action
        self.helper.layout = Layout(*self.fields, buttons(_("Save texts"), back))


class ClosingForm(forms.Form):
    """What a customer reads after answering."""

    thanks_title = OneLineField(label=gettext_lazy("Closing title"), max_length=150, required=False)
    thanks_text = long_text(
        gettext_lazy("Closing text"),
        rows=3,
        required=False,
        help_text=gettext_lazy("Shown after the answers were sent, above the reference number."),
    )

    def __init__(self, *args: Any, action: str, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_action = action
        self.helper.layout = Layout(*self.fields, buttons(_("Save texts"), back))


def _dimensions() -> list[tuple[str, str]]:
    """Each dimension with what it means, for somebody who meets the words for the first time."""
    label = '<span class="dimension dimension-{}">{}</span> <span class="form-text">{}</span>'
    return [
        (value, format_html(label, value, name, settings.DIMENSION_HELP[value]))
        for value, name in Dimension.choices
    ]


def _live_hints(language: str) -> dict[str, str]:
    return {
        "hx-get": reverse("surveys:hints", query={"language": language}),
        "hx-trigger": "input changed delay:400ms",
        "hx-target": "#wording-hints",
        "hx-select": "unset",
        "hx-swap": "innerHTML",
        "hx-replace-url": "false",
        "aria-describedby": "wording-hints",
    }


def _say_what_starts_a_new_measure(form: QuestionForm) -> None:
    note = _("Changing this starts a new measure: its trend begins afresh.")
    for name in ("kind", "dimension", "is_reversed"):
        field = form.fields[name]
        field.help_text = f"{field.help_text} {note}" if field.help_text else note


def _helper(action: str, submit: _StrOrPromise, back: str) -> FormHelper:
    helper = FormHelper()
    helper.form_action = action
    helper.form_class = "question-form"
    helper.layout = Layout(
        "text",
        HTML('{% include "surveys/builder/hint_list.html" with hints=form.advice only %}'),
        "kind",
        Div("dimension", css_class="for-ratings"),
        Div("options", css_class="for-choices"),
        "help_text",
        "is_required",
        Div("allows_not_applicable", css_class="for-ratings"),
        HTML("<details{% if form.more_is_open %} open{% endif %}><summary>"),
        HTML(escape(_("More"))),
        HTML("</summary>"),
        "section",
        Div("weight", "is_reversed", css_class="for-ratings"),
        HTML('{% include "surveys/builder/field_name.html" with key=form.key only %}</details>'),
        buttons(submit, back),
    )
    return helper
