import pytest

from organisation.models import AuditEntry
from scoring.actions import check_cells, score_pending
from scoring.models import DimensionCell, MeasureCell
from scoring.undoing import NotImportedError, undo_import
from surveys.actions.import_runs import import_file
from surveys.importing.examining import Source, hash_file
from surveys.importing.mapping import read_map
from surveys.models import Response
from surveys.models.imports import ImportState
from tests.factories import make_member, make_response
from tests.surveys.importing.files import make_mixed_survey
from tests.surveys.importing.runs import NOW, make_run

pytestmark = pytest.mark.django_db
CELLS = ("measure", "location", "n1", "n2", "n3", "n4", "n5", "not_applicable", "blank")


@pytest.fixture
def bring(tmp_path):
    def bring(survey):
        (tmp_path / "a").write_text("Speed,Class\n5,Eco\n4,Eco\n0,Main\n3,Main\n")
        said = read_map(
            {
                "questions": {"speed": "Speed"},
                "values": {"0": "x"},
                "location": {"column": "Class", "create": True},
                "skip_bad_rows": True,
            }
        )
        source = Source(tmp_path / "a", hash_file(tmp_path / "a"), survey, said)
        return import_file(source=source, name="a", by=None, now=NOW, tell=lambda _tally: None)

    return bring


def cells_of(survey):
    """What counts: cells that hold nothing are as good as none."""
    measures = MeasureCell.objects.filter(measure__survey=survey).values_list(*CELLS)
    dimensions = DimensionCell.objects.filter(survey=survey).values_list(
        "dimension", "location", "responses", "mean_sum"
    )
    return {row for row in measures if any(row[2:])}, {row for row in dimensions if row[2]}


def test_undo_import_leaves_the_scores_as_if_it_had_never_been(bring):
    survey = make_mixed_survey()
    make_response(survey.live_version, "2-...")
    score_pending(now=NOW)
    before = cells_of(survey)
    run = bring(survey)
    score_pending(now=NOW)
    between = cells_of(survey)

    deleted = undo_import(run=run, by=None, now=NOW)

    run.refresh_from_db()
    assert (deleted, run.state, run.ended_at) == (3, ImportState.UNDONE, NOW)
    assert (cells_of(survey) == before, between == before) == (True, False)
    assert (Response.objects.count(), check_cells(now=NOW).differed) == (1, 0)


def test_undo_import_of_rows_that_are_not_scored_yet_moves_no_cell(bring):
    survey = make_mixed_survey()

    deleted = undo_import(run=bring(survey), by=None, now=NOW)

    assert (deleted, Response.objects.count(), cells_of(survey)) == (3, 0, (set(), set()))


def test_what_was_undone_may_be_imported_again(bring):
    survey = make_mixed_survey()
    undo_import(run=bring(survey), by=None, now=NOW)

    assert bring(survey).rows_imported == 3


def test_undo_import_is_in_the_audit_trail(bring):
    editor, run = make_member("editor"), bring(make_mixed_survey())

    undo_import(run=run, by=editor, now=NOW)

    entry = AuditEntry.objects.get(action="deleted responses of")
    assert (entry.by, entry.object_id, entry.changes) == (editor, str(run.pk), {"responses": 3})


@pytest.mark.parametrize("state", sorted(set(ImportState) - {ImportState.IMPORTED}))
def test_undo_import_wants_an_import(state):
    with pytest.raises(NotImportedError):
        undo_import(run=make_run(state=state), by=None, now=NOW)
