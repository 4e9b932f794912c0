import time

import pytest
import redis

from tests.servers.processes import accepts

pytestmark = pytest.mark.processes


@pytest.fixture
def client(valkey_server):
    with redis.Redis.from_url(
        valkey_server.url, socket_timeout=0.3, socket_connect_timeout=0.3, retry=None
    ) as client:
        yield client


def test_server_is_empty_and_answers(client):
    assert client.dbsize() == 0
    assert client.set("bell", "rung")
    assert client.get("bell") == b"rung"


def test_paused_server_accepts_and_never_answers(valkey_server, client):
    valkey_server.pause()
    began = time.monotonic()

    with pytest.raises(redis.TimeoutError):
        client.ping()

    assert accepts(valkey_server.port)
    assert time.monotonic() - began >= 0.3


def test_resumed_server_answers_again(valkey_server, client):
    valkey_server.pause()
    valkey_server.resume()

    assert client.ping()


def test_flush_empties_and_keeps_everybody_connected(valkey_server, client):
    client.set("bell", "rung")
    number = client.client_id()

    valkey_server.flush()

    assert client.dbsize() == 0
    assert client.client_id() == number


def test_killed_server_refuses_and_starts_again_at_the_same_url_without_its_data(valkey_server, client):
    client.set("bell", "rung")
    url = valkey_server.url

    valkey_server.kill()
    with pytest.raises(redis.ConnectionError):
        client.ping()
    assert not valkey_server.is_running()

    valkey_server.start()
    assert valkey_server.url == url
    assert client.dbsize() == 0


def test_paused_server_can_be_stopped(valkey_server):
    valkey_server.pause()

    valkey_server.stop()

    assert not accepts(valkey_server.port)
