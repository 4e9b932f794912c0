import csv
import io
import json
from zipfile import ZipFile

import pytest
from django.utils import timezone

from reports.enums import ExportKind
from tests.factories import make_export
from tests.reports.exports.making import ROWS, answered, make
from tests.reports.exports.sheets import sheets_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return answered()


def test_a_spreadsheet_has_numbers_and_a_codebook(version):
    export = make(make_export(version.survey, kind=ExportKind.XLSX), piece=4)

    sheets = sheets_of(export.path.read_bytes())

    head, first, *_rest = sheets["Responses"]
    assert len(sheets["Responses"]) == ROWS + 1
    assert first[head.index("q_speed")] == 5.0
    assert first[head.index("q_overall")] == "does_not_apply"
    assert ["q_speed", "How was the speed?"] in [row[:2] for row in sheets["Columns"]]
    assert list(export.path.parent.iterdir()) == [export.path]


def test_an_archive_has_a_codebook_that_a_program_reads(version):
    export = make(make_export(version.survey, kind=ExportKind.ZIP), piece=4)

    with ZipFile(export.path) as archive:
        package = json.loads(archive.read("datapackage.json"))
        text = archive.read("responses.csv").decode()

    (resource,) = package["resources"]
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    assert list(rows[0]) == list(fields)
    assert fields["q_speed"]["categories"][0] == {"value": 1, "label": "Very poor"}
    missing = set(resource["schema"]["missingValues"])
    integers = [name for name, field in fields.items() if field["type"] == "integer"]
    assert all(row[name] in missing or row[name].isdigit() for row in rows for name in integers)


@pytest.mark.parametrize("kind", [ExportKind.XLSX, ExportKind.ZIP])
def test_what_is_packed_again_is_the_same(version, kind):
    asked_at = timezone.now()
    made = [make(make_export(version.survey, kind=kind, asked_at=asked_at)) for _ in range(2)]

    assert made[0].path.read_bytes() == made[1].path.read_bytes()
