from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from surveys.actions.building import remove_question
from surveys.actions.drafts import start_draft
from surveys.actions.lifecycle import archive_survey
from surveys.models import Version
from surveys.views import building
from tests.factories import make_draft, make_published, make_survey

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LETTERS = [(letter, "quality") for letter in "abcdefghijklmnopqrst"]
RATING = {"text": "How was the light?", "kind": "rating", "dimension": "quality", "weight": "1"}


def url(name, survey, *args):
    return reverse(f"surveys:{name}", args=[survey.pk, *args])


def keys(draft):
    return list(draft.questions.in_order().values_list("measure__key", flat=True))


def page(answer):
    return answer.content.decode()


def test_the_builder_shows_questions_and_length(client):
    draft = make_draft()

    answer = client.get(url("build", draft.survey))

    assert [card.question.measure.key for card in answer.context["cards"]] == keys(draft)
    assert "5 of 20 questions" in page(answer)


def test_the_builder_of_a_survey_without_a_draft_shows_what_is_live_and_changes_nothing(client):
    live = make_published()

    answer = client.get(url("build", live.survey))

    assert answer.context["version"] == live
    assert url("add_question", live.survey, "text") not in page(answer)
    assert Version.objects.count() == 1


def test_the_builder_of_an_archived_survey_only_shows(client, editor):
    draft = make_draft()
    archive_survey(survey=draft.survey, by=editor, now=NOW)

    answer = client.get(url("build", draft.survey))

    assert url("remove_question", draft.survey, "speed") not in page(answer)
    assert url("restore", draft.survey) in page(answer)


@pytest.mark.parametrize("questions", [1, 3])
def test_the_builder_takes_as_many_queries_however_many_questions(
    client, questions, django_assert_num_queries
):
    live = make_published(questions=LETTERS[:questions])
    draft = start_draft(survey=live.survey, by=None, now=NOW)

    # Session, member, organisation; survey, draft, its questions, their last wordings, whether there is a draft, what is held.
    with django_assert_num_queries(9):
        client.get(url("build", draft.survey))


@pytest.mark.parametrize("survey_id", [0, 999_999, 10**30])
def test_a_survey_that_is_not_there_is_no_page(client, survey_id):
    assert client.get(f"/surveys/{survey_id}/").status_code == 404


def test_a_question_is_added(client):
    draft = make_draft()

    answer = client.post(url("add_question", draft.survey, "rating"), RATING)

    assert answer.url == url("build", draft.survey) + "?touched=light#q-light"
    assert keys(draft)[-1] == "light"


def test_the_21st_question_is_refused_and_nothing_typed_is_lost(client):
    draft = make_draft(questions=LETTERS)

    answer = client.post(url("add_question", draft.survey, "rating"), RATING)

    assert answer.status_code == 422
    assert "at most 20 questions" in page(answer)
    assert "How was the light?" in page(answer)
    assert keys(draft) == list("abcdefghijklmnopqrst")


def test_a_full_draft_offers_no_more_questions(client):
    draft = make_draft(questions=LETTERS)

    answer = client.get(url("build", draft.survey))

    assert url("add_question", draft.survey, "rating") not in page(answer)
    assert "20 of 20 questions" in page(answer)


def test_the_21st_copy_is_refused_with_a_message(client):
    draft = make_draft(questions=LETTERS)

    answer = client.post(url("copy_question", draft.survey, "a"), follow=True)

    assert "at most 20 questions" in page(answer)


@pytest.mark.parametrize("kind", ["nps", "rating2", "-"])
def test_a_kind_that_is_not_there_is_no_page(client, kind):
    assert client.get(url("add_question", make_draft().survey, kind)).status_code == 404


def test_a_question_is_changed(client):
    draft = make_draft()

    answer = client.post(url("change_question", draft.survey, "speed"), {**RATING, "dimension": "speed"})

    assert answer.url == url("build", draft.survey) + "?touched=speed#q-speed"
    assert draft.questions.get(measure__key="speed").text == "How was the light?"


def test_a_mistake_in_a_question_leaves_it_as_it_was(client):
    draft = make_draft()

    answer = client.post(url("change_question", draft.survey, "speed"), {**RATING, "weight": "99"})

    assert answer.status_code == 422
    assert "How was the light?" in page(answer)
    assert draft.questions.get(measure__key="speed").text == "How was the speed?"


def test_a_published_question_says_before_saving_what_a_change_means(client):
    draft = start_draft(survey=make_published().survey, by=None, now=NOW)

    answer = client.get(url("change_question", draft.survey, "speed"))

    assert "A published version asks this question." in page(answer)
    assert "Changing this starts a new measure" in page(answer)


def test_a_question_is_moved_copied_and_removed(client):
    draft = make_draft(questions=LETTERS[:3])

    client.post(url("move_question", draft.survey, "a", 3))
    client.post(url("copy_question", draft.survey, "b"))
    client.post(url("remove_question", draft.survey, "c"))

    assert keys(draft) == ["b", "b_2", "a"]


def test_a_move_beyond_the_ends_stops_at_the_end(client):
    draft = make_draft(questions=LETTERS[:3])

    client.post(url("move_question", draft.survey, "a", 10**30))
    client.post(url("move_question", draft.survey, "c", 0))

    assert keys(draft) == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("change_question", ["gone"]),
        ("move_question", ["gone", 1]),
        ("copy_question", ["gone"]),
        ("remove_question", ["gone"]),
    ],
)
def test_a_question_that_is_not_there_is_no_page(client, name, args):
    draft = make_draft()
    make_draft(make_survey(), [("gone", "speed")])

    assert client.post(url(name, draft.survey, *args), RATING).status_code == 404


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("move_question", ["speed", 1]),
        ("copy_question", ["speed"]),
        ("remove_question", ["speed"]),
        ("put_back_question", []),
    ],
)
def test_looking_changes_nothing(client, name, args):
    draft = make_draft()

    assert client.get(url(name, draft.survey, *args)).status_code == 405


def test_a_removed_question_can_be_put_back_once(client):
    draft = make_draft(questions=LETTERS[:3])
    client.post(url("remove_question", draft.survey, "b"))
    offered = "was removed" in page(client.get(url("build", draft.survey)))

    client.post(url("put_back_question", draft.survey))
    again = client.post(url("put_back_question", draft.survey), follow=True)

    assert (offered, keys(draft)) == (True, ["a", "b", "c"])
    assert "nothing to put back" in page(again)
    assert "was removed" not in page(again)


def test_a_removed_question_belongs_to_its_survey_and_its_moment(client, monkeypatch):
    draft, other = make_draft(questions=LETTERS[:2]), make_draft(make_survey(), LETTERS[:2])
    client.post(url("remove_question", draft.survey, "b"))

    elsewhere = client.get(url("build", other.survey)).context["removed"]
    monkeypatch.setattr(building, "UNDONE_WITHIN", timedelta(0))

    assert (elsewhere, client.get(url("build", draft.survey)).context["removed"]) == (None, None)


def test_putting_back_finds_no_room_and_says_so(client):
    draft = make_draft(questions=LETTERS)
    client.post(url("remove_question", draft.survey, "b"))
    client.post(url("add_question", draft.survey, "rating"), RATING)

    answer = client.post(url("put_back_question", draft.survey), follow=True)

    assert "at most 20 questions" in page(answer)
    assert len(keys(draft)) == 20


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("texts", {"title": "After", "intro": "Hello"}),
        ("closing", {"thanks_title": "Bye", "thanks_text": "Thanks"}),
    ],
)
def test_texts_of_the_draft_are_changed(client, name, data):
    draft = make_draft()

    client.post(url(name, draft.survey), data)

    draft.refresh_from_db()
    assert {field: getattr(draft, field) for field in data} == data


def test_what_was_published_meanwhile_is_no_longer_changed(client):
    draft = make_draft()
    form = client.get(url("change_question", draft.survey, "speed"))
    make_published(draft=draft)

    answer = client.post(url("change_question", draft.survey, "speed"), RATING)

    assert (form.status_code, answer.status_code) == (200, 404)
    assert draft.questions.get(measure__key="speed").text == "How was the speed?"


def test_what_an_archived_survey_refuses_is_said(client, editor):
    draft = make_draft()
    archive_survey(survey=draft.survey, by=editor, now=NOW)

    moved = client.post(url("move_question", draft.survey, "speed", 1), follow=True)
    changed = client.post(url("change_question", draft.survey, "speed"), RATING)

    assert "This survey is archived." in page(moved)
    assert (changed.status_code, "This survey is archived." in page(changed)) == (422, True)


def test_a_question_removed_meanwhile_by_another_editor_is_no_page(client):
    draft = make_draft()
    remove_question(survey=draft.survey, key="speed", by=None, now=NOW)

    assert client.post(url("remove_question", draft.survey, "speed")).status_code == 404


@pytest.mark.parametrize(
    ("query", "hints"),
    [
        ({"text": "Was it good and fast?", "language": "en"}, 1),
        ({"text": "Was it good and fast?", "language": "da"}, 0),
        ({"text": "Was it good and fast?\x00", "language": "en-" + "x" * 5000}, 1),
        ({"text": "and " * 5000, "language": "en"}, 1),
        ({}, 0),
    ],
)
def test_hints_come_while_typing(client, query, hints):
    answer = client.get(reverse("surveys:hints"), query)

    assert answer.status_code == 200
    assert page(answer).count("<li") == hints


def test_words_are_shown_as_words(client):
    draft = make_draft(title="<script>alert(1)</script>")
    draft.questions.update(text="<img src=x onerror=alert(1)>", section="<b>", help_text="{{ settings }}")

    answer = page(client.get(url("build", draft.survey)))

    assert "<script>alert" not in answer
    assert "<img src=x" not in answer
    assert "{{ settings }}" in answer
