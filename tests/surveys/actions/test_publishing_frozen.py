"""Every road by which a published version could change is closed, in the database in use."""

from datetime import UTC, datetime

import pytest
from django.contrib import admin
from django.db import DatabaseError, connection, transaction
from django.db.models import F, ProtectedError
from django.test import RequestFactory

from surveys.models import Measure, Question, Survey, Version
from tests.factories import make_draft, make_member, make_published, make_question, make_response, make_survey

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def live():
    return make_published()


def picture():
    """Everything that is frozen, as it stands in the database."""
    with connection.cursor() as cursor:
        rows = []
        for query in (
            "SELECT * FROM surveys_version ORDER BY id",
            "SELECT * FROM surveys_question ORDER BY id",
            "SELECT * FROM surveys_measure ORDER BY id",
        ):
            cursor.execute(query)
            rows.append(cursor.fetchall())
    return rows


def one_question(live):
    return live.questions.select_related("measure").in_order().first()


def write(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def save_question(live):
    question = one_question(live)
    question.text = "Otherwise?"
    question.save()


def bulk_update_questions(live):
    questions = list(live.questions.all())
    for question in questions:
        question.text = "Otherwise?"
    Question.objects.bulk_update(questions, ["text"])


def bulk_create_over_questions(live):
    question = one_question(live)
    question.text = "Otherwise?"
    Question.objects.bulk_create(
        [question], update_conflicts=True, update_fields=["text"], unique_fields=["id"]
    )


def move_question_into_a_draft(live):
    draft = Version.objects.create(survey=live.survey, title="Draft")
    Question.objects.filter(pk=one_question(live).pk).update(version=draft)


def move_question_out_of_a_draft(live):
    draft = Version.objects.create(survey=live.survey, title="Draft")
    question = make_question(draft, 7, key="extra", dimension="speed")
    Question.objects.filter(pk=question.pk).update(version=live)


def add_question(live):
    make_question(live, 6, key="extra", dimension="speed")


def bulk_add_question(live):
    measure = Measure.objects.create(survey=live.survey, key="extra", kind="rating", dimension="speed")
    Question.objects.bulk_create([Question(version=live, position=6, measure=measure, text="More?")])


def replace_question(live):
    """SQLite's REPLACE deletes whatever is in its way."""
    draft = Version.objects.create(survey=live.survey, title="Draft")
    question = one_question(live)
    write(
        "REPLACE INTO surveys_question (id, version_id, position, measure_id, section, text, help_text, is_required, "
        "allows_not_applicable, weight, options, continuity, translations) "
        "VALUES (%s, %s, 1, %s, '', 'Otherwise?', '', 0, 0, 1, '[]', '', '{}')",
        question.pk,
        draft.pk,
        question.measure_id,
    )


def replace_version(live):
    write(
        "REPLACE INTO surveys_version (id, survey_id, title, intro, thanks_title, thanks_text, translations) "
        "VALUES (%s, %s, 'Otherwise', '', '', '', '{}')",
        live.pk,
        live.survey_id,
    )


def save_version(live):
    live.title = "Otherwise"
    live.save()


def save_measure(live):
    measure = one_question(live).measure
    measure.dimension = "speed"
    measure.save()


def bulk_update_measures(live):
    measures = list(live.survey.measures.all())
    for measure in measures:
        measure.is_reversed = True
    Measure.objects.bulk_update(measures, ["is_reversed"])


ROADS = {
    "question, saved": save_question,
    "question, updated": lambda live: live.questions.update(text="Otherwise?"),
    "question, updated by an expression": lambda live: live.questions.update(weight=F("weight") + 1),
    "question, updated in bulk": bulk_update_questions,
    "question, created over": bulk_create_over_questions,
    "question, deleted": lambda live: one_question(live).delete(),
    "questions, deleted": lambda live: live.questions.all().delete(),
    "questions, deleted raw": lambda live: live.questions.all()._raw_delete("default"),
    "question, added": add_question,
    "question, added in bulk": bulk_add_question,
    "question, moved into a draft": move_question_into_a_draft,
    "question, moved out of a draft": move_question_out_of_a_draft,
    "question, in SQL": lambda live: write(
        "UPDATE surveys_question SET text = 'Otherwise?' WHERE version_id = %s", live.pk
    ),
    "question, deleted in SQL": lambda live: write(
        "DELETE FROM surveys_question WHERE version_id = %s", live.pk
    ),
    "question, replaced in SQL": replace_question,
    "version, replaced in SQL": replace_version,
    "version, saved": save_version,
    "version, updated": lambda live: Version.objects.filter(pk=live.pk).update(title="Otherwise"),
    "version, made a draft again": lambda _live: Version.objects.update(
        number=None, published_at=None, published_by=None
    ),
    "version, renumbered": lambda _live: Version.objects.update(number=9),
    "version, given to another survey": lambda _live: Version.objects.update(survey=make_survey()),
    "version, deleted while live": lambda live: live.delete(),
    "version, deleted in SQL": lambda live: write("DELETE FROM surveys_version WHERE id = %s", live.pk),
    "version, in SQL": lambda live: write("UPDATE surveys_version SET intro = 'x' WHERE id = %s", live.pk),
    "measure, saved": save_measure,
    "measure, updated": lambda live: live.survey.measures.update(key=F("key")),
    "measure, updated in bulk": bulk_update_measures,
    "measure, deleted": lambda live: one_question(live).measure.delete(),
    "measures, deleted": lambda live: live.survey.measures.all().delete(),
    "measure, given to another survey": lambda live: live.survey.measures.update(survey=make_survey()),
    "measure, in SQL": lambda _live: write("UPDATE surveys_measure SET kind = 'text', dimension = ''"),
    "survey, deleted": lambda live: live.survey.delete(),
    "surveys, deleted": lambda _live: Survey.objects.all().delete(),
    "survey, deleted in SQL": lambda _live: write("DELETE FROM surveys_survey"),
}


def taken(road, live):
    road(live)
    # Foreign keys are checked at the end of a transaction.
    connection.check_constraints()


@pytest.mark.parametrize("road", ROADS)
def test_a_published_version_never_changes(live, road):
    before = picture()

    with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
        taken(ROADS[road], live)
    assert picture() == before


def test_a_version_that_is_no_longer_live_cannot_be_deleted_either(live):
    Survey.objects.update(live_version=None)
    before = picture()

    for deed in (live.delete, live.survey.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()
    assert picture() == before


def test_a_version_with_responses_cannot_be_deleted(live):
    make_response(live)
    Survey.objects.update(live_version=None)

    with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
        live.delete()


def test_an_older_version_stays_frozen_when_a_newer_one_is_live(live):
    newer = make_published(survey=live.survey)

    with pytest.raises(DatabaseError), transaction.atomic():
        live.questions.update(text="Otherwise?")
    assert newer.survey.live_version == newer


def test_a_draft_may_change_and_go():
    draft = make_draft()

    draft.questions.update(text="Otherwise?")
    draft.survey.measures.update(is_reversed=True)
    draft.delete()
    Measure.objects.all().delete()

    assert picture() == [[], [], []]


@pytest.mark.parametrize("model", [Survey, Version, Question, Measure])
def test_the_admin_only_shows(model):
    request = RequestFactory().get("/admin/")
    request.user = make_member("administrator")
    page = admin.site.get_model_admin(model)

    assert page.has_view_permission(request)
    assert not page.has_add_permission(request)
    assert not page.has_change_permission(request)
    assert not page.has_delete_permission(request)
