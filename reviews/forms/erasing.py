"""Why the words of a review are erased, and whether the replies go with them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from reviews.enums import ErasureReason


class EraseForm(forms.Form):
    reason = forms.ChoiceField(label=gettext_lazy("Why"), choices=ErasureReason.choices)
    with_replies = forms.BooleanField(
        label=gettext_lazy("Erase the replies, too: they repeat what the customer said"), required=False
    )

    def __init__(self, *args: Any, has_replies: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_replies:
            del self.fields["with_replies"]
