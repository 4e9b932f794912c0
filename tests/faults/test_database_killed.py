"""PostgreSQL is killed (-9) while customers answer and a worker scores, and comes back. The protections are its own
(COMMIT waits until its record is written), and the second try on a new connection when a kept one is dead.
"""

import time
from contextlib import suppress

import psutil
import pytest

from surveys.answering.places import REMEMBERED
from tests.faults.customers import Customers
from tests.faults.truth import wrong, wrong_responses

pytestmark = [pytest.mark.processes, pytest.mark.postgres]

WRITERS = """
    SELECT pid FROM pg_stat_activity
    WHERE backend_type IN ('walwriter', 'background writer', 'checkpointer', 'autovacuum launcher')
"""


def kill_the_database(stack, database_server):
    """Everybody else goes on and finds their way back. Customers who get an error send their form again."""
    stack.worker()
    stack.beat()
    site = stack.site()
    with Customers(stack.port, bearable=60, is_patient=True) as customers:
        site.wait_until(customers.have_sent(15))
        database_server.kill()
        database_server.start()
        site.wait_until(customers.have_sent(15))
    return customers


def test_killed_database_loses_nothing_that_was_acknowledged(stack, database_server):
    stack.sql("CHECKPOINT")  # what it did for other tests is not to be done again when it comes back

    customers = kill_the_database(stack, database_server)

    assert wrong(stack, customers) == {}
    assert customers.sent == customers.acknowledged


def served_after_a_restart(stack, database_server, *faults):
    """Customers who come when it is up again find every connection of the site dead."""
    site = stack.site(*faults)
    with Customers(stack.port) as customers:
        site.wait_until(customers.have_sent(10))
    database_server.kill()
    database_server.start()
    time.sleep(REMEMBERED + 0.1)  # until the site has to ask for its addresses again
    with Customers(stack.port) as customers:
        site.wait_until(customers.have_sent(10))
    return customers


def test_restarted_database_shows_no_customer_an_error(stack, database_server):
    customers = served_after_a_restart(stack, database_server)

    assert wrong_responses(stack, customers) == {}


def test_without_a_second_try_customers_see_errors_after_a_restart(stack, database_server):
    customers = served_after_a_restart(stack, database_server, "one_try")

    assert wrong_responses(stack, customers).keys() == {"failed"}


@pytest.fixture
def written_later(stack, database_server):
    """COMMIT returns at once, and whoever would bring it to the disk later has stopped."""
    stack.sql(f"ALTER DATABASE {stack.database_url.rpartition('/')[2]} SET synchronous_commit = off")
    stack.sql("CHECKPOINT")
    writers = [psutil.Process(pid) for (pid,) in stack.sql(WRITERS)]
    for writer in writers:
        writer.suspend()
    yield
    for writer in writers:
        with suppress(psutil.NoSuchProcess):
            writer.resume()


@pytest.mark.usefixtures("written_later")
def test_without_waiting_commits_a_killed_database_loses_what_was_acknowledged(stack, database_server):
    customers = kill_the_database(stack, database_server)

    assert wrong(stack, customers).keys() == {"missing"}
