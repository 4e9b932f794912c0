from datetime import timedelta

import pytest

from scoring.actions import score_pending
from scoring.queries import DataState, data_version, oldest_unscored_age, unscored_count
from tests.factories import make_published, make_response
from tests.factories.surveys import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_oldest_unscored_age_is_zero_when_nothing_waits():
    make_response(make_published(), is_held=True)

    assert oldest_unscored_age(now=NOW) == timedelta(0)


def test_oldest_unscored_age_counts_from_when_the_list_was_empty():
    score_pending(now=NOW)
    score_pending(now=NOW + MINUTE)
    make_response(make_published())

    assert oldest_unscored_age(now=NOW + 6 * MINUTE) == 5 * MINUTE


def test_oldest_unscored_age_starts_again_after_scoring():
    version = make_published()
    make_response(version)
    score_pending(now=NOW)
    score_pending(now=NOW + 30 * MINUTE)
    make_response(version)

    assert oldest_unscored_age(now=NOW + 31 * MINUTE) == MINUTE


def test_oldest_unscored_age_counts_from_publishing_when_nothing_was_ever_scored():
    make_response(make_published())

    assert oldest_unscored_age(now=NOW + 7 * MINUTE) == 7 * MINUTE


def test_oldest_unscored_age_is_never_negative():
    score_pending(now=NOW)
    make_response(make_published())

    assert oldest_unscored_age(now=NOW - MINUTE) == timedelta(0)


def test_unscored_count_counts_what_waits_in_these_surveys():
    version, other, elsewhere = make_published(), make_published(), make_published()
    for each in (version, version, other, elsewhere):
        make_response(each)
    make_response(version, is_held=True)

    assert unscored_count([version.survey_id, other.survey_id]) == 3


def test_data_version_moves_with_any_of_its_surveys():
    first, second, other = make_published(), make_published(), make_published()
    surveys = [first.survey_id, second.survey_id]
    states = [data_version(surveys)]
    for minutes, version in enumerate((first, second, other)):
        make_response(version)
        score_pending(now=NOW + minutes * MINUTE)
        states.append(data_version(surveys))

    assert states == [
        DataState(0, None),
        DataState(1, NOW),
        DataState(2, NOW + MINUTE),
        DataState(2, NOW + MINUTE),
    ]
