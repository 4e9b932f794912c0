"""Import runs for tests about pages and actions."""

from datetime import UTC, datetime

from django.core.files.base import ContentFile

from surveys.actions.imports import add_import
from surveys.importing.mapping import read_map
from surveys.models import ImportRun
from surveys.models.imports import ImportState
from tests.factories import make_member
from tests.surveys.importing.files import make_mixed_survey

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
GOOD = "Speed,Class\n5,Eco\n4,Eco\n3,Eco\n"
BAD = "Speed,Class\n5,Eco\n0,Eco\n3,Eco\n"


def make_run(survey=None, **fields):
    """A run that is nothing but its row: its file was never sent."""
    defaults = {"file_name": "answers.csv", "sha256": "0" * 64, "started_at": NOW}
    return ImportRun.objects.create(survey=survey or make_mixed_survey(), **{**defaults, **fields})


def send(content=GOOD, *, survey=None, by=None, **said):
    """A file that was sent with its map, whose days are settled."""
    said = {"questions": {"speed": "Speed"}, "date": {"on": "2026-01-31"}, **said}
    return add_import(
        survey=survey or make_mixed_survey(),
        file=ContentFile(content.encode() if isinstance(content, str) else content, "answers.csv"),
        by=by or make_member("editor"),
        now=NOW,
        said=read_map(said),
    )


def in_state(run, state):
    run.state = ImportState(state)
    run.save(update_fields=["state"])
    return run
