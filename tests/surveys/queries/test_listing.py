from datetime import UTC, datetime, timedelta

import pytest

from surveys.actions.lifecycle import archive_survey, change_survey
from surveys.models import Survey
from surveys.queries.listing import State, rows_of, state_of, surveys_matching
from tests.factories import make_draft, make_member, make_published, make_survey

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, State.UNPUBLISHED),
        ({"live_version_id": 1}, State.LIVE),
        ({"live_version_id": 1, "opens_at": NOW - DAY, "closes_at": NOW + DAY}, State.LIVE),
        ({"live_version_id": 1, "opens_at": NOW}, State.LIVE),
        ({"live_version_id": 1, "opens_at": NOW + DAY}, State.SCHEDULED),
        ({"live_version_id": 1, "closes_at": NOW}, State.CLOSED),
        ({"live_version_id": 1, "closes_at": NOW - DAY, "archived_at": NOW}, State.ARCHIVED),
        ({"archived_at": NOW}, State.ARCHIVED),
    ],
)
def test_state_says_where_a_survey_stands_with_its_customers(fields, state):
    assert state_of(Survey(**fields), now=NOW) == state


@pytest.mark.parametrize("role", ["administrator", "editor"])
@pytest.mark.django_db
def test_surveys_are_found_by_the_words_of_their_names(role):
    for name in ("Our bakery", "Our bread", "Bakery of ours"):
        make_survey(name=name)

    found = surveys_matching(make_member(role), words="bakery our")

    assert {survey.name for survey in found} == {"Our bakery", "Bakery of ours"}


@pytest.mark.django_db
def test_archived_surveys_stand_apart():
    member, put_away, kept = make_member("editor"), make_survey(), make_survey()
    archive_survey(survey=put_away, by=member, now=NOW)

    assert list(surveys_matching(member)) == [kept]
    assert list(surveys_matching(member, archived=True)) == [put_away]


@pytest.mark.django_db
def test_rows_say_when_a_survey_was_last_changed_and_whether_it_has_a_draft():
    untouched, touched = make_published().survey, make_draft().survey
    change_survey(survey=touched, settings={"name": "New"}, by=None, now=NOW + DAY)

    rows = {row.survey: row for row in rows_of(surveys_matching(make_member("editor")), now=NOW)}

    assert (rows[untouched].changed_at, rows[untouched].has_draft) == (untouched.created_at, False)
    assert (rows[touched].changed_at, rows[touched].has_draft) == (NOW + DAY, True)
