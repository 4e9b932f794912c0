"""Mails to members, over real sockets: each once, whatever happens in between."""

from datetime import timedelta
from uuid import uuid4

import pytest

from organisation.enums import Role
from reports import delivering
from reports.delivering import claim_delivery, deliver_due, recover_deliveries
from reports.enums import DeliveryState
from reports.models import Delivery, SentReport, StoredReport
from surveys.inviting.handover import HandoverLog
from tests.factories import make_member, make_published, make_schedule, make_sent
from tests.factories.reports import NOW
from tests.reports.answers import counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    version = make_published()
    counted(version, *["55443"] * 6)
    return version.survey


@pytest.fixture
def sent(survey):
    return make_sent(make_schedule(survey, owner=make_member(Role.ADMINISTRATOR)))


def deliver(now=NOW):
    return deliver_due(clock=lambda: now, until=now + timedelta(seconds=1))


def state(sent):
    return Delivery.objects.get(sent_report=sent).state


def test_a_report_goes_out_once_with_its_document_and_a_link(smtp, sent):
    assert (deliver(), deliver()) == (1, 0)

    (mail,) = smtp.mails
    assert mail.to == sent.member.email
    assert f"https://feedback.example.org/reports/sent/{sent.pk}/" in mail.text
    assert f"/reports/sent/{sent.pk}/" in mail.html
    (document,) = mail.message.iter_attachments()
    stored = SentReport.objects.get(pk=sent.pk).report
    assert document.get_content() == bytes(stored.pdf)
    assert document.get_filename().endswith("-report-2026-03-31.pdf")
    assert state(sent) == DeliveryState.SENT


def test_what_was_made_before_is_what_goes_out(smtp, survey, sent):
    smtp.answer_data[sent.member.email] = "451 not now"
    deliver()
    first = StoredReport.objects.get()
    counted(survey.live_version, *["11111"] * 9)
    smtp.answer_data.clear()

    assert deliver(NOW + timedelta(hours=1)) == 1
    assert StoredReport.objects.get() == first


def test_not_now_is_tried_again_after_longer_and_longer_and_then_given_up(smtp, sent):
    smtp.answer_data[sent.member.email] = "451 not now"
    now = NOW
    for _try in range(delivering.MOST_TRIES):
        deliver(now)
        now += timedelta(hours=13)

    assert state(sent) == DeliveryState.FAILED
    assert deliver(now) == 0


@pytest.mark.parametrize("reply", ["550 nobody here", "553 no"])
def test_an_address_that_takes_no_mail_is_said(smtp, sent, reply):
    smtp.refuse[sent.member.email] = reply

    assert deliver() == 0
    delivery = Delivery.objects.get()
    assert (delivery.state, reply[4:] in delivery.said) == (DeliveryState.FAILED, True)


def test_a_server_that_hangs_up_after_the_mail_leaves_it_doubtful_and_it_is_not_sent_again(smtp, sent):
    smtp.answer_data[sent.member.email] = ""

    assert (deliver(), deliver(NOW + timedelta(days=1))) == (1, 0)
    assert (state(sent), len(smtp.mails)) == (DeliveryState.DOUBTFUL, 1)


def test_without_a_mail_server_it_waits_and_costs_no_try(settings, tmp_path, sent):
    settings.DATA_DIR = tmp_path
    settings.MAILERS = {
        "default": {
            "BACKEND": "surveys.inviting.smtp.HandoverBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 9, "timeout": 2},
        }
    }

    assert deliver() == 0
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries, delivery.said != "") == (DeliveryState.WAITING, 0, True)
    assert delivery.due_at == NOW + delivering.TROUBLE_PAUSE


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"role": Role.CLERK}, {"role": Role.MANAGER}], ids=str
)
def test_nothing_goes_to_whoever_may_not_read_it_any_more(smtp, survey, change):
    sent = make_sent(make_schedule(survey, owner=make_member(Role.ADMINISTRATOR)), is_made=True)
    type(sent.member).objects.filter(pk=sent.member.pk).update(**change)

    assert deliver() == 0
    assert (state(sent), smtp.mails) == (DeliveryState.FAILED, [])


def test_what_cannot_be_made_stands_in_nobodys_way(smtp, survey, sent, caplog):
    bad = make_sent(make_schedule(survey, owner=make_member(Role.ADMINISTRATOR), filters="survey=gone"))

    assert deliver() == 1
    assert (state(sent), state(bad)) == (DeliveryState.SENT, DeliveryState.FAILED)


def die(claim, *, handed_over):
    with HandoverLog(claim) as log:
        claim_delivery(claim=claim, now=NOW)
        if handed_over:
            log.hand_over(0)
        raise LookupError


def abandoned(*, handed_over):
    """As a killed worker leaves it: claimed, with a log that nobody holds."""
    with pytest.raises(LookupError):
        die(uuid4(), handed_over=handed_over)


@pytest.mark.parametrize(
    ("handed_over", "mails", "end"),
    [(False, 1, DeliveryState.SENT), (True, 0, DeliveryState.DOUBTFUL)],
)
def test_a_killed_worker_neither_loses_nor_doubles(smtp, sent, handed_over, mails, end):
    abandoned(handed_over=handed_over)

    assert deliver() == mails
    assert (state(sent), len(smtp.mails)) == (end, mails)


def test_a_mail_that_kills_its_workers_is_given_up(smtp, sent):
    for _try in range(delivering.MOST_TRIES):
        abandoned(handed_over=False)
        recover_deliveries(now=NOW)

    assert state(sent) == DeliveryState.FAILED


def test_a_living_worker_is_left_alone(smtp, sent):
    claim = uuid4()
    with HandoverLog(claim):
        claim_delivery(claim=claim, now=NOW)

        assert deliver(NOW + timedelta(days=1)) == 0
        assert state(sent) == DeliveryState.CLAIMED


def test_a_claim_without_a_log_waits_for_an_hour(smtp, sent, caplog):
    claim_delivery(claim=uuid4(), now=NOW)

    assert deliver(NOW + timedelta(minutes=59)) == 0
    assert state(sent) == DeliveryState.CLAIMED
    deliver(NOW + timedelta(minutes=61))
    assert state(sent) == DeliveryState.DOUBTFUL


def test_a_claim_that_was_taken_over_is_not_settled_twice(smtp, sent):
    ours = claim_delivery(claim=uuid4(), now=NOW)
    Delivery.objects.update(claim=uuid4())

    delivering.note(ours, delivering.Outcome(delivering.Fate.TAKEN), now=NOW)

    assert state(sent) == DeliveryState.CLAIMED
