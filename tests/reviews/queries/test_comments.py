from datetime import date

import pytest

from organisation.enums import Role
from reviews.enums import ReviewKind, ReviewState
from reviews.matching import words_asked
from reviews.models import Review
from reviews.queries import comments
from reviews.queries.comments import (
    MYSELF,
    NOBODY,
    OTHER_SCALE,
    WITHOUT,
    chosen_comments,
    colleagues_of,
    comments_of,
    count_of,
    having_words,
    page_of,
)
from scoring.choice import Place
from tests.factories import make_label, make_location, make_member, make_mention, make_region, make_review
from tests.factories.surveys import NOW
from tests.reviews.heard import hear, make_survey_with_comment

pytestmark = pytest.mark.django_db
TEXTS = {
    "queue": "Forty minutes in the QUEUE, with two tills open.",
    "czech": "Děkuji, velmi ochotná obsluha!",
    "polish": "Czekałem godzinę w Łodzi",
    "hidden": "The que\N{SOFT HYPHEN}ue\N{RIGHT-TO-LEFT OVERRIDE} again",
    "hyphen": "A well-known shop; e-mail me at ana@example.org",
    "quote": "It's 100% fine_ and 'good' \\ % _",
    "script": "<script>alert(1)</script> & : | ! ( ) *",
    "number": "Waited 40 min on 2nd floor",
    "long": "x" * 10_000,
}


def read(rows):
    return sorted(rows.values_list("text", flat=True))


@pytest.fixture
def everything():
    for text in TEXTS.values():
        make_mention(text, author="")


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("queue", ["hidden", "queue"]),
        ("QUEUE", ["hidden", "queue"]),
        ("queu", []),
        ("queu*", ["hidden", "queue"]),
        ("ueue*", []),
        ("queue open", ["queue"]),
        ("open queue", ["queue"]),
        ("queue shop", []),
        ("dekuji", ["czech"]),
        ("DĚKUJI", ["czech"]),
        ("lodzi czekalem", ["polish"]),
        ("Łodzi", ["polish"]),
        ("well-known", ["hyphen"]),
        ("known", ["hyphen"]),
        ("example.org", ["hyphen"]),
        ("100%", ["quote"]),
        ("%", []),
        ("_", []),
        ("'", []),
        ("'good'", ["quote"]),
        ("script | queue", []),
        ("script & alert", ["script"]),
        ("!script", ["script"]),
        ("40", ["number"]),
        ("4*", ["number"]),
        ("2nd", ["number"]),
        ("x" * 10_000, ["long"]),
        ("xx*", ["long"]),
    ],
)
def test_words_find_the_same_on_every_database(asked, found):
    rows = having_words(Review.objects.all(), words_asked(asked))

    assert read(rows) == sorted(TEXTS[name] for name in found)


def test_words_follow_a_text_that_is_changed():
    review = make_mention("Ask Ana", author="")

    review.text = "Ask [name]"
    review.save(update_fields=["text"])

    assert read(having_words(Review.objects.all(), words_asked("ana"))) == []
    assert read(having_words(Review.objects.all(), words_asked("name"))) == ["Ask [name]"]


def test_words_follow_a_response_that_is_corrected():
    version = make_survey_with_comment(is_anonymous=False)
    [review] = hear(version, "Slow tills")

    assert read(having_words(Review.objects.all(), words_asked("tills"))) == [review.text]


def test_members_read_comments_of_their_own_places_only():
    here, there = make_location(), make_location()
    make_mention("here", location=here)
    make_mention("there", location=there)

    assert read(comments_of(make_member(locations=[here]))) == ["here"]
    assert read(comments_of(make_member(Role.EDITOR))) == ["here", "there"]


def test_places_that_are_named_hide_and_show_the_same():
    here = make_location()
    make_mention("here", location=here)
    make_mention("there", location=make_location())
    manager, editor = make_member(locations=[here]), make_member(Role.EDITOR)

    assert read(comments_of(manager, [here])) == ["here"]
    assert read(comments_of(manager, [])) == []
    assert read(comments_of(editor, [here])) == ["here", "there"]


def test_what_is_held_or_without_words_is_no_comment():
    version = make_survey_with_comment(is_anonymous=False)
    hear(version, "robot", is_held=True)
    make_review("", name="")

    assert read(comments_of(make_member(Role.EDITOR))) == []


@pytest.fixture
def some():
    """Five comments, each unlike the others in what a list can be narrowed down by."""
    region = make_region(code="coast")
    version = make_survey_with_comment(is_anonymous=False)
    place = make_location(code="quay", region=region)
    [slow] = hear(version, "slow", ratings="52554", location=place, received_on=date(2026, 1, 5))
    [fine] = hear(version, "fine", ratings="55555")
    make_mention("eight", scale_score=8, scale_max=10)
    make_mention("bare", said_on=date(2026, 2, 1))
    make_review("public")
    slow.labels.add(make_label(name="Queue"))
    member = make_member(Role.EDITOR)
    Review.objects.filter(pk=fine.pk).update(assigned_to=member, handled_at=NOW, handled_by=member)
    return {"member": member, "place": place, "region": region, "label": slow.labels.get()}


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("q", "fine", ["fine"]),
        ("kind", ReviewKind.MENTION, ["bare", "eight"]),
        ("kind", ReviewKind.COMMENT, ["fine", "slow"]),
        ("score", "4", ["slow"]),
        ("score", WITHOUT, ["bare"]),
        ("score", OTHER_SCALE, ["eight"]),
        ("low", "speed", ["slow"]),
        ("low", "overall", []),
        ("region", "region", ["slow"]),
        ("location", "place", ["slow"]),
        ("label", "label", ["slow"]),
        ("handled", "yes", ["fine"]),
        ("handled", "no", ["bare", "eight", "public", "slow"]),
        ("assigned", MYSELF, ["fine"]),
        ("assigned", NOBODY, ["bare", "eight", "public", "slow"]),
        ("state", ReviewState.PENDING, ["public"]),
        ("first", date(2026, 2, 15), ["eight", "fine", "public"]),
        ("last", date(2026, 2, 15), ["bare", "slow"]),
        ("q", "", ["bare", "eight", "fine", "public", "slow"]),
    ],
)
def test_a_filter_narrows_the_list(some, name, value, found):
    rows = chosen_comments(some["member"], {name: some.get(value, value)})

    assert read(rows) == found


def test_pages_show_each_comment_once_the_newest_day_first():
    for at in range(7):
        make_mention(f"{at}", said_on=date(2026, 3, 1 + at // 3))
    member = make_member(Role.EDITOR)
    seen, after = [], None

    while True:
        page = page_of(comments_of(member), after, size=3)
        seen += page.comments
        if page.next is None:
            break
        after = page.next

    days = [comment.said_on for comment in seen]
    assert len({comment.pk for comment in seen}) == len(seen) == 7
    assert days == sorted(days, reverse=True)


def test_a_page_after_the_last_is_empty():
    comment = make_mention()

    page = page_of(comments_of(make_member(Role.EDITOR)), Place(comment.said_on, comment.pk))

    assert (page.comments, page.next, page.count) == ([], None, 1)


def test_a_long_list_is_not_counted_to_its_end(monkeypatch):
    monkeypatch.setattr(comments, "MOST_COUNTED", 2)
    for _each in range(5):
        make_mention()

    assert page_of(Review.objects.all(), None, size=1).count == count_of(Review.objects.all()) == 3


def test_colleagues_share_a_place_and_may_handle_comments():
    here, region = make_location(), make_region()
    make_location(region=region)
    member = make_member(locations=[here])
    beside = make_member(locations=[here], name="A")
    make_member(locations=[make_location()])
    make_member(Role.CLERK, locations=[here])
    make_member(locations=[here], is_active=False)

    assert list(colleagues_of(member)) == [beside]
