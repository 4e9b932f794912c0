import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from organisation.models import Location, Touchpoint
from surveys.actions.erasing import erase_texts
from surveys.answering import places
from surveys.answering.kiosk_tokens import read_pass
from surveys.answering.kiosk_views import TRIES
from surveys.enums import Flag, Mode
from surveys.models import KioskRule, Response
from tests.factories import (
    make_draft,
    make_kiosk,
    make_location,
    make_published,
    make_review_form,
    make_survey,
    make_touchpoint,
)
from tests.scoring.concurrency import at_once
from tests.surveys.answering.kiosks import FIVE, address_of, body_of, pass_of

pytestmark = pytest.mark.django_db
PASS = re.compile(r'data-pass="([^"]*)"')


@pytest.fixture
def version():
    version = make_published(make_survey(slug="service"))
    make_kiosk(version.survey)
    return version


def send(client, body, action="send", slug="service"):
    return client.post(f"/kiosk/{slug}/{action}/", body, content_type="application/json")


def test_kiosk_shows_the_live_version_and_sets_no_cookie(client, version):
    page = client.get(address_of(version))
    text = page.content.decode()

    assert page.status_code == 200
    assert not page.cookies
    assert "How was the speed?" in text
    assert read_pass(PASS.search(text)[1]).version_id == version.pk
    assert "A kiosk needs JavaScript" in text
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


def test_kiosk_takes_its_place_from_its_address(client, version):
    make_location(code="elmgate", name="Elmgate & Sons")
    make_touchpoint(code="exit")

    text = client.get(f"{address_of(version, 'elmgate', 'exit')}&at=main").content.decode()
    send(client, body_of(version, **{"pass": PASS.search(text)[1]}))

    stored = Response.objects.get()
    assert "Elmgate &amp; Sons" in text
    assert stored.location == Location.objects.get(code="elmgate")
    assert stored.touchpoint == Touchpoint.objects.get(code="exit")


def test_kiosk_reads_no_more_than_the_normal_page(client, version, django_assert_num_queries):
    client.get(address_of(version))
    places.forget()

    with django_assert_num_queries(1):
        client.get(address_of(version))
    with django_assert_num_queries(0):
        client.get(address_of(version))


@pytest.mark.parametrize("k", ["", "forged", "%00", "%ED%A0%80", "a" * 9000, "WzEsIm1haW4iLCJzZXJ2aWNlIl0:x"])
def test_kiosk_refuses_an_address_that_was_not_signed(client, version, k):
    page = client.get(f"/kiosk/service/?k={k}")

    assert page.status_code == 403
    assert "not the address of a kiosk" in page.content.decode()
    assert "data-pass" not in page.content.decode()


def test_kiosk_refuses_the_address_of_another_survey(client, version):
    other = make_published(make_survey(slug="other"))
    make_kiosk(other.survey)

    signed = address_of(other).partition("?")[2]

    assert client.get(f"/kiosk/service/?{signed}").status_code == 403


def test_kiosk_without_a_pin_is_not_opened(client):
    version = make_published(make_survey(slug="service"))

    page = client.get(address_of(version))

    assert page.status_code == 409
    assert "no PIN yet" in page.content.decode()


@pytest.mark.parametrize("slug", ["nothing", "draft-only"])
def test_kiosk_knows_only_published_surveys(client, slug):
    make_draft(make_survey(slug="draft-only"))

    assert client.get(f"/kiosk/{slug}/").status_code == 404


def test_kiosk_of_a_closed_survey_looks_again_later(client, version):
    version.survey.closes_at = timezone.now() - timedelta(minutes=1)
    version.survey.save(update_fields=["closes_at"])

    page = client.get(address_of(version))

    assert page.status_code == 410
    assert 'http-equiv="refresh"' in page.content.decode()
    assert "kiosk-kept.js" in page.content.decode(), "what it has is still sent"


def test_kiosk_whose_address_was_withdrawn_opens_no_more(client, version):
    KioskRule.objects.update(edition=2)

    old, new = client.get(address_of(version)), client.get(address_of(version, edition=2))

    assert (old.status_code, new.status_code) == (410, 200)
    assert "address was withdrawn" in old.content.decode()
    assert "kiosk-kept.js" in old.content.decode(), "what it has is still sent"
    assert read_pass(PASS.search(new.content.decode())[1]).edition == 2


def test_send_from_a_withdrawn_address_is_held_and_not_lost(client, version):
    before = pass_of(version)
    KioskRule.objects.update(edition=2)

    old = send(client, body_of(version, **{"pass": before}))
    send(client, body_of(version, **{"pass": pass_of(version, edition=2)}))

    assert old.status_code == 200
    held = Response.objects.held().get()
    assert held.flags == Flag.WITHDRAWN
    assert Response.objects.unscored().count() == 1


def test_send_stores_one_row_of_the_kiosk(client, version):
    body = body_of(version)

    sent = send(client, body)

    stored = Response.objects.get()
    assert (sent.status_code, sent.json()) == (200, {"is_new": True})
    assert str(stored.pk) == body["id"]
    assert (stored.mode, stored.ratings, stored.flags, stored.received_at) == (Mode.KIOSK, "52x44", 0, None)


def test_send_again_is_the_same_row(client, version):
    body = body_of(version)

    said = [send(client, body).json() for _ in range(3)]

    assert said == [{"is_new": True}, {"is_new": False}, {"is_new": False}]
    assert Response.objects.count() == 1


def test_send_with_other_answers_under_the_same_key_changes_nothing(client, version):
    body = body_of(version)
    send(client, body)

    again = send(client, {**body, "answers": {"speed": ["1"]}})

    assert again.status_code == 409
    assert Response.objects.get().ratings == "52x44"


def test_send_needs_a_pass_of_ours(client, version):
    assert send(client, body_of(version, **{"pass": "forged"})).status_code == 400
    assert send(client, {}).status_code == 400
    assert client.post("/kiosk/service/send/", {"speed": "5"}).status_code == 400
    assert Response.objects.count() == 0


@pytest.mark.parametrize(
    "answers",
    [
        {"speed": ["7"]},
        {"speed": ["1", "2"]},
        {"nothing": ["1"]},
        {"speed": ["\ud800"]},
        {"speed": ["5\0"]},
        {"\0": ["\ud800"]},
        {},
    ],
)
def test_send_refuses_what_does_not_fit_the_questions(client, version, answers):
    assert send(client, body_of(version, answers=answers)).status_code == 422
    assert Response.objects.count() == 0


def test_send_of_what_was_answered_before_the_survey_closed_is_stored(client, version):
    version.survey.closes_at = timezone.now() - timedelta(hours=1)
    version.survey.save(update_fields=["closes_at"])
    issued = pass_of(version, issued_at=timezone.now() - timedelta(hours=5))

    late = send(client, body_of(version, **{"pass": issued}, age=60))
    before = send(client, body_of(version, **{"pass": issued}, age=2 * 3600))

    assert (late.status_code, before.status_code) == (410, 200)


def test_send_stores_the_version_that_was_answered(client, version):
    make_published(draft=make_draft(version.survey, (("price", "quality"),)))

    send(client, body_of(version))

    assert Response.objects.get().version == version


def test_send_flags_what_was_too_fast_by_the_devices_watch(client, version):
    send(client, body_of(version, took=0.5, answers={key: ["4"] for key in FIVE}))

    assert Response.objects.get().flags == Flag.STRAIGHT_LINE | Flag.TOO_FAST


def test_send_from_a_place_that_is_gone_is_held_and_not_lost(client, version):
    place = make_location(code="elmgate")
    body = body_of(version, **{"pass": pass_of(version, location="elmgate")})
    place.delete()

    assert send(client, body).status_code == 200
    stored = Response.objects.get()
    assert (stored.is_held, stored.flags & Flag.WITHDRAWN) == (True, Flag.WITHDRAWN)
    assert stored.location.is_default


def test_stuffing_with_the_address_of_a_kiosk_is_held_and_not_dropped(client, version, settings):
    settings.CROWD_SIZE = 4

    sent = [send(client, body_of(version)).status_code for _ in range(30)]

    assert set(sent) == {200}
    assert (Response.objects.count(), Response.objects.held().count()) in {(30, 18), (30, 6)}
    assert all(response.flags & Flag.CROWDED for response in Response.objects.held())


def test_send_keeps_the_moment_of_answering_where_the_survey_is_not_anonymous(client, version):
    version.survey.is_anonymous = False
    version.survey.save(update_fields=["is_anonymous"])
    issued = pass_of(version, issued_at=timezone.now() - timedelta(days=3))

    send(client, body_of(version, **{"pass": issued}, age=86_400))

    age = timezone.now() - Response.objects.get().received_at
    assert abs(age - timedelta(days=1)) < timedelta(minutes=1)


@pytest.mark.parametrize("address", ["/kiosk/service/send/", "/kiosk/service/leave/"])
def test_opening_an_address_to_send_to_does_nothing(client, version, address):
    assert client.get(address).status_code == 405


def test_leave_tells_right_from_wrong(client, version):
    said = {
        pin: send(client, {"pass": pass_of(version), "pin": pin}, "leave").status_code
        for pin in ["2468", "2469", "", "\0", "é", "\ud800"]
    }

    assert said == {"2468": 200, "2469": 403, "": 403, "\0": 403, "é": 403, "\ud800": 403}


def test_leave_gives_a_pause_after_some_tries_at_that_place_alone(client, version):
    make_location(code="elmgate")
    here, there = pass_of(version), pass_of(version, location="elmgate")

    said = [send(client, {"pass": here, "pin": "1"}, "leave").status_code for _ in range(TRIES + 1)]

    assert said == [403] * TRIES + [429]
    assert send(client, {"pass": here, "pin": "2468"}, "leave").status_code == 429
    assert send(client, {"pass": there, "pin": "2468"}, "leave").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_leave_gives_many_at_once_no_more_tries(version, settings):
    # As slow as in production: the time in which others try, too.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    KioskRule.objects.update(pin_hash=make_password("2468"))
    wrong = {"pass": pass_of(version), "pin": "1"}

    answers = at_once(*[lambda: send(Client(), wrong, "leave") for _each in range(10)])

    assert [answer.status_code for answer in answers].count(403) <= TRIES + 1


def test_leave_forgets_wrong_tries_after_a_right_one(client, version):
    for pin in ["1"] * (TRIES - 1) + ["2468"] + ["1"] * (TRIES - 1):
        send(client, {"pass": pass_of(version), "pin": pin}, "leave")

    assert send(client, {"pass": pass_of(version), "pin": "2468"}, "leave").status_code == 200


@pytest.mark.parametrize("body", [{}, {"pass": "forged", "pin": "2468"}, {"pin": 2468}])
def test_leave_answers_only_kiosks(client, version, body):
    assert send(client, body, "leave").status_code == 400


def test_leave_without_a_rule_lets_nobody_out(client):
    version = make_published(make_survey(slug="service"))

    assert send(client, {"pass": pass_of(version), "pin": ""}, "leave").status_code == 403


def test_worker_may_serve_the_kiosks_pages(client, db):
    answer = client.get("/kiosk/worker.js")

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert b"respondWith" in answer.content


def test_keys_of_a_device_are_its_own(client, version):
    for _ in range(3):
        send(client, body_of(version, id=str(uuid4())))

    assert Response.objects.count() == 3


def test_send_of_what_was_erased_meanwhile_may_be_forgotten_by_the_device(client):
    version = make_review_form()
    make_kiosk(version.survey)
    body = {**body_of(version), "answers": {"overall": ["4"], "comment": ["Ana was rude"]}}
    slug = version.survey.slug
    first = send(client, body, slug=slug)
    erase_texts(response_id=Response.objects.get().pk)

    again = send(client, body, slug=slug)

    assert (first.json(), again.status_code, again.json()) == ({"is_new": True}, 200, {"is_new": False})
    assert Response.objects.get().answers == {}
