from threading import Lock

import pytest
from django.core.handlers.wsgi import WSGIHandler


@pytest.fixture
def one_request_at_a_time(monkeypatch):
    """A page asks for five pictures at once; with SQLite in memory the server's threads share one connection."""
    alone, answer_request = Lock(), WSGIHandler.__call__

    def answer_alone(*args):
        with alone:
            return answer_request(*args)

    monkeypatch.setattr(WSGIHandler, "__call__", answer_alone)
