"""The worker is killed (-9) in mid-batch. The protections are the one transaction, and beat's sweep."""

from itertools import cycle, islice

import pytest

from tests.faults.customers import Customers
from tests.faults.stack import SCORED
from tests.faults.truth import wrong

pytestmark = [pytest.mark.processes, pytest.mark.postgres]

BACKLOG = 5_000
# In the order in which a batch comes to them: all its rows are marked by then, and at the last its cells have moved.
TABLES = ("scoring_measurecell", "scoring_dimensioncell", "scoring_dataversion")


def kill_in_mid_batch(stack, table, *faults, meanwhile=lambda: None):
    with stack.holding(table):
        worker = stack.worker(*faults)
        waiting = stack.wait_for_waiting()
        meanwhile()
        worker.kill()
    stack.wait_until_gone(waiting)


def test_worker_killed_ten_times_in_mid_batch_counts_each_response_once(stack):
    stack.add_backlog(BACKLOG)
    site = stack.site()
    stack.beat()
    scored = []

    with Customers(stack.port) as customers:
        for table in islice(cycle(TABLES), 10):
            kill_in_mid_batch(stack, table, meanwhile=lambda: site.wait_until(customers.have_sent(2)))
            scored.append(stack.number(SCORED))
        stack.worker()

    assert scored == [0] * 10
    assert customers.sent_again == 0
    assert wrong(stack, customers) == {}
    assert stack.number(SCORED) == BACKLOG + len(customers.acknowledged)


def test_without_the_transaction_a_killed_worker_leaves_cells_that_are_wrong(stack):
    stack.add_backlog(BACKLOG)
    stack.beat()

    kill_in_mid_batch(stack, TABLES[0], "no_transaction")
    stack.worker()

    # The statement that waited is finished by its session, so only what would have come after it is missing.
    assert wrong(stack).keys() == {"recount --check"}


def test_without_the_sweep_nobody_goes_on_for_a_killed_worker(stack):
    stack.add_backlog(BACKLOG)
    stack.ring()

    kill_in_mid_batch(stack, TABLES[0])
    stack.worker().wait_until(stack.worker_answers)

    assert wrong(stack, within=2).keys() == {"unscored", "plain count"}
