import csv
import io

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.models import ImportRun, Response
from surveys.models.imports import ImportState
from surveys.tasks import check_import
from tests.factories import make_member
from tests.surveys.importing.files import make_mixed_survey
from tests.surveys.importing.runs import BAD, GOOD, in_state, make_run, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    """A worker that takes each message at once."""
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = False


def address(name, run):
    return reverse(f"surveys:{name}", args=[run.pk])


@pytest.mark.usefixtures("worker")
def test_a_file_is_sent_mapped_checked_imported(client):
    content = b"Speed,Tidy\n5,4\n0,3\n"
    sent = {"survey": make_mixed_survey().pk, "file": SimpleUploadedFile("answers.csv", content)}

    page = client.post(reverse("surveys:import_new"), sent, follow=True)
    run, form = ImportRun.objects.get(), page.context["form"]
    data = {field.html_name: field.value() or "" for field in form if field.value() is not False}
    zero = next(row.name for row in form.value_rows if row.text == "0")
    client.post(address("import_map", run), {**data, zero: "x", "check": "1"})
    run.refresh_from_db()
    checked = run.state
    client.post(address("import_start", run))

    run.refresh_from_db()
    assert (checked, run.state) == (ImportState.CHECKED, ImportState.IMPORTED)
    assert set(Response.objects.unscored().values_list("ratings", flat=True)) == {"54...", "x3..."}


def test_keeping_the_map_shows_the_values_of_the_columns(client):
    run = send("Speed,Tidy\n5,0\n")
    data = {"column_0": "question:speed", "column_1": "question:tidy", "mode": "import", "keep": "1"}

    page = client.post(address("import_map", run), data, follow=True)

    run.refresh_from_db()
    assert (run.state, run.mapping["questions"]) == (ImportState.UPLOADED, {"speed": "Speed", "tidy": "Tidy"})
    assert [row.text for row in page.context["form"].value_rows] == ["0"]


def test_a_map_that_was_sent_along_is_taken(client):
    survey = make_mixed_survey()
    said = b'mode = "paper"\n[questions]\ntidy = "Speed"\n'
    sent = {
        "survey": survey.pk,
        "file": SimpleUploadedFile("answers.csv", GOOD.encode()),
        "map": SimpleUploadedFile("map.toml", said),
    }

    page = client.post(reverse("surveys:import_new"), sent, follow=True)

    assert (page.context["form"]["column_0"].value(), page.context["form"]["mode"].value()) == (
        *("question:tidy", "paper"),
    )


def test_a_bad_upload_comes_back_with_its_reason(client):
    page = client.post(reverse("surveys:import_new"), {"file": SimpleUploadedFile("a.csv", b"")})

    assert (page.status_code, sorted(page.context["form"].errors)) == (200, ["file", "survey"])


def test_opening_the_map_keeps_nothing(client):
    run = in_state(send(), ImportState.UPLOADED)
    ImportRun.objects.update(mapping={})

    page = client.get(address("import_map", run))

    run.refresh_from_db()
    assert (page.status_code, run.mapping) == (200, {})


def test_the_map_of_a_run_under_way_is_not_opened(client):
    run = in_state(send(), ImportState.IMPORTING)

    assert client.get(address("import_map", run)).url == address("import_run", run)


@pytest.mark.parametrize("content", ["PK\x03\x04", '"', ""])
def test_a_file_that_cannot_be_read_is_told(client, content):
    page = client.get(address("import_map", send(content)))

    assert (page.status_code, bool(page.context["reason"])) == (200, True)


@pytest.mark.usefixtures("worker")
def test_the_page_of_a_run_shows_what_is_wrong_and_offers_the_rest(client):
    run = send(BAD)
    client.post(address("import_check", run))

    page = client.get(address("import_run", run)).content.decode()

    assert page.count("<td><code>0</code></td>") == 1
    assert page.count("Import the others without them") == 1


@pytest.mark.usefixtures("worker")
def test_bad_rows_are_left_out_on_demand(client):
    run = send(BAD)
    client.post(address("import_check", run))

    client.post(address("import_start", run), {"skip_bad_rows": "1"})

    run.refresh_from_db()
    assert (run.state, Response.objects.unscored().count()) == (ImportState.IMPORTED, 2)


@pytest.mark.usefixtures("worker")
def test_an_import_that_may_not_begin_says_why(client):
    survey = make_mixed_survey()
    make_run(survey, state="importing", sha256="1" * 64)
    run = in_state(send(survey=survey), ImportState.CHECKED)

    page = client.post(address("import_start", run), follow=True)

    run.refresh_from_db()
    assert run.state == ImportState.CHECKED
    assert [str(message) for message in page.context["messages"]] == [
        "“answers.csv” is being imported into this survey. Wait for its end, or give it up."
    ]


def test_a_worker_that_cannot_be_reached_is_told(client, monkeypatch):
    def refuse(*_arguments, **_options):
        raise OSError("connection refused")

    monkeypatch.setattr(check_import, "apply_async", refuse)

    page = client.post(address("import_check", send()), follow=True)

    assert [str(message) for message in page.context["messages"]] == [
        "No worker could be reached. Start again in a minute: nothing is lost."
    ]


def test_progress_asks_again_until_the_worker_is_through(client):
    run = make_run(state="checking", rows_done=4000, rows_refused=2)

    page = client.get(address("import_progress", run))
    in_state(run, ImportState.CHECKED)
    last = client.get(address("import_progress", run))

    words = " ".join(page.content.decode().split())
    assert words.count("4,000 rows · 2 bad rows") == 1
    assert words.count(f'hx-get="{address("import_progress", run)}?seen=4000&amp;quiet=0"') == 1
    assert last.headers["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("query", "then", "offers"),
    [
        ("seen=4000&quiet=28", "seen=4000&amp;quiet=29", 0),
        ("seen=4000&quiet=29", "seen=4000&amp;quiet=30", 1),
        ("seen=2000&quiet=30", "seen=4000&amp;quiet=0", 0),
        ("seen=x&quiet=" + "9" * 50, "seen=4000&amp;quiet=0", 0),
    ],
)
def test_a_run_that_stands_still_may_be_started_again(client, query, then, offers):
    run = make_run(state="importing", rows_done=4000, rows_total=9000)

    page = client.get(f"{address('import_progress', run)}?{query}").content.decode()

    assert (page.count(then) > 0, page.count(address("import_start", run))) == (True, offers)


def test_giving_up_is_asked_first(client):
    run = send()

    assert client.get(address("import_give_up", run)).status_code == 200
    assert ImportRun.objects.count() == 1
    assert client.post(address("import_give_up", run)).url == reverse("surveys:imports")
    assert ImportRun.objects.count() == 0


def test_giving_up_what_was_imported_is_refused(client):
    run = make_run(state="imported")

    page = client.post(address("import_give_up", run), follow=True)

    assert ([m.level_tag for m in page.context["messages"]], ImportRun.objects.count()) == (["error"], 1)


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@a", "\tx", "\rx"])
def test_the_file_of_bad_rows_holds_no_formula(client, value):
    flaw = {"row": 3, "column": "Speed", "value": value, "reason": "No rating."}
    run = make_run(state="refused", errors=[flaw, {**flaw, "row": 0, "value": ""}])

    sent = client.get(address("import_errors", run))

    assert list(csv.reader(io.StringIO(sent.content.decode("utf-8-sig"), newline=""))) == [
        ["Row", "Column", "Value", "Reason"],
        ["3", "Speed", f"'{value}", "No rating."],
        ["", "Speed", "", "No rating."],
    ]


def test_the_map_is_given_as_toml(client):
    run = make_run(mapping={"questions": {"speed": "Speed"}})

    sent = client.get(address("import_toml", run))

    assert sent.content == b'[questions]\nspeed = "Speed"\n'
    assert sent.headers["Content-Disposition"] == f'attachment; filename="map-{run.pk}.toml"'


def test_managers_find_no_run(client, settings):
    client.force_login(make_member("manager"))

    assert client.get(address("import_run", make_run())).status_code == 403


def test_the_list_asks_as_often_for_three_as_for_one(client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("surveys:imports"))
        return len(captured)

    make_run(started_by=make_member("editor"))
    queries()
    one = queries()
    make_run(started_by=make_member("editor"))
    make_run(started_by=make_member("editor"))

    assert queries() == one


@pytest.mark.parametrize("query", ["survey=abc", "survey=%00", "survey=" + "9" * 40])
def test_a_malformed_wish_for_a_survey_is_passed_over(client, query):
    assert client.get(f"{reverse('surveys:import_new')}?{query}").status_code == 200


def test_a_run_whose_number_no_database_holds_is_not_there(client):
    assert client.get(f"/surveys/imports/{'9' * 40}/").status_code == 404
