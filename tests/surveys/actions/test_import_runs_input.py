"""Whatever is sent as a file and as a map, a check ends with a reason or a number, never with a failure of ours."""

import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.actions.import_runs import check_import
from surveys.actions.imports import ask_for_check
from surveys.importing.entries import BadMapError
from surveys.importing.mapping import read_map
from surveys.models.imports import ImportState
from tests.surveys.importing.files import make_mixed_survey
from tests.surveys.importing.runs import send

pytestmark = pytest.mark.django_db
ENDS = {ImportState.CHECKED, ImportState.REFUSED}
anyhow = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
headers = st.sampled_from(["Speed", "Tidy", "Where", "Day", "Ticket", "Nowhere", ""])
words = st.text(string.printable, max_size=8) | st.sampled_from(
    ["", "0", "5", "x", "main", "2026-01-31", "%d.%m.%Y"]
)
maps = st.fixed_dictionaries(
    {"questions": st.dictionaries(st.sampled_from(["speed", "tidy", "where", "no"]), headers, min_size=1)},
    optional={
        "values": st.dictionaries(words, words, max_size=3),
        "date": st.dictionaries(st.sampled_from(["column", "format", "on"]), headers | words, max_size=2),
        "location": st.dictionaries(st.sampled_from(["column", "code"]), headers | words, max_size=2),
        "touchpoint": st.dictionaries(st.sampled_from(["column", "code"]), headers | words, max_size=2),
        "id": st.dictionaries(st.just("column"), headers),
        "file": st.dictionaries(st.sampled_from(["delimiter", "encoding", "sheet"]), words, max_size=2),
    },
)


def end_of(run):
    check_import(run_id=ask_for_check(run=run).pk)
    run.refresh_from_db()
    return run.state


@anyhow
@given(st.binary(max_size=400) | st.binary(max_size=100).map(lambda tail: b"Speed,Note\n5," + tail))
def test_any_bytes_are_read_or_refused(db, content):
    assert end_of(send(content)) in ENDS


@anyhow
@given(maps, st.lists(words, max_size=12))
def test_any_map_is_taken_or_refused(db, said, texts):
    content = "Speed,Tidy,Where,Day,Ticket\n" + "".join(f"{text},5,a,2026-01-31,{text}\n" for text in texts)
    try:
        read_map(said)
    except BadMapError:
        return

    run = send(content, survey=make_mixed_survey(), **{"date": {}, **said})

    assert end_of(run) in ENDS
