"""PostgreSQL is killed (-9) while customers answer and a worker scores, and comes back. The protection is its own:
COMMIT waits until its record is written.
"""

import pytest

from tests.faults.customers import Customers
from tests.faults.truth import wrong

pytestmark = [pytest.mark.processes, pytest.mark.postgres]


def kill_the_database(stack, database_server):
    """Everybody else goes on and finds their way back. Customers who get an error send their form again."""
    stack.worker()
    stack.beat()
    site = stack.site()
    with Customers(stack.port, bearable=15, is_patient=True) as customers:
        site.wait_until(customers.have_sent(20))
        database_server.kill()
        database_server.start()
        site.wait_until(customers.have_sent(20))
    return customers


def test_killed_database_loses_nothing_that_was_acknowledged(stack, database_server):
    customers = kill_the_database(stack, database_server)

    assert wrong(stack, customers) == {}
    assert customers.sent == customers.acknowledged


@pytest.fixture
def written_later(stack, database_server):
    """COMMIT returns at once, and up to ten seconds of it wait in memory."""
    stack.sql(f"ALTER DATABASE {stack.database_url.rpartition('/')[2]} SET synchronous_commit = off")
    stack.sql("ALTER SYSTEM SET wal_writer_delay = '10s'")
    stack.sql("SELECT pg_reload_conf()")
    yield
    stack.sql("ALTER SYSTEM RESET ALL")
    stack.sql("SELECT pg_reload_conf()")


@pytest.mark.usefixtures("written_later")
def test_without_waiting_commits_a_killed_database_loses_what_was_acknowledged(stack, database_server):
    customers = kill_the_database(stack, database_server)

    assert wrong(stack, customers).keys() == {"missing"}
