"""Redis is stopped, hung and flushed. The protections are the doorbell's own thread, which forgives whatever goes
wrong, its time-outs, and beat's sweep.
"""

import time
from contextlib import contextmanager

import pytest

from tests.faults.customers import Customers
from tests.faults.truth import wrong
from tests.servers.processes import wait_until

pytestmark = [pytest.mark.processes, pytest.mark.postgres]

FELT = 3.0  # seconds for which nobody is served, where a customer feels it


@contextmanager
def broken_redis(stack, how):
    """Stopped or hung, until the customers have seen enough of it."""
    broken, mended = {
        "stopped": (stack.valkey.kill, stack.valkey.start),
        "hung": (stack.valkey.pause, stack.valkey.resume),
    }[how]
    broken()
    try:
        yield
    finally:
        mended()


@pytest.mark.parametrize("how", ["stopped", "hung"])
def test_customers_are_served_without_redis_and_scores_follow(stack, how):
    stack.worker().wait_until(stack.worker_answers)
    stack.beat()
    site = stack.site()

    with Customers(stack.port) as customers:
        site.wait_until(customers.have_sent(15))
        with broken_redis(stack, how):
            site.wait_until(customers.have_sent(20))
        site.wait_until(customers.have_sent(15))

    assert customers.sent_again == 0
    assert wrong(stack, customers) == {}


def test_without_the_doorbells_own_thread_a_stopped_redis_shows_customers_an_error(stack):
    site = stack.site("ringing_in_the_request")
    with Customers(stack.port) as customers:
        site.wait_until(customers.have_sent(15))
        with broken_redis(stack, "stopped"):
            site.wait_until(lambda: customers.failures)
    stack.worker()
    stack.beat()

    assert wrong(stack, customers).keys() == {"failed"}


def test_without_the_doorbells_own_thread_customers_wait_for_a_hung_redis(stack):
    site = stack.site("ringing_in_the_request", "endless_patience")
    with Customers(stack.port, bearable=FELT / 2) as customers:
        site.wait_until(customers.have_sent(15))
        with broken_redis(stack, "hung"):
            wait_until_nobody_is_served(customers)
    stack.worker()
    stack.beat()

    assert wrong(stack, customers).keys() == {"slow"}


def wait_until_nobody_is_served(customers):
    """For as long as a customer feels it."""
    before = -1
    while before != len(customers.acknowledged):
        before = len(customers.acknowledged)
        time.sleep(FELT)


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
