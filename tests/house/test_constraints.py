"""The database is the last line of truth: what a model promises, a constraint holds."""

import re

import pytest
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from organisation.checks import both_or_neither
from tests.house import ours

# A moment without a person, or the other way round, is right for these. Where both columns are NOT NULL there is
# nothing to check.
UNPAIRED = {"surveys.Version.published_at": "commands publish, and they are nobody"}
# Models that nobody's scope narrows.
SEEN_BY_ALL = {
    "cards.KeyingRule": "one row that says how much is keyed twice, for everybody who keys",
    "organisation.Organisation": "one row, whose face every customer sees",
    "scoring.Block": "a number that says that cells of some days moved, and nothing of them",
    "scoring.DataVersion": "a number that says that cells moved, and nothing of them",
    "scoring.ScoringState": "one row that says how far scoring has come, and nothing of any response",
}
# Texts whose length follows from something else.
ENDLESS = {
    "reports.Alert.filters": "the address of a report, made by us",
    "reports.AlertNotice.link": "likewise",
    "reports.ReportExport.filters": "likewise",
    "reports.Schedule.filters": "likewise",
    "reports.SentReport.filters": "likewise",
    "reports.StoredReport.filters": "likewise",
    "reviews.Review.words": "made from the text and the author",
}
# PostgreSQL cuts longer names, so that two may become one.
LONGEST_NAME = 63


def label(model, field=""):
    return f"{model._meta.label}{'.' if field else ''}{field}"


def checks(model):
    return [rule for rule in model._meta.constraints if isinstance(rule, CheckConstraint)]


def own_fields(model):
    return [field for field in model._meta.get_fields() if isinstance(field, models.Field)]


CHOICES = [
    pytest.param(model, field, id=label(model, field.name))
    for model in ours.models()
    for field in own_fields(model)
    if field.choices
]
PAIRS = [
    pytest.param(model, f"{stem}_at", f"{stem}_by", id=label(model, f"{stem}_at"))
    for model in ours.models()
    for stem in (field.name.removesuffix("_by") for field in own_fields(model) if field.name.endswith("_by"))
    if any(field.name == f"{stem}_at" and field.null for field in own_fields(model))
    and label(model, f"{stem}_at") not in UNPAIRED
]


@pytest.mark.parametrize(("model", "field"), CHOICES)
def test_choices_are_checked_by_the_database(model, field):
    wanted = {value for value, _name in field.flatchoices} | ({""} if field.blank else set())

    named = [
        set(values)
        for rule in checks(model)
        for key, values in leaves(rule.condition)
        if key == f"{field.name}__in"
    ]

    assert wanted in named


def leaves(condition):
    """(lookup, value) of every comparison of a field in a condition; an expression names none."""
    for child in condition.children:
        if isinstance(child, Q):
            yield from leaves(child)
        elif isinstance(child, tuple):
            yield child


@pytest.mark.parametrize(("model", "at", "by"), PAIRS)
def test_a_moment_and_its_person_are_both_there_or_neither(model, at, by):
    conditions = [rule.condition for rule in checks(model)]

    assert both_or_neither(at, by).condition in conditions


def test_exemptions_name_what_exists():
    fields = {label(model, field.name) for model in ours.models() for field in own_fields(model)}
    classes = {label(model) for model in ours.models()}

    assert ((set(UNPAIRED) | set(ENDLESS)) - fields, set(SEEN_BY_ALL) - classes) == (set(), set())


@pytest.mark.parametrize("model", ours.models(), ids=label)
def test_no_model_has_an_order_of_its_own(model):
    assert list(model._meta.ordering) == []


@pytest.mark.parametrize(
    "model", [model for model in ours.models() if label(model) not in SEEN_BY_ALL], ids=label
)
def test_every_model_knows_whom_it_is_visible_to(model):
    assert callable(getattr(model._default_manager.all(), "visible_to", None))


@pytest.mark.parametrize("model", ours.models(), ids=label)
def test_constraints_are_named_by_their_rule(model):
    pattern = re.compile(rf"{model._meta.app_label}_{model._meta.model_name}_[a-z0-9_]+")

    names = [
        rule.name for rule in model._meta.constraints if isinstance(rule, CheckConstraint | UniqueConstraint)
    ]

    assert [name for name in names if not pattern.fullmatch(name) or len(name) > LONGEST_NAME] == []


@pytest.mark.parametrize("model", ours.models(), ids=label)
def test_numbers_that_may_be_negative_are_meant_to(model):
    """An integer without bounds has a CHECK that says what it may be."""
    bounded = {key.split("__")[0] for rule in checks(model) for key, _value in leaves(rule.condition)}

    loose = [
        field.name
        for field in own_fields(model)
        if type(field) in {models.IntegerField, models.SmallIntegerField, models.BigIntegerField}
        and field.name not in bounded
    ]

    assert [name for name in loose if label(model, name) != "scoring.DataVersion.number"] == []


@pytest.mark.parametrize("model", ours.models(), ids=label)
def test_texts_of_any_length_have_an_end(model):
    """No database limits a TextField by itself."""
    ended = {
        f"{model._meta.app_label}_{model._meta.model_name}_{name}_is_not_too_long" for name in texts_of(model)
    }

    assert ended - {rule.name for rule in checks(model)} == set()


def texts_of(model):
    return [
        field.name
        for field in own_fields(model)
        if isinstance(field, models.TextField) and label(model, field.name) not in ENDLESS
    ]
