"""The embedded mode as a shop owner starts it: one command, one process, a score within seconds."""

import re
import socket
import sqlite3
import urllib.parse
import urllib.request

import pytest

from feedback_site.serving import lock_data_directory
from tests.servers.processes import free_port, python, wait_until

pytestmark = pytest.mark.processes
TOKEN = re.compile(r'name="token" value="([^"]*)"')


@pytest.fixture
def environment(tmp_path):
    plain = dict.fromkeys(["DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DEBUG"])
    return {**plain, "DATA_DIR": str(tmp_path), "DEMO": "1"}


def test_demo_says_how_it_is_used_is_ready_and_scores_an_answer_within_seconds(environment, tmp_path):
    """One demo for all that is asked of it: its organisation takes a while to make."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    with python("manage.py", "demo", "--port", str(port), environment=environment) as process:
        process.wait_for_log("Stop with Ctrl+C")
        process.wait_for_port(port)

        assert f"Ready: {address}" in process.log()
        assert "manager@example.org" in process.log()
        assert [status(address + path) for path in ("/healthz", "/readyz")] == [200, 200]
        answer(f"{address}/s/service/")
        wait_until(lambda: unscored(tmp_path) == 0)
        assert "WARNING" not in process.log()


def status(address):
    with urllib.request.urlopen(address) as reply:
        return reply.status


def answer(address):
    with urllib.request.urlopen(address) as page:
        token = TOKEN.search(page.read().decode())[1]
    sent = urllib.parse.urlencode({"token": token, "overall": "5"}).encode()
    with urllib.request.urlopen(address, sent) as thanks:
        assert thanks.url.startswith(f"{address}thanks/")


def unscored(folder):
    with sqlite3.connect(folder / "feedback.sqlite3", timeout=10) as database:
        return database.execute("SELECT count(*) FROM surveys_response WHERE NOT is_scored").fetchone()[0]


def test_a_second_server_on_the_same_data_is_refused(environment, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    with lock_data_directory(), python("manage.py", "serve", environment=environment) as second:
        code = second.wait()

    assert code == 1
    assert "serves from" in second.log()


def test_a_taken_port_is_named(environment):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with python("manage.py", "demo", "--port", str(port), environment=environment) as second:
            code = second.wait()

    assert code == 1
    assert f"Cannot listen on 127.0.0.1:{port}" in second.log()


def test_demo_is_refused_where_it_was_not_meant(environment):
    with python("manage.py", "demo", environment={**environment, "DEMO": None}) as process:
        assert process.wait() == 1

    assert "known passwords" in process.log()
