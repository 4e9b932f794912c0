"""What members say about a review. Layout and cleaning only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.forms.fields import PlacesField
from organisation.models import Member
from organisation.text import LONGEST_TEXT, NameField, StorableCharField
from reviews.enums import HiddenReason, LabelColour, RedactionKind
from reviews.models import Label
from reviews.queries.comments import colleagues_of
from reviews.redacting import Phrase, suggestions

if TYPE_CHECKING:
    from reviews.models import Review


class HideForm(forms.Form):
    reason = forms.ChoiceField(label=gettext_lazy("Why"), choices=HiddenReason.choices)
    note = NameField(label=gettext_lazy("Note for colleagues"), max_length=300, required=False)


class ReplyForm(forms.Form):
    text = StorableCharField(
        label=gettext_lazy("Reply"),
        validators=[MaxLengthValidator(LONGEST_TEXT)],
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("An empty reply takes the one before it back."),
    )
    is_public = forms.BooleanField(label=gettext_lazy("Show it on the public page"), required=False)


class RedactForm(forms.Form):
    """Suggestions to tick, and words of one's own."""

    suggested = forms.MultipleChoiceField(
        label=gettext_lazy("Found in the text"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = StorableCharField(label=gettext_lazy("Words to take out"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("They are"),
        choices=RedactionKind.choices,
        initial=RedactionKind.NAME,
        required=False,
    )

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = suggestions(review.text)
        if not self.found:
            self.fields["suggested"].widget = forms.MultipleHiddenInput()
        # By their words, not by their number: a colleague may have taken out one of them meanwhile.
        self.fields["suggested"].choices = [(one.text, one.text) for one in self.found]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("suggested") and not given.get("words") and not self.errors:
            raise forms.ValidationError(_("Say what is to be taken out."))
        return given

    def phrases(self) -> list[Phrase]:
        chosen = [one for one in self.found if one.text in self.cleaned_data["suggested"]]
        words, kind = self.cleaned_data["words"], self.cleaned_data["kind"] or RedactionKind.OTHER
        return [*chosen, *([Phrase(RedactionKind(kind), words)] if words else [])]


class CareForm(forms.Form):
    """Whose it is, and what it is about."""

    assigned_to = forms.ModelChoiceField(
        label=gettext_lazy("Assigned to"), queryset=Member.objects.none(), required=False
    )
    labels = PlacesField(
        label=gettext_lazy("Labels"),
        queryset=Label.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    new_label = NameField(label=gettext_lazy("New label"), max_length=40, required=False)
    colour = forms.ChoiceField(label=gettext_lazy("Its colour"), choices=LabelColour.choices, required=False)

    def __init__(self, *args: Any, review: Review, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = colleagues_of(by).values("pk")
        able = Member.objects.filter(Q(pk__in=people) | Q(pk__in=[by.pk, review.assigned_to_id or by.pk]))
        self.fields["assigned_to"].queryset = able.order_by("name", "email")  # type: ignore[attr-defined]
        self.fields["labels"].queryset = Label.objects.order_by("name")  # type: ignore[attr-defined]
