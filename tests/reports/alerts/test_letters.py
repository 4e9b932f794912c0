from datetime import timedelta

import pytest

from organisation.enums import Role
from reports.alerts.checking import check
from reports.alerts.leaving import leaving_link
from reports.alerts.letters import letter_of
from reports.delivering import deliver_due
from reports.enums import AlertKind, DeliveryState
from reports.models import Alert, AlertNotice, Delivery
from tests.factories import make_alert, make_member, make_published
from tests.factories.reports import NOW
from tests.reports.answers import counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice():
    version = make_published()
    counted(version, *["55552"] * 6)
    alert = make_alert(version.survey, owner=make_member(Role.ADMINISTRATOR))
    check(alert.recipients.get().pk, now=NOW)
    return AlertNotice.objects.get()


def deliver():
    return deliver_due(clock=lambda: NOW, until=NOW + timedelta(seconds=1))


def test_it_goes_out_once_and_leads_to_the_report(smtp, notice):
    assert (deliver(), deliver()) == (1, 0)

    (mail,) = smtp.mails
    assert mail.message["Subject"] == "Alert: Low scores"
    assert notice.words in mail.text
    assert f"https://feedback.example.org/reports/?{notice.recipient.alert.filters}" in mail.text.replace(
        "=\n", ""
    )


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.CLERK}], ids=str)
def test_whoever_reads_no_reports_any_more_gets_none(smtp, notice, change):
    owner = notice.recipient.member
    type(owner).objects.filter(pk=owner.pk).update(**change)

    assert (deliver(), Delivery.objects.get().state) == (0, DeliveryState.FAILED)


def test_what_was_removed_is_not_sent(smtp, notice):
    notice.recipient.alert.delete()

    assert (deliver(), Delivery.objects.get().state) == (0, DeliveryState.FAILED)


def test_it_can_be_left_by_the_mail_itself(smtp, notice):
    deliver()

    (mail,) = smtp.mails
    link = leaving_link(notice.recipient)
    assert mail.message["List-Unsubscribe"].replace("\n", "").replace(" ", "") == f"<{link}>"
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_it_says_what_the_alert_looks_for_and_what_more_was_seen(notice):
    notice.lines = ["One line more."]
    letter = letter_of(notice)

    assert letter.points == [notice.words, "One line more."]
    assert letter.facts == [("Alert", "Overall: the mean falls below 3.00")]


def test_good_again_is_a_mail_of_its_own(notice):
    notice.is_good = True

    letter = letter_of(notice)
    assert (letter.subject, letter.notes) == ("Good again: Low scores", [])


def test_a_paused_alert_sends_nothing_any_more(smtp, notice):
    Alert.objects.update(is_active=False)

    assert (deliver(), Delivery.objects.get().state) == (0, DeliveryState.FAILED)


@pytest.mark.parametrize(("role", "is_told"), [(Role.ADMINISTRATOR, True), (Role.MANAGER, False)])
def test_single_responses_are_led_to_where_they_may_be_seen(role, is_told):
    version = make_published()
    alert = make_alert(version.survey, owner=make_member(role), kind=AlertKind.LOW_SCORE)
    notice = AlertNotice(recipient=alert.recipients.get(), words="x", link="/reports/")

    said = " ".join(letter_of(notice).notes)
    assert (f"/surveys/{version.survey_id}/responses/" in said) == is_told
    assert ("in groups only" in said) != is_told
