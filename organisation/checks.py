"""Constraints that every model repeats, written once, so that each reads as a rule."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual


def one_of(field: str, choices: type[models.TextChoices], *, blank: bool = False) -> models.CheckConstraint:
    """The column holds one of the choices, whoever writes it."""
    values = [*choices.values, ""] if blank else list(choices.values)
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": values}), name=f"%(app_label)s_%(class)s_{field}_is_known"
    )


def between(field: str, low: int, high: int) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__gte": low, f"{field}__lte": high}),
        name=f"%(app_label)s_%(class)s_{field}_{low}_to_{high}",
        violation_error_message=f"{field} lies between {low} and {high}.",
    )


def at_most(field: str, characters: int) -> models.CheckConstraint:
    """The text is no longer. SQLite knows no length of any column, PostgreSQL none of a TextField."""
    return models.CheckConstraint(
        condition=Q(LessThanOrEqual(Length(field), characters)),
        name=f"%(app_label)s_%(class)s_{field}_is_not_too_long",
        violation_error_message=f"{field} has at most {characters} characters.",
    )


def both_or_neither(first: str, second: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
        name=f"%(app_label)s_%(class)s_{first}_with_{second}",
    )


def starts_before_end(start: str, end: str) -> models.CheckConstraint:
    """`start < end` where both are known."""
    return models.CheckConstraint(
        condition=Q(**{f"{start}__isnull": True})
        | Q(**{f"{end}__isnull": True})
        | Q(**{f"{start}__lt": F(end)}),
        name=f"%(app_label)s_%(class)s_{start}_before_{end}",
        violation_error_message="The end must come after the start.",
    )
