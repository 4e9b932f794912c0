import pytest
from django.db import IntegrityError, transaction

from organisation.models import Location
from surveys.actions.import_writer import Writer, count_new, drop_rows
from surveys.answering.answers import Answers
from surveys.importing.going_through import Tally
from surveys.importing.tables import Row
from surveys.models import Response, SpentKey
from tests.factories import make_response
from tests.surveys.importing.files import cells, make_mixed_survey, make_reader
from tests.surveys.importing.runs import make_run

pytestmark = pytest.mark.django_db


def parts(**said):
    survey = make_mixed_survey()
    reader = make_reader(survey, **said)
    run = make_run(survey, state="importing", mapping=reader.said.as_data())
    return run, reader


def rows_of(reader, *given):
    return [reader.read(Row(number, cells(**one))) for number, one in enumerate(given, start=2)]


def test_rows_are_written_held_and_of_their_run():
    run, reader = parts()

    new = Writer(run, tell=lambda _tally: None).take(rows_of(reader, {}, {"speed": 4}), Tally(), reader)

    written = Response.objects.order_by("ratings").values_list("ratings", "is_held", "import_run")
    assert (new, list(written)) == (2, [("4-...", True, run.pk), ("5-...", True, run.pk)])


def test_a_batch_is_written_whole_or_not_at_all():
    """A rule of the database is never passed over, as INSERT OR IGNORE would."""
    run, reader = parts()
    good, bad = rows_of(reader, {}, {"speed": 4})
    object.__setattr__(bad, "answers", Answers(ratings="9"))

    with pytest.raises(IntegrityError), transaction.atomic():
        Writer(run, tell=lambda _tally: None).take([good, bad], Tally(), reader)

    assert Response.objects.count() == 0


def test_nothing_is_written_once_a_row_was_bad():
    run, reader = parts()

    new = Writer(run, tell=lambda _tally: None).take(rows_of(reader, {}, {}), Tally(refused=1), reader)

    assert (new, Response.objects.count()) == (2, 0)


def test_undo_removes_rows_and_new_locations_but_for_those_in_use():
    run, reader = parts(location={"column": "Shop", "create": True})
    writer = Writer(run, tell=lambda _tally: None)
    writer.take(rows_of(reader, {"shop": "North"}, {"shop": "South"}), Tally(), reader)
    make_response(run.survey.live_version, "5-...", location=Location.objects.get(code="north"))

    writer.undo()

    codes = set(Location.objects.filter(is_default=False).values_list("code", flat=True))
    assert (Response.objects.filter(import_run=run).count(), codes) == (0, {"north"})


def test_count_new_knows_what_was_released_and_drop_rows_what_was_not():
    run, reader = parts()
    rows = rows_of(reader, {}, {})
    Writer(run, tell=lambda _tally: None).take(rows[:1], Tally(), reader)
    make_response(run.survey.live_version, "5-...", is_held=True)

    assert count_new(rows, Tally(), reader) == 2
    run.responses.update(is_held=False)
    assert count_new(rows, Tally(), reader) == 1
    SpentKey.objects.create(key=rows[1].id)
    assert count_new(rows, Tally(), reader) == 0
    SpentKey.objects.update(words_only=True)
    assert count_new(rows, Tally(), reader) == 1
    run.responses.update(is_held=True)
    assert (drop_rows(run), Response.objects.count()) == (1, 1)
