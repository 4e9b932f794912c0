"""The worker is killed (-9) while it sends. The protections are the unique mail, the log of the claim, and its lock."""

from math import inf

import pytest

from tests.faults.ground import SLUG
from tests.servers.processes import wait_until
from tests.servers.smtp import SmtpServer

pytestmark = [pytest.mark.processes, pytest.mark.postgres]

MANY = 300
MAILING = """
    INSERT INTO surveys_mailing (survey_id, name, subject, body, translations, location_id, touchpoint_id, reminders,
                                 reminder_days, cap_days, state, origin, trouble, created_at)
    SELECT survey.id, 'Faults', 'How was it?', 'Please say.', '{}', location.id, touchpoint.id, 0, 7, 90, 'sending',
           'https://feedback.example.org', '', now()
    FROM surveys_survey AS survey, organisation_location AS location, organisation_touchpoint AS touchpoint
    WHERE survey.slug = %s AND location.is_default AND touchpoint.is_default
"""
INVITATIONS = """
    INSERT INTO surveys_invitation (mailing_id, email, name, language, time_zone, location_id, touchpoint_id, nonce,
                                    token_hash, state, skipped_because, turn, due_at, is_started, is_finished)
    SELECT mailing.id, 'customer' || at || '@example.org', '', 'en', '', location_id, touchpoint_id,
           decode(md5(at::text), 'hex'), sha256(at::text::bytea), 'waiting', '', 0, now(), false, false
    FROM surveys_mailing AS mailing, generate_series(1, %s) AS at
"""
LEFT = "SELECT count(*) FROM surveys_invitation WHERE state = 'waiting'"
DOUBTFUL = "SELECT count(*) FROM surveys_mail WHERE state = 'doubtful'"


@pytest.fixture
def smtp(stack):
    with SmtpServer(pause=0.005) as server:
        stack.environment |= {**server.environment(), "SENDING_SECONDS": "0.5"}
        yield server


def invite(stack, many=MANY):
    stack.sql(MAILING, SLUG)
    stack.sql(INVITATIONS, many)


def test_worker_killed_again_and_again_sends_each_mail_once(stack, smtp):
    invite(stack)
    stack.beat()
    killed_at = []

    for share in (0.1, 0.3, 0.5, 0.7):
        smtp.silent_at = MANY * (share + 0.2)  # no worker is through before it is killed, however late
        worker = stack.worker()
        worker.wait_until(lambda share=share: len(smtp.mails) >= MANY * share)
        worker.kill()
        killed_at.append(len(smtp.mails))
    smtp.silent_at = inf
    stack.worker()
    wait_until(lambda: stack.number(LEFT) == 0)

    counts = smtp.counts()
    assert [count for count in killed_at if not 0 < count < MANY] == []
    assert set(counts.values()) == {1}
    assert len(counts) == MANY
    assert stack.number(DOUBTFUL) <= 4


def test_two_workers_at_once_send_each_mail_once(stack, smtp):
    invite(stack)
    stack.beat()
    stack.worker()
    stack.worker()

    wait_until(lambda: stack.number(LEFT) == 0)

    assert set(smtp.counts().values()) == {1}
    assert len(smtp.mails) == MANY


def test_without_the_log_a_killed_worker_doubles_a_mail(stack, smtp):
    """The mail server does not answer, so that the kill finds a mail that was handed over."""
    smtp.silent_at = 1
    invite(stack, many=3)
    stack.beat()
    worker = stack.worker("no_handover_log")
    worker.wait_until(lambda: len(smtp.mails) == 1)
    worker.kill()
    smtp.silent_at = inf
    stack.worker("no_handover_log")

    wait_until(lambda: stack.number(LEFT) == 0)

    assert sorted(smtp.counts().values()) == [1, 1, 2]


def test_kill_that_finds_a_mail_handed_over_does_not_double_it(stack, smtp):
    smtp.silent_at = 1
    invite(stack, many=3)
    stack.beat()
    worker = stack.worker()
    worker.wait_until(lambda: len(smtp.mails) == 1)
    worker.kill()
    smtp.silent_at = inf
    stack.worker()

    wait_until(lambda: stack.number(LEFT) == 0)

    assert sorted(smtp.counts().values()) == [1, 1, 1]
    assert stack.number(DOUBTFUL) == 1
