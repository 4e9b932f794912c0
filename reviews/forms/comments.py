"""What the comment box can be narrowed down by, and what is done with the comments that are ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.forms.fields import DayField
from organisation.forms.filters import Filter
from organisation.models import Region, Touchpoint
from organisation.text import StorableCharField
from reviews.enums import ReviewKind, ReviewState
from reviews.forms.offered import RowField
from reviews.queries.comments import MYSELF, NOBODY, OTHER_SCALE, WITHOUT
from surveys.enums import RATING_LABELS, Dimension
from surveys.models import Survey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.db.models import Model

    from organisation.models import Member
    from reviews.forms.offered import Offered


class CommentFilter(Filter):
    """Everything stands in the address, under these names."""

    q = StorableCharField(label=gettext_lazy("Words"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), required=False, choices=[("", gettext_lazy("All")), *ReviewKind.choices]
    )
    score = forms.ChoiceField(label=gettext_lazy("Score"), required=False)
    low = forms.ChoiceField(
        label=gettext_lazy("Rated low"),
        required=False,
        choices=[("", gettext_lazy("Any dimension")), *Dimension.choices],
    )
    # Set by an address alone: where somebody comes from a report.
    survey = RowField(
        label=gettext_lazy("Survey"),
        required=False,
        key="slug",
        empty_label=gettext_lazy("All surveys"),
        widget=forms.HiddenInput,
    )
    region = RowField(
        label=gettext_lazy("Region"),
        required=False,
        key="code",
        empty_label=gettext_lazy("All regions"),
    )
    location = RowField(
        label=gettext_lazy("Location"),
        required=False,
        key="code",
        empty_label=gettext_lazy("All locations"),
    )
    touchpoint = RowField(
        label=gettext_lazy("Touchpoint"),
        required=False,
        key="code",
        empty_label=gettext_lazy("All touchpoints"),
    )
    label = RowField(label=gettext_lazy("Label"), required=False, empty_label=gettext_lazy("Any label"))
    handled = forms.ChoiceField(
        label=gettext_lazy("Handled"),
        required=False,
        choices=[
            ("", gettext_lazy("Handled or not")),
            ("no", gettext_lazy("Not handled")),
            ("yes", gettext_lazy("Handled")),
        ],
    )
    assigned = forms.ChoiceField(label=gettext_lazy("Assigned to"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("Any state")), *ReviewState.choices],
    )
    first = DayField(label=gettext_lazy("From"), required=False)
    last = DayField(label=gettext_lazy("To"), required=False)

    def __init__(self, data: Mapping[str, Any], *, reader: Member, offered: Offered) -> None:
        super().__init__(data)
        rows: dict[str, Iterable[Model]] = {
            "survey": Survey.objects.visible_to(reader).published() if data.get("survey") else [],
            "region": Region.objects.visible_to(reader).order_by("name"),
            "location": offered.locations,
            "touchpoint": Touchpoint.objects.visible_to(reader).order_by("name"),
            "label": offered.labels,
        }
        for name, found in rows.items():
            self.fields[name].offer(found)  # type: ignore[attr-defined]
        self.fields["score"].choices = _scores()  # type: ignore[attr-defined]
        self.fields["assigned"].choices = [  # type: ignore[attr-defined]
            ("", _("Anybody")),
            (MYSELF, _("Me")),
            (NOBODY, _("Nobody")),
            *offered.people(),
        ]
        self.fields["q"].widget.attrs |= {"type": "search", "placeholder": _("Words, or their beginning*")}

    def chosen(self) -> Iterator[tuple[str, str, str]]:
        """Name, label and value in words of each filter that narrows the list."""
        for name, value in self.values.items():
            if value:
                field = self.fields[name]
                choices: dict[Any, Any] = dict(field.choices) if type(field) is forms.ChoiceField else {}  # type: ignore[arg-type]
                yield name, str(field.label), str(choices.get(value, value))


def _scores() -> list[tuple[str, Any]]:
    return [
        ("", _("Any score")),
        *((str(rating), f"{rating} {label}") for rating, label in sorted(RATING_LABELS.items())),
        (WITHOUT, _("Without a score")),
        (OTHER_SCALE, _("On another scale")),
    ]
