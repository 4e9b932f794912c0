import pytest
from django.utils import timezone

from organisation.models import AuditEntry
from surveys.actions.drafts import SurveyArchived
from surveys.actions.lifecycle import archive_survey
from surveys.actions.origins import allow_origin, withdraw_origin
from surveys.models import AllowedOrigin
from tests.factories import make_member, make_survey

pytestmark = pytest.mark.django_db
ORIGIN = "https://www.example.org"


def trail():
    return [(entry.action, entry.changes) for entry in AuditEntry.objects.order_by("pk")]


def test_allow_origin_twice_is_once():
    survey = make_survey()

    for _ in range(2):
        allow_origin(survey=survey, origin=ORIGIN, by=None, now=timezone.now())

    assert AllowedOrigin.objects.get().origin == ORIGIN
    assert trail() == [("allowed a website", {"origin": ["", ORIGIN]})]


def test_withdraw_origin_takes_it_from_that_survey_alone():
    survey, other = make_survey(), make_survey()
    for one in (survey, other):
        allow_origin(survey=one, origin=ORIGIN, by=None, now=timezone.now())

    for _ in range(2):
        withdraw_origin(survey=survey, origin=ORIGIN, by=None, now=timezone.now())

    assert AllowedOrigin.objects.get().survey == other
    assert trail()[2:] == [("withdrew a website", {"origin": [ORIGIN, ""]})]


@pytest.mark.parametrize("action", [allow_origin, withdraw_origin])
def test_an_archived_survey_stays_as_it_is(action):
    survey = make_survey()
    archive_survey(survey=survey, by=make_member(), now=timezone.now())

    with pytest.raises(SurveyArchived):
        action(survey=survey, origin=ORIGIN, by=None, now=timezone.now())
