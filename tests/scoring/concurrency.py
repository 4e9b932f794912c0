"""Threads with database sessions of their own."""

import threading

from django.db import connection


def in_another_session(work, *args):
    """Run `work` and give its session back: what a thread's target calls."""
    try:
        return work(*args)
    finally:
        connection.close()


def at_once(*works):
    """Run each in a thread with a session of its own, all starting together; returns what they returned."""
    start, outcomes = threading.Barrier(len(works)), [None] * len(works)

    def run(index, work):
        start.wait()
        try:
            outcomes[index] = work()
        except Exception as error:  # noqa: BLE001 (the caller looks at it)
            outcomes[index] = error

    threads = [
        threading.Thread(target=in_another_session, args=(run, index, work))
        for index, work in enumerate(works)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome
    return outcomes
