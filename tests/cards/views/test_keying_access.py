"""The pages of keying, in every look, and in the states that a clerk meets."""

import pytest
from django.urls import reverse

from cards.actions.settling import key_again
from organisation.enums import Role
from tests.browser import axe_violations, enter, look, opened, overflow
from tests.cards.desk import sit_down
from tests.cards.paper import make_clerk, make_mixed
from tests.factories import make_batch, make_card, make_entry, make_member
from tests.factories.surveys import NOW

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
TWO_LOOKS = [("desktop", "light"), ("phone", "dark")]


@pytest.fixture
def batch():
    return make_batch(make_mixed().survey, by=make_clerk())


def test_what_a_clerk_opens_is_accessible(browser, live_server, batch):
    found = {}
    with opened(browser) as page:
        sit_down(page, live_server, batch.opened_by, batch)
        page.route("**/key/cards/", lambda route: route.abort("connectionrefused"))
        page.keyboard.type("54ab \n5")
        page.wait_for_selector("#sending[data-tone=bad]")
        for name, key in (("rejecting", "r"), ("comment", "c"), ("keys", "?")):
            page.keyboard.press(key)
            found[name] = axe_violations(page, TWO_LOOKS)
            page.keyboard.press("Escape")
        page.get_by_label("Single keys").uncheck()
        found["without keys"] = axe_violations(page, TWO_LOOKS)

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("name", ["key", "second", "settle", "comment"])
def test_pages_are_accessible_in_every_look(browser, live_server, name):
    batch = make_batch(make_mixed().survey, share=100, by=make_clerk(name="Klara"))
    first = make_card(batch, "54", texts={"way": ["bus"]}, comment_later=True)
    make_card(batch, "43", texts={})
    if name == "settle":
        differ(first)
    with opened(browser) as page:
        member = batch.opened_by if name == "key" else make_clerk()
        enter(page, live_server, member)
        page.goto(live_server.url + reverse(f"cards:{name}", args=[batch.pk]))
        page.wait_for_load_state("networkidle")
        found = axe_violations(page)
        look(page, "phone", "light")

        assert (found, overflow(page)) == ({}, 0)


def test_the_correction_is_accessible_in_every_look(browser, live_server, batch):
    card = make_card(batch, "54", texts={"way": ["bus"]})
    manager = make_member(Role.MANAGER, all_locations=True)
    with opened(browser) as page:
        enter(page, live_server, manager)
        page.goto(live_server.url + reverse("cards:correct", args=[card.pk]))

        assert axe_violations(page) == {}


def differ(card):
    again = make_entry(card.batch.survey.live_version, "52", texts={"ways": ["car"]}).answers
    key_again(card=card, answers=again, by=make_clerk(), now=NOW)
