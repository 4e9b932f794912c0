"""Two workers at once, and every message delivered three times. The protections are the lock with which a scorer
claims responses, passing over those of another, and that they are marked in the transaction that counts them.
"""

import pytest

from tests.faults.customers import Customers
from tests.faults.stack import SCORED
from tests.faults.truth import wrong
from tests.servers.processes import wait_until

pytestmark = [pytest.mark.processes, pytest.mark.postgres]


def two_workers_in_mid_batch(stack, *faults, meanwhile=lambda: None):
    """Both have begun with the backlog before either can come to an end."""
    with stack.holding("scoring_dataversion"):
        stack.worker(*faults)
        stack.worker(*faults)
        stack.ring(2)
        stack.wait_for_waiting(2)
        meanwhile()


def test_two_workers_at_once_count_each_response_once(stack):
    stack.add_backlog(30_000)  # more than one batch
    site = stack.site()
    stack.beat()

    with Customers(stack.port) as customers:
        two_workers_in_mid_batch(stack, meanwhile=lambda: site.wait_until(customers.have_sent(5)))

    assert wrong(stack, customers) == {}
    assert stack.number(SCORED) == 30_000 + len(customers.acknowledged)


def test_without_the_lock_two_workers_count_the_same_responses(stack):
    stack.add_backlog(1_000)

    two_workers_in_mid_batch(stack, "no_lock")

    assert wrong(stack).keys() == {"recount --check", "plain count"}


def every_message_three_times(stack, *faults):
    stack.beat("every_message_three_times")
    wait_until(lambda: set(stack.messages().values()) == {3})
    for _ in range(2):
        stack.worker("every_message_three_times", *faults).wait_until(stack.worker_answers)
    site = stack.site("every_message_three_times")
    with Customers(stack.port) as customers:
        site.wait_until(customers.have_sent(40))
    return customers


def test_every_message_three_times_counts_each_response_once(stack):
    customers = every_message_three_times(stack)

    assert wrong(stack, customers) == {}
    assert customers.sent_again == 0


def test_marking_after_counting_counts_again_for_every_message(stack):
    customers = every_message_three_times(stack, "marking_afterwards")

    assert wrong(stack, customers).keys() == {"recount --check", "plain count"}
