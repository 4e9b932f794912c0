from datetime import UTC, datetime

import pytest
from django.urls import reverse

from surveys.actions.drafts import start_draft
from surveys.models import Survey, Version
from tests.factories import make_draft, make_published

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def url(name, survey):
    return reverse(f"surveys:{name}", args=[survey.pk])


def redrafted(**words):
    draft = start_draft(survey=make_published().survey, by=None, now=NOW)
    for key, text in words.items():
        draft.questions.filter(measure__key=key).update(text=text)
    return draft


def seen(client, survey):
    return client.get(url("publish", survey)).context["proposal"].fingerprint


def page(answer):
    return answer.content.decode()


def test_the_first_version_is_published(client, editor):
    survey = make_draft().survey

    answer = client.post(url("publish", survey), {"seen": seen(client, survey)}, follow=True)

    live = Survey.objects.get().live_version
    assert (live.number, live.published_by) == (1, editor)
    assert "Version 1 was published." in page(answer)


def test_looking_at_what_would_be_published_publishes_nothing(client):
    survey = make_draft().survey

    assert client.get(url("publish", survey)).status_code == 200
    assert Version.objects.published().count() == 0


def test_the_page_shows_the_wordings_side_by_side_and_asks(client):
    survey = redrafted(speed="How quick?").survey

    answer = client.get(url("publish", survey))

    assert [(c.before.text, c.question.text) for c, _field in answer.context["reworded"]] == [
        ("How was the speed?", "How quick?")
    ]
    assert page(answer).count('name="continuity-speed"') == 3


def test_a_reworded_survey_is_published_with_the_answers(client):
    survey = redrafted(speed="How quick?").survey
    answers = {"seen": seen(client, survey), "continuity-speed": "new_wording"}

    client.post(url("publish", survey), answers)

    live = Survey.objects.get().live_version
    assert (live.number, live.questions.get(measure__key="speed").continuity) == (2, "new_wording")


def test_without_all_answers_nothing_is_published_and_those_given_stay(client):
    survey = redrafted(speed="How quick?", overall="In all?").survey
    answers = {"seen": seen(client, survey), "continuity-speed": "same"}

    answer = client.post(url("publish", survey), answers)

    assert (answer.status_code, Survey.objects.get().live_version.number) == (422, 1)
    assert answer.context["form"]["continuity-speed"].value() == "same"


@pytest.mark.parametrize(
    ("draft", "says"),
    [
        ({"questions": ()}, "There is no question yet."),
        ({"title": ""}, "The survey has no title."),
    ],
)
def test_what_is_missing_is_said_before_and_after(client, draft, says):
    survey = make_draft(**draft).survey

    before = client.get(url("publish", survey))
    after = client.post(url("publish", survey), {"seen": seen(client, survey)})

    assert (says in page(before), says in page(after), after.status_code) == (True, True, 422)
    assert Version.objects.published().count() == 0


def test_a_draft_without_changes_is_not_published(client):
    survey = redrafted().survey

    offered = client.get(url("publish", survey))
    answer = client.post(url("publish", survey), {"seen": seen(client, survey)})

    assert '<button class="btn btn-primary" type="submit">' not in page(offered)
    assert (answer.status_code, "nothing to publish" in page(answer)) == (422, True)


def test_what_somebody_changed_meanwhile_is_looked_at_again(client):
    survey = make_draft().survey
    looked_at = seen(client, survey)
    survey.versions.get().questions.filter(position=1).update(text="Otherwise?")

    answer = client.post(url("publish", survey), {"seen": looked_at})
    again = client.post(url("publish", survey), {"seen": answer.context["proposal"].fingerprint})

    assert (answer.status_code, "Somebody changed the draft" in page(answer)) == (422, True)
    assert again.status_code == 302


def test_a_double_click_publishes_once(client):
    survey = make_draft().survey
    data = {"seen": seen(client, survey)}

    answers = [client.post(url("publish", survey), data).status_code for _ in range(2)]

    assert (answers, Version.objects.published().count()) == ([302, 404], 1)


def test_wording_hints_are_shown_once_more(client):
    survey = redrafted(speed="Was it good and fast?").survey

    assert "“good and fast”" in page(client.get(url("publish", survey)))


def test_a_draft_is_started_once(client):
    survey = make_published().survey

    for _ in range(2):
        assert client.post(url("start_draft", survey)).url == url("build", survey)

    assert Version.objects.drafts().count() == 1


def test_a_draft_is_discarded_after_a_question(client):
    survey = redrafted().survey

    asked = client.get(url("discard_draft", survey))
    before = Version.objects.drafts().count()
    client.post(url("discard_draft", survey))

    assert (asked.status_code, before, Version.objects.drafts().count()) == (200, 1, 0)


def test_the_only_draft_is_not_discarded(client):
    survey = make_draft().survey

    answer = client.post(url("discard_draft", survey), follow=True)

    assert "its draft is all there is" in page(answer)
    assert Version.objects.drafts().count() == 1


def test_publishing_takes_as_many_queries_however_many_questions(client, django_assert_num_queries):
    survey = redrafted(speed="How quick?", overall="In all?").survey
    client.get(url("publish", survey))

    # Session, member, organisation; survey, draft, questions, their last wordings (for the page and for its
    # problems), the live version's questions, the number of versions.
    with django_assert_num_queries(10):
        client.get(url("publish", survey))
