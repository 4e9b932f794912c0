from django.db.models import Q

from organisation.checks import between, both_or_neither, one_of, starts_before_end
from organisation.enums import Stage

ALL = ["awareness", "consideration", "decision", "after_purchase"]


def test_one_of_names_exactly_the_choices():
    assert one_of("stage", Stage).condition == Q(stage__in=ALL)
    assert one_of("stage", Stage, blank=True).condition == Q(stage__in=[*ALL, ""])


def test_between_says_its_bounds_in_its_name():
    rule = between("level", -1, 5)

    assert rule.condition == Q(level__gte=-1, level__lte=5)
    assert rule.name == "%(app_label)s_%(class)s_level_-1_to_5"


def test_both_or_neither_knows_no_half():
    halves = Q(a__isnull=True, b__isnull=True) | Q(a__isnull=False, b__isnull=False)

    assert both_or_neither("a", "b").condition == halves


def test_starts_before_end_where_both_are_known():
    rule = starts_before_end("opens", "closes")

    assert rule.condition.connector == Q.OR
    assert [child[0] for child in rule.condition.children] == [
        "opens__isnull",
        "closes__isnull",
        "opens__lt",
    ]
