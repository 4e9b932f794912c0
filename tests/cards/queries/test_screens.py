"""What a keying page carries with it."""

from datetime import date

import pytest

from cards.codes import code_of
from cards.queries.screens import code_on, first_screen, second_screen
from organisation.enums import Role
from tests.cards.paper import make_clerk, make_mixed
from tests.factories import make_batch, make_card, make_location, make_member, make_print_run, make_published
from tests.factories.cards import DAY

pytestmark = pytest.mark.django_db


def test_every_published_version_is_there_and_the_live_one_is_first():
    old = make_mixed()
    new = make_published(old.survey)
    batch = make_batch(old.survey)

    screen = first_screen(batch, batch.opened_by)

    assert [(one["id"], one["number"], len(one["items"])) for one in screen["versions"]] == [
        (new.pk, 2, 5),
        (old.pk, 1, 5),
    ]
    assert screen["version"] == new.pk
    assert screen["versions"][1]["items"][2]["options"][1] == {"key": "bus", "label": "By bus"}


def test_print_runs_of_held_locations_only():
    version = make_published()
    held = make_location(name="Harbour")
    run = make_print_run(version, location=held, copies=12)
    make_print_run(version)
    make_print_run(location=held)
    batch = make_batch(version.survey, location=held)

    screen = first_screen(batch, make_member(Role.CLERK, locations=[held]))

    assert screen["runs"] == [(run.pk, version.pk, 12, "Harbour")]


def test_days_are_chosen_the_last_first():
    batch = make_batch(collected_from=date(2026, 2, 28), collected_to=DAY)

    screen = first_screen(batch, batch.opened_by)

    assert [one["day"] for one in screen["days"]] == ["2026-03-02", "2026-03-01", "2026-02-28"]
    assert screen["is_long"] is False


def test_many_days_are_a_first_and_a_last():
    batch = make_batch(collected_from=date(2025, 1, 1), collected_to=DAY)

    screen = first_screen(batch, batch.opened_by)

    assert ([one["day"] for one in screen["days"]], screen["is_long"]) == (["2026-03-02", "2025-01-01"], True)


def test_a_second_screen_has_the_cards_of_others_with_their_codes():
    version = make_published()
    first, second = make_clerk(name="Klara"), make_clerk(name="Olga")
    batch = make_batch(version.survey, share=100, by=first)
    run = make_print_run(version)
    card = make_card(batch, run=run, serial=3)
    make_card(batch, by=second)
    make_card(batch, rejection="torn")

    screen = second_screen(batch, second)

    assert [(one["id"], one["number"], one["code"], one["by"]) for one in screen["cards"]] == [
        (str(card.pk), 1, code_of(run.pk, 3), "Klara")
    ]
    assert screen["cards"][0]["when"] == "2 Mar 2026, 09:00"


def test_a_card_without_a_code_has_none():
    assert code_on(make_card(make_batch())) == ""


@pytest.mark.parametrize("name", ["key", "second"])
def test_a_page_asks_as_often_for_many_cards(client, django_assert_max_num_queries, name):
    batch = make_batch(share=100, by=make_clerk())
    for _ in range(5):
        make_card(batch)
    client.force_login(make_clerk())
    client.get(f"/cards/batches/{batch.pk}/{name}/")

    with django_assert_max_num_queries(12):
        client.get(f"/cards/batches/{batch.pk}/{name}/")
