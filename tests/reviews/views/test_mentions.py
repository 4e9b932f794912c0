from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from organisation.enums import Role
from organisation.text import LONGEST_TEXT
from reviews.enums import FileState
from reviews.models import MentionFile, Review
from tests.factories import make_location, make_member, make_mention, make_touchpoint

pytestmark = pytest.mark.django_db
ADD = "/reviews/mentions/add/"
FILES = "/reviews/mentions/"
CONTENT = "Review,Author,Date,Stars\nLovely bread,Ana,2026-02-01,9/10\nCold,Bob,2026-02-02,eleven\n"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def client():
    client = Client()
    client.force_login(make_member(Role.EDITOR))
    return client


def given(**fields):
    place = {"location": "main", "touchpoint": make_touchpoint().code}
    place["location"] = Review._meta.get_field("location").related_model.objects.get(is_default=True).code
    return {"text": "Good", "said_on": "2026-03-02", "source": "letter", **place, **fields}


def test_a_mention_is_typed_in_once(client):
    client.post(ADD, said := given(score="8/10", author="Ana", answered_on="2026-03-04"))

    again = client.post(ADD, said)

    review = Review.objects.get()
    assert (review.scale_score, review.scale_max, review.score) == (8, 10, None)
    assert "already" in again.content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"link": "javascript:alert(1)"},
        {"link": "ftp://x.example"},
        {"score": "good"},
        {"score": "11/10"},
        {"text": ""},
        {"text": "x" * 10_001},
        {"text": "a\0b"},
        {"said_on": "2999-01-01"},
        {"answered_on": "2026-03-01"},
        {"source": "rumour"},
        {"location": "nowhere"},
        {"author": "x" * 101},
    ],
)
def test_what_cannot_be_kept_comes_back_with_a_reason(client, fields):
    answer = client.post(ADD, given(**fields))

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Review.objects.exists()


def test_managers_add_nothing_to_the_places_of_others(client):
    here, there = make_location(), make_location()
    client.force_login(make_member(Role.MANAGER, locations=[here]))

    answers = [client.post(ADD, given(location=place.code)).status_code for place in (there, here)]

    assert (answers, Review.objects.get().location) == ([200, 302], here)


def test_a_link_in_capitals_is_a_link(client):
    assert client.post(ADD, given(link="HTTPS://stars.example/A")).status_code == 302

    assert Review.objects.get().link == "https://stars.example/A"


def test_odd_text_is_kept_as_it_is(client):
    text = "\N{RIGHT-TO-LEFT OVERRIDE}<script>" + "x" * 9_000

    client.post(ADD, given(text=text))

    assert Review.objects.get().text == text


def test_when_a_mention_was_answered_is_noted(client):
    review = make_mention(said_on=date(2026, 3, 2))
    address = f"/reviews/{review.pk}/answered/"

    early = client.post(address, {"answered_on": "2026-03-01"})
    client.post(address, {"answered_on": "2026-03-05"})

    review.refresh_from_db()
    assert (early.status_code, review.answered_on) == (200, date(2026, 3, 5))


def test_a_file_is_sent_mapped_checked_and_brought_in(client):
    sent = client.post(FILES, {"file": SimpleUploadedFile("mentions.csv", CONTENT.encode())}, follow=True)
    form, address = sent.context["form"], sent.redirect_chain[-1][0]
    said = {name: form[name].value() or "" for name in form.fields} | {"skip_bad_rows": "on"}
    checked = client.post(address, said, follow=True)

    client.post(f"{address}import/")

    kept = MentionFile.objects.get()
    assert b"eleven" in checked.content
    assert (kept.state, kept.rows_new, kept.rows_refused) == (FileState.IMPORTED, 1, 1)
    assert Review.objects.get().author == "Ana"
    assert "eleven" in client.get(f"{address}bad-rows.csv").content.decode()


def test_a_file_that_is_none_says_so(client):
    sent = client.post(FILES, {"file": SimpleUploadedFile("x.csv", b"\x89PNG\0\0")}, follow=True)

    assert (sent.status_code, bool(sent.context["trouble"])) == (200, True)


def test_managers_see_their_own_files_only(client):
    client.post(FILES, {"file": SimpleUploadedFile("mentions.csv", CONTENT.encode())})
    other = Client()
    other.force_login(make_member())

    assert other.get(f"{FILES}{MentionFile.objects.get().pk}/").status_code == 404


def test_a_mention_of_the_greatest_length_is_kept_and_a_longer_one_given_back(client):
    longest = "y" * LONGEST_TEXT

    client.post(ADD, given(text=longest))
    refused = client.post(ADD, given(text=f"{longest}!"))

    assert Review.objects.get().text == longest
    assert f"{longest}!</textarea>" in refused.content.decode()
