from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from organisation.models import AuditEntry
from surveys.actions.building import (
    NoSuchQuestion,
    TooManyQuestions,
    add_question,
    change_question,
    copy_question,
    move_question,
    put_back_question,
    remove_question,
)
from surveys.actions.drafts import NoDraft, SurveyArchived, start_draft
from surveys.actions.lifecycle import archive_survey
from surveys.details import QuestionDetails
from surveys.enums import Continuity, Dimension, Kind
from surveys.models import Measure
from tests.factories import make_draft, make_member, make_published, make_question

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RATING = QuestionDetails(text="How was the light?", dimension=Dimension.QUALITY)
CHOICE = QuestionDetails(text="Where?", kind=Kind.SINGLE_CHOICE, options=("Here", "There"))
BY_NOBODY = {"by": None, "now": NOW}
LETTERS = [(letter, Dimension.QUALITY) for letter in "abcdefghijklmnopqrst"]


def keys(version):
    return list(version.questions.in_order().values_list("measure__key", flat=True))


def positions(version):
    return list(version.questions.in_order().values_list("position", flat=True))


def redrafted(**fields):
    """A draft of a published survey."""
    return start_draft(survey=make_published(**fields).survey, **BY_NOBODY)


def asked(draft, key):
    return draft.questions.select_related("measure").get(measure__key=key)


def details_of(draft, key, **changes):
    return replace(QuestionDetails.of(asked(draft, key)), **changes)


def test_add_question_puts_it_at_the_end_with_a_measure_of_its_own():
    draft = make_draft()

    question = add_question(survey=draft.survey, details=replace(RATING, weight=3), **BY_NOBODY)

    assert (question.position, question.weight, question.measure.key) == (6, 3, "light")
    assert question.measure.dimension == Dimension.QUALITY


def test_add_question_gives_options_their_keys():
    draft = make_draft()

    question = add_question(survey=draft.survey, details=CHOICE, **BY_NOBODY)

    assert question.options == [{"key": "a", "label": "Here"}, {"key": "b", "label": "There"}]


def test_add_question_with_the_same_words_gets_a_key_of_its_own():
    draft = make_draft()

    added = [add_question(survey=draft.survey, details=RATING, **BY_NOBODY) for _ in range(2)]

    assert [question.measure.key for question in added] == ["light", "light_2"]


def test_add_question_refuses_the_21st_and_changes_nothing():
    draft = make_draft(questions=LETTERS)

    with pytest.raises(TooManyQuestions):
        add_question(survey=draft.survey, details=RATING, **BY_NOBODY)
    assert keys(draft) == list("abcdefghijklmnopqrst")
    assert Measure.objects.count() == 20


def test_the_database_itself_refuses_a_21st_question():
    draft = make_draft(questions=LETTERS)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_question(draft, 21, key="u", dimension=Dimension.QUALITY)


def test_copy_question_stands_right_after_its_original():
    draft = make_draft(questions=LETTERS[:3])

    copy = copy_question(survey=draft.survey, key="b", **BY_NOBODY)

    assert keys(draft) == ["a", "b", copy.measure.key, "c"]
    assert (copy.text, copy.measure.dimension) == ("How was the b?", Dimension.QUALITY)


def test_copy_question_refuses_the_21st():
    draft = make_draft(questions=LETTERS)

    with pytest.raises(TooManyQuestions):
        copy_question(survey=draft.survey, key="b", **BY_NOBODY)


def test_copy_question_does_not_begin_the_section_twice():
    draft = make_draft(questions=LETTERS[:1])
    draft.questions.update(section="Your visit")

    copy = copy_question(survey=draft.survey, key="a", **BY_NOBODY)

    assert copy.section == ""


@pytest.mark.parametrize(
    ("key", "to", "order"),
    [("a", 3, "bcad"), ("d", 1, "dabc"), ("b", 2, "abcd"), ("a", -7, "abcd"), ("c", 10**30, "abdc")],
)
def test_move_question_goes_as_far_as_there_is_room(key, to, order):
    draft = make_draft(questions=LETTERS[:4])

    move_question(survey=draft.survey, key=key, to=to, **BY_NOBODY)

    assert keys(draft) == list(order)
    assert positions(draft) == [1, 2, 3, 4]


def test_moving_nowhere_leaves_no_line_in_the_audit_trail():
    draft = make_draft(questions=LETTERS[:4])

    move_question(survey=draft.survey, key="b", to=2, **BY_NOBODY)

    assert AuditEntry.objects.count() == 0


def test_moving_keeps_everything_of_every_question():
    draft = make_draft(questions=LETTERS[:2])
    add_question(
        survey=draft.survey, details=replace(CHOICE, section="Places", is_required=True), **BY_NOBODY
    )
    before = {q.measure_id: QuestionDetails.of(q) for q in draft.questions.select_related("measure")}

    move_question(survey=draft.survey, key="a", to=3, **BY_NOBODY)

    assert {q.measure_id: QuestionDetails.of(q) for q in draft.questions.select_related("measure")} == before


def test_remove_question_closes_the_gap():
    draft = make_draft(questions=LETTERS[:4])

    remove_question(survey=draft.survey, key="b", **BY_NOBODY)

    assert keys(draft) == ["a", "c", "d"]
    assert positions(draft) == [1, 2, 3]


def test_put_back_question_undoes_a_removal():
    draft = redrafted()
    change_question(
        survey=draft.survey, key="speed", details=details_of(draft, "speed", text="How quick?"), **BY_NOBODY
    )
    draft.questions.filter(measure__key="speed").update(continuity=Continuity.SAME)
    before = list(draft.questions.in_order().values("measure", "position", "text", "continuity", "weight"))

    removed = remove_question(survey=draft.survey, key="speed", **BY_NOBODY)
    put_back_question(survey=draft.survey, removed=removed, **BY_NOBODY)

    assert (
        list(draft.questions.in_order().values("measure", "position", "text", "continuity", "weight"))
        == before
    )


def test_put_back_question_twice_is_refused():
    draft = make_draft()
    removed = remove_question(survey=draft.survey, key="speed", **BY_NOBODY)
    put_back_question(survey=draft.survey, removed=removed, **BY_NOBODY)

    with pytest.raises(NoSuchQuestion):
        put_back_question(survey=draft.survey, removed=removed, **BY_NOBODY)


def test_put_back_question_finds_no_room_when_it_was_filled():
    draft = make_draft(questions=LETTERS)
    removed = remove_question(survey=draft.survey, key="a", **BY_NOBODY)
    add_question(survey=draft.survey, details=RATING, **BY_NOBODY)

    with pytest.raises(TooManyQuestions):
        put_back_question(survey=draft.survey, removed=removed, **BY_NOBODY)


def test_change_question_stores_words_and_marks():
    draft = make_draft()
    details = details_of(draft, "speed", text="How quick?", help_text="In all.", weight=4, is_required=True)

    change_question(survey=draft.survey, key="speed", details=details, **BY_NOBODY)

    assert QuestionDetails.of(asked(draft, "speed")) == details


def test_change_question_reshapes_a_measure_that_was_never_published():
    draft = make_draft()
    measure = asked(draft, "speed").measure

    change_question(survey=draft.survey, key="speed", details=CHOICE, **BY_NOBODY)

    measure.refresh_from_db()
    assert (measure.kind, measure.dimension) == (Kind.SINGLE_CHOICE, "")


@pytest.mark.parametrize(
    "changes",
    [{"dimension": Dimension.QUALITY}, {"is_reversed": True}, {"kind": Kind.TEXT, "dimension": ""}],
)
def test_change_question_of_another_shape_than_published_begins_a_new_measure(changes):
    draft = redrafted()
    old = asked(draft, "speed").measure

    question = change_question(
        survey=draft.survey, key="speed", details=details_of(draft, "speed", **changes), **BY_NOBODY
    )

    assert question.measure_id != old.pk
    assert question.continuity == Continuity.NEW_MEASURE
    assert Measure.objects.filter(
        pk=old.pk, kind=old.kind, dimension=old.dimension, is_reversed=False
    ).exists()


def test_change_question_back_to_the_published_shape_goes_on_with_its_measure():
    draft = redrafted()
    old = details_of(draft, "speed")
    measure = asked(draft, "speed").measure_id
    other = change_question(
        survey=draft.survey, key="speed", details=replace(old, is_reversed=True), **BY_NOBODY
    )

    question = change_question(survey=draft.survey, key=other.measure.key, details=old, **BY_NOBODY)

    assert (question.measure_id, question.continuity) == (measure, "")


def test_a_question_removed_and_typed_anew_goes_on_with_its_measure():
    draft = redrafted()
    details, measure = details_of(draft, "speed"), asked(draft, "speed").measure_id
    remove_question(survey=draft.survey, key="speed", **BY_NOBODY)

    question = add_question(survey=draft.survey, details=replace(details, key=""), **BY_NOBODY)

    assert question.measure_id == measure


def test_an_answer_about_continuity_holds_while_the_words_do():
    draft = redrafted()
    change_question(
        survey=draft.survey, key="speed", details=details_of(draft, "speed", text="How quick?"), **BY_NOBODY
    )
    draft.questions.filter(measure__key="speed").update(continuity=Continuity.SAME)

    change_question(
        survey=draft.survey, key="speed", details=details_of(draft, "speed", weight=5), **BY_NOBODY
    )
    kept = asked(draft, "speed").continuity
    change_question(
        survey=draft.survey, key="speed", details=details_of(draft, "speed", text="How fast?"), **BY_NOBODY
    )

    assert (kept, asked(draft, "speed").continuity) == (Continuity.SAME, "")


def test_words_changed_back_leave_nothing_to_answer():
    draft = redrafted()
    original = details_of(draft, "speed")
    change_question(
        survey=draft.survey, key="speed", details=replace(original, text="How quick?"), **BY_NOBODY
    )
    draft.questions.filter(measure__key="speed").update(continuity=Continuity.SAME)

    question = change_question(survey=draft.survey, key="speed", details=original, **BY_NOBODY)

    assert question.continuity == ""


def test_an_option_that_was_published_keeps_its_key_to_itself():
    draft = make_draft(questions=())
    add_question(survey=draft.survey, details=CHOICE, **BY_NOBODY)
    make_published(draft=draft)
    draft = start_draft(survey=draft.survey, **BY_NOBODY)

    for options in (("There", "Elsewhere"), ("There", "Nowhere"), ("There", "Here")):
        change_question(
            survey=draft.survey, key="question", details=replace(CHOICE, options=options), **BY_NOBODY
        )

    assert asked(draft, "question").options == [
        {"key": "b", "label": "There"},
        {"key": "c", "label": "Here"},
    ]


def test_an_option_that_goes_takes_its_translation_along():
    draft = make_draft(questions=())
    question = add_question(survey=draft.survey, details=CHOICE, **BY_NOBODY)
    question.translations = {
        "da": {"text": "Hvor?", "options": {"a": "Her", "b": "Der"}},
        "cs": {"text": "Kde?"},
    }
    question.save(update_fields=["translations"])

    question = change_question(
        survey=draft.survey,
        key=question.measure.key,
        details=replace(CHOICE, options=("Here", "Elsewhere")),
        **BY_NOBODY,
    )

    assert question.translations == {
        "da": {"text": "Hvor?", "options": {"a": "Her"}},
        "cs": {"text": "Kde?"},
    }


def deeds(survey, key="speed"):
    removed = {"key": "elsewhere"}
    return {
        "add": lambda: add_question(survey=survey, details=RATING, **BY_NOBODY),
        "change": lambda: change_question(survey=survey, key=key, details=RATING, **BY_NOBODY),
        "move": lambda: move_question(survey=survey, key=key, to=1, **BY_NOBODY),
        "copy": lambda: copy_question(survey=survey, key=key, **BY_NOBODY),
        "remove": lambda: remove_question(survey=survey, key=key, **BY_NOBODY),
        "put back": lambda: put_back_question(survey=survey, removed=removed, **BY_NOBODY),
    }


every_deed = pytest.mark.parametrize("deed", ["add", "change", "move", "copy", "remove", "put back"])


@every_deed
def test_without_a_draft_nothing_can_be_done(deed):
    survey = make_published().survey

    with pytest.raises(NoDraft):
        deeds(survey)[deed]()


@every_deed
def test_in_an_archived_survey_nothing_can_be_done(deed):
    survey = make_draft().survey
    archive_survey(survey=survey, by=make_member("editor"), now=NOW)

    with pytest.raises(SurveyArchived):
        deeds(survey)[deed]()


@pytest.mark.parametrize("deed", ["change", "move", "copy", "remove", "put back"])
def test_a_question_of_another_survey_is_not_found(deed):
    make_draft(questions=[("elsewhere", Dimension.SPEED)])
    survey = make_draft().survey

    with pytest.raises(NoSuchQuestion):
        deeds(survey, key="elsewhere")[deed]()


@pytest.mark.parametrize(
    ("deed", "action"),
    [
        ("add", "added a question to"),
        ("change", "changed a question of"),
        ("move", "moved a question of"),
        ("copy", "copied a question of"),
        ("remove", "removed a question of"),
    ],
)
def test_every_deed_leaves_a_line_in_the_audit_trail(deed, action):
    survey = make_draft().survey

    deeds(survey)[deed]()

    entry = AuditEntry.objects.get()
    assert (entry.action, entry.kind, entry.object_id) == (action, "survey", str(survey.pk))
