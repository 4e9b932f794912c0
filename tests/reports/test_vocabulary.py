from datetime import UTC, date, datetime, timedelta

import pytest

from organisation.enums import Role
from organisation.models import Member, Organisation, Region
from reports.vocabulary import SurveyChoice, choices_of, digest, load_vocabulary, survey_choices
from scoring.models import DataVersion
from surveys.enums import Purpose
from surveys.models import Survey
from tests.factories import (
    make_draft,
    make_location,
    make_member,
    make_process_change,
    make_published,
    make_region,
)
from tests.reports.answers import NOW, administrator, counted

pytestmark = pytest.mark.django_db


def published_on(moment):
    version = make_draft()
    version.number, version.published_at = 1, moment
    version.save(update_fields=["number", "published_at"])
    version.survey.live_version = version
    version.survey.save(update_fields=["live_version"])
    return version


def test_the_survey_published_last_comes_first_and_an_archived_one_last():
    new = published_on(NOW)
    old = published_on(NOW - timedelta(days=1))
    gone = published_on(NOW + timedelta(days=1))
    gone.survey.archived_at, gone.survey.archived_by = NOW, make_member()
    gone.survey.save(update_fields=["archived_at", "archived_by"])
    make_draft()

    assert [choice.slug for choice in survey_choices(administrator())] == [
        new.survey.slug,
        old.survey.slug,
        gone.survey.slug,
    ]


def test_the_survey_answered_on_the_latest_day_comes_before_newer_ones():
    new, busy, silent = (published_on(NOW - timedelta(days=days)) for days in (1, 2, 3))
    counted(new, "55555")
    counted(busy, "55555")
    DataVersion.objects.filter(pk=new.survey_id).update(moved_at=NOW - timedelta(days=1))
    before = [choice.slug for choice in survey_choices(administrator())]
    DataVersion.objects.filter(pk=new.survey_id).update(moved_at=NOW - timedelta(hours=1))

    after = [choice.slug for choice in survey_choices(administrator())]

    assert before == [busy.survey.slug, new.survey.slug, silent.survey.slug]
    assert after == [new.survey.slug, busy.survey.slug, silent.survey.slug]


def test_a_survey_brings_its_data_version_and_the_organisations_numbers():
    Organisation.objects.update(minimum_group=7, time_zone="Asia/Manila")
    version = make_published()
    (before,) = survey_choices(administrator())
    counted(version, "55555")

    (after,) = survey_choices(administrator())

    assert (before.data_version, before.counted_at) == (None, None)
    assert (after.data_version, after.counted_at) == (1, NOW)
    assert (after.minimum, after.live_version) == (7, version.pk)
    assert after.today(datetime(2026, 3, 31, 17, 0, tzinfo=UTC)) == date(2026, 4, 1)


def test_a_manager_knows_only_own_places():
    coast, hills = make_region(name="Coast"), make_region(name="Hills")
    mine = make_location(code="mine", region=coast)
    make_location(code="other", region=hills)

    vocabulary = load_vocabulary(make_member(locations=[mine]))

    assert list(vocabulary.locations) == ["mine"]
    assert vocabulary.regions == {coast.code: "Coast"}
    assert vocabulary.scope == {mine.pk}


def test_who_sees_everywhere_is_not_bound_to_todays_places():
    make_location(code="a")

    assert load_vocabulary(administrator()).scope is None


def test_the_mark_moves_with_every_name():
    region = make_region()
    make_location(region=region)
    member = administrator()
    before = load_vocabulary(member).mark
    again = load_vocabulary(member).mark

    Region.objects.update(name="Renamed")

    assert before == again
    assert load_vocabulary(member).mark != before


def test_digest_tells_parts_apart():
    assert len({digest(["ab", "c"]), digest(["a", "bc"]), digest(["abc"]), digest([])}) == 4


def test_the_notes_of_a_survey_have_a_mark_that_moves_with_each():
    survey = make_published().survey
    marks = [changes_of_only_survey()]
    one = make_process_change(survey, written_at=NOW)
    marks.append(changes_of_only_survey())
    other = make_process_change(survey, written_at=NOW + timedelta(seconds=1))
    marks.append(changes_of_only_survey())
    other.written_at += timedelta(seconds=1)
    other.save()
    marks.append(changes_of_only_survey())
    one.delete()
    marks.append(changes_of_only_survey())

    assert marks[0] is None
    assert len(set(marks)) == 5


def changes_of_only_survey():
    (choice,) = survey_choices(administrator())
    return choice.changes


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("everywhere", [True, False])
def test_what_is_put_together_once_is_what_each_member_may_see(role, everywhere):
    """For members of one role, wherever they work and whoever they are, Django asks the database the same."""
    published_on(NOW)
    checklist = published_on(NOW - timedelta(days=1))
    Survey.objects.filter(pk=checklist.survey_id).update(purpose=Purpose.VISIT_CHECKLIST)
    mine = make_location(region=make_region())
    member = make_member(role, all_locations=everywhere, locations=[mine])
    member.regions.add(mine.region)

    put_together = choices_of(Member(role=role)).query.sql_with_params()

    assert choices_of(member).query.sql_with_params() == put_together
    assert survey_choices(member) == tuple(SurveyChoice(*row) for row in choices_of(member))


def test_who_was_given_another_role_chooses_from_what_that_one_sees():
    published_on(NOW)
    member = make_member(Role.MANAGER)
    before = len(survey_choices(member))
    member.role = Role.SHOPPER

    assert (before, survey_choices(member)) == (1, ())
