from datetime import timedelta

import pytest

from organisation.models import AuditEntry
from surveys.actions.mailings import NotInThisState, SurveyNotPublished
from surveys.actions.resending import NothingDoubtful, send_doubtful_again
from surveys.actions.sending import send_due
from surveys.inviting.addresses import address_hash
from surveys.models import Invitation, Mail, Mailing, Unsubscribed
from tests.factories import make_member
from tests.factories.invitations import NOW, make_invitation, make_mailing

pytestmark = pytest.mark.django_db


def send(now=NOW):
    return send_due(clock=lambda: now, until=now + timedelta(seconds=1))


@pytest.fixture
def doubtful(smtp):
    """A mailing of three, of whom one got a mail that the server did not answer; and that one."""
    mailing = make_mailing(state="sending")
    one, *_others = [make_invitation(mailing) for _ in range(3)]
    smtp.answer_data[one.email] = ""
    send()
    smtp.answer_data.clear()
    mailing.refresh_from_db()
    return mailing, one


def again(mailing, now=NOW):
    send_doubtful_again(mailing=mailing, by=make_member("editor"), now=now)


def test_doubtful_mail_goes_out_again_as_the_same_mail(smtp, doubtful):
    mailing, one = doubtful

    again(mailing)

    assert send(NOW + timedelta(hours=1)) == 1
    first, second = (mail.message for mail in smtp.mails if mail.to == one.email)
    assert (first["Message-ID"], first["List-Unsubscribe"]) == (
        second["Message-ID"],
        second["List-Unsubscribe"],
    )
    assert set(Mail.objects.values_list("state", flat=True)) == {"sent"}
    mailing.refresh_from_db()
    assert (mailing.state, mailing.ended_at) == ("sent", NOW + timedelta(hours=1))
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.changes) == ("sent doubtful mails again of", {"mails": 1})


def test_pressing_twice_sends_once(smtp, doubtful):
    mailing, one = doubtful

    again(mailing)
    with pytest.raises(NothingDoubtful):
        again(mailing)
    send()
    send()

    assert smtp.counts()[one.email] == 2


def test_who_answered_or_left_meanwhile_gets_none_and_nobody_is_told(smtp, doubtful):
    mailing, one = doubtful
    other = make_invitation(mailing, sent_at=NOW)
    Mail.objects.create(
        invitation=other,
        turn=0,
        state="doubtful",
        claim="0" * 32,
        place=9,
        claimed_at=NOW,
        sent_at=NOW,
        message_id="<x@y>",
    )
    Invitation.objects.filter(pk=one.pk).update(is_started=True, is_finished=True)
    Unsubscribed.objects.create(address_hash=address_hash(other.email), unsubscribed_on=NOW.date())

    again(mailing)

    assert AuditEntry.objects.latest("pk").changes == {"mails": 2}
    assert send() == 0
    mailing.refresh_from_db()
    assert mailing.state == "sent"


def test_after_the_reminder_the_first_mail_is_not_sent_again(smtp):
    mailing = make_mailing(state="sending", reminders=1)
    one = make_invitation(mailing)
    smtp.answer_data[one.email] = ""
    send()
    smtp.answer_data.clear()
    send(NOW + timedelta(days=7))

    with pytest.raises(NothingDoubtful):
        again(mailing)


def test_reminder_comes_after_the_mail_that_was_sent_again(smtp):
    mailing = make_mailing(state="sending", reminders=1, reminder_days=7)
    one = make_invitation(mailing)
    smtp.answer_data[one.email] = ""
    send()
    smtp.answer_data.clear()

    again(mailing, NOW + timedelta(days=3))
    sent = [send(NOW + timedelta(days=day)) for day in (3, 7, 10)]

    assert sent == [1, 0, 1]


@pytest.mark.parametrize("gone", [{"state": "bounced"}, {"email": "", "address_hash": b"x" * 32}])
def test_whom_no_mail_can_reach_is_left_out(doubtful, gone):
    mailing, one = doubtful
    Invitation.objects.filter(pk=one.pk).update(**gone)

    with pytest.raises(NothingDoubtful):
        again(mailing)


def test_stopped_mailing_stays_stopped(doubtful):
    mailing, _one = doubtful
    Mailing.objects.update(state="stopped")

    with pytest.raises(NotInThisState):
        again(mailing)


def test_survey_that_takes_no_answers_invites_nobody(doubtful):
    mailing, _one = doubtful
    type(mailing.survey).objects.update(live_version=None)

    with pytest.raises(SurveyNotPublished):
        again(mailing)
