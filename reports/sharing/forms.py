from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.forms.fields import helper_of, name_field
from organisation.queries import the_organisation
from reports.contents import ContentsField, offer_contents

if TYPE_CHECKING:
    from reports.reading import Asked
    from reports.sharing.comments import Offer

DAYS = {
    7: gettext_lazy("7 days"),
    30: gettext_lazy("30 days"),
    90: gettext_lazy("90 days"),
    365: gettext_lazy("a year"),
}


def _about_comments(offer: Offer) -> str:
    """What a tick would hand out, or why there is none to set."""
    if not offer.is_narrowed:
        return _("Comments cannot be chosen by all that this report is narrowed down by.")
    if not offer.n:
        return _("There are too few published comments behind this report: at least %(n)d are needed.") % {
            "n": the_organisation().minimum_comments
        }
    return _(
        "The newest %(n)d that customers agreed to publish and that are published, with day and place; never a name, an "
        "address or a score. They stand on the page and not in the PDF; words that tell go in only with them. What is erased or hidden later is gone from the "
        "link at once, but whoever has read it has read it."
    ) % {"n": offer.n}


class ShareForm(forms.Form):
    name = name_field(help_text=gettext_lazy("Whoever opens the link reads it above the report."))
    days = forms.TypedChoiceField(
        label=gettext_lazy("The link is good for"), choices=list(DAYS.items()), coerce=int
    )
    charts = ContentsField()

    with_comments = forms.BooleanField(label=gettext_lazy("Show comments, too"), required=False)

    def __init__(self, *args: Any, asked: Asked, offer: Offer, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_contents(self, asked)
        field = self.fields["with_comments"]
        field.disabled = not offer.n
        field.help_text = _about_comments(offer)
        self.helper = helper_of(self, submit=_("Make the link"), back=back)
