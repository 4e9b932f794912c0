"""The whole site is killed (-9) between COMMIT and its reply, and the customer tries again. The protections are the
response's key, which is the form token's, and that nobody is thanked before COMMIT.
"""

import signal

import pytest

from tests.faults.customers import Customers
from tests.faults.truth import wrong

pytestmark = [pytest.mark.processes, pytest.mark.postgres]

STORED = "SELECT count(*) FROM surveys_response"


def kill_between_commit_and_reply(stack, *, times=1, before=(), after=()):
    """Returns the customers, and how many responses each time were stored that nobody had been thanked for."""
    stack.beat()
    stack.worker()
    site = stack.site("die_before_reply", *before)
    left_open = []
    with Customers(stack.port, bearable=60) as customers:
        for _ in range(times):
            site.wait_until(customers.have_sent(15))
            (stack.folder / "armed").touch()
            assert site.wait() == -signal.SIGKILL
            left_open.append(stack.number(STORED) - len(customers.acknowledged))
            site = stack.site("die_before_reply", *after)
        site.wait_until(customers.have_sent(15))
    return customers, left_open


def test_site_killed_between_commit_and_reply_stores_each_response_once(stack):
    customers, left_open = kill_between_commit_and_reply(stack, times=3)

    assert all(number >= 1 for number in left_open), left_open
    assert customers.sent_again >= 3
    assert wrong(stack, customers) == {}
    assert customers.sent == customers.acknowledged


def test_without_the_tokens_key_what_is_sent_again_is_there_twice(stack):
    customers, _left_open = kill_between_commit_and_reply(stack, after=["new_key_each_time"])

    assert wrong(stack, customers).keys() == {"there twice"}


def test_thanking_before_commit_loses_what_was_acknowledged(stack):
    customers, _left_open = kill_between_commit_and_reply(stack, before=["replying_before_commit"])

    assert wrong(stack, customers).keys() == {"missing"}
