import pytest
from django.urls import reverse

from organisation.enums import Role
from organisation.text import LONGEST_TEXT
from reviews.enums import ReviewState
from reviews.models import Reply, Review
from reviews.queries.moderation import queue_of
from tests.factories import make_location, make_member, make_review

pytestmark = pytest.mark.django_db
NASTY = "<script>alert(1)</script> \u202egnp.exe\u202c zero\u200bwidth " + "long " * 380


@pytest.fixture
def editor(client):
    client.force_login(make_member(Role.EDITOR))
    return client


def url(name, review):
    return reverse(f"reviews:{name}", args=[review.pk])


def test_queue_shows_texts_as_texts(editor):
    make_review(NASTY, name="<b>Ana</b>")

    page = editor.get(reverse("reviews:queue")).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "&lt;b&gt;Ana" in page


def test_review_shows_every_character_of_a_text(editor):
    review = make_review(NASTY)

    assert "zero\u200bwidth" in editor.get(url("review", review)).content.decode()


def test_queue_shows_the_whole_of_a_text_that_may_be_published_from_it(editor):
    review = make_review("Lovely. " * 1000 + "THE END")

    pages = [
        editor.get(address).content.decode() for address in (reverse("reviews:queue"), url("review", review))
    ]

    assert [("THE END" in page, 'class="said said-long"' in page) for page in pages] == [(True, True)] * 2


def test_queue_pages_by_key(editor, monkeypatch):
    monkeypatch.setitem(queue_of.__kwdefaults__, "size", 2)
    for _each in range(3):
        make_review()

    first = editor.get(reverse("reviews:queue"))
    second = editor.get(first.context["next_url"])

    seen = [one.pk for page in (first, second) for one in page.context["queue"].reviews]
    assert (len(seen), len(set(seen)), second.context["next_url"]) == (3, 3, "")


def test_queue_costs_the_same_for_three(editor, django_assert_max_num_queries):
    for _each in range(3):
        make_review()

    with django_assert_max_num_queries(8):
        editor.get(reverse("reviews:queue"))


@pytest.mark.parametrize(
    "query", ["state=x", "after=x", "after=2026-01-01.zz", "state=%00", "after=9999-99-99."]
)
def test_queue_survives_any_address(editor, query):
    assert editor.get(f"{reverse('reviews:queue')}?{query}").status_code == 200


def test_many_are_published_at_once_where_the_member_may(client):
    here, elsewhere = make_location(), make_location()
    client.force_login(make_member(Role.MANAGER, locations=[here]))
    keys = [make_review(location=place).pk for place in (here, elsewhere)]

    client.post(reverse("reviews:publish_many"), {"review": keys})

    assert [one.location for one in Review.objects.published()] == [here]


def test_nonsense_is_a_bad_request(editor):
    assert editor.post(reverse("reviews:publish_many"), {"review": ["x"]}).status_code == 400


def test_a_review_is_published_hidden_and_answered(editor):
    review, states = make_review(), []

    for name, data in (("publish", {}), ("hide", {"reason": "spam"}), ("reply", {"text": "Thanks"})):
        answer = editor.post(url(name, review), data)
        review.refresh_from_db()
        states.append((answer.status_code, review.state))

    assert states == [(302, ReviewState.PUBLISHED), (302, ReviewState.HIDDEN), (302, ReviewState.HIDDEN)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("hide", {"reason": "because"}),
        ("redact", {}),
        ("redact", {"words": "Zoe"}),
        ("redact", {"suggested": "7"}),
        ("reply", {"text": "x" * 10_001}),
        ("reply", {"text": "a\0b"}),
        ("care", {"assigned_to": "999999999999999999999"}),
        ("care", {"assigned_to": "x"}),
        ("care", {"labels": "x"}),
    ],
)
def test_what_does_not_fit_comes_back(editor, name, data):
    assert editor.post(url(name, make_review()), data).status_code in {400, 422}


def test_only_editors_see_what_was_taken_out(client):
    review = make_review("Ana is kind")
    pages = []
    for role in (Role.EDITOR, Role.MANAGER):
        client.force_login(make_member(role, all_locations=True))
        client.post(url("redact", review), {"words": "Ana", "kind": "name"})
        pages.append("Ana is kind" in client.get(url("review", review)).content.decode())

    assert pages == [True, False]


def test_care_keeps_labels_and_person(editor):
    review, person = make_review(), make_member(Role.MANAGER)

    editor.post(url("care", review), {"assigned_to": person.pk, "new_label": "Queue", "colour": "red"})

    review.refresh_from_db()
    assert (review.assigned_to, [one.name for one in review.labels.all()]) == (person, ["Queue"])


def test_a_list_that_was_open_publishes_nothing_that_was_hidden_since(editor):
    review, other = make_review(), make_review()
    editor.post(url("hide", review), {"reason": "personal"})

    editor.post(reverse("reviews:publish_many"), {"review": [review.pk, other.pk]})

    review.refresh_from_db()
    assert (review.state, list(Review.objects.published())) == (ReviewState.HIDDEN, [other])


def test_what_was_ticked_is_taken_out_and_nothing_else(editor):
    review = make_review("Write to ana@example.org or call 555 123 4567")
    page = editor.get(url("review", review)).context["forms"]["redact"]
    mail = page.fields["suggested"].choices[0][0]
    editor.post(url("redact", review), {"suggested": mail})

    again = editor.post(url("redact", review), {"suggested": mail})

    review.refresh_from_db()
    assert (again.status_code, review.text) == (422, "Write to […] or call 555 123 4567")


def test_a_review_is_given_to_whom_the_member_knows(client):
    here, elsewhere = make_location(), make_location()
    manager, review = make_member(Role.MANAGER, locations=[here]), make_review(location=here)
    stranger = make_member(Role.MANAGER, locations=[elsewhere], name="Somebody elsewhere")
    client.force_login(manager)

    page = client.get(url("review", review)).content.decode()
    refused = client.post(url("care", review), {"assigned_to": stranger.pk})
    taken = client.post(url("care", review), {"assigned_to": manager.pk})

    review.refresh_from_db()
    assert "Somebody elsewhere" not in page
    assert (refused.status_code, taken.status_code, review.assigned_to) == (422, 302, manager)


def test_a_review_stays_with_whom_an_editor_gave_it_to(client):
    here, elsewhere = make_location(), make_location()
    stranger = make_member(Role.MANAGER, locations=[elsewhere])
    review = make_review(location=here)
    Review.objects.filter(pk=review.pk).update(assigned_to=stranger)
    client.force_login(make_member(Role.MANAGER, locations=[here]))

    kept = client.post(url("care", review), {"assigned_to": stranger.pk, "new_label": "Queue"})

    review.refresh_from_db()
    assert (kept.status_code, review.assigned_to) == (302, stranger)


def test_a_reply_of_the_greatest_length_is_kept_and_a_longer_one_given_back(editor):
    review, longest = make_review(), "y" * LONGEST_TEXT

    kept = editor.post(url("reply", review), {"text": longest, "is_public": "on"})
    refused = editor.post(url("reply", review), {"text": f"{longest}!", "is_public": "on"})

    assert (kept.status_code, refused.status_code) == (302, 422)
    assert Reply.objects.get().text == longest
    assert f"{longest}!</textarea>" in refused.content.decode()


# --- A colleague was faster ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "sight", "first"),
    [
        ("publish", {}, "publication", ("hide", {"reason": "personal"})),
        ("hide", {"reason": "spam", "note": "Odd one"}, "publication", ("publish", {})),
        ("hide", {"reason": "spam", "note": "Odd one"}, "publication", ("hide", {"reason": "personal"})),
        ("redact", {"words": "kind"}, "words", ("redact", {"words": "Ana"})),
        ("reply", {"text": "Sorry, Ana"}, "reply", ("redact", {"words": "Ana"})),
        ("reply", {"text": "Mine instead"}, "reply", ("reply", {"text": "Ours"})),
        ("care", {"new_label": "Till"}, "care", ("care", {"new_label": "Queue"})),
        ("handle", {"handled": "yes"}, "handled", ("handle", {"handled": "yes"})),
    ],
)
def test_a_page_that_was_open_decides_nothing_about_what_a_colleague_has_changed(
    editor, name, data, sight, first
):
    review = make_review("Ana is kind")
    seen = editor.get(url("review", review)).context["seen"][sight]
    editor.post(url(first[0], review), first[1])
    between = facts(review)

    refused = editor.post(url(name, review), {**data, "seen": seen})
    page = refused.content.decode()

    assert (refused.status_code, facts(review)) == (409, between)
    assert "A colleague has changed this review since you opened it." in page
    # What was typed is not lost, and may be sent now.
    assert all(
        text in page for field, text in data.items() if field in {"note", "text", "words", "new_label"}
    )
    again = editor.post(url(name, review), {**data, "seen": refused.context["seen"][sight]})
    assert (again.status_code, facts(review) != between or name == "handle") == (302, True)


def facts(review):
    review.refresh_from_db()
    names = ("state", "hidden_reason", "text", "handled_at")
    replies = list(review.replies.filter(replaced_at=None).values_list("text", flat=True))
    labels = sorted(review.labels.values_list("name", flat=True))
    return [getattr(review, name) for name in names], replies, labels


def test_every_form_of_a_review_s_page_says_what_it_showed(editor):
    answer = editor.get(url("review", make_review("Ana is kind")))

    marks = set(answer.context["seen"].values())
    assert answer.content.decode().count('name="seen"') == 6
    assert all(f'value="{mark}"' in answer.content.decode() for mark in marks)
