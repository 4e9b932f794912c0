import csv
import io
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.enums import Role
from organisation.models import Organisation
from reviews.models import Label, Review
from tests.factories import make_label, make_location, make_member, make_mention
from tests.reviews.heard import hear, make_survey_with_comment

pytestmark = pytest.mark.django_db
LIST = "/reviews/comments/"


@pytest.fixture
def here():
    return make_location(code="here")


@pytest.fixture
def member(here):
    return make_member(locations=[here])


@pytest.fixture
def client(member):
    client = Client()
    client.force_login(member)
    return client


def texts(page):
    return [row.review.text for row in page.context["rows"]]


def test_a_list_shows_own_places_the_newest_first(client, here):
    make_mention("elsewhere")
    make_mention("old", location=here, said_on="2026-01-01")
    make_mention("new", location=here)

    assert texts(client.get(LIST)) == ["new", "old"]


def test_filters_stand_in_the_address_and_are_removed_by_chips(client, here):
    make_mention("Long queue", location=here)
    make_mention("Good bread", location=here)

    page = client.get(LIST, {"q": "queue", "kind": "mention", "location": "here"})
    without = client.get(
        next(chip["remove_url"] for chip in page.context["chips"] if chip["value"] == "queue")
    )

    assert (texts(page), len(page.context["chips"]), len(texts(without))) == (["Long queue"], 3, 2)


@pytest.mark.parametrize(
    "query",
    [
        {"q": "\0"},
        {"q": "\N{RIGHT-TO-LEFT OVERRIDE}" * 300},
        {"q": "' OR 1=1 --"},
        {"q": "\ud800".encode("utf-8", "surrogatepass")},
        {"location": "\0"},
        {"location": "elsewhere"},
        {"label": "99999999999999999999"},
        {"label": "x"},
        {"assigned": "99999999999999999999"},
        {"score": "6"},
        {"first": "2026-99-99"},
        {"first": "0001-01-01"},
        {"after": "x.y"},
        {"after": "2026-01-01.00000000-0000-0000-0000-000000000000"},
        {"kind": "\N{ZERO WIDTH SPACE}"},
    ],
)
def test_whatever_an_address_says_is_answered(client, here, query):
    make_mention(location=here)

    assert client.get(LIST, query).status_code in {200, 400}


def test_comments_of_a_small_group_show_nowhere(client, here):
    Organisation.objects.update_or_create(pk=1, defaults={"minimum_comments": 3})
    [one, _two] = hear(make_survey_with_comment(), "secret one", "secret two", location=here)

    answers = [
        client.get(LIST),
        client.get(LIST, {"q": "secret"}),
        client.get(reverse("reviews:comments_file", args=["csv"])),
        client.get(reverse("reviews:review", args=[one.pk])),
    ]

    assert all(b"secret one" not in body(answer) for answer in answers)
    assert answers[-1].status_code == 404


def test_an_anonymous_comment_is_shown_without_its_ratings(client, here):
    Organisation.objects.update_or_create(pk=1, defaults={"minimum_comments": 3})
    comments = hear(make_survey_with_comment(), "a", "b", "c", ratings="11111", location=here)

    rows = client.get(LIST).context["rows"]
    alone = client.get(reverse("reviews:review", args=[comments[0].pk]))

    assert [(row.score, row.low) for row in rows] == [(0, [])] * 3
    assert (alone.status_code, b"score-1" in alone.content) == (200, False)


def body(answer):
    return b"".join(answer) if answer.streaming else answer.content


def test_what_is_ticked_is_labelled_assigned_and_ticked_off(client, member, here):
    chosen = [make_mention(location=here).pk, make_mention(location=here).pk]
    other = make_mention(location=here).pk

    for deed in ({"do": "handle"}, {"do": "assign", "to": "me"}, {"do": "label", "new_label": "Queue"}):
        client.post(f"{LIST}deed/?q=x", {"chosen": chosen, **deed})

    done = Review.objects.handled().filter(assigned_to=member, labels__name="Queue")
    assert set(done.values_list("pk", flat=True)) == set(chosen)
    assert not Review.objects.handled().filter(pk=other).exists()


def test_a_label_that_is_known_is_taken_and_removed(client, here):
    label, review = make_label(name="Queue"), make_mention(location=here)

    client.post(f"{LIST}deed/", {"chosen": [review.pk], "do": "label", "new_label": "QUEUE"})
    has = list(review.labels.all())
    client.post(f"{LIST}deed/", {"chosen": [review.pk], "do": "unlabel", "label": label.pk})

    assert (has, list(review.labels.all()), Label.objects.count()) == ([label], [], 1)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"do": "handle", "chosen": ["x"]},
        {"do": "handle", "chosen": ["\0"]},
        {"do": "erase"},
        {"do": "assign", "to": "99999999999"},
        {"do": "assign"},
        {"do": "label"},
        {"do": "label", "label": "99999999999999999999"},
        {"do": "label", "new_label": "x" * 41},
        {"do": "label", "new_label": "a\0b"},
        {"do": "unlabel", "new_label": "x"},
    ],
)
def test_a_deed_that_cannot_be_done_says_why_and_changes_nothing(client, here, given):
    review = make_mention(location=here)

    answer = client.post(f"{LIST}deed/?kind=mention", {"chosen": [review.pk], **given}, follow=True)

    assert answer.redirect_chain in ([(f"{LIST}?kind=mention", 302)], [])
    assert answer.status_code in {200, 400}
    assert not Review.objects.handled().exists()
    assert not Label.objects.exists()


def test_nothing_of_other_places_is_changed(client):
    review = make_mention()

    client.post(f"{LIST}deed/", {"chosen": [review.pk], "do": "handle"})

    assert not Review.objects.handled().exists()


@pytest.mark.parametrize(
    ("query", "most"),
    [
        ({}, 11),
        ({"q": "nice", "location": "here", "first": "2026-01-01"}, 11),
        ({"kind": "mention"}, 11),
        ({"score": "none"}, 12),
    ],
    ids=str,
)
def test_a_list_takes_as_many_queries_with_one_comment_as_with_three(client, here, query, most):
    counts = []
    for many in (1, 2):
        for _each in range(many):
            make_mention(location=here).labels.add(make_label())
        with CaptureQueriesContext(connection) as captured:
            page = client.get(LIST, query)
        counts.append(len(captured))

    assert len(texts(page)) == 3
    assert counts == [most, most]


def test_mentions_say_how_long_their_answers_took(client, here):
    make_mention(location=here, answered_on="2026-03-04")
    make_mention(location=here, answered_on="2026-03-08")
    make_mention(location=here)

    times = client.get(LIST, {"kind": "mention"}).context["times"]

    assert (times.mentions, times.answered, times.median_days) == (3, 2, 4)


def test_a_file_takes_no_text_for_a_formula(client, here):
    make_mention('=HYPERLINK("http://x")', author="@ana", location=here, scale_score=8, scale_max=10)

    answer = client.get(reverse("reviews:comments_file", args=["csv"]))
    [_headers, row] = csv.reader(io.StringIO(body(answer).decode("utf-8-sig")))

    assert '\'=HYPERLINK("http://x")' in row
    assert {"'@ana", "8/10"} <= set(row)


def test_a_workbook_holds_texts_as_texts(client, here):
    make_mention("=1+1", location=here)

    book = body(client.get(reverse("reviews:comments_file", args=["xlsx"])))

    with ZipFile(io.BytesIO(book)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_there_are_no_other_files(client):
    assert client.get(reverse("reviews:comments_file", args=["exe"])).status_code == 404


def test_script_in_a_text_is_shown_as_text(here):
    make_mention(
        "<script>alert(1)</script>", author="<b>x</b>", location=here, link='https://x.example/"><b>'
    )
    client = Client()
    client.force_login(make_member(Role.EDITOR))

    page = client.get(LIST).content.decode()

    assert "<script>alert" not in page
    assert "<b>" not in page
