import contextlib
import stat
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest

from tests.servers import postgres
from tests.servers.postgres import NoPostgresError, PostgresServer, programs, version
from tests.servers.processes import ROOT, accepts, wait_until

pytestmark = pytest.mark.postgres


def value(url, query):
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchone()[0]


def test_server_takes_connections_at_its_url(postgres_server):
    assert value(postgres_server.url, "SELECT current_database()") == "postgres"
    assert value(postgres_server.url, "SELECT inet_server_addr()::text") == "127.0.0.1/32"


def test_server_folds_letters_beyond_ascii_and_sorts_by_bytes(postgres_server):
    assert value(postgres_server.url, "SHOW server_encoding") == "UTF8"
    assert value(postgres_server.url, "SELECT upper('café Ωmega')") == "CAFÉ ΩMEGA"
    assert value(postgres_server.url, "SELECT 'Z' < 'a'") is True


def test_server_is_fast_unless_asked_to_be_durable(postgres_server):
    with PostgresServer(durable=True, max_connections=20) as durable:
        costly = [value(durable.url, f"SHOW {name}") for name in ("fsync", "synchronous_commit")]
        connections = value(durable.url, "SHOW max_connections")

    assert costly == ["on", "on"]
    assert connections == "20"
    assert value(postgres_server.url, "SHOW fsync") == "off"
    assert value(postgres_server.url, "SHOW max_connections") == "100"


def test_databases_beside_each_other_are_separate(postgres_server):
    first, second = postgres_server.create_database("first"), postgres_server.create_database("second")

    with psycopg.connect(first) as connection:
        connection.execute("CREATE TABLE mine (id int)")

    assert value(first, "SELECT to_regclass('mine')::text") == "mine"
    assert value(second, "SELECT to_regclass('mine')::text") is None


def test_kill_ends_every_session_process_too(postgres_server):
    with PostgresServer() as server, psycopg.connect(server.url, autocommit=True) as busy:
        pids = [row[0] for row in busy.execute("SELECT pid FROM pg_stat_activity")]

        server.kill()

        assert len(pids) > 3
        assert not [pid for pid in pids if Path(f"/proc/{pid}/cmdline").exists() and cmdline(pid)]
        assert not accepts(server.port)


def cmdline(pid):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def test_rows_acknowledged_before_kill_are_there_after_restart():
    acknowledged = []

    def write_until_it_dies():
        with (
            contextlib.suppress(psycopg.OperationalError),
            psycopg.connect(url, autocommit=True) as connection,
        ):
            while True:
                row = connection.execute("INSERT INTO answers DEFAULT VALUES RETURNING id").fetchone()
                acknowledged.append(row[0])

    with PostgresServer(durable=True) as server:
        url = server.url
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE answers (id serial PRIMARY KEY)")
        writer = threading.Thread(target=write_until_it_dies)
        writer.start()
        wait_until(lambda: len(acknowledged) > 20)

        server.kill()
        writer.join(10)
        server.start()

        assert server.url == url
        with psycopg.connect(url) as connection:
            kept = {row[0] for row in connection.execute("SELECT id FROM answers")}
        assert set(acknowledged) <= kept


def test_stop_leaves_nothing():
    with PostgresServer() as server:
        folder = server._folder
        server.kill()
        segment = int((folder / "data/postmaster.pid").read_text().splitlines()[6].split()[1])

    assert not folder.exists()
    assert not accepts(server.port)
    assert (
        f" {segment} "
        not in subprocess.run(["ipcs", "-m"], capture_output=True, text=True, check=True).stdout
    )


def test_server_ends_when_the_run_that_wanted_it_is_killed():
    script = """
from tests.servers.postgres import PostgresServer
server = PostgresServer().start()
print(server.port, server._folder, flush=True)
import time; time.sleep(60)
"""
    run = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE)
    port, folder = run.stdout.readline().decode().split()
    assert accepts(int(port))

    run.kill()
    run.communicate()

    wait_until(lambda: not accepts(int(port)) and not Path(folder).exists())


@pytest.fixture
def no_wheel(monkeypatch):
    monkeypatch.setattr(postgres.importlib.util, "find_spec", lambda _: None)


def machine_has(tmp_path, monkeypatch, versions):
    for said in versions:
        folder = tmp_path / said / "bin"
        folder.mkdir(parents=True)
        for program in ("postgres", "initdb"):
            (folder / program).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {said}'\n")
            (folder / program).chmod(stat.S_IRWXU)
    monkeypatch.setattr(postgres, "PLACES", [f"{tmp_path}/*/bin"])
    monkeypatch.setenv("PATH", "/nonexistent")


def test_without_the_wheel_the_newest_server_of_the_machine_serves(tmp_path, monkeypatch, no_wheel):
    machine_has(tmp_path, monkeypatch, ["9.6.24", "16.2", "17.10"])

    found = programs.__wrapped__()

    assert found == tmp_path / "17.10/bin"
    assert version(found) == 17


def test_with_only_old_servers_the_message_says_what_to_do(tmp_path, monkeypatch, no_wheel):
    machine_has(tmp_path, monkeypatch, ["14.9"])

    with pytest.raises(NoPostgresError, match="install requirements-dev"):
        programs.__wrapped__()


def test_program_that_does_not_run_is_no_server(tmp_path):
    assert version(tmp_path) == 0
