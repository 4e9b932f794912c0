from datetime import UTC, datetime

import pytest

from organisation.models import AuditEntry
from surveys.actions import lifecycle
from surveys.actions.drafts import SurveyArchived
from surveys.actions.lifecycle import (
    AddressTaken,
    SettledByPublishing,
    archive_survey,
    change_survey,
    copy_survey,
    create_survey,
    restore_survey,
)
from surveys.enums import Purpose
from surveys.models import Survey
from surveys.starters import EMPTY, REVIEW, SERVICE, STARTERS
from tests.factories import make_draft, make_member, make_published, make_survey

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def texts_of(version):
    return [
        (q.position, q.measure.key, q.text, q.options)
        for q in version.questions.in_order().select_related("measure")
    ]


@pytest.mark.parametrize("starter", STARTERS.values(), ids=lambda starter: starter.key)
def test_create_survey_writes_the_starter_into_a_draft(starter):
    survey = create_survey(name="Our survey", starter=starter, by=None, now=NOW)

    draft = survey.versions.get()
    assert draft.number is None
    assert [text for _, _, text, _ in texts_of(draft)] == [d.text for d in starter.questions()]


def test_create_survey_takes_purpose_and_title_from_the_starter():
    survey = create_survey(name="What they say", starter=REVIEW, by=None, now=NOW)

    assert survey.purpose == Purpose.REVIEW_FORM
    assert survey.versions.get().title == "Write a review"


def test_create_survey_from_nothing_is_called_by_its_name():
    survey = create_survey(name="Bakery", starter=EMPTY, by=None, now=NOW)

    assert survey.versions.get().title == "Bakery"


def test_create_survey_makes_an_address_of_its_own():
    first = create_survey(name="Our service", by=None, now=NOW)
    second = create_survey(name="Our service", by=None, now=NOW)

    assert (first.slug, second.slug) == ("our-service", "our-service-2")


def test_create_survey_with_the_longest_name_twice():
    slugs = [create_survey(name="x" * 100, by=None, now=NOW).slug for _ in range(2)]

    assert slugs == ["x" * 50, "x" * 48 + "-2"]


def test_create_survey_refuses_an_address_that_is_taken():
    make_survey(slug="service")

    with pytest.raises(AddressTaken):
        create_survey(name="Service", slug="service", by=None, now=NOW)


def test_create_survey_leaves_a_line_in_the_audit_trail():
    member = make_member("editor")

    survey = create_survey(name="Our service", starter=SERVICE, by=member, now=NOW)

    entry = AuditEntry.objects.get(kind="survey", object_id=survey.pk)
    assert (entry.action, entry.by, entry.at) == ("created", member, NOW)


def test_change_survey_stores_and_records_only_what_changed():
    survey = make_survey(name="Old")

    change_survey(survey=survey, settings={"name": "New", "closes_at": NOW}, by=None, now=NOW)

    survey.refresh_from_db()
    assert (survey.name, survey.closes_at) == ("New", NOW)
    assert AuditEntry.objects.get().changes == {
        "name": ["Old", "New"],
        "closes_at": [None, "2026-03-02T09:00:00+00:00"],
    }


def test_change_survey_to_what_it_is_leaves_no_line():
    survey = make_survey(name="Same")

    change_survey(survey=survey, settings={"name": "Same"}, by=None, now=NOW)

    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize("changes", [{"slug": "elsewhere"}, {"is_anonymous": False}, {"language": "pl"}])
def test_change_survey_keeps_what_publishing_settled(changes):
    survey = make_published().survey

    with pytest.raises(SettledByPublishing):
        change_survey(survey=survey, settings=changes, by=None, now=NOW)


def test_change_survey_of_a_published_one_may_name_the_address_it_has():
    survey = make_published().survey

    change_survey(survey=survey, settings={"slug": survey.slug, "name": "New"}, by=None, now=NOW)

    assert Survey.objects.get().name == "New"


def test_change_survey_refuses_an_address_that_is_taken():
    make_survey(slug="service")
    survey = make_survey()

    with pytest.raises(AddressTaken):
        change_survey(survey=survey, settings={"slug": "service"}, by=None, now=NOW)


def test_archived_survey_takes_no_changes_until_it_is_restored():
    survey, member = make_survey(), make_member("editor")

    archive_survey(survey=survey, by=member, now=NOW)

    with pytest.raises(SurveyArchived):
        change_survey(survey=survey, settings={"name": "New"}, by=None, now=NOW)
    restore_survey(survey=survey, by=member, now=NOW)
    assert change_survey(survey=survey, settings={"name": "New"}, by=None, now=NOW).name == "New"


def test_archiving_closes_a_live_survey_and_restoring_opens_it():
    survey, member = make_published().survey, make_member("editor")

    assert not archive_survey(survey=survey, by=member, now=NOW).is_open(at=NOW)
    assert restore_survey(survey=survey, by=member, now=NOW).is_open(at=NOW)


def test_archiving_twice_is_refused():
    survey, member = make_survey(), make_member("editor")
    archive_survey(survey=survey, by=member, now=NOW)

    with pytest.raises(SurveyArchived):
        archive_survey(survey=survey, by=member, now=NOW)


def test_restoring_what_is_not_archived_changes_nothing():
    survey = make_survey()

    restore_survey(survey=survey, by=None, now=NOW)

    assert AuditEntry.objects.count() == 0


def test_copy_survey_has_the_same_words_and_measures_of_its_own():
    original = make_published(intro="Hello")

    copy = copy_survey(survey=original.survey, by=None, now=NOW)

    draft = copy.versions.get()
    assert (draft.number, draft.title, draft.intro) == (None, original.title, "Hello")
    assert texts_of(draft) == texts_of(original)
    assert set(draft.questions.values_list("measure__survey", flat=True)) == {copy.pk}
    assert copy.live_version is None


def test_copy_survey_takes_the_draft_when_there_is_one():
    live = make_published()
    draft = make_draft(live.survey, [("speed", "speed")], title="Newer")

    copy = copy_survey(survey=live.survey, by=None, now=NOW)

    assert texts_of(copy.versions.get()) == texts_of(draft)


def test_copy_of_a_copy_of_a_survey_with_the_longest_name_fits():
    survey = make_survey(name="x" * 100)

    copies = [copy_survey(survey=survey, by=None, now=NOW) for _ in range(2)]

    assert {len(copy.name) for copy in copies} == {100}
    assert len({copy.slug for copy in copies}) == 2


def test_a_copy_carries_no_answers_about_what_became_of_a_question():
    draft = make_draft()
    draft.questions.update(continuity="same")

    copy = copy_survey(survey=draft.survey, by=None, now=NOW)

    assert set(copy.versions.get().questions.values_list("continuity", flat=True)) == {""}


def test_every_setting_is_a_field():
    assert {*lifecycle.SETTINGS} <= {field.name for field in Survey._meta.fields}


@pytest.mark.parametrize("purpose", [Purpose.SURVEY, Purpose.VISIT_CHECKLIST])
def test_a_published_review_form_stays_one(purpose):
    published = make_published(make_survey(purpose=Purpose.REVIEW_FORM)).survey
    draft = make_draft(make_survey(purpose=Purpose.REVIEW_FORM)).survey

    change_survey(survey=draft, settings={"purpose": purpose}, by=None, now=NOW)
    with pytest.raises(SettledByPublishing):
        change_survey(survey=published, settings={"purpose": purpose}, by=None, now=NOW)

    published.refresh_from_db()
    assert published.purpose == Purpose.REVIEW_FORM
