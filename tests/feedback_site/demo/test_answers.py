from collections import Counter
from datetime import date, timedelta
from statistics import mean

import pytest
from django.utils import timezone

from feedback_site.demo.answers import DAYS, DROP_DAYS, SEED, make_responses
from feedback_site.demo.places import make_members, make_places
from feedback_site.demo.surveys import make_service_survey
from organisation.models import Member

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture
def versions():
    make_places()
    make_members()
    now = timezone.now()
    made = make_service_survey(by=Member.objects.first(), begun=now - timedelta(days=DAYS), now=now)
    return [(version, TODAY - timedelta(days=(now - since).days)) for version, since in made]


def generate(versions, count=4000):
    return list(make_responses(versions, count=count, today=TODAY, seed=SEED))


def ratings(responses, version_questions, dimension):
    positions = [q.position - 1 for q in version_questions if q.measure.dimension == dimension]
    return [int(r.ratings[p]) for r in responses for p in positions if r.ratings[p].isdigit()]


def test_responses_are_the_same_each_time(versions):
    assert [r.ratings for r in generate(versions, 50)] == [r.ratings for r in generate(versions, 50)]


def test_responses_answer_the_version_of_their_day(versions):
    (first, _begun), (second, changed) = versions

    found = Counter((r.version_id, r.received_on >= changed) for r in generate(versions))

    assert set(found) == {(first.pk, False), (second.pk, True)}


def test_responses_have_a_sign_for_each_question(versions):
    assert {len(response.ratings) for response in generate(versions, 200)} == {10}


def test_speed_falls_at_grand_square(versions):
    questions = list(versions[1][0].questions.select_related("measure"))
    here = [r for r in generate(versions, 8000) if r.location.code == "grand-square"]
    since = TODAY - timedelta(days=DROP_DAYS)

    before = mean(ratings([r for r in here if r.received_on <= since], questions, "speed"))
    after = mean(ratings([r for r in here if r.received_on > since], questions, "speed"))

    assert after - before < -0.4


def test_some_answers_are_flagged_as_straight_lines(versions):
    flagged = [r for r in generate(versions) if r.flags]

    assert 15 <= len(flagged) <= 60
    assert {sign for r in flagged for sign in r.ratings if sign.isdigit()} == {"5"}
