import json
from datetime import UTC, date, datetime, timedelta

import pytest

from surveys.answering.kiosk_sending import LONGEST_KEPT, NotOurs, read_kept, submission
from tests.factories import make_draft, make_location, make_published, make_survey
from tests.surveys.answering.kiosks import FIVE, body_of, pass_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def version():
    return make_published(make_survey(slug="service"))


def kept(version, *, now=NOW, issued_at=NOW - timedelta(days=200), **given):
    body = body_of(version, **{"pass": pass_of(version, issued_at=issued_at), **given})
    return read_kept(json.dumps(body).encode(), "service", now=now)


@pytest.mark.parametrize("days", [0, 1, 5, 89])
def test_day_is_the_one_on_which_it_was_answered(version, days):
    one = kept(version, age=days * 86_400)

    assert submission(one, one.answers()).received_on == date(2026, 3, 20) - timedelta(days=days)


def test_day_is_the_local_one(version):
    make_location(code="far-east", time_zone="Pacific/Kiritimati")
    signed = pass_of(version, location="far-east", issued_at=NOW - timedelta(days=9))

    one = kept(version, **{"pass": signed, "age": 3 * 86_400})

    assert submission(one, one.answers()).received_on == date(2026, 3, 18)


@pytest.mark.parametrize("age", [10 * 86_400, 1e30, float("inf")])
def test_nothing_was_answered_before_its_page_was_made(version, age):
    issued = NOW - timedelta(days=2)

    assert kept(version, age=age, issued_at=issued).answered_at == issued


@pytest.mark.parametrize("age", [365 * 86_400, 10**400])
def test_nothing_is_older_than_can_be_believed(version, age):
    assert kept(version, age=age).answered_at == NOW - LONGEST_KEPT


@pytest.mark.parametrize("age", [-1, -1e30, float("nan"), float("-inf")])
def test_nothing_comes_from_the_future(version, age):
    assert kept(version, age=age).answered_at == NOW


def test_a_page_made_by_a_clock_ahead_of_ours_is_of_today(version):
    assert kept(version, issued_at=NOW + timedelta(days=3)).answered_at == NOW


def test_who_walked_away_was_not_asked_for_what_must_be_answered():
    draft = make_draft(make_survey(slug="service"))
    draft.questions.update(is_required=True)
    version = make_published(draft=draft)

    whole = kept(version, answers={"speed": ["2"]})
    walked = kept(version, answers={"speed": ["2"]}, abandoned=True)

    assert sorted(whole.answers().errors) == ["convenience", "knowledge", "overall", "quality"]
    assert (walked.answers().errors, walked.answers().ratings) == ({}, "-2---")


def test_who_answered_nothing_is_not_stored_even_when_walking_away(version):
    assert kept(version, answers={}, abandoned=True).answers().errors


@pytest.mark.parametrize(
    "part",
    [
        {"pass": "forged"},
        {"pass": None},
        {"id": "no uuid"},
        {"id": "9" * 5000},
        {"id": "6ba7b810-9dad-51d1-80b4-00c04fd430c8"},  # what an import makes from a row
        {"answers": [["speed", "2"]]},
        {"answers": {"speed": "2"}},
        {"answers": {"speed": [2]}},
        {"age": "1"},
        {"age": True},
        {"took": None},
        {"abandoned": 1},
    ],
)
def test_what_no_kiosk_sends_is_not_ours(version, part):
    with pytest.raises(NotOurs):
        kept(version, **part)


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff\xfe", b"{", b"[" * 100_000, b'{"pass":' + b"9" * 9000])
def test_what_is_no_object_is_not_ours(version, body):
    with pytest.raises(NotOurs):
        read_kept(body, "service", now=NOW)


def test_pass_of_another_survey_is_not_ours(version):
    other = make_published(make_survey(slug="other"))

    with pytest.raises(NotOurs):
        kept(version, **{"pass": pass_of(other)})


def test_answers_are_those_of_the_customer(version):
    assert kept(version).given == FIVE
