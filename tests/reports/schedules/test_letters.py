from datetime import timedelta

import pytest

from organisation.enums import Role
from reports.frozen import thaw
from reports.models import SentReport, StoredReport
from reports.schedules.leaving import leaver_of
from reports.schedules.letters import letter_of
from reports.schedules.planning import plan_due
from reports.storing import CannotBeRead
from surveys.enums import Dimension
from tests.factories import make_location, make_member, make_published, make_schedule, make_sent
from tests.factories.reports import NOW
from tests.reports.answers import counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    version = make_published()
    counted(version, *["55443"] * 6)
    return version.survey


def sent(survey, **fields):
    return make_sent(make_schedule(survey, owner=make_member(Role.ADMINISTRATOR)), **fields)


def test_it_says_what_is_in_the_report(survey):
    letter = letter_of(sent(survey), now=NOW)

    assert letter.subject == "Morning report · 2 Mar to 31 Mar 2026"
    assert ("Responses", "6") in letter.facts
    assert letter.points == ["There are too few earlier answers to compare with."]
    assert len(letter.notes) == 1
    assert [name for name, _mean, _interval in letter.scores] == [str(one.label) for one in Dimension]
    assert letter.scores[0][1:] == ("5.00", "4.61 to 5.00")


def test_the_list_learns_which_days_it_is_about(survey):
    one = sent(survey)

    letter_of(one, now=NOW)

    assert SentReport.objects.get().period == "2 Mar to 31 Mar 2026"


def test_it_says_what_was_missed_and_that_it_is_late(survey):
    letter = letter_of(sent(survey, missed=3), now=NOW + timedelta(hours=5))

    assert letter.notes[0].startswith("3 earlier reports could not be sent in time")
    assert letter.notes[1] == "It was to be sent on 31 Mar 2026, 12:00 (UTC)."


def test_a_report_without_answers_says_so(survey):
    letter = letter_of(sent(survey, filters=f"survey={survey.slug}&period=7&mode=kiosk"), now=NOW)

    assert letter.points == ["No answers"]


def test_it_is_in_the_language_of_the_schedule(survey):
    letter = letter_of(sent(survey, language="cs"), now=NOW)

    assert "2026" in letter.subject
    assert letter.language == "cs"
    assert letter.subject != letter_of(sent(survey), now=NOW).subject


def test_a_small_group_has_no_words(survey):
    place = make_location()
    counted(survey.live_version, *["11111"] * 3, location=place)
    member = make_member(Role.MANAGER, locations=[place])

    letter = letter_of(make_sent(make_schedule(survey, owner=member)), now=NOW)

    assert (letter.points, letter.scores) == (["Too few answers"], [])
    assert "Responses" not in dict(letter.facts)


def test_what_the_member_no_longer_holds_is_not_sent(survey):
    place = make_location()
    member = make_member(Role.MANAGER, locations=[place])
    made = make_sent(make_schedule(survey, owner=member), is_made=True)
    member.locations.clear()

    with pytest.raises(CannotBeRead):
        letter_of(made, now=NOW)
    assert StoredReport.objects.count() == 1


def test_it_is_in_the_language_of_its_recipient(survey):
    member = make_member(Role.ADMINISTRATOR, language="da")
    make_schedule(survey, owner=member, now=NOW)

    plan_due(now=NOW + timedelta(days=1))

    assert SentReport.objects.get().language == "da"


def test_it_is_left_by_one_click(survey):
    made = sent(survey)

    letter = letter_of(made, now=NOW)

    token = letter.unsubscribe.removeprefix("https://feedback.example.org/reports/leave/").rstrip("/")
    assert leaver_of(token).row == made.schedule.recipients.get()


def test_one_that_was_asked_for_by_hand_has_nothing_to_leave(survey):
    made = sent(survey)
    made.schedule, made.is_by_hand = None, True
    made.save()

    letter = letter_of(made, now=NOW)

    assert (letter.unsubscribe, letter.why) == ("", "You get this because you asked for it, once.")


def test_its_document_has_the_charts_of_the_schedule(survey):
    made = sent(survey, charts=["questions"])

    letter_of(made, now=NOW)

    assert thaw(bytes(StoredReport.objects.get().result)).charts == ("questions",)
