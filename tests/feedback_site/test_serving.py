"""The embedded mode as a shop owner starts it: one command, one process, a score within seconds."""

import re
import sqlite3
import urllib.error
import urllib.parse
import urllib.request

import pytest

from tests.servers.processes import free_port, python, wait_until

pytestmark = pytest.mark.processes
TOKEN = re.compile(r'name="token" value="([^"]*)"')


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def environment(folder):
    plain = dict.fromkeys(["DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DEBUG"])
    return {**plain, "DATA_DIR": str(folder), "DEMO": "1"}


@pytest.fixture(scope="module")
def site(environment):
    port = free_port()
    with python("manage.py", "demo", "--port", str(port), environment=environment) as process:
        process.wait_for_log("Sign in with the password")
        process.wait_for_port(port)
        yield process, f"http://127.0.0.1:{port}"


def test_demo_prints_its_address_and_sign_ins(site):
    process, address = site

    assert f"Ready: {address}" in process.log()
    assert "manager@example.org" in process.log()


def test_demo_says_how_to_stop_it_and_then_nothing_that_worries(site):
    process, _address = site

    assert "Stop with Ctrl+C" in process.log()
    assert "WARNING" not in process.log()


def test_demo_scores_an_answer_within_seconds(site, folder):
    _process, address = site

    with urllib.request.urlopen(f"{address}/s/service/") as page:
        token = TOKEN.search(page.read().decode())[1]
    sent = urllib.parse.urlencode({"token": token, "overall": "5"}).encode()
    with urllib.request.urlopen(f"{address}/s/service/", sent) as thanks:
        assert thanks.url.startswith(f"{address}/s/service/thanks/")

    def unscored():
        with sqlite3.connect(folder / "feedback.sqlite3", timeout=10) as database:
            return database.execute("SELECT count(*) FROM surveys_response WHERE NOT is_scored").fetchone()[0]

    wait_until(lambda: unscored() == 0)


def test_demo_is_ready(site):
    _process, address = site

    for path in ("/healthz", "/readyz"):
        with urllib.request.urlopen(address + path) as reply:
            assert reply.status == 200


def test_a_second_server_on_the_same_data_is_refused(site, environment):
    with python("manage.py", "serve", "--port", str(free_port()), environment=environment) as second:
        code = second.wait()

    assert code == 1
    assert "serves from" in second.log()


def test_a_taken_port_is_named(site, environment, tmp_path):
    port = site[1].rpartition(":")[2]
    elsewhere = {**environment, "DATA_DIR": str(tmp_path)}

    with python("manage.py", "demo", "--port", port, environment=elsewhere) as second:
        code = second.wait()

    assert code == 1
    assert f"Cannot listen on 127.0.0.1:{port}" in second.log()


def test_demo_is_refused_where_it_was_not_meant(environment, tmp_path):
    plain = {**environment, "DEMO": None, "DATA_DIR": str(tmp_path)}

    with python("manage.py", "demo", environment=plain) as process:
        assert process.wait() == 1

    assert "known passwords" in process.log()
