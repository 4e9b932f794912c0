import pytest
from django.core.management import CommandError, call_command

from surveys.models import ImportRun, Response
from surveys.models.imports import ImportState
from tests.surveys.importing.files import make_mixed_survey
from tests.surveys.importing.runs import make_run
from tests.surveys.importing.workbooks import write_workbook

pytestmark = pytest.mark.django_db
MAP = '[questions]\nspeed = "Speed"\n'


@pytest.fixture
def command(tmp_path, capsys):
    """Runs the command on a file of this content; returns the survey and what was said on both channels."""

    def command(content, *options, said=MAP, survey=None):
        survey = survey or make_mixed_survey()
        (tmp_path / "answers.csv").write_text(content)
        (tmp_path / "map.toml").write_text(said)
        arguments = [tmp_path / "answers.csv", "--survey", survey.slug, "--map", tmp_path / "map.toml"]
        call_command("import_responses", *map(str, arguments), *options)
        return survey, *capsys.readouterr()

    return command


def refusal_of(run, *arguments, **options):
    with pytest.raises(CommandError) as refusal:
        run(*arguments, **options)
    assert refusal.value.returncode == 1
    return str(refusal.value)


def test_import_responses_imports_and_says_what_it_did(command):
    _survey, out, err = command("Speed,Age\n5,40\n4,30\n")

    assert out.splitlines() == [
        "Imported 2 responses; 0 were known, 0 rows left out.",
        "Columns not used: Age.",
    ]
    assert err == "2 rows, 0 of them bad\n"
    run = ImportRun.objects.get()
    assert (run.state, run.file_name, run.started_by, Response.objects.unscored().count()) == (
        ImportState.IMPORTED,
        "answers.csv",
        None,
        2,
    )


def test_import_responses_twice_changes_nothing(command):
    survey, _out, _err = command("Speed\n5\n4\n")

    _survey, out, _err = command("Speed\n5\n4\n", survey=survey)

    assert out == "Imported 0 responses; 2 were known, 0 rows left out.\n"
    assert Response.objects.count() == 2


def test_import_responses_refuses_and_lists_the_bad_rows(command, capsys):
    assert refusal_of(command, "Speed\n5\n0\n") == "Refused: nothing was imported."

    assert capsys.readouterr().err.splitlines() == [
        "2 rows, 1 of them bad",
        "row 3, column “Speed”: “0”: This is no rating from 1 to 5, and the map does not say what it stands for.",
    ]
    assert (Response.objects.count(), ImportRun.objects.get().state) == (0, ImportState.REFUSED)


def test_import_responses_says_how_many_bad_rows_it_does_not_list(command, capsys):
    refusal_of(command, "Speed\n" + "0\n" * 60)

    lines = capsys.readouterr().err.splitlines()
    assert (len(lines), lines[-1]) == (52, "60 bad rows in all.")


def test_import_responses_leaves_bad_rows_out_when_told_so(command):
    _survey, out, _err = command("Speed\n5\n0\n", "--skip-bad-rows")

    assert out == "Imported 1 responses; 0 were known, 1 rows left out.\n"


def test_dry_run_writes_nothing_and_says_what_would_come(command):
    said = MAP + '[date]\non = "2026-01-31"\n[location]\ncolumn = "Class"\ncreate = true\n'

    _survey, out, _err = command("Speed,Class,Age\n5,Eco,40\n", "--dry-run", said=said)

    assert out.splitlines() == [
        "1 rows: 1 new, 0 known, 0 bad.",
        "Day: 2026-01-31.",
        "Location: column “Class”.",
        "New location: Eco (eco).",
        "Columns not used: Age.",
        "An import would take this file. Nothing was written.",
    ]
    assert (Response.objects.count(), ImportRun.objects.count()) == (0, 0)


def test_dry_run_refuses_what_an_import_would_refuse(command):
    assert refusal_of(command, "Speed\n5\n0\n", "--dry-run") == "An import would refuse this file."


@pytest.mark.parametrize(
    ("content", "said", "reason"),
    [
        ("Tempo\n5\n", MAP, "The file has no column “Speed”. Its columns are “Tempo”."),
        ("", MAP, "The file is empty."),
        ("Speed\n5\n", "[questions", "The map is not TOML: "),
        ("Speed\n5\n", "colour = 1\n" + MAP, "colour: nothing of that name belongs here."),
    ],
)
def test_files_and_maps_that_do_not_fit_are_told(command, content, said, reason):
    assert refusal_of(command, content, "--dry-run", said=said).startswith(reason)


def test_an_import_under_way_is_told(command):
    survey = make_mixed_survey()
    make_run(survey, state="importing", file_name="other.csv")

    assert refusal_of(command, "Speed\n5\n", survey=survey).startswith("“other.csv” is being imported")


def test_a_file_that_is_not_there_is_told(tmp_path):
    survey = make_mixed_survey()
    (tmp_path / "map.toml").write_text(MAP)
    absent, here = str(tmp_path / "absent"), str(tmp_path / "map.toml")

    for arguments in ([absent, "--map", here], [here, "--map", absent]):
        with pytest.raises(CommandError, match="No such file"):
            call_command("import_responses", *arguments, "--survey", survey.slug)


def test_a_survey_and_a_map_that_cannot_be_are_told(tmp_path):
    (tmp_path / "map.toml").write_bytes(b"\xff\xfe")
    path = str(tmp_path / "map.toml")

    with pytest.raises(CommandError, match="no survey with the address “nowhere”"):
        call_command("import_responses", path, "--map", path, "--survey", "nowhere")
    with pytest.raises(CommandError, match="not written in UTF-8"):
        call_command("import_responses", path, "--map", path, "--survey", make_mixed_survey().slug)


def test_import_responses_reads_workbooks(tmp_path, capsys):
    survey = make_mixed_survey()
    path = write_workbook(tmp_path / "answers.bin", [["Speed", "Tidy"], [5, 4.0], [None, 1]])
    (tmp_path / "map.toml").write_text(MAP + 'tidy = "Tidy"\n')

    call_command("import_responses", str(path), "--survey", survey.slug, "--map", str(tmp_path / "map.toml"))

    assert set(Response.objects.values_list("ratings", flat=True)) == {"54...", "-1..."}
    assert capsys.readouterr().out == "Imported 2 responses; 0 were known, 0 rows left out.\n"
