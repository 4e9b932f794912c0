import pytest
from django.db import IntegrityError

from surveys.models import KioskRule
from tests.factories import make_kiosk, make_member, make_survey

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "fields", [{"idle_seconds": 14}, {"idle_seconds": 601}, {"at_idle": "wait"}, {"pin_hash": ""}]
)
def test_the_database_refuses_what_no_kiosk_can_do(fields):
    with pytest.raises(IntegrityError):
        KioskRule.objects.create(survey=make_survey(), **{"pin_hash": "x", **fields})


def test_a_survey_has_one_rule():
    rule = make_kiosk()

    with pytest.raises(IntegrityError):
        KioskRule.objects.create(survey=rule.survey, pin_hash="x")


def test_a_rule_is_seen_by_whoever_sees_its_survey():
    draft = KioskRule.objects.create(survey=make_survey(), pin_hash="x")
    live = make_kiosk()

    assert set(KioskRule.objects.visible_to(make_member("editor"))) == {draft, live}
    assert set(KioskRule.objects.visible_to(make_member("clerk"))) == {live}
