import pytest

from cards.forms.printing import PrintForm
from organisation.enums import Role
from organisation.models import Location, Touchpoint
from tests.cards.printing.paper import ORIGIN, ratings
from tests.factories import make_draft, make_location, make_member, make_published, make_survey

pytestmark = pytest.mark.django_db


def form_of(printed, /, *, member=None, **given):
    usual = {
        "version": printed.pk,
        "location": Location.objects.get(is_default=True).pk,
        "touchpoint": Touchpoint.objects.get(is_default=True).pk,
        "language": printed.survey.language,
        "paper": "a4",
        "per_page": "1",
        "copies": "100",
    }
    member = member or make_member(Role.EDITOR)
    return PrintForm({**usual, **given}, member=member, survey=printed.survey, origin=ORIGIN)


def test_run_is_what_was_asked_for():
    version = make_published()

    form = form_of(version, per_page="4", copies="10000")

    assert form.errors == {}
    assert (form.run.version, form.run.per_page, form.run.copies, form.run.pk) == (version, 4, 10_000, None)


@pytest.mark.parametrize("per_page", ["2", "4"])
def test_survey_too_long_for_the_size_is_refused_with_what_fits(per_page):
    form = form_of(make_published(questions=ratings(20)), per_page=per_page)

    assert form.errors == {
        "per_page": ["This survey does not fit on a card of that size. What fits: One, as large as the page."]
    }


def test_survey_that_no_page_can_hold_is_refused():
    draft = make_draft(questions=ratings(20), intro="\n".join("Many lines." for _line in range(150)))

    form = form_of(make_published(draft=draft))

    assert form.errors == {
        "version": ["This survey fits on no card: its introduction or one of its questions is too long."]
    }


@pytest.mark.parametrize("copies", ["0", "10001", "-1", "many", "1" * 30, "1\0"])
def test_number_of_cards_is_bounded(copies):
    assert list(form_of(make_published(), copies=copies).errors) == ["copies"]


def test_language_that_the_version_does_not_speak_is_refused():
    form = form_of(make_published(), language="cs")

    assert form.errors == {
        "language": ["This version is not translated into that. It can be read in: English."]
    }


def test_older_versions_can_be_printed_and_drafts_cannot():
    old = make_published()
    live = make_published(old.survey)
    make_draft(old.survey)

    form = form_of(live)

    assert [name for _key, name in form.fields["version"].choices] == ["Version 2 (live)", "Version 1"]


def test_version_of_another_survey_is_not_offered():
    other = make_published()

    assert list(form_of(make_published(), version=other.pk).errors) == ["version"]


def test_location_that_the_member_does_not_see_is_not_offered():
    elsewhere = make_location()
    manager = make_member(Role.MANAGER, locations=[make_location()])

    form = form_of(make_published(), member=manager, location=elsewhere.pk)

    assert list(form.errors) == ["location"]


@pytest.mark.parametrize("name", ["version", "location", "touchpoint", "language", "paper", "per_page"])
@pytest.mark.parametrize("value", ["", "no", "9" * 40, "-1", "1\0", "\ud800"])
def test_what_cannot_be_is_refused_and_never_fails(name, value):
    assert list(form_of(make_published(make_survey()), **{name: value}).errors) == [name]
