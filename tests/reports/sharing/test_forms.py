"""The form of a link; tests/reports/sharing/test_views.py sends what is wrong with each of its fields."""

import pytest

from reports.charts import CHARTS
from reports.sharing.comments import Offer
from reports.sharing.forms import DAYS, ShareForm
from tests.factories import make_published
from tests.reports.answers import asked

pytestmark = pytest.mark.django_db


def form(offer=Offer(0, is_narrowed=True), **given):  # noqa: B008 (a tuple never changes)
    make_published()
    told = {"name": "  Board \n meeting ", "days": "7", **given}
    return ShareForm(told, asked=asked(), offer=offer, back="/")


@pytest.mark.parametrize("days", DAYS)
def test_a_link_is_good_for_days_that_are_offered(days):
    filled = form(days=str(days))

    assert filled.is_valid()
    assert filled.cleaned_data == {
        "name": "Board meeting",
        "days": days,
        "charts": [],
        "with_comments": False,
    }


@pytest.mark.parametrize(
    ("ticked", "kept"),
    [
        (["trend", "means"], ["means", "trend"]),
        (list(CHARTS), []),
        (["why", "by-region-mode", "means"], ["means", "by-region-mode", "why"]),
    ],
)
def test_charts_are_kept_in_their_order_and_all_of_them_as_none(ticked, kept):
    filled = form(charts=ticked)

    assert filled.is_valid()
    assert filled.cleaned_data["charts"] == kept


@pytest.mark.parametrize(
    ("offer", "words", "is_ticked"),
    [
        (Offer(9, is_narrowed=True), "The newest 9 that customers agreed to publish", True),
        (Offer(0, is_narrowed=True), "too few published comments behind this report: at least 8", False),
        (Offer(0, is_narrowed=False), "cannot be chosen by all that this report is narrowed down by", False),
    ],
)
def test_beside_the_tick_stands_what_it_hands_out_or_why_it_cannot_be_set(offer, words, is_ticked):
    filled = form(offer, with_comments="on")

    assert filled.is_valid()
    assert words in filled.fields["with_comments"].help_text
    assert filled.cleaned_data["with_comments"] == is_ticked
