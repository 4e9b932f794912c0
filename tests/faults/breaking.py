"""What befalls a process on purpose, and the protections that can be taken out of it. Each goes by its name in FAULTS.

What befalls it:
- `every_message_three_times`: whatever it sends to the message server arrives there three times.
- `die_before_reply`: as soon as the file `armed` lies there, the whole site is killed after a COMMIT and before the
  first byte of its reply.
- `die_while_planning`: a worker dies between noting when a recipient's next report is due and planning the present one.
- `die_while_telling`: a worker dies between noting which low scores an alert has told and planning the mail.

The protections taken out:
- `no_transaction`: claiming, counting and marking are no longer one transaction.
- `no_lock`: two scorers may look at the same unscored responses.
- `marking_afterwards`: responses are marked as scored in a second transaction, after the one that counts them; not
  before another scorer has looked at one of them as well.
- `ringing_in_the_request`: the doorbell's own thread, and that a failure to ring is forgiven.
- `no_handover_log`: a worker does not note that it is handing a mail over.
- `no_looking_after_the_dead`: nobody looks for reports that a dead worker was sending.
- `planned_in_pieces`: `die_while_planning`, where what was noted before is no longer one transaction with the rest.
- `told_in_pieces`: `die_while_telling`, where what was noted before is no longer one transaction with the rest.
- `endless_patience`: the time-outs towards the message server.
- `new_key_each_time`: the response's key is no longer the one in the form token.
- `one_try`: a customer's request is not answered on a new connection when the kept one is dead.
- `replying_before_commit`: the reply no longer waits for COMMIT, which comes a minute later.
"""

import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from uuid import uuid4

from django.apps import AppConfig


class Breaking(AppConfig):
    name = "tests.faults"
    path = str(Path(__file__).parent)

    def ready(self) -> None:
        for name in os.environ["FAULTS"].split(","):
            BY_NAME[name]()


def die_before_reply() -> None:
    from django.conf import settings

    settings.MIDDLEWARE.insert(0, f"{__name__}.{dying.__name__}")


def dying(get_response):
    """A middleware around all others."""
    armed = Path(os.environ["FAULTS_FOLDER"], "armed")

    def handle(request):
        response = get_response(request)
        if request.method == "POST" and response.status_code == 303 and _disarm(armed):
            os.killpg(0, signal.SIGKILL)
        return response

    return handle


def _disarm(armed: Path) -> bool:
    try:
        armed.unlink()
    except FileNotFoundError:
        return False
    return True


def every_message_three_times() -> None:
    from kombu.transport.redis import Channel

    put = Channel._put

    def put_three_times(*args, **kwargs):
        for _ in range(3):
            put(*args, **kwargs)

    _exchange(Channel, "_put", put_three_times)


def no_transaction() -> None:
    from scoring.actions import pending

    _exchange(pending, "_score_batch", pending._score_batch.__wrapped__)


def no_lock() -> None:
    from scoring.actions import pending
    from surveys.models import Response

    def claim(*, limit):
        keys, claimed = _look(limit)
        Response.objects.filter(pk__in=keys).update(is_scored=True)
        return claimed

    _exchange(pending, "claim", claim)


def marking_afterwards() -> None:
    from django.db import transaction

    from scoring.actions import pending
    from surveys.models import Response

    def claim(*, limit):
        keys, claimed = _look(limit)
        with seen.open("a") as file:
            file.writelines(f"{os.getpid()} {key}\n" for key in keys)

        def mark():
            end = time.monotonic() + 30
            while not seen_by_another(keys) and time.monotonic() < end:
                time.sleep(0.05)
            Response.objects.filter(pk__in=keys).update(is_scored=True)

        transaction.on_commit(mark)
        return claimed

    def seen_by_another(keys):
        looks = [line.split() for line in seen.read_text().splitlines()]
        others = {key for pid, key in looks if pid != str(os.getpid())}
        return not keys or any(str(key) in others for key in keys)

    seen = Path(os.environ["FAULTS_FOLDER"], "seen")
    _exchange(pending, "claim", claim)


def _look(limit):
    from scoring.claims import Claim
    from scoring.rows import row_of
    from surveys.models import Response

    seen = list(Response.objects.unscored().order_by("received_on", "pk")[:limit])
    return [one.pk for one in seen], Claim([row_of(one) for one in seen], is_everything=False)


def ringing_in_the_request() -> None:
    from celery import current_app
    from django.conf import settings
    from django.db import transaction

    from surveys import doorbell

    def ring():
        with current_app.connection_for_write() as connection:
            for task in settings.DOORBELL_TASKS:
                current_app.send_task(task, connection=connection, retry=False)

    on_commit = transaction.on_commit
    _exchange(doorbell, "ring", ring)
    _exchange(transaction, "on_commit", lambda work, *_, **__: on_commit(work))


def no_handover_log() -> None:
    from surveys.inviting.handover import HandoverLog

    _exchange(HandoverLog, "hand_over", lambda *_: None)


def no_looking_after_the_dead() -> None:
    from reports import delivering

    _exchange(delivering, "recover_deliveries", lambda **_: None)


def die_while_planning() -> None:
    from reports.schedules import planning

    _exchange(planning, "_add", lambda *_: os.kill(os.getpid(), signal.SIGKILL))


def planned_in_pieces() -> None:
    from django.db import connection

    from reports.schedules import planning

    def add(*_):
        connection.cursor().execute("COMMIT")
        os.kill(os.getpid(), signal.SIGKILL)

    _exchange(planning, "_add", add)


def die_while_telling() -> None:
    _die_after_noting(lambda: None)


def told_in_pieces() -> None:
    from django.db import connection

    _die_after_noting(lambda: connection.cursor().execute("COMMIT"))


def _die_after_noting(first: Callable[[], object]) -> None:
    from reports.alerts import checking

    note = checking._note

    def note_and_die(*args):
        note(*args)
        first()
        os.kill(os.getpid(), signal.SIGKILL)

    _exchange(checking, "_note", note_and_die)


def endless_patience() -> None:
    from django.conf import settings

    settings.CELERY_BROKER_TRANSPORT_OPTIONS.clear()


def new_key_each_time() -> None:
    from surveys.answering import tokens

    read = tokens.read
    _exchange(tokens, "read", lambda text: replace(read(text), submission=uuid4()))


def one_try() -> None:
    from feedback_site import middleware

    _exchange(middleware, "_patiently", lambda answer: answer())


def replying_before_commit() -> None:
    from surveys.answering import views

    store = views.store_response

    def store_later(**response):
        writer = threading.Timer(60, store, kwargs=response)
        writer.daemon = True
        writer.start()
        return True

    _exchange(views, "store_response", store_later)


def _exchange(owner: ModuleType | type, name: str, new: Callable[..., object]) -> None:
    """As `setattr`, but only for what is there: a protection that has moved is not taken out by mistake."""
    getattr(owner, name)
    setattr(owner, name, new)


BY_NAME = {
    one.__name__: one
    for one in (
        every_message_three_times,
        die_before_reply,
        no_transaction,
        no_lock,
        marking_afterwards,
        ringing_in_the_request,
        no_handover_log,
        no_looking_after_the_dead,
        die_while_planning,
        planned_in_pieces,
        die_while_telling,
        told_in_pieces,
        endless_patience,
        new_key_each_time,
        one_try,
        replying_before_commit,
    )
}
