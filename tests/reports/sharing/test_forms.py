"""The form of a link; tests/reports/sharing/test_views.py sends what is wrong with each of its fields."""

import pytest

from reports.sharing.forms import DAYS, ShareForm


@pytest.mark.django_db
@pytest.mark.parametrize("days", DAYS)
def test_a_link_is_good_for_days_that_are_offered(days):
    form = ShareForm({"name": "  Board \n meeting ", "days": str(days)}, back="/")

    assert form.is_valid()
    assert form.cleaned_data == {"name": "Board meeting", "days": days}
