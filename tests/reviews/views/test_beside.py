from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from organisation.enums import Role
from organisation.models import AuditEntry
from reviews.models import Note, ReviewPlace
from tests.factories import make_location, make_member, make_note, make_review_place
from tests.scoring.concurrency import at_once

pytestmark = pytest.mark.django_db
NOTE = {"said": "Queues are long", "did": "A second till", "done_on": "2026-03-02", "is_published": "on"}
PLACE = {"name": "Stars", "url": "https://stars.example/us", "position": "1"}


@pytest.fixture
def editor(client):
    client.force_login(make_member(Role.EDITOR))
    return client


def test_note_is_written_changed_and_removed(editor):
    editor.post(reverse("reviews:add_note"), NOTE)
    note = Note.objects.get()

    editor.post(reverse("reviews:change_note", args=[note.pk]), {**NOTE, "did": "Two tills"})
    note.refresh_from_db()
    editor.post(reverse("reviews:remove_note", args=[note.pk]))

    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert (note.did, Note.objects.count(), actions) == ("Two tills", 0, ["added", "changed", "removed"])


def test_place_is_added_changed_and_removed(editor):
    editor.post(reverse("reviews:add_place"), PLACE)
    place = ReviewPlace.objects.get()

    editor.post(reverse("reviews:change_place", args=[place.pk]), {**PLACE, "name": "Moons"})
    place.refresh_from_db()
    editor.post(reverse("reviews:remove_place", args=[place.pk]))

    assert (place.name, ReviewPlace.objects.count()) == ("Moons", 0)


@pytest.mark.parametrize(
    "url",
    ["http://stars.example/", "javascript:alert(1)", "https://", "https://a b", "//x", "https://x\0.example"],
)
def test_only_secure_addresses_are_taken(editor, url):
    answer = editor.post(reverse("reviews:add_place"), {**PLACE, "url": url})

    assert (answer.status_code, ReviewPlace.objects.count()) in {(422, 0), (400, 0)}


def test_the_same_address_twice_is_refused_in_words(editor):
    answers = [editor.post(reverse("reviews:add_place"), PLACE).status_code for _twice in range(2)]

    assert answers == [302, 422]


def test_managers_change_nothing_that_stands_everywhere(client):
    here = make_location()
    client.force_login(make_member(Role.MANAGER, locations=[here]))
    note, place = make_note(), make_review_place()

    answers = [
        client.post(reverse("reviews:change_note", args=[note.pk]), NOTE).status_code,
        client.post(reverse("reviews:remove_place", args=[place.pk])).status_code,
        client.post(reverse("reviews:add_note"), NOTE).status_code,
        client.post(reverse("reviews:add_note"), {**NOTE, "location": here.pk}).status_code,
    ]

    assert answers == [403, 403, 422, 302]


def test_managers_choose_a_location_where_others_may_leave_it_open(client):
    client.force_login(make_member(Role.MANAGER, locations=[make_location()]))
    managers = client.get(reverse("reviews:add_note")).content.decode()
    client.force_login(make_member(Role.EDITOR))
    editors = client.get(reverse("reviews:add_note")).content.decode()

    assert ("Choose a location" in managers, "Every location" in managers) == (True, False)
    assert ("Choose a location" in editors, "Every location" in editors) == (False, True)


def test_managers_write_nothing_to_the_places_of_others(client):
    here, there = make_location(), make_location()
    client.force_login(make_member(Role.MANAGER, locations=[here]))
    note = make_note(location=here)
    place = {"name": "Stars", "url": "https://stars.example/", "position": 1, "location": there.pk}

    answers = [
        client.post(reverse("reviews:add_note"), {**NOTE, "location": there.pk}).status_code,
        client.post(
            reverse("reviews:change_note", args=[note.pk]), {**NOTE, "location": there.pk}
        ).status_code,
        client.post(reverse("reviews:add_place"), place).status_code,
        client.post(reverse("reviews:change_note", args=[make_note(location=there).pk]), NOTE).status_code,
    ]

    note.refresh_from_db()
    assert (answers, note.location) == ([422, 422, 422, 404], here)


@pytest.mark.parametrize(("role", "links"), [(Role.MANAGER, 1), (Role.EDITOR, 2)])
def test_lists_lead_only_where_one_may_go(client, role, links):
    here = make_location()
    member = make_member(role, locations=[here] if role is Role.MANAGER else [])
    client.force_login(member)
    rows = {"note": [make_note(), make_note(location=here)]}
    rows["place"] = [make_review_place(), make_review_place(location=here)]

    for name, parts in rows.items():
        page = client.get(reverse(f"reviews:{name}s")).content.decode()
        led = [reverse(f"reviews:change_{name}", args=[part.pk]) in page for part in parts]
        assert sum(led) == links
        assert led[1]


def test_lists_show_both(editor):
    make_note(said="QUEUES")
    make_review_place(name="STARS")

    pages = [editor.get(reverse(f"reviews:{name}")).content.decode() for name in ("notes", "places")]

    assert ["QUEUES" in pages[0], "STARS" in pages[1]] == [True, True]


@pytest.mark.django_db(transaction=True)
def test_a_double_click_is_no_error():
    member, clients = make_member(Role.EDITOR), [Client() for _each in range(4)]
    for client in clients:
        client.force_login(member)

    answers = at_once(*[partial(client.post, reverse("reviews:add_place"), PLACE) for client in clients])

    assert sorted(answer.status_code for answer in answers) == [302, 422, 422, 422]
    assert ReviewPlace.objects.count() == 1
