"""A worker that makes a file of responses is killed (-9) in the middle. What was noted of it holds, and is gone on with."""

import uuid

import psycopg
import pytest

from tests.faults.ground import SLUG
from tests.servers.processes import wait_until

pytestmark = [pytest.mark.processes, pytest.mark.postgres]

RESPONSES = 60_000
MEMBER = """
    INSERT INTO organisation_member (password, email, name, language, role, all_locations, is_active, joined_at)
    VALUES ('!', 'editor@example.org', '', '', 'editor', true, true, now()) RETURNING id
"""
ASKED = """
    INSERT INTO reports_reportexport (id, owner_id, kind, name, filters, state, rows_total, rows_done, bytes_done,
                                      asked_at, expires_at)
    VALUES (%s, %s, 'csv', 'Faults', %s, 'waiting', %s, 0, 0, now(), now() + interval '7 days')
"""
# Whoever notes a second piece waits for whoever holds lock 1.
SECOND_PIECE_WAITS = """
    CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NEW; END $$;
    CREATE TRIGGER wait BEFORE UPDATE ON reports_reportexport FOR EACH ROW WHEN (OLD.rows_done > 0)
    EXECUTE FUNCTION wait()
"""
PROGRESS = "SELECT state, rows_done, bytes_done FROM reports_reportexport WHERE id = %s"


@pytest.fixture
def counted(stack):
    """Responses that are counted, and a member who may have them."""
    stack.add_backlog(RESPONSES)
    stack.sql("UPDATE surveys_response SET is_scored = true")
    return stack.number(MEMBER)


def ask(stack, member):
    """One more file of them, and the message for a worker."""
    from celery import Celery

    key = uuid.uuid4()
    filters = f"survey={SLUG}&from=1970-01-01&to=2199-12-31"
    stack.sql(ASKED, key, member, filters, RESPONSES)
    with Celery(broker=stack.valkey.url, set_as_current=False) as sending:
        sending.send_task("reports.make_export", [str(key)])
    return key


def kill_between_two_pieces(stack):
    stack.sql(SECOND_PIECE_WAITS)
    with psycopg.connect(stack.database_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(1)")
        worker = stack.worker()
        waiting = stack.wait_for_waiting()
        worker.kill()
    stack.wait_until_gone(waiting)


def progress(stack, key):
    return stack.sql(PROGRESS, key)[0]


def content(stack, key):
    return (stack.folder / "files" / "exports" / f"{key}.csv").read_bytes()


def is_ready(stack, key):
    return progress(stack, key)[0] == "ready"


def test_the_next_worker_makes_the_same_bytes(stack, counted):
    killed = ask(stack, counted)
    kill_between_two_pieces(stack)
    state, rows, noted = progress(stack, killed)
    with (stack.folder / "files" / "exports" / f"{killed}.csv").open("ab") as file:
        file.write(b"what was not noted")

    stack.beat()
    stack.worker()
    wait_until(lambda: is_ready(stack, killed))
    whole = ask(stack, counted)
    wait_until(lambda: is_ready(stack, whole))

    assert (state, 0 < rows < RESPONSES, noted > 0) == ("running", True, True), (state, rows)
    assert content(stack, killed) == content(stack, whole)
    assert content(stack, whole).count(b"\r\n") == RESPONSES + 1
