"""The worker is killed (-9) while it plans, makes and sends reports. The protections are the day in an occurrence's key,
the transaction in which it is planned, and the log of the claim, which another worker reads when its writer is gone.
"""

import random
import time
from collections import Counter

import pytest

from tests.faults.ground import SLUG
from tests.servers.processes import wait_until
from tests.servers.smtp import SmtpServer

pytestmark = [pytest.mark.processes, pytest.mark.postgres]

NAMES = ("Morning", "Evening")
PEOPLE = 8
SEED = 41
MEMBERS = """
    INSERT INTO organisation_member (password, email, name, role, all_locations, is_active, joined_at, language)
    SELECT '!', 'manager' || at || '@example.org', '', 'manager', true, true, now(), ''
    FROM generate_series(1, %s) AS at
"""
SCHEDULE = """
    INSERT INTO reports_schedule (owner_id, name, filters, charts, step, at, time_zone, language, origin, is_active,
                                  made_at)
    SELECT min(id), %s, %s, '[]', 'day', (now() AT TIME ZONE 'UTC')::time, 'UTC', 'en', 'https://feedback.example.org',
           true, now()
    FROM organisation_member RETURNING id
"""
# Due a moment ago, by the clock that the schedule goes by.
RECIPIENTS = """
    INSERT INTO reports_schedulerecipient (schedule_id, member_id, next_at, stopped_because)
    SELECT schedule.id, member.id, date_trunc('day', schedule.made_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
           + schedule.at, ''
    FROM reports_schedule AS schedule, organisation_member AS member
"""
STATES = """
    SELECT member.email, sent.name, delivery.state FROM reports_sentreport AS sent
    JOIN reports_delivery AS delivery ON delivery.id = sent.delivery_id
    JOIN organisation_member AS member ON member.id = sent.member_id
"""
OPEN = "SELECT count(*) FROM reports_delivery WHERE state IN ('waiting', 'claimed')"
CLAIMED = "SELECT count(*) FROM reports_delivery WHERE state = 'claimed'"


@pytest.fixture
def smtp(stack):
    with SmtpServer(pause=0.2) as server:
        stack.environment |= server.environment()
        yield server


def schedule(stack, *, people=PEOPLE, names=NAMES):
    stack.sql(MEMBERS, people)
    for name in names:
        stack.sql(SCHEDULE, name, f"survey={SLUG}&period=7")
    stack.sql(RECIPIENTS)
    return {(f"manager{at}@example.org", name) for at in range(1, people + 1) for name in names}


def ring(stack):
    """What beat asks for every ten seconds, now."""
    from celery import Celery

    with Celery(broker=stack.valkey.url, set_as_current=False) as sending:
        sending.send_task("reports.send_reports")


def is_through(stack):
    """Everything was planned, and none is left to send."""
    return stack.number("SELECT count(*) FROM reports_sentreport") > 0 and stack.number(OPEN) == 0


def settled(stack, smtp, within=120):
    """Whether everything was planned and none is left to send, with a message now and then until it is."""

    def is_settled():
        ring(stack)
        return is_through(stack)

    wait_until(is_settled, within=within, every=1)
    return arrived(smtp), {(to, name): state for to, name, state in stack.sql(STATES)}


def arrived(smtp):
    """How often each occurrence reached its recipient."""
    return Counter((mail.to, mail.message["Subject"].partition(" \N{MIDDLE DOT} ")[0]) for mail in smtp.mails)


def kill_when_handed_over(stack, smtp, *faults):
    """A worker whose first mail has arrived, and who waits for the mail server's word."""
    smtp.pause = 3
    worker = stack.worker(*faults)
    wait_until(lambda: (ring(stack), len(smtp.mails) == 1)[1], within=90, every=0.5)
    worker.kill()
    smtp.pause = 0


@pytest.mark.timeout(420)
def test_killed_at_random_moments_each_occurrence_arrives_once_or_is_doubtful(stack, smtp):
    wanted, chance = schedule(stack), random.Random(SEED)
    killed_at = []
    while len(killed_at) < 6 and not is_through(stack):
        worker, before = stack.worker(), len(smtp.mails)
        goes_on = lambda before=before: len(smtp.mails) > before or is_through(stack)  # noqa: E731
        wait_until(lambda goes_on=goes_on: (ring(stack), goes_on())[1], within=90, every=0.2)
        time.sleep(chance.uniform(0, 1.5))
        worker.kill()
        killed_at.append(len(smtp.mails))

    stack.worker()
    counts, states = settled(stack, smtp)

    assert 0 < killed_at[0] < killed_at[-1] <= len(wanted)
    assert set(states) == wanted
    assert set(states.values()) <= {"sent", "doubtful"}
    assert [one for one, count in counts.items() if count > 1] == []
    assert {one for one in wanted if one not in counts} <= {
        one for one, state in states.items() if state == "doubtful"
    }
    assert list(states.values()).count("doubtful") <= len(killed_at)


@pytest.mark.timeout(240)
def test_two_workers_at_once_send_each_once(stack, smtp):
    wanted = schedule(stack, people=4)
    stack.worker()
    stack.worker()

    counts, states = settled(stack, smtp)

    assert counts == dict.fromkeys(wanted, 1)
    assert set(states.values()) == {"sent"}


@pytest.mark.timeout(240)
def test_kill_that_finds_a_report_handed_over_does_not_double_it(stack, smtp):
    wanted = schedule(stack, people=3, names=NAMES[:1])
    kill_when_handed_over(stack, smtp)
    stack.worker()

    counts, states = settled(stack, smtp)

    assert counts == dict.fromkeys(wanted, 1)
    assert sorted(states.values()) == ["doubtful", "sent", "sent"]


@pytest.mark.timeout(240)
def test_without_the_log_a_killed_worker_doubles_a_report(stack, smtp):
    schedule(stack, people=3, names=NAMES[:1])
    kill_when_handed_over(stack, smtp, "no_handover_log")
    stack.worker("no_handover_log")

    counts, _states = settled(stack, smtp)

    assert sorted(counts.values()) == [1, 1, 2]


@pytest.mark.timeout(240)
def test_where_nobody_looks_after_the_dead_a_report_is_left_behind(stack, smtp):
    wanted = schedule(stack, people=3, names=NAMES[:1])
    kill_when_handed_over(stack, smtp, "no_looking_after_the_dead")
    stack.worker("no_looking_after_the_dead")

    wait_until(lambda: (ring(stack), len(smtp.mails) == len(wanted))[1], within=120, every=1)
    wait_until(lambda: stack.number(OPEN) == 1, within=30)

    assert stack.number(CLAIMED) == 1


@pytest.mark.timeout(240)
def test_planned_in_pieces_a_killed_worker_skips_an_occurrence(stack, smtp):
    """The next turn is noted, and the worker dies before what is due is planned."""
    wanted = schedule(stack, people=3, names=NAMES[:1])
    worker = stack.worker("planned_in_pieces")
    ring(stack)
    worker.wait(within=60)
    stack.worker()

    counts, states = settled(stack, smtp)

    assert (len(states), sum(counts.values())) == (len(wanted) - 1, len(wanted) - 1)


@pytest.mark.timeout(240)
def test_planned_as_one_a_killed_worker_skips_none(stack, smtp):
    wanted = schedule(stack, people=3, names=NAMES[:1])
    worker = stack.worker("die_while_planning")
    ring(stack)
    worker.wait(within=60)
    stack.worker()

    counts, _states = settled(stack, smtp)

    assert counts == dict.fromkeys(wanted, 1)
