from dataclasses import replace
from datetime import UTC, datetime

import pytest

from organisation.models import AuditEntry
from surveys.actions.building import add_question, change_question, remove_question
from surveys.actions.drafts import NoDraft, SurveyArchived, change_texts, start_draft
from surveys.actions.lifecycle import archive_survey, create_survey
from surveys.actions.publishing import ChangedMeanwhile, NothingToPublish, NotReady, publish_draft
from surveys.details import QuestionDetails
from surveys.enums import Continuity, Dimension, Kind
from surveys.models import Measure, Version
from surveys.queries.changes import fingerprint, in_order
from surveys.starters import SERVICE
from tests.factories import make_draft, make_member, make_published, make_question

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BY_NOBODY = {"by": None, "now": NOW}


def redrafted(**fields):
    return start_draft(survey=make_published(**fields).survey, **BY_NOBODY)


def reword(draft, key, **changes):
    question = draft.questions.select_related("measure").get(measure__key=key)
    details = replace(QuestionDetails.of(question), **changes)
    return change_question(survey=draft.survey, key=key, details=details, **BY_NOBODY)


def publish(draft, **fields):
    return publish_draft(survey=draft.survey, **BY_NOBODY, **fields)


def measures(version):
    return dict(version.questions.values_list("measure__key", "measure"))


def test_publish_draft_numbers_it_and_makes_it_live():
    draft, member = make_draft(), make_member("editor")

    version = publish_draft(survey=draft.survey, by=member, now=NOW)

    draft.survey.refresh_from_db()
    assert version.pk == draft.pk
    assert (version.number, version.published_at, version.published_by) == (1, NOW, member)
    assert draft.survey.live_version_id == draft.pk
    assert AuditEntry.objects.get(action="published").changes == {"version": 1}


def test_publish_draft_of_every_question_of_a_starter():
    survey = create_survey(name="Service", starter=SERVICE, **BY_NOBODY)

    assert publish_draft(survey=survey, **BY_NOBODY).questions.count() == len(SERVICE.entries)


def test_the_second_version_is_number_two():
    draft = redrafted()
    reword(draft, "speed", weight=3)

    assert publish(draft).number == 2


def test_publishing_twice_finds_no_draft():
    draft = make_draft()
    publish(draft)

    with pytest.raises(NoDraft):
        publish(draft)


def test_publish_draft_refuses_an_archived_survey():
    draft = make_draft()
    archive_survey(survey=draft.survey, by=make_member("editor"), now=NOW)

    with pytest.raises(SurveyArchived):
        publish(draft)


def test_publish_draft_refuses_what_is_live_already():
    draft = redrafted()

    with pytest.raises(NothingToPublish):
        publish(draft)
    assert Version.objects.drafts().get() == draft


def test_publish_draft_refuses_what_was_changed_and_changed_back():
    draft = redrafted(title="Before")
    change_texts(survey=draft.survey, texts={"title": "After"}, **BY_NOBODY)
    change_texts(survey=draft.survey, texts={"title": "Before"}, **BY_NOBODY)
    reword(draft, "speed", text="How quick?")
    reword(draft, "speed", text="How was the speed?")

    with pytest.raises(NothingToPublish):
        publish(draft)


@pytest.mark.parametrize(
    ("draft", "problems"),
    [
        ({"questions": ()}, [""]),
        ({"title": ""}, [""]),
        ({"title": "", "questions": ()}, ["", ""]),
    ],
)
def test_publish_draft_names_everything_that_is_missing(draft, problems):
    with pytest.raises(NotReady) as refusal:
        publish(make_draft(**draft))
    assert [problem.key for problem in refusal.value.problems] == problems


@pytest.mark.parametrize("kind", [Kind.SINGLE_CHOICE, Kind.SEVERAL_CHOICES])
def test_publish_draft_refuses_a_choice_with_one_option(kind):
    draft = make_draft()
    make_question(draft, 6, key="where", kind=kind, options=[{"key": "a", "label": "Here"}])

    with pytest.raises(NotReady) as refusal:
        publish(draft)
    assert [problem.key for problem in refusal.value.problems] == ["where"]


@pytest.mark.parametrize(
    "changes",
    [{"text": "How quick?"}, {"help_text": "In all."}],
)
def test_publish_draft_asks_about_every_question_that_reads_otherwise(changes):
    draft = redrafted()
    reword(draft, "speed", **changes)
    reword(draft, "overall", **changes)

    with pytest.raises(NotReady) as refusal:
        publish(draft, answers={"speed": Continuity.SAME})
    assert [problem.key for problem in refusal.value.problems] == ["overall"]
    assert set(draft.questions.values_list("continuity", flat=True)) == {""}


def test_publish_draft_asks_about_other_options():
    draft = make_draft(questions=())
    details = QuestionDetails(text="Where?", key="where", kind=Kind.SINGLE_CHOICE, options=("Here", "There"))
    add_question(survey=draft.survey, details=details, **BY_NOBODY)
    publish(draft)
    draft = start_draft(survey=draft.survey, **BY_NOBODY)
    reword(draft, "where", options=("There", "Here"))

    with pytest.raises(NotReady):
        publish(draft)


def test_publish_draft_asks_about_another_translation_but_not_about_a_new_language():
    draft = make_draft()
    draft.questions.filter(measure__key="speed").update(translations={"da": {"text": "Hvor hurtigt?"}})
    publish(draft)
    draft = start_draft(survey=draft.survey, **BY_NOBODY)
    draft.questions.filter(measure__key="speed").update(
        translations={"da": {"text": "Farten?"}, "cs": {"text": "Rychlost?"}}
    )
    draft.questions.filter(measure__key="overall").update(translations={"cs": {"text": "Celkem?"}})

    with pytest.raises(NotReady) as refusal:
        publish(draft)
    assert [problem.key for problem in refusal.value.problems] == ["speed"]


@pytest.mark.parametrize(
    "changes",
    [{"weight": 5}, {"is_required": True}, {"section": "Your visit"}, {"allows_not_applicable": False}],
)
def test_publish_draft_asks_nothing_about_what_belongs_to_a_version(changes):
    draft = redrafted()
    reword(draft, "speed", **changes)

    assert publish(draft).number == 2


@pytest.mark.parametrize("answer", [Continuity.SAME, Continuity.NEW_WORDING])
def test_a_reworded_question_goes_on_with_its_measure(answer):
    draft = redrafted()
    reword(draft, "speed", text="How quick?")

    version = publish(draft, answers={"speed": answer})

    assert measures(version) == measures(version.survey.versions.get(number=1))
    assert version.questions.get(measure__key="speed").continuity == answer


def test_a_question_declared_a_new_measure_gets_one():
    draft = redrafted()
    reword(draft, "speed", text="How quick was the till?")

    version = publish(draft, answers={"speed": Continuity.NEW_MEASURE})

    question = version.questions.select_related("measure").get(text="How quick was the till?")
    assert (question.measure.key, question.measure.dimension) == ("quick_till", Dimension.SPEED)
    assert question.continuity == Continuity.NEW_MEASURE
    assert "speed" in measures(version.survey.versions.get(number=1))


def test_an_answer_to_a_question_that_was_not_reworded_is_not_kept():
    draft = redrafted()
    reword(draft, "speed", weight=5)

    version = publish(draft, answers={"speed": Continuity.NEW_MEASURE, "nonsense": Continuity.SAME})

    assert set(version.questions.values_list("continuity", flat=True)) == {""}


def test_a_wording_is_compared_with_the_latest_published_one():
    draft = redrafted()
    reword(draft, "speed", text="How quick?")
    publish(draft, answers={"speed": Continuity.NEW_WORDING})
    draft = start_draft(survey=draft.survey, **BY_NOBODY)
    reword(draft, "overall", weight=2)

    assert publish(draft).number == 3


def test_publish_draft_drops_measures_that_were_never_asked():
    draft = make_draft()
    add_question(survey=draft.survey, details=QuestionDetails(text="Why?", kind=Kind.TEXT), **BY_NOBODY)
    remove_question(survey=draft.survey, key="question", **BY_NOBODY)

    publish(draft)

    assert Measure.objects.filter(key="question").count() == 0


def test_publish_draft_refuses_what_was_changed_after_it_was_looked_at():
    draft = make_draft()
    seen = fingerprint(draft, in_order(draft))
    reword(draft, "speed", text="How quick?")

    with pytest.raises(ChangedMeanwhile):
        publish(draft, seen=seen)
    assert publish(draft, seen=fingerprint(draft, in_order(draft))).number == 1
