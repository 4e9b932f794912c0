"""The worker is killed (-9) while it looks at alerts and mails them. The protections are the row of each low score,
written with its mail's row in one transaction, and the log of the claim.
"""

import pytest

from tests.faults.ground import SLUG
from tests.servers.processes import wait_until
from tests.servers.smtp import SmtpServer

pytestmark = [pytest.mark.processes, pytest.mark.postgres]

MEMBERS = 60
LOW = 40
MEMBER = """
    INSERT INTO organisation_member (password, email, name, role, all_locations, is_active, language, joined_at)
    SELECT '!', 'reader' || at || '@example.org', '', 'administrator', true, true, '', now()
    FROM generate_series(1, %s) AS at
"""
ALERT = """
    INSERT INTO reports_alert (owner_id, name, filters, kind, dimension, threshold, hours, tells_good, language, origin,
                               is_active, made_at)
    SELECT min(id), 'Low', 'survey=' || %s || '&period=30', 'low_score', '', 1, 1, false, 'en',
           'https://feedback.example.org', true, now()
    FROM organisation_member
"""
# Looked at once before, so that what comes is news.
RECIPIENTS = """
    INSERT INTO reports_alertrecipient (alert_id, member_id, state, is_readable, words, signs, marks, seen_days)
    SELECT alert.id, member.id, 'calm', true, '', '[]', '{"": ["2026-01-01", 0]}', '{}'
    FROM reports_alert AS alert, organisation_member AS member
"""
RESPONSES = """
    INSERT INTO surveys_response (id, version_id, location_id, touchpoint_id, mode, received_on, ratings,
                                  answers, flags, is_held, is_scored, is_heard)
    SELECT gen_random_uuid(), version.id, location.id, touchpoint.id, 'link', current_date, '1111111111.', '{}', 0,
           false, true, true
    FROM generate_series(1, %s) AS at, surveys_version AS version,
         organisation_location AS location, organisation_touchpoint AS touchpoint
    WHERE location.is_default AND touchpoint.is_default
"""
# As scoring leaves it behind: whatever counts has moved its day.
MOVED = """
    INSERT INTO scoring_block (survey_id, span, day, moved, moved_at, made)
    SELECT id, 'day', current_date, 1, now(), 0 FROM surveys_survey WHERE slug = %s
"""
LOOKED_AT = "SELECT count(*) FROM reports_alertrecipient WHERE checked_at IS NOT NULL"
LEFT = "SELECT count(*) FROM reports_delivery WHERE state IN ('waiting', 'claimed')"
DOUBTFUL = "SELECT count(*) FROM reports_delivery WHERE state = 'doubtful'"
NOTICES = "SELECT count(*) FROM reports_alertnotice"
TOLD = "SELECT recipient_id, count(*), count(told_at) FROM reports_lowscore GROUP BY recipient_id"


@pytest.fixture
def smtp(stack):
    with SmtpServer(pause=0.02) as server:
        stack.environment |= {**server.environment(), "REPORTS_SECONDS": "0.5"}
        yield server


def watch(stack, members=MEMBERS):
    stack.sql(MEMBER, members)
    stack.sql(ALERT, SLUG)
    stack.sql(RECIPIENTS)
    stack.sql(RESPONSES, LOW)
    stack.sql(MOVED, SLUG)


def is_done(stack, members=MEMBERS):
    return stack.number(LOOKED_AT) == members and stack.number(LEFT) == 0


@pytest.mark.timeout(300)
def test_worker_killed_again_and_again_tells_each_recipient_of_each_response_once(stack, smtp):
    watch(stack)
    stack.beat()
    killed_at = []

    for mails in (2, 12, 25, 40):
        worker = stack.worker()
        worker.wait_until(lambda mails=mails: len(smtp.mails) >= mails, within=90)
        worker.kill()
        killed_at.append(len(smtp.mails))
    stack.worker()
    wait_until(lambda: is_done(stack), within=90)

    assert all(0 < count < MEMBERS for count in killed_at), killed_at
    assert set(smtp.counts().values()) == {1}
    assert len(smtp.counts()) == stack.number(NOTICES) == MEMBERS
    assert {tuple(row[1:]) for row in stack.sql(TOLD)} == {(LOW, LOW)}
    assert {f"Any question: {LOW} responses scored 1 or lower." in mail.text for mail in smtp.mails} == {True}


@pytest.mark.timeout(300)
def test_worker_killed_between_noting_and_planning_a_mail_leaves_nothing_out(stack, smtp):
    """It waits for the table of mails, with its low scores written and not committed."""
    watch(stack, members=1)
    stack.beat()
    with stack.holding("reports_delivery"):
        worker = stack.worker()
        waiting = stack.wait_for_waiting()
        worker.kill()
    stack.wait_until_gone(waiting)
    noted = stack.sql(TOLD)

    stack.worker()
    wait_until(lambda: is_done(stack, 1), within=90)

    assert noted == []
    assert len(smtp.mails) == 1
    assert {tuple(row[1:]) for row in stack.sql(TOLD)} == {(LOW, LOW)}


@pytest.mark.timeout(240)
@pytest.mark.parametrize(("fault", "arrived"), [("die_while_telling", 1), ("told_in_pieces", 0)])
def test_worker_that_dies_after_noting_leaves_nothing_out_but_in_pieces(stack, smtp, fault, arrived):
    """Noted as told and never told: that is what one transaction keeps from happening."""
    watch(stack, members=1)
    stack.beat()
    stack.worker(fault).wait(within=60)

    stack.worker()
    wait_until(lambda: is_done(stack, 1), within=90)

    assert (len(smtp.mails), stack.number(NOTICES)) == (arrived, arrived)
    assert {tuple(row[1:]) for row in stack.sql(TOLD)} == {(LOW, LOW)}


@pytest.mark.timeout(240)
@pytest.mark.parametrize(
    ("faults", "counts", "doubtful"), [((), [1, 1, 1], 1), (("no_handover_log",), [1, 1, 2], 0)]
)
def test_kill_that_finds_an_alert_handed_over_doubles_it_only_without_the_log(
    stack, smtp, faults, counts, doubtful
):
    watch(stack, members=3)
    stack.beat()
    smtp.pause = 3
    worker = stack.worker(*faults)
    wait_until(lambda: len(smtp.mails) == 1, within=90)
    worker.kill()
    smtp.pause = 0

    stack.worker(*faults)
    wait_until(lambda: is_done(stack, 3), within=90)

    assert sorted(smtp.counts().values()) == counts
    assert stack.number(DOUBTFUL) == doubtful
