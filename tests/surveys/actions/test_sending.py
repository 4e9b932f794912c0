"""Mails that go out, over real sockets."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from surveys.actions import sending
from surveys.actions.claiming import claim_mails, release
from surveys.actions.outcomes import note_taken
from surveys.actions.sending import recover_claims, send_due
from surveys.inviting.addresses import address_hash
from surveys.inviting.handover import HandoverLog
from surveys.models import Bounce, ContactMoment, Mail, Mailing, Unsubscribed
from tests.factories.invitations import NOW, make_invitation, make_mailing

pytestmark = pytest.mark.django_db


def send(now=NOW):
    return send_due(clock=lambda: now, until=now + timedelta(seconds=1))


def make_many(count, **fields):
    mailing = make_mailing(state="sending", **fields)
    return mailing, [make_invitation(mailing) for _ in range(count)]


def states(mailing):
    return list(mailing.invitations.order_by("pk").values_list("state", flat=True))


def test_each_recipient_gets_one_mail_with_a_link_of_their_own(smtp):
    mailing, invitations = make_many(45)

    assert send() == 45
    assert send() == 0

    assert smtp.counts() == {one.email: 1 for one in invitations}
    links = {mail.text.partition("/i/")[2][:32] for mail in smtp.mails}
    assert len(links) == 45
    assert len({mail.message["Message-ID"] for mail in smtp.mails}) == 45
    mailing.refresh_from_db()
    assert (mailing.state, set(states(mailing))) == ("sent", {"sent"})


@pytest.mark.parametrize("state", ["draft", "paused", "stopped", "sent"])
def test_only_mailings_that_are_being_sent_are(smtp, state):
    make_invitation(make_mailing(state=state))

    assert send() == 0


@pytest.mark.parametrize("survey", [{"closes_at": NOW}, {"opens_at": NOW + timedelta(days=1)}])
def test_nobody_is_invited_to_a_survey_that_is_not_open(smtp, survey):
    mailing, _invitations = make_many(1)
    type(mailing.survey).objects.update(**survey)

    assert send() == 0


def test_mailing_waits_for_its_start(smtp):
    make_many(1, starts_at=NOW + timedelta(hours=1))

    assert send() == 0
    assert send(NOW + timedelta(hours=1)) == 1


def test_reminders_go_to_those_who_have_not_finished(smtp):
    mailing, (done, begun, _other) = make_many(3, reminders=2, reminder_days=7)
    send()
    type(done).objects.filter(pk=done.pk).update(is_started=True, is_finished=True)
    type(done).objects.filter(pk=begun.pk).update(is_started=True)

    early = send(NOW + timedelta(days=6))
    first = send(NOW + timedelta(days=7))
    second = send(NOW + timedelta(days=14))
    later = send(NOW + timedelta(days=99))

    assert (early, first, second, later) == (0, 2, 2, 0)
    assert smtp.counts()[done.email] == 1
    assert smtp.counts()[begun.email] == 3
    mailing.refresh_from_db()
    assert mailing.state == "sent"


def test_reminder_has_the_link_of_the_first_mail(smtp):
    make_many(1, reminders=1)
    send()
    send(NOW + timedelta(days=7))

    first, second = (mail.text.partition("/i/")[2][:32] for mail in smtp.mails)
    assert first == second
    assert smtp.mails[1].message["Subject"].startswith("Reminder: ")


def test_unsubscribed_hears_nothing_more(smtp):
    _mailing, (one, _two) = make_many(2, reminders=1)
    send()
    Unsubscribed.objects.create(address_hash=address_hash(one.email), unsubscribed_on=NOW.date())

    assert send(NOW + timedelta(days=7)) == 1

    other = make_mailing(state="sending")
    make_invitation(other, email=one.email)
    assert send(NOW + timedelta(days=8)) == 0
    assert states(other) == ["skipped"]


def test_contact_cap_holds_across_surveys(smtp):
    first, (one,) = make_many(1)
    second = make_mailing(state="sending", cap_days=30)
    make_invitation(second, email=one.email)

    assert send() == 1
    assert sorted(states(first) + states(second)) == ["sent", "skipped"]
    assert ContactMoment.objects.get().contacted_on == NOW.date()


def test_bad_address_bounces_at_once_and_for_good(smtp):
    mailing, (bad, _good) = make_many(2, reminders=1)
    smtp.refuse[bad.email] = "550 nobody here"

    send()

    assert states(mailing) == ["bounced", "sent"]
    assert Bounce.objects.get().reason == "nobody here"
    assert send(NOW + timedelta(days=7)) == 1
    again = make_mailing(state="sending", cap_days=0)
    make_invitation(again, email=bad.email)
    send()
    assert states(again) == ["skipped"]


def test_busy_server_is_asked_again_and_then_given_up(smtp):
    mailing, (one,) = make_many(1)
    smtp.refuse[one.email] = "451 later"
    now, tries = NOW, 0
    while (due := mailing.invitations.get().due_at) and tries < 20:
        now = max(now, due)
        send(now)
        tries += 1

    assert (tries, states(mailing)) == (8, ["bounced"])
    assert Bounce.objects.count() == 0
    assert now - NOW > timedelta(days=1)


def test_busy_server_gets_the_mail_later(smtp):
    _mailing, (one,) = make_many(1)
    smtp.answer_data[one.email] = "451 later"
    send()
    smtp.answer_data.clear()

    assert send(NOW + timedelta(minutes=14)) == 0
    assert send(NOW + timedelta(minutes=15)) == 1
    assert smtp.counts() == {one.email: 1}


def test_lost_answer_is_not_sent_again(smtp):
    """The mail server took the mail and its answer was lost: a second one would be one too many."""
    mailing, (one, _two) = make_many(2)
    smtp.answer_data[one.email] = ""

    assert send() == 2

    assert smtp.counts() == {invitation.email: 1 for invitation in mailing.invitations.all()}
    assert Mail.objects.get(invitation=one).state == "doubtful"


def test_without_a_mail_server_everything_waits(settings, smtp):
    mailing, _invitations = make_many(3)
    working = settings.MAILERS
    options = {"host": "127.0.0.1", "port": 1, "timeout": 1}
    settings.MAILERS = {"default": {**working["default"], "OPTIONS": options}}

    assert send() == 0

    mailing.refresh_from_db()
    assert mailing.trouble
    settings.MAILERS = working
    assert send(NOW + timedelta(minutes=1)) == 0
    assert send(NOW + timedelta(minutes=2)) == 3
    mailing.refresh_from_db()
    assert (mailing.trouble, mailing.retry_at) == ("", None)


def test_server_that_refuses_everything_pauses_the_mailing(smtp):
    mailing, invitations = make_many(30)
    smtp.answer_data.update({one.email: "554 looks like spam" for one in invitations})

    send()

    mailing.refresh_from_db()
    assert (mailing.state, mailing.trouble) == ("paused", "looks like spam")
    assert states(mailing).count("bounced") == 10
    assert Bounce.objects.count() == 0


def during(monkeypatch, mails, act):
    """Let something happen as soon as so many mails are out."""
    real = sending.hand_over

    def acting(post, one, *rest):
        outcome = real(post, one, *rest)
        if mails():
            act()
        return outcome

    monkeypatch.setattr(sending, "hand_over", acting)
    monkeypatch.setattr(sending, "MOMENT", 0)


def test_pause_in_the_middle_of_a_claim(smtp, monkeypatch):
    make_many(5)
    during(monkeypatch, lambda: len(smtp.mails) == 2, lambda: Mailing.objects.update(state="paused"))

    assert send() == 2
    Mailing.objects.update(state="sending")
    assert send() == 3
    assert set(smtp.counts().values()) == {1}


def test_pause_takes_effect_within_a_moment(smtp, monkeypatch):
    """Half a second of mails that take a twenty-fifth each, not the whole claim."""
    smtp.pause, moment = 0.04, sending.MOMENT
    make_many(40)
    during(monkeypatch, lambda: len(smtp.mails) == 2, lambda: Mailing.objects.update(state="paused"))
    monkeypatch.setattr(sending, "MOMENT", moment)

    assert 2 <= send() < 20


def test_answer_or_goodbye_in_the_middle_of_a_claim_stops_the_reminder(smtp, monkeypatch):
    _mailing, (one, two, three) = make_many(3, reminders=1)
    send()

    def leave():
        type(two).objects.filter(pk=two.pk).update(is_started=True, is_finished=True)
        Unsubscribed.objects.get_or_create(address_hash=address_hash(three.email), unsubscribed_on=NOW.date())

    during(monkeypatch, lambda: len(smtp.mails) == 4, leave)

    assert send(NOW + timedelta(days=7)) == 1
    assert smtp.counts() == {one.email: 2, two.email: 1, three.email: 1}
    assert send(NOW + timedelta(days=8)) == 0


def test_claim_ends_when_its_time_is_up(smtp):
    make_many(6)
    moments = iter([NOW] * 8 + [NOW + timedelta(seconds=9)] * 9)

    sent = send_due(clock=lambda: next(moments), until=NOW + timedelta(seconds=8))

    assert 0 < sent < 6
    assert Mail.objects.claimed().count() == 0
    assert sent + send(NOW + timedelta(seconds=9)) == 6
    assert set(smtp.counts().values()) == {1}


def test_many_that_were_taken_are_written_down_together(smtp, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("surveys.actions.sending.MOMENT", 3600)  # a slow machine writes more often
    make_many(100)

    with django_assert_max_num_queries(75):
        assert send() == 100


def test_quiet_hours_put_everybody_off(smtp):
    make_many(50, quiet_from="08:00", quiet_until="10:00")

    assert send() == 0
    assert send(NOW + timedelta(minutes=59)) == 0
    assert send(NOW + timedelta(hours=1)) == 50


def test_changed_site_key_gives_a_new_link(settings, smtp):
    _mailing, (one,) = make_many(1)
    settings.SECRET_KEY = "another"

    assert send() == 1

    from surveys.inviting.links import hash_of

    token = smtp.mails[0].text.partition("/i/")[2][:32]
    assert type(one).objects.of_token(hash_of(token)).exists()


# --- What a dead worker leaves -------------------------------------------------------------------------------


class Killed(BaseException):
    """Stands for the end of the process: nothing after it runs."""


def killed(monkeypatch, function, at):
    """Let the worker die as it calls that function for the `at`-th time."""
    calls, real = [], getattr(sending, function)

    def dying(*args, **kwargs):
        calls.append(1)
        if len(calls) == at:
            raise Killed
        return real(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(sending, function, dying)
        with pytest.raises(Killed):
            send()


@pytest.mark.parametrize(
    ("function", "at"),
    [
        *[("hand_over", at) for at in (1, 2, 7, 26, 40)],
        *[("note_taken", at) for at in (1, 2)],
        ("still_wanted", 1),
        ("claim_mails", 1),
        ("release", 1),
        ("Post", 1),
    ],
)
def test_each_recipient_gets_one_mail_whenever_the_worker_dies(smtp, monkeypatch, function, at):
    mailing, invitations = make_many(60)

    killed(monkeypatch, function, at)
    send()

    assert smtp.counts() == {one.email: 1 for one in invitations}
    assert set(states(mailing)) == {"sent"}


@pytest.mark.parametrize("function", ["note_taken", "release", "forget"])
def test_each_recipient_gets_one_mail_when_the_one_who_recovers_dies_too(smtp, monkeypatch, function):
    _mailing, invitations = make_many(60)
    killed(monkeypatch, "hand_over", 30)

    killed(monkeypatch, function, 1)
    send()

    assert smtp.counts() == {one.email: 1 for one in invitations}
    assert Mail.objects.exclude(state="sent").count() == 0


def test_two_who_recover_the_same_claim_do_not_take_a_mail_from_whoever_sends_it_by_then(smtp, monkeypatch):
    make_many(3)
    killed(monkeypatch, "hand_over", 1)
    stale = list(Mail.objects.claimed())
    recover_claims(now=NOW)
    claimed = claim_mails(claim=uuid4(), now=NOW)

    release(stale, now=NOW)
    note_taken(stale, now=NOW)

    assert len(claimed) == 3
    assert Mail.objects.claimed().count() == 3
    assert send() == 0


def test_claim_that_is_held_elsewhere_is_left_alone(smtp):
    _mailing, (one,) = make_many(1)
    claim = "00000000-0000-0000-0000-000000000007"
    type(one).objects.update(due_at=None)
    with HandoverLog(claim):
        Mail.objects.create(invitation=one, turn=0, claim=claim, place=0, claimed_at=NOW, message_id="<x@y>")

        recover_claims(now=timezone.now())

    assert Mail.objects.get().state == "claimed"


def test_claim_without_a_log_is_settled_after_an_hour(smtp):
    """Whichever of a group might be out is not sent again: that is not known, and said."""
    _mailing, invitations = make_many(30)
    type(invitations[0]).objects.update(due_at=None)
    claim = uuid4()
    for place, one in enumerate(invitations):
        Mail.objects.create(
            invitation=one, turn=0, claim=claim, place=place, claimed_at=NOW, message_id=f"<{place}@y>"
        )

    assert send(NOW + timedelta(minutes=59)) == 0
    assert send(NOW + timedelta(minutes=61)) == 5
    assert Mail.objects.filter(state="doubtful", place__lt=25).count() == 25
