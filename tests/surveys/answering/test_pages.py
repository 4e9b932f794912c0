import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from surveys.answering import pages, places, tokens
from surveys.answering.published import published
from surveys.enums import Mode
from tests.factories import make_draft, make_published, make_question, make_survey

pytestmark = pytest.mark.django_db
FACE = places.Face("Linden & Daughters", "#2f6b4f", "")


def token(location):
    now = datetime(2026, 3, 2, tzinfo=UTC)
    return tokens.issue(version_id=1, location=location, touchpoint="service", mode=Mode.LINK, now=now)


def page_of(version, **given):
    defaults = {"face": FACE, "token": token("main"), "place": ""}
    return pages.survey_page(published(version.pk, "en"), **{**defaults, **given})


def test_survey_page_puts_token_and_place_into_the_drawn_page(django_assert_num_queries):
    version = make_published()
    page_of(version)

    with django_assert_num_queries(0):
        page = page_of(version, token=token("elmgate"), place="Elmgate & Sons")

    assert 'name="at" value="elmgate"' in page
    assert "Elmgate &amp; Sons" in page
    assert "\0" not in page


def test_survey_page_shows_a_new_face_at_once():
    version = make_published()
    page_of(version)

    assert "Moss &amp; Son" in page_of(version, face=places.Face("Moss & Son", "#000000", ""))


def test_survey_page_of_twenty_questions_weighs_less_than_50_kilobytes_with_all_it_loads(client):
    draft = make_draft(make_survey(slug="service"))
    for position in range(6, 21):
        make_question(draft, position, key=f"q{position}", dimension="quality", text="How was it? " * 20)
    version = make_published(draft=draft)
    loaded = [Path(finders.find(name)).read_bytes() for name in ("css/public.css", "js/answer.js")]
    loaded += [client.get("/organisation/colours.css").content, page_of(version).encode()]

    assert sum(len(gzip.compress(content)) for content in loaded) < 50_000


def test_thanks_page_names_the_reference_and_only_that():
    version = published(make_published().pk, "en")

    with_one = pages.thanks_page(version, face=FACE, reference="ABCD-EFGH")
    without = pages.thanks_page(version, face=FACE, reference="")

    assert "ABCD-EFGH" in with_one
    assert "reference" in with_one
    assert "reference" not in without


def test_preview_page_can_send_nothing():
    version = make_draft()

    page = pages.preview_page(version, "en").content.decode()

    assert 'name="token"' not in page
    assert 'type="submit"' not in page
    assert "nothing is sent or stored" in page


def test_draw_form_leads_to_each_mistake():
    version = published(make_published().pk, "en")

    page = pages.draw_form(version, face=FACE, slots={}, errors={"speed": "Please choose one."})

    assert '<a href="#q-speed-1">2. How was the speed? Please choose one.</a>' in page
    assert 'id="q-speed-1"' in page


def test_draw_form_speaks_of_no_answer_where_there_is_none():
    version = published(make_published().pk, "en")

    page = pages.draw_form(version, face=FACE, slots={}, errors={"": "Please answer at least one question."})

    assert "Nothing is answered yet" in page
    assert "another look" not in page
