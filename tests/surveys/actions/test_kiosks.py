import pytest
from django.contrib.auth.hashers import check_password
from django.utils import timezone

from organisation.models import AuditEntry
from surveys.actions.drafts import SurveyArchived
from surveys.actions.kiosks import NoPin, change_kiosk, withdraw_kiosks
from surveys.actions.lifecycle import archive_survey
from surveys.models import KioskRule
from tests.factories import make_member, make_survey

pytestmark = pytest.mark.django_db


def change(survey, **given):
    defaults = {"idle_seconds": 60, "at_idle": "submit", "pin": "", "by": None, "now": timezone.now()}
    return change_kiosk(survey=survey, **{**defaults, **given})


def test_change_kiosk_keeps_a_hash_of_the_pin_and_never_the_pin():
    rule = change(make_survey(), pin="24681357")

    entry = AuditEntry.objects.get()
    assert check_password("24681357", rule.pin_hash)
    assert "24681357" not in f"{rule.pin_hash}{entry.changes}"
    assert entry.changes["pin"] == ["", "changed"]


def test_change_kiosk_without_a_pin_keeps_the_one_there_is():
    survey = make_survey()
    before = change(survey, pin="2468").pin_hash

    after = change(survey, idle_seconds=90, at_idle="drop")

    assert (after.pin_hash, after.idle_seconds, after.at_idle) == (before, 90, "drop")
    assert AuditEntry.objects.order_by("-pk").first().changes == {
        "idle_seconds": [60, 90],
        "at_idle": ["submit", "drop"],
    }


def test_change_kiosk_to_what_it_is_leaves_no_trace():
    survey = make_survey()
    change(survey, pin="2468")

    change(survey)

    assert AuditEntry.objects.count() == 1


def test_change_kiosk_needs_a_pin_once():
    with pytest.raises(NoPin):
        change(make_survey())

    assert not KioskRule.objects.exists()


def test_change_kiosk_leaves_an_archived_survey_alone():
    survey = make_survey()
    archive_survey(survey=survey, by=make_member(), now=timezone.now())

    with pytest.raises(SurveyArchived):
        change(survey, pin="2468")


def test_withdraw_kiosks_begins_the_next_edition_and_says_so():
    survey = make_survey()
    change(survey, pin="2468")

    withdraw_kiosks(survey=survey, by=None, now=timezone.now())

    assert KioskRule.objects.get().edition == 2
    assert AuditEntry.objects.order_by("-pk").first().changes == {"edition": [1, 2]}


def test_withdraw_kiosks_needs_kiosks():
    with pytest.raises(NoPin):
        withdraw_kiosks(survey=make_survey(), by=None, now=timezone.now())
