import time

import pytest
import redis
from celery import current_app

from surveys import doorbell
from surveys.doorbell import Doorbell
from tests.servers.processes import python, wait_until
from tests.servers.valkey import ValkeyServer

# Rings all the time, and says how long the longest ring took.
RINGS = """
import os, sys, time
import django
django.setup()
from surveys import doorbell
doorbell.PAUSE, doorbell.REST = 0.05, 0.2
longest = 0
for number in range(4000):
    began = time.monotonic()
    doorbell.ring()
    took = time.monotonic() - began
    if "forks" in sys.argv and number == 30 and os.fork():
        os.wait()  # only the child goes on ringing
    if took > longest or number % 20 == 0:
        longest = max(longest, took)
        print(f"longest {longest:.3f}", flush=True)
    time.sleep(0.01)
"""


@pytest.fixture
def queue(settings, monkeypatch):
    """What the doorbell of this process has sent: it ends in the process's own memory."""
    settings.DOORBELL_TASKS = ["toy.work"]
    monkeypatch.setattr(doorbell, "_doorbell", Doorbell())
    with current_app.connection_for_read() as connection:
        simple = connection.SimpleQueue("celery")
        simple.clear()
        yield simple
        simple.clear()


def test_ring_sends_few_messages_for_many_rings(queue, monkeypatch):
    monkeypatch.setattr(doorbell, "PAUSE", 0.2)
    began = time.monotonic()

    for _ in range(500):
        doorbell.ring()
    pauses = (time.monotonic() - began) // 0.2
    wait_until(queue.qsize)
    time.sleep(0.6)

    # One at once, and one after the pause for those who rang while the first was sent.
    assert queue.qsize() <= 2 + pauses
    assert queue.get(timeout=1).headers["task"] == "toy.work"


def test_ring_in_the_pause_is_heard_after_it(queue, monkeypatch):
    monkeypatch.setattr(doorbell, "PAUSE", 0.3)
    began = time.monotonic()

    doorbell.ring()
    wait_until(queue.qsize)
    doorbell.ring()
    wait_until(lambda: queue.qsize() == 2)

    assert time.monotonic() - began >= 0.3


def test_ring_without_a_task_does_nothing(queue, settings):
    settings.DOORBELL_TASKS = []

    doorbell.ring()

    assert (doorbell._doorbell._thread, queue.qsize()) == (None, 0)


@pytest.fixture
def valkey():
    """A server that is not started yet."""
    server = ValkeyServer()
    yield server
    server.stop()


@pytest.fixture
def ringing(valkey, tmp_path):
    """Starts a process that keeps ringing for this server."""

    def start(*words):
        environment = {
            "DJANGO_SETTINGS_MODULE": "feedback_site.settings",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'unused.sqlite3'}",
            "DATA_DIR": str(tmp_path),
            "REDIS_URL": valkey.url,
            "SECRET_KEY": "only for this test",
        }
        processes.append(python("-W", "ignore", "-c", RINGS, *words, environment=environment))
        return processes[-1].start()

    processes = []
    yield start
    for process in processes:
        process.kill()


def waiting(valkey):
    """How many messages the server has."""
    with redis.Redis(port=valkey.port, socket_timeout=1) as client:
        return client.llen("celery")


def longest(process):
    """The longest that a ring has taken, in seconds."""
    return max(float(line.split()[1]) for line in process.log().splitlines() if line.startswith("longest"))


@pytest.mark.processes
def test_ring_is_not_held_up_by_a_dead_server_and_heard_when_it_is_back(valkey, ringing):
    process = ringing()
    process.wait_for_log("The doorbell is silent, the sweep goes on: Error 111")
    process.wait_until(lambda: process.log().count("longest") > 10)

    valkey.start()
    process.wait_until(lambda: waiting(valkey))

    assert process.log().count("The doorbell is silent") == 1
    assert longest(process) < 0.9


@pytest.mark.processes
def test_ring_is_not_held_up_by_a_hung_server_and_heard_when_it_answers(valkey, ringing):
    valkey.start()
    process = ringing()
    process.wait_until(lambda: waiting(valkey))

    valkey.pause()
    process.wait_for_log("The doorbell is silent, the sweep goes on: Timeout")
    valkey.resume()
    before = waiting(valkey)

    process.wait_until(lambda: waiting(valkey) > before)
    assert longest(process) < 0.9


@pytest.mark.processes
def test_ring_is_heard_from_a_forked_process(valkey, ringing):
    valkey.start()
    process = ringing("forks")

    process.wait_until(lambda: process.log().count("longest") > 5)
    before = waiting(valkey)

    process.wait_until(lambda: waiting(valkey) > before)
