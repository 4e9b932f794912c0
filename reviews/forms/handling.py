"""What is done with the comments that are ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.text import NameField
from reviews.forms.offered import RowField
from reviews.queries.comments import MYSELF, NOBODY, ROWS_ON_A_PAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reviews.forms.offered import Offered

LONGEST_LABEL = 40


class Deed(models.TextChoices):
    """What can be done with comments that are ticked."""

    HANDLE = "handle", gettext_lazy("Mark as handled")
    REOPEN = "reopen", gettext_lazy("Mark as not handled")
    ASSIGN = "assign", gettext_lazy("Assign")
    LABEL = "label", gettext_lazy("Add the label")
    UNLABEL = "unlabel", gettext_lazy("Remove the label")


class KeysField(forms.MultipleChoiceField):
    """Keys of comments, as many as stand on a page."""

    def to_python(self, value: Any) -> list[str]:
        return super().to_python(value)[: ROWS_ON_A_PAGE + 1]

    def validate(self, value: Any) -> None:
        try:
            keys = [UUID(key) for key in value]
        except ValueError:
            keys = []
        if not keys or len(keys) > ROWS_ON_A_PAGE:
            raise ValidationError(_("Tick the comments that are meant."))


class DeedForm(forms.Form):
    chosen = KeysField()
    do = forms.ChoiceField(choices=Deed.choices)
    to = forms.ChoiceField(label=gettext_lazy("Assign to"), required=False)
    label = RowField(label=gettext_lazy("Label"), required=False, empty_label=gettext_lazy("Choose a label"))
    new_label = NameField(label=gettext_lazy("or a new one"), required=False, max_length=LONGEST_LABEL)

    def __init__(self, data: Mapping[str, Any] | None = None, *, offered: Offered) -> None:
        super().__init__(data)
        self.fields["label"].offer(offered.labels)  # type: ignore[attr-defined]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (MYSELF, _("Me")),
            (NOBODY, _("Nobody")),
            *offered.people(),
        ]
        for name in ("to", "label", "new_label"):
            is_text = name == "new_label"
            self.fields[name].widget.attrs["class"] = (
                f"{'form-control' if is_text else 'form-select'} form-control-sm"
            )
            self.fields[name].widget.attrs["aria-label"] = str(self.fields[name].label)
        self.fields["new_label"].widget.attrs["placeholder"] = str(self.fields["new_label"].label)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        do = given.get("do")
        if do == Deed.LABEL and not given.get("label") and not given.get("new_label") and not self.errors:
            self.add_error("label", _("Choose a label, or name a new one."))
        if do == Deed.UNLABEL and not given.get("label") and not self.errors:
            self.add_error("label", _("Choose the label to remove."))
        if do == Deed.ASSIGN and not given.get("to") and not self.errors:
            self.add_error("to", _("Choose to whom."))
        return given

    def reasons(self) -> list[str]:
        return [str(reason) for reasons in self.errors.values() for reason in reasons]
