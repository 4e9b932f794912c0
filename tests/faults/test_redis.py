"""Redis is stopped, hung and flushed. The protections are the doorbell's own thread, which forgives whatever goes
wrong, its time-outs, and beat's sweep.
"""

import time

import pytest

from tests.faults.customers import Customers
from tests.faults.truth import wrong
from tests.servers.processes import wait_until

pytestmark = [pytest.mark.processes, pytest.mark.postgres]

LASTS = 3.0  # seconds, and longer than what a customer would bear


def served_while_redis_is(stack, broken, mended, *faults):
    """Customers answer before, while and after Redis is broken; also returns how many did meanwhile."""
    site = stack.site(*faults)
    with Customers(stack.port) as customers:
        site.wait_until(customers.have_sent(15))
        broken()
        before = len(customers.acknowledged)
        time.sleep(LASTS)
        meanwhile = len(customers.acknowledged) - before
        mended()
        site.wait_until(customers.have_sent(15))
    return customers, meanwhile


@pytest.mark.parametrize("how", ["stopped", "hung"])
def test_customers_are_served_without_redis_and_scores_follow(stack, how):
    stack.worker().wait_until(stack.worker_answers)
    stack.beat()
    broken, mended = ways(stack)[how]

    customers, meanwhile = served_while_redis_is(stack, broken, mended)

    assert meanwhile > 20
    assert customers.sent_again == 0
    assert wrong(stack, customers) == {}


@pytest.mark.parametrize(
    ("how", "faults", "broken_promises"),
    [
        ("stopped", ["ringing_in_the_request"], {"failed"}),
        ("hung", ["ringing_in_the_request", "endless_patience"], {"slow"}),
    ],
)
def test_without_the_doorbells_own_thread_customers_feel_it(stack, how, faults, broken_promises):
    broken, mended = ways(stack)[how]

    customers, _meanwhile = served_while_redis_is(stack, broken, mended, *faults)
    stack.worker()
    stack.beat()

    assert wrong(stack, customers).keys() == broken_promises


def ways(stack):
    valkey = stack.valkey
    return {"stopped": (valkey.kill, valkey.start), "hung": (valkey.pause, valkey.resume)}


def lose_every_message(stack):
    """Customers answer, and the messages about it are gone before a worker comes."""
    site = stack.site()
    with Customers(stack.port) as customers:
        site.wait_until(customers.have_sent(15))
    wait_until(stack.messages)
    site.kill()  # and with it a message that its doorbell would have sent a little later
    stack.valkey.flush()
    return customers


def test_flushed_redis_delays_scores_and_loses_none(stack):
    stack.beat()
    before = lose_every_message(stack)
    stack.worker()
    stack.site()

    with Customers(stack.port) as customers:
        for _ in range(20):
            stack.valkey.flush()
            time.sleep(0.1)

    before.sent.update(customers.sent)
    before.acknowledged.update(customers.acknowledged)
    assert (customers.failures, customers.sent_again) == ([], 0)
    assert wrong(stack, before) == {}


def test_without_the_sweep_a_flushed_redis_loses_scores(stack):
    customers = lose_every_message(stack)
    stack.worker().wait_until(stack.worker_answers)

    assert wrong(stack, customers, within=2).keys() == {"unscored", "plain count"}
