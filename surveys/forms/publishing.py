"""What an editor is asked before a changed survey is published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext as _

from organisation.text import storable_text
from surveys.enums import Continuity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from surveys.models import Question

PREFIX = "continuity-"


class PublishForm(forms.Form):
    """One choice of Continuity for each reworded question, named by its measure key, and the fingerprint of the
    draft as it was looked at.
    """

    seen = forms.CharField(
        max_length=64, required=False, widget=forms.HiddenInput, validators=[storable_text]
    )

    def __init__(self, *args: Any, reworded: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in reworded:
            self.fields[f"{PREFIX}{question.measure.key}"] = forms.ChoiceField(
                label=_("Compared with what is published, question %(position)s is the")
                % {"position": question.position},
                choices=Continuity.choices,
                widget=forms.RadioSelect,
                initial=question.continuity,
                error_messages={"required": _("Choose one of the three.")},
            )
        self.helper = FormHelper(self)
        self.helper.form_tag = False

    @property
    def answers(self) -> dict[str, str]:
        """Continuity by measure key."""
        given = self.cleaned_data.items()
        return {name.removeprefix(PREFIX): answer for name, answer in given if name.startswith(PREFIX)}
