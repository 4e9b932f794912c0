import pytest
from django.utils import translation

from reports.alerts.naming import limit_of, looks_for, shown_state
from reports.enums import AlertKind
from reports.models import Alert, AlertRecipient
from tests.factories.reports import NOW


@pytest.mark.parametrize(
    ("kind", "dimension", "threshold", "said"),
    [
        ("mean_below", "speed", 3.5, "Speed: the mean falls below 3.50"),
        ("mean_above", "speed", 3.5, "Speed: the mean rises above 3.50"),
        ("share_below", "overall", 80, "Overall: the share of 4s and 5s falls below 80 %"),
        ("share_above", "overall", 80, "Overall: the share of 4s and 5s rises above 80 %"),
        ("signal", "quality", None, "Quality: the latest point of the trend stands out"),
        ("outlier", "quality", None, "Quality: a location is out of line with the others"),
        ("low_score", "overall", 1, "Overall: a single response scores 1 or lower"),
        ("low_score", "", 2, "Any question: a single response scores 2 or lower"),
    ],
)
def test_each_kind_is_said_in_a_line(kind, dimension, threshold, said):
    assert looks_for(Alert(kind=kind, dimension=dimension, threshold=threshold)) == said


def test_a_low_score_between_two_ratings_keeps_its_digits():
    assert limit_of(Alert(kind=AlertKind.LOW_SCORE, threshold=1.5)) == "1.50"


@pytest.mark.parametrize(
    ("is_active", "fields", "words"),
    [
        (False, {"state": "raised", "checked_at": NOW}, "Paused"),
        (True, {}, "Not looked at yet"),
        (True, {"checked_at": NOW, "state": "raised", "is_readable": False}, "Not told"),
        (True, {"checked_at": NOW, "state": "raised", "raised_at": NOW}, "Raised"),
        (True, {"checked_at": NOW, "state": "calm"}, "Fine"),
    ],
)
def test_how_it_stands(is_active, fields, words):
    shown = shown_state(Alert(is_active=is_active), AlertRecipient(**fields))

    assert (shown.words, shown.since) == (words, fields.get("raised_at"))


def test_whom_it_does_not_tell_it_has_no_state():
    assert shown_state(Alert(), None) is None


def test_the_words_of_a_state_are_those_of_an_alert_in_polish():
    """An alert is masculine there: the word of a mailing that is paused would be wrong."""
    with translation.override("pl"):
        words = shown_state(Alert(is_active=False), None).words

    assert words != "Wstrzymana"
