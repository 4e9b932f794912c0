import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from organisation.text import LONGEST_TEXT
from surveys.answering import places
from surveys.answering.kiosk_pages import draw_kiosk_closed, draw_unready, kiosk_page
from surveys.answering.kiosk_tokens import KioskPass
from surveys.answering.published import published
from surveys.enums import Kind
from tests.factories import make_draft, make_kiosk, make_published, make_question, make_survey

pytestmark = pytest.mark.django_db
FACE = places.Face("Linden & Daughters", "#2f6b4f", "")
PASS = KioskPass(1, "main", "service", datetime(2026, 3, 2, tzinfo=UTC))


def page_of(version, k="signed:place"):
    address = places.address(version.survey.slug)
    of = published(version.pk, "en")
    return kiosk_page(of, address=address, kiosk=address.kiosk, kiosk_pass=PASS, k=k)


def test_kiosk_page_puts_pass_place_and_rule_into_the_drawn_page(django_assert_num_queries):
    version = make_published(make_survey(slug="service"))
    make_kiosk(version.survey, idle_seconds=45, at_idle="drop")
    page_of(version)

    with django_assert_num_queries(0):
        page = page_of(version, k='"><script>')

    assert 'data-idle="45"' in page
    assert 'data-at-idle="drop"' in page
    assert 'data-address="/kiosk/service/?k=%22%3E%3Cscript%3E"' in page
    assert "\0" not in page


def test_kiosk_page_names_what_must_be_answered():
    draft = make_draft(make_survey(slug="service"))
    draft.questions.filter(measure__key__in=["speed", "overall"]).update(is_required=True)
    version = make_published(draft=draft)
    make_kiosk(version.survey)

    assert 'data-required="speed overall"' in page_of(version)


def test_typing_ends_at_the_greatest_length_where_nobody_could_shorten_a_text_later(client):
    draft = make_draft(make_survey(slug="service"))
    make_question(draft, 6, key="why", kind=Kind.TEXT)
    version = make_published(draft=draft)
    make_kiosk(version.survey)

    assert f'maxlength="{LONGEST_TEXT}"' in page_of(version)
    assert "maxlength" not in client.get("/s/service/").content.decode()


def test_kiosk_page_of_twenty_questions_weighs_less_than_50_kilobytes_with_all_it_loads(client):
    draft = make_draft(make_survey(slug="service"))
    for position in range(6, 21):
        make_question(draft, position, key=f"q{position}", dimension="quality", text="How was it? " * 20)
    version = make_published(draft=draft)
    make_kiosk(version.survey)
    names = ["css/public.css", "css/kiosk.css", "js/kiosk.js", "js/kiosk-kept.js", "js/kiosk-worker.js"]
    loaded = [Path(finders.find(name)).read_bytes() for name in names]
    loaded += [client.get("/organisation/colours.css").content, page_of(version).encode()]

    assert sum(len(gzip.compress(content)) for content in loaded) < 50_000


def test_what_stands_there_instead_of_a_kiosk_says_why():
    version = published(make_published().pk, "en")

    assert "not the address of a kiosk" in draw_unready(version, face=FACE, is_forged=True)
    assert "no PIN yet" in draw_unready(version, face=FACE, is_forged=False)
    assert "This survey is closed" in draw_kiosk_closed(version, face=FACE, opens_on=None)
