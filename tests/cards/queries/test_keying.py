from datetime import date

import pytest

from cards.models import KeyerMonth
from cards.queries.keying import error_rates, first_month, keying_rule, share_in_force
from cards.shares import ErrorRate, Reason, Share
from organisation.enums import Role
from tests.factories import make_batch, make_clerk_share, make_member, make_rule

TODAY = date(2026, 3, 10)


def month(keyer, first, fields, errors):
    return KeyerMonth.objects.create(keyer=keyer, month=first, fields=fields, errors=errors)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 3, 31), date(2026, 1, 1)),
        (date(2026, 1, 1), date(2025, 11, 1)),
        (date(2026, 2, 28), date(2025, 12, 1)),
        (date(2026, 12, 5), date(2026, 10, 1)),
    ],
)
def test_a_rate_speaks_of_three_months(today, first):
    assert first_month(today) == first


def test_error_rates_add_up_the_last_three_months(db, django_assert_num_queries):
    clerk, other, new = (make_member(Role.CLERK) for _ in range(3))
    month(clerk, date(2025, 12, 1), 900, 90)  # long ago
    month(clerk, date(2026, 1, 1), 100, 3)
    month(clerk, date(2026, 3, 1), 50, 1)
    month(other, date(2026, 2, 1), 10, 0)

    with django_assert_num_queries(1):
        rates = error_rates([clerk.pk, other.pk, new.pk], today=TODAY)

    assert rates == {clerk.pk: ErrorRate(150, 4), other.pk: ErrorRate(10, 0), new.pk: ErrorRate(0, 0)}


def test_the_rule_is_there_before_anybody_wrote_one(db):
    assert keying_rule().fields_needed == 1000

    make_rule(fields_needed=5)

    assert keying_rule().fields_needed == 5


def test_share_in_force_reads_batch_clerk_and_rule(db):
    clerk = make_member(Role.CLERK)
    batch = make_batch(share=None)
    assert share_in_force(batch, clerk, today=TODAY) == Share(100, Reason.TOO_LITTLE)

    month(clerk, date(2026, 3, 1), 3000, 0)
    assert share_in_force(batch, clerk, today=TODAY) == Share(5, Reason.ERRORS)

    make_clerk_share(clerk, 30)
    assert share_in_force(batch, clerk, today=TODAY) == Share(30, Reason.CLERK)

    batch.share = 0
    assert share_in_force(batch, clerk, today=TODAY) == Share(0, Reason.BATCH)
