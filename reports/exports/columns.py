"""The columns of a file of responses: by measure, never by position, so that a question added moves nobody's answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from surveys.answering.published import published
from surveys.enums import RATING_LABELS, Kind
from surveys.models import Version

if TYPE_CHECKING:
    from datetime import datetime

    from surveys.answering.published import Item, Published

ABOUT = (
    *("response", "survey", "version", "day", "received_at"),
    *("location", "location_name", "region"),
    *("touchpoint", "touchpoint_name", "channel", "stage", "mode", "flags"),
)
# What may stand in a rating's place, in a file.
SIGNS = {"x": "does_not_apply", "-": "blank", "?": "unreadable"}


@dataclass(frozen=True, slots=True)
class QuestionColumn:
    """`option` is set where each option of several choices has a column of its own: 1 chosen, 0 not."""

    measure: str
    kind: str
    wording: str  # the latest
    is_reversed: bool
    options: tuple[tuple[str, str], ...]  # (key, latest label)
    option: str = ""

    @property
    def name(self) -> str:
        """Begins with q_, so that no measure's key can be taken for a column of the response's own."""
        return f"q_{self.measure}__{self.option}" if self.option else f"q_{self.measure}"

    @property
    def title(self) -> str:
        label = dict(self.options).get(self.option)
        return f"{self.wording} ({label})" if label else self.wording


@dataclass(frozen=True, slots=True)
class Columns:
    """Of all versions published by one moment: the ratings first, then choices and texts."""

    versions: tuple[Published, ...]
    ratings: tuple[QuestionColumn, ...]
    others: tuple[QuestionColumn, ...]

    @property
    def names(self) -> list[str]:
        return [*ABOUT, *(column.name for column in (*self.ratings, *self.others))]


def columns_of(survey_id: int, language: str, *, at: datetime) -> Columns:
    """What the survey asked in the versions that were published by then, the newest wording of each."""
    found = Version.objects.published().filter(survey=survey_id, published_at__lte=at).order_by("number")
    versions = tuple(published(version.pk, language) for version in found)
    latest: dict[str, Item] = {}
    options: dict[str, dict[str, str]] = {}
    for version in versions:
        for item in version.items:
            latest[item.key] = item
            options.setdefault(item.key, {}).update((one.key, one.label) for one in item.options)
    plain = [_column(item, options[item.key]) for item in latest.values()]
    ratings = tuple(column for column in plain if column.kind == Kind.RATING)
    others = tuple(part for column in plain if column.kind != Kind.RATING for part in _parts(column))
    return Columns(versions, ratings, others)


def _column(item: Item, options: dict[str, str]) -> QuestionColumn:
    return QuestionColumn(item.key, item.kind, item.text, item.is_reversed, tuple(options.items()))


def _parts(column: QuestionColumn) -> list[QuestionColumn]:
    if column.kind != Kind.SEVERAL_CHOICES:
        return [column]
    return [
        QuestionColumn(column.measure, column.kind, column.wording, column.is_reversed, column.options, key)
        for key, _label in column.options
    ]


def explained(columns: Columns) -> list[tuple[str, str, str]]:
    """(name, what it is, which values it has) of each column, for a codebook."""
    about = {
        "response": _("The key of the response"),
        "survey": _("The survey’s address"),
        "version": _("The version of the survey that was answered"),
        "day": _("The location’s day"),
        "received_at": _("The moment, where the survey is not anonymous"),
        "location": _("The location’s code"),
        "location_name": _("The location’s name"),
        "region": _("The region’s name"),
        "touchpoint": _("The touchpoint’s code"),
        "touchpoint_name": _("The touchpoint’s name"),
        "channel": _("The touchpoint’s channel"),
        "stage": _("The touchpoint’s stage"),
        "mode": _("How the response came"),
        "flags": _("Reasons to look twice"),
    }
    questions = [
        (column.name, column.title, _values(column)) for column in (*columns.ratings, *columns.others)
    ]
    return [*((name, about[name], "") for name in ABOUT), *questions]


def _values(column: QuestionColumn) -> str:
    if column.kind == Kind.RATING:
        labels = ", ".join(f"{rating} {label}" for rating, label in sorted(RATING_LABELS.items()))
        return f"{labels}; {_('1 is the best: turned in scores')}" if column.is_reversed else labels
    if column.option:
        return _("1 chosen, 0 not chosen")
    return ", ".join(f"{key} {label}" for key, label in column.options)
