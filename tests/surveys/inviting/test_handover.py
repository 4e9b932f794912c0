import os
import signal
from uuid import uuid4

import pytest

from surveys.inviting import handover
from surveys.inviting.handover import Abandoned, HandoverLog, forget, look_at, path_of


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def test_claim_of_a_living_worker_is_left_alone():
    claim = uuid4()

    with HandoverLog(claim) as log:
        log.hand_over(0)

        assert look_at(claim) is None

    assert not path_of(claim).exists()


def test_killed_worker_leaves_what_it_handed_over():
    claim = uuid4()
    child = os.fork()
    if not child:
        with HandoverLog(claim) as log:
            log.hand_over(0)
            log.hand_over(3)
            log.take_back(0)
            log.hand_over(5)
            log.note_taken(5)
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)

    assert look_at(claim) == Abandoned(frozenset({3}), taken=frozenset({5}))
    forget(claim)
    assert not path_of(claim).exists()


def test_log_stays_after_an_exception():
    claim = uuid4()

    def fail():
        with HandoverLog(claim) as log:
            log.hand_over(1)
            raise LookupError

    with pytest.raises(LookupError):
        fail()

    assert look_at(claim) == Abandoned(frozenset({1}))


def test_log_from_before_a_start_of_the_machine_is_not_trusted(monkeypatch):
    claim = uuid4()
    with pytest.raises(ZeroDivisionError), HandoverLog(claim):
        1 / 0  # noqa: B018

    monkeypatch.setattr(handover, "this_boot", lambda: b"another")

    assert look_at(claim) == Abandoned(None)


def test_claim_without_a_log_says_nothing():
    assert look_at(uuid4()) == Abandoned(None, has_log=False)
