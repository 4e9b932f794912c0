"""Celery workers of ours as real processes."""

from collections.abc import Mapping

from tests.servers.processes import Process, python


def worker(environment: Mapping[str, str | None], *options: str) -> Process:
    """A worker of the site, not started yet; `options` are those of `celery worker`."""
    return python("-m", "celery", "-A", "feedback_site", "worker", *options, environment=environment)


def worker_answers(broker_url: str) -> bool:
    """Whether a worker takes its orders from this broker: a probe for `wait_until`, as the site's log is quiet."""
    from celery import Celery  # a quarter of a second that only tests of workers pay

    with Celery(broker=broker_url, set_as_current=False) as asking:
        return bool(asking.control.ping(timeout=0.3, limit=1))
