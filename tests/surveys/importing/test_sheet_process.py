import json
import subprocess
import sys

from surveys.importing.sheet_process import MEMORY, column_number, text
from surveys.importing.sheets import PROGRAM
from tests.surveys.importing.workbooks import write_workbook


def test_column_number_counts_as_a_spreadsheet_does():
    assert [column_number(letters) for letters in ("A", "Z", "AA", "XFD")] == [0, 25, 26, 16_383]


def test_text_keeps_every_digit_of_a_number_that_is_not_whole():
    assert [text(number) for number in (0.1, -0.0, 2.0, 1e15)] == ["0.1", "0", "2", "1000000000000000.0"]


def test_the_process_limits_its_own_memory(tmp_path):
    """The reader's memory is bounded by the kernel, not by trust in the file."""
    program = (
        f"import runpy, sys; sys.argv = [{str(PROGRAM)!r}]; run = runpy.run_path(sys.argv[0]); run['limit']()"
    )
    program += "; import resource; print(resource.getrlimit(resource.RLIMIT_AS)[0])"

    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert int(said.stdout) == MEMORY


def test_the_process_knows_nothing_of_the_site(tmp_path):
    path = write_workbook(tmp_path / "a", [["Speed"], [5]])

    said = subprocess.run(
        [sys.executable, "-I", "-X", "importtime", PROGRAM, path, ""],
        capture_output=True,
        text=True,
        check=True,
    )

    assert [json.loads(line) for line in said.stdout.splitlines()] == [
        {"sheet": "Answers", "sheets": ["Answers"]},
        ["Speed"],
        ["5"],
    ]
    assert "django" not in said.stderr
