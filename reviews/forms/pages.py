"""Notes and review places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.forms.fields import helper_of
from organisation.models import Location
from organisation.text import NameField, StorableCharField
from reviews.models import Note, ReviewPlace
from reviews.models.notes import MOST
from reviews.rules import may_write_everywhere

if TYPE_CHECKING:
    from organisation.models import Member


class _Placed(forms.ModelForm):  # type: ignore[type-arg]
    """Belongs to a location of the member's, or, for whoever sees everywhere, to all of them."""

    def __init__(self, *args: Any, member: Member, submit: str, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["location"]
        field.queryset = Location.objects.visible_to(member).open().order_by("name", "pk")  # type: ignore[attr-defined]
        field.required = not may_write_everywhere(member)
        field.empty_label = _("Choose a location") if field.required else _("Every location")  # type: ignore[attr-defined]
        self.helper = helper_of(self, submit=submit, back=back)


class ReviewPlaceForm(_Placed):
    name = NameField(
        label=gettext_lazy("Name"), max_length=60, help_text=gettext_lazy("What customers know it by.")
    )
    position = forms.IntegerField(
        label=gettext_lazy("Order"),
        min_value=1,
        max_value=100,
        initial=1,
        help_text=gettext_lazy("1 stands first."),
    )

    class Meta:
        model = ReviewPlace
        fields = ["name", "url", "location", "position"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, submit=_("Save the place"), back=reverse("reviews:places"), **kwargs)


class NoteForm(_Placed):
    said = StorableCharField(
        label=gettext_lazy("You said"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 3})
    )
    did = StorableCharField(
        label=gettext_lazy("We did"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 3})
    )
    done_on = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    class Meta:
        model = Note
        fields = ["said", "did", "location", "done_on", "is_published"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, submit=_("Save the note"), back=reverse("reviews:notes"), **kwargs)
