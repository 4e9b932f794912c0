import pytest

from surveys.importing.mapping import read_map
from surveys.models.imports import ImportState
from surveys.queries.imports import (
    earlier_import_of,
    facts_of,
    frequent_flaws_of,
    last_map_for,
    map_of,
    new_locations_of,
    runs_for,
    steps_of,
    tone_of,
)
from tests.factories import make_location, make_member
from tests.surveys.importing.files import make_mixed_survey
from tests.surveys.importing.runs import make_run

pytestmark = pytest.mark.django_db
SAID = {"questions": {"speed": "Speed"}}


def flaw(**fields):
    return {"row": 2, "column": "Speed", "value": "0", "reason": "No rating.", **fields}


def test_runs_for_shows_editors_the_latest_first():
    first, second = make_run(), make_run()

    assert list(runs_for(make_member("editor"))) == [second, first]
    assert list(runs_for(make_member("manager"))) == []


def test_map_of_is_none_before_there_is_one():
    assert (map_of(make_run()), map_of(make_run(mapping=SAID))) == (None, read_map(SAID))


def test_last_map_for_is_that_of_the_latest_import_into_the_survey():
    survey = make_mixed_survey()
    make_run(survey, state="imported", mapping=SAID)
    make_run(survey, state="refused", mapping={"questions": {"tidy": "Tidy"}})

    assert last_map_for(make_run(survey)) == read_map(SAID)
    assert last_map_for(make_run()) is None


def test_earlier_import_of_is_of_the_same_bytes_into_the_same_survey():
    survey = make_mixed_survey()
    earlier = make_run(survey, state="imported")
    run, other = make_run(survey), make_run(survey, sha256="1" * 64)

    assert [earlier_import_of(one) for one in (run, other, make_run())] == [earlier, None, None]


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        (ImportState.UPLOADED, "done current to_come to_come"),
        (ImportState.CHECKING, "done done current to_come"),
        (ImportState.REFUSED, "done done current to_come"),
        (ImportState.CHECKED, "done done done current"),
        (ImportState.IMPORTED, "done done done done"),
    ],
)
def test_steps_of_says_how_far_a_run_is(state, steps):
    assert " ".join(step.state for step in steps_of(make_run(state=state))) == steps


def test_every_state_has_a_tone():
    assert {tone_of(make_run(state=state)) for state in ImportState} == {
        *("success", "danger", "warning", "info"),
    }


def test_new_locations_of_are_those_that_nobody_has():
    make_location(code="eco")
    said = read_map(
        {
            **SAID,
            "location": {"column": "Class", "create": True, "values": {"Eco": "eco", "Plus": "eco-plus"}},
        }
    )

    assert (new_locations_of(said), new_locations_of(read_map(SAID))) == (["Plus"], [])


def test_frequent_flaws_of_are_those_that_one_word_mends():
    run = make_run(errors=[flaw(), flaw(row=3), flaw(row=4), flaw(value="9"), flaw(column="Tidy")])

    assert frequent_flaws_of(run) == [("Speed", "0", "No rating.", 3)]


def test_facts_of_say_everything_that_was_settled():
    run = make_run(state="checked", rows_total=1200, rows_known=100, rows_refused=50)
    said = read_map(
        {
            **SAID,
            "date": {"on": "2026-01-31"},
            "location": {"code": "main"},
            "touchpoint": {"column": "Touch"},
            "id": {"column": "Ticket"},
            "ignored": ["Age", "Sex"],
        }
    )

    assert facts_of(run, said) == [
        ("Rows in the file", "1,200"),
        ("New responses", "1,050"),
        ("Known from before", "100"),
        ("Bad rows", "50"),
        ("Day", "31 January 2026"),
        ("Location", "Main"),
        ("Touchpoint", "column “Touch”"),
        ("How the answers came", "Import"),
        ("Rows are known by", "column “Ticket”"),
        ("Columns not used", "Age, Sex"),
    ]


def test_facts_of_an_imported_run_say_what_was_imported():
    run = make_run(state="imported", rows_total=3, rows_done=3, rows_imported=2, rows_known=1)

    assert dict(facts_of(run, None))["Imported"] == "2"


def test_facts_of_a_map_that_leaves_things_open_say_so():
    facts = dict(facts_of(make_run(), read_map({**SAID, "date": {"column": "Day"}})))

    assert (facts["Day"], facts["Location"]) == ("column “Day”, written as %Y-%m-%d", "the default one")
    assert dict(facts_of(make_run(), read_map(SAID)))["Day"] == "the day of the check"
