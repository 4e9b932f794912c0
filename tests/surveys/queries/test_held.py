import pytest

from surveys.queries import held
from surveys.queries.held import held_count, held_counts, up_to_many
from tests.factories import make_draft, make_published, make_response
from tests.surveys.importing.runs import make_run

pytestmark = pytest.mark.django_db


def test_held_are_counted_by_survey_over_all_its_versions():
    first = make_published()
    second = make_published(draft=make_draft(first.survey))
    for version in (first, second, second):
        make_response(version, is_held=True)
    make_response(second)
    without = make_published().survey

    assert (held_count(first.survey), held_count(without)) == (3, 0)
    assert held_counts([first.survey, without]) == {first.survey_id: 3}


def test_rows_that_an_import_is_writing_are_not_counted():
    run = make_run(state="importing")
    make_response(run.survey.live_version, is_held=True, import_run=run)

    assert (held_count(run.survey), held_counts([run.survey])) == (0, {})


def test_nobody_waits_for_more_than_many(monkeypatch):
    monkeypatch.setattr(held, "MANY", 2)
    version = make_published()
    for _ in range(3):
        make_response(version, is_held=True)

    assert (held_count(version.survey), up_to_many(2), up_to_many(1)) == (2, "2+", "1")


def test_a_count_is_grouped():
    assert (up_to_many(999), up_to_many(1000)) == ("999", "1,000+")
