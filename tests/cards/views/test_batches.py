from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cards.enums import Rejection
from cards.models import Batch, Card
from organisation.enums import Role
from organisation.models import Organisation, Touchpoint
from tests.factories import make_batch, make_card, make_member, make_published

pytestmark = pytest.mark.django_db
LISTING = "/cards/"
LONG_AGO = date(2026, 3, 9)


def says(answer):
    return [str(message) for message in answer.context["messages"]]


def listed(answer):
    return [batch.pk for batch in answer.context["page"]]


def given(survey, place, changes=None):
    return {
        "survey": survey.pk,
        "location": place.pk,
        "touchpoint": Touchpoint.objects.get(is_default=True).pk,
        "collected_from": "2026-03-01",
        "collected_to": "2026-03-02",
        "source": "box",
        "counted": "48",
        "due_on": "2026-03-09",
        **(changes or {}),
    }


def test_a_clerk_sees_the_batches_of_the_locations_held(sign_in, clerk, here, elsewhere):
    mine, other = make_batch(location=here), make_batch(location=elsewhere)
    browser = sign_in(clerk)

    assert listed(browser.get(LISTING)) == [mine.pk]
    assert browser.get(f"{LISTING}batches/{other.pk}/").status_code == 404
    assert browser.post(f"{LISTING}batches/{other.pk}/close/").status_code == 404


def test_each_shelf_holds_its_own(sign_in, manager, here):
    today = timezone.now().date()
    quiet = make_batch(location=here, due_on=today + timedelta(days=9))
    late = make_batch(location=here, due_on=LONG_AGO)
    over = make_batch(location=here, counted=1, due_on=today + timedelta(days=9))
    waits = make_batch(location=here, share=100, due_on=today + timedelta(days=9))
    done = make_batch(location=here, counted=1)
    for batch in (over, over, waits, done):
        make_card(batch)
    browser = sign_in(manager)
    browser.post(f"{LISTING}batches/{done.pk}/close/")

    shelves = {
        shelf: listed(browser.get(LISTING, {"shelf": shelf}))
        for shelf in ("open", "late", "unbalanced", "waiting", "closed")
    }

    assert shelves == {
        "open": [late.pk, quiet.pk, over.pk, waits.pk],
        "late": [late.pk],
        "unbalanced": [over.pk],
        "waiting": [waits.pk],
        "closed": [done.pk],
    }
    counts = {one["url"]: one["count"] for one in browser.get(LISTING).context["shelves"]}
    assert list(counts.values()) == [4, 1, 1, 1, 0]


def test_the_list_is_narrowed_to_a_location(sign_in, here, elsewhere):
    mine = make_batch(location=here)
    make_batch(location=elsewhere)
    browser = sign_in(make_member(Role.ADMINISTRATOR))

    assert listed(browser.get(LISTING, {"location": "here"})) == [mine.pk]


@pytest.mark.parametrize(
    "query",
    ["shelf=x", "location=%00", "location=nowhere", "page=99999999999999999999", "page=x", "shelf=%00"],
)
def test_the_list_bears_any_address(sign_in, clerk, query):
    assert sign_in(clerk).get(f"{LISTING}?{query}").status_code == 200


def queries_of(browser, address):
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


def test_the_list_takes_as_many_queries_for_three_as_for_one(sign_in, clerk, here):
    browser = sign_in(clerk)
    make_batch(location=here)
    one = queries_of(browser, LISTING)
    make_batch(location=here), make_batch(location=here)

    assert queries_of(browser, LISTING) == one


def test_a_batch_takes_as_many_queries_for_three_cards_as_for_one(sign_in, clerk, here):
    browser, batch = sign_in(clerk), make_batch(location=here)
    make_card(batch)
    one = queries_of(browser, f"{LISTING}batches/{batch.pk}/")
    make_card(batch), make_card(batch, by=make_member(Role.CLERK, locations=[here]))

    assert queries_of(browser, f"{LISTING}batches/{batch.pk}/") == one


def test_a_clerk_opens_a_batch(sign_in, clerk, here):
    survey = make_published().survey

    answer = sign_in(clerk).post(f"{LISTING}batches/new/", given(survey, here), follow=True)

    batch = Batch.objects.get()
    assert (batch.counted, batch.left, batch.opened_by, batch.share) == (48, 48, clerk, None)
    assert (answer.request["PATH_INFO"], says(answer)) == (
        f"{LISTING}batches/{batch.pk}/",
        [f"Batch {batch.pk} is open."],
    )


def test_only_overseers_say_how_much_is_keyed_twice(sign_in, clerk, manager, here):
    survey = make_published().survey
    for member in (clerk, manager):
        sign_in(member).post(f"{LISTING}batches/new/", given(survey, here, {"share": "40"}))

    assert dict(Batch.objects.values_list("opened_by", "share")) == {clerk.pk: None, manager.pk: 40}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"counted": "0"}, "counted"),
        ({"counted": "10001"}, "counted"),
        ({"counted": "9" * 40}, "counted"),
        ({"collected_to": "2026-02-28"}, "collected_to"),
        ({"collected_from": "0001-01-01"}, "collected_from"),
        ({"due_on": "tomorrow"}, "due_on"),
        ({"source": "attic"}, "source"),
        ({"location": "99999999999999999999"}, "location"),
        ({"survey": "\0"}, "survey"),
    ],
)
def test_a_batch_that_cannot_be_is_refused_and_nothing_typed_is_lost(sign_in, clerk, here, wrong, field):
    answer = sign_in(clerk).post(f"{LISTING}batches/new/", given(make_published().survey, here, wrong))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Batch.objects.exists()


def test_a_clerk_opens_no_batch_elsewhere(sign_in, clerk, elsewhere):
    answer = sign_in(clerk).post(f"{LISTING}batches/new/", given(make_published().survey, elsewhere))

    assert list(answer.context["form"].errors) == ["location"]


def test_a_batch_that_does_not_balance_says_what_is_missing(sign_in, clerk, here):
    batch = make_batch(location=here, counted=2)
    make_card(batch)

    answer = sign_in(clerk).post(f"{LISTING}batches/{batch.pk}/close/", follow=True)

    assert says(answer) == [
        "It does not balance: 1 card is missing. Find it, reject it, or count the stack again."
    ]
    assert "Somebody wanted to close it" in answer.content.decode()


def test_closing_says_that_cards_wait(sign_in, clerk, here):
    batch = make_batch(location=here, counted=1, share=100)
    make_card(batch)

    answer = sign_in(clerk).post(f"{LISTING}batches/{batch.pk}/close/", follow=True)

    assert says(answer) == ["1 card waits to be keyed again or settled. Then the batch can close."]


def test_a_stack_counted_again_closes_and_is_reopened_by_an_overseer(sign_in, clerk, manager, here):
    batch = make_batch(location=here, counted=2)
    make_card(batch)
    address = f"{LISTING}batches/{batch.pk}"
    browser = sign_in(clerk)

    browser.post(f"{address}/change/", {"counted": "1", "due_on": "2026-03-20"})
    closed = browser.post(f"{address}/close/", follow=True)
    refused = browser.post(f"{address}/change/", {"counted": "3", "due_on": "2026-03-20"}, follow=True)

    assert says(closed) == [f"Batch {batch.pk} is closed: every card is accounted for."]
    assert says(refused) == ["The batch is closed. Reopen it to change it."]
    assert browser.post(f"{address}/reopen/").status_code == 403
    sign_in(manager).post(f"{address}/reopen/")
    assert Batch.objects.get().is_open


def test_a_change_of_the_clerks_keeps_the_share(sign_in, clerk, here):
    batch = make_batch(location=here, share=40)

    sign_in(clerk).post(f"{LISTING}batches/{batch.pk}/change/", {"counted": "3", "due_on": "2026-03-20"})

    assert Batch.objects.values_list("counted", "share").get() == (3, 40)


def test_the_ledger_shows_who_keyed_what(sign_in, clerk, here):
    other = make_member(Role.CLERK, name="Otto", locations=[here])
    batch = make_batch(location=here)
    make_card(batch, by=clerk), make_card(batch, by=clerk)
    make_card(batch, by=other, rejection=Rejection.TORN)

    context = sign_in(clerk).get(f"{LISTING}batches/{batch.pk}/").context

    assert [(one.keyer, one.keyed, one.rejected) for one in context["keyers"]] == [
        ("Cleo", 2, 0),
        ("Otto", 0, 1),
    ]
    assert [row.card.number for row in context["rows"]] == [3, 2, 1]


def test_cards_are_parted_by_state(sign_in, clerk, here):
    batch = make_batch(location=here)
    make_card(batch)
    make_card(batch, rejection=Rejection.BLANK)

    rows = sign_in(clerk).get(f"{LISTING}batches/{batch.pk}/", {"state": "rejected"}).context["rows"]

    assert [row.card.number for row in rows] == [2]


def test_a_batch_that_is_not_there_is_not_found(sign_in, clerk):
    for key in (1, 2**31, 10**30):
        assert sign_in(clerk).get(f"{LISTING}batches/{key}/").status_code == 404


def test_moments_are_shown_by_the_clock_of_the_organisation(sign_in, clerk, here):
    Organisation.objects.update(time_zone="Pacific/Auckland")
    batch = make_batch(location=here)
    card = make_card(batch)
    Card.objects.filter(pk=card.pk).update(first_at=datetime(2026, 3, 1, 22, 30, tzinfo=UTC))

    page = sign_in(clerk).get(f"{LISTING}batches/{batch.pk}/").content.decode()

    assert page.count("2 Mar 2026, 11:30") == 2
