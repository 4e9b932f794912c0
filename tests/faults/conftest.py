"""These tests bring their own PostgreSQL, so one of a full run's two passes is enough for them: PostgreSQL's."""

import secrets
from itertools import count

import psycopg
import pytest

from tests.faults.stack import Stack, production_like
from tests.servers.postgres import PostgresServer
from tests.servers.processes import python

TEMPLATE = "faults_template"
numbers = count(1)


@pytest.fixture(scope="session")
def environment(tmp_path_factory):
    return production_like(secrets.token_hex(), tmp_path_factory.mktemp("static"))


@pytest.fixture(scope="session")
def database_server(environment, tmp_path_factory):
    """Pays for each commit as production does. Its template database is migrated and has the survey."""
    with PostgresServer(durable=True) as server:
        given = {
            **environment,
            "DATABASE_URL": server.create_database(TEMPLATE),
            "REDIS_URL": "redis://127.0.0.1:1/0",
            "DATA_DIR": str(tmp_path_factory.mktemp("data")),
        }
        process = python("-m", "tests.faults.ground", environment=given).start()
        assert process.wait() == 0, process.log()
        yield server
        server.kill()  # a farewell would bring every copy to the disk first


@pytest.fixture
def stack(database_server, valkey_server, environment, tmp_path):
    """The processes of one test, none of them started, on a copy of the template."""
    name = f"faults_{next(numbers)}"
    with psycopg.connect(database_server.url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    stack = Stack(database_server.url_of(name), valkey_server, tmp_path, environment)
    yield stack
    stack.end()
