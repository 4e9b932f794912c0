import pytest

from surveys.importing import going_through
from surveys.importing.going_through import MAX_FLAWS, SeenIds, Tally, go_through
from surveys.importing.tables import Flaw, Row, Table, UnreadableFileError
from tests.surveys.importing.files import HEADERS, cells, make_mixed_survey, make_reader

pytestmark = pytest.mark.django_db


def go(*rows, known=0, tell=lambda _tally: None, **said):
    taken = []

    def take(batch, _tally):
        taken.extend(batch)
        return len(batch) - known

    numbered = (Row(number, row) for number, row in enumerate(rows, start=2))
    tally = go_through(
        Table(HEADERS, numbered), make_reader(make_mixed_survey(), **said), take=take, tell=tell
    )
    return tally, [row.number for row in taken]


def test_good_rows_are_taken_and_bad_ones_counted():
    tally, taken = go(cells(), cells(speed=0, tidy=9), cells())

    assert (tally.rows, tally.new, tally.refused, tally.is_clean, taken) == (3, 2, 1, False, [2, 4])
    assert [(flaw.row, flaw.column) for flaw in tally.flaws] == [(3, "Speed"), (3, "Tidy")]


def test_known_rows_are_those_that_were_not_new():
    tally, _taken = go(cells(), cells(), cells(), known=2)

    assert (tally.new, tally.known, tally.good) == (1, 2, 3)


def test_progress_is_told_after_each_batch(monkeypatch):
    monkeypatch.setattr(going_through, "BATCH", 2)
    told = []

    go(*[cells()] * 5, tell=lambda tally: told.append(tally.rows))

    assert told == [2, 4, 5]


def test_flaws_are_kept_up_to_a_limit_and_all_bad_rows_counted():
    tally, _taken = go(*[cells(speed=0, tidy=0)] * 700)

    assert (tally.refused, len(tally.flaws)) == (700, MAX_FLAWS)


def test_a_second_row_with_an_id_is_told(monkeypatch):
    monkeypatch.setattr(going_through, "BATCH", 1)

    tally, taken = go(*(cells(ticket=text) for text in "aba"), id={"column": "Ticket"})

    assert (tally.flaws, taken) == ([Flaw(4, "Ticket", "", "Row 2 has the same id.")], [2, 3])


def test_equal_rows_without_ids_are_all_taken():
    assert go(*[cells()] * 3)[1] == [2, 3, 4]


def test_a_file_without_rows_is_refused():
    with pytest.raises(UnreadableFileError, match="no rows below"):
        go()


def test_a_file_of_too_many_rows_is_refused(monkeypatch):
    monkeypatch.setattr(going_through, "MAX_ROWS", 2)

    with pytest.raises(UnreadableFileError, match="more than 2 rows"):
        go(*[cells()] * 3)


def test_seen_ids_give_the_first_row():
    with SeenIds() as seen:
        numbers = [seen.row_with(key, number) for number, key in enumerate([b"a", b"b", b"a", b"a"], start=2)]

    assert numbers == [0, 0, 2, 2]


def test_a_tally_begins_clean():
    assert (Tally().is_clean, Tally().good) == (True, 0)
