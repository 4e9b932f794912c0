import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from tests.servers.processes import BUSY, ROOT, NotReadyError, Process, accepts, free_port, python, wait_until

pytestmark = pytest.mark.processes

SLEEP = "import time; print('up'); time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up'); time.sleep(60)"
POLITE = "import signal, sys, time; signal.signal(signal.SIGTERM, lambda *_: sys.exit('bye')); print('up'); time.sleep(60)"
# A child in the group and one that has left it, as a database session does.
PARENT = f"""
import subprocess, sys, time
for apart in (False, True):
    child = subprocess.Popen([sys.executable, "-c", {SLEEP!r}], start_new_session=apart)
    # A line at once, or what another process writes meanwhile comes between.
    sys.stdout.write(f"{{child.pid}}\\n")
sys.stdout.write("all up\\n")
time.sleep(60)
"""


def alive(pid):
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_log_holds_both_streams_of_the_last_start():
    process = python("-c", "import sys; print('said'); print('cried', file=sys.stderr); sys.exit(3)")

    codes = [process.start().wait(), process.start().wait()]

    assert codes == [3, 3]
    assert process.log() == "said\ncried\n"
    assert process.log_path.read_text() == "said\ncried\n" * 2


def test_environment_is_ours_with_the_changes_and_without_what_pytest_put_there(monkeypatch):
    monkeypatch.setenv("INHERITED", "1")
    monkeypatch.setenv("TAKEN_AWAY", "1")
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    changes = {"ADDED": "1", "TAKEN_AWAY": None}

    names = python("-c", "pass", environment=changes).environment

    assert {"INHERITED", "ADDED", "PATH"} <= names.keys()
    assert not {"TAKEN_AWAY", "DJANGO_ALLOW_ASYNC_UNSAFE", "PYTEST_CURRENT_TEST"} & names.keys()


def test_process_runs_at_the_root_of_the_repository():
    with python("-c", "import os; print(os.getcwd())") as process:
        process.wait()

    assert process.log().strip() == str(ROOT)


def test_wait_until_returns_what_the_probe_saw_and_forgives_its_exceptions():
    answers = iter([ValueError("not yet"), None, "seen"])

    def probe():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert wait_until(probe) == "seen"


def test_wait_until_names_the_last_exception():
    with pytest.raises(NotReadyError, match=r"Not ready within 0\.05 s: ZeroDivisionError"):
        wait_until(lambda: 1 / 0, within=0.05)


def test_waiting_ends_at_once_with_the_log_when_the_process_has_died():
    began = time.monotonic()

    with (
        python("-c", "raise SystemExit('no such setting')") as process,
        pytest.raises(NotReadyError, match=r"(?s)ended with 1\..*no such setting"),
    ):
        process.wait_for_log("ready")

    assert time.monotonic() - began < BUSY / 2


def test_port_is_free_until_something_listens():
    port = free_port()
    assert not accepts(port)

    with python("-m", "http.server", "--bind", "127.0.0.1", str(port)) as process:
        process.wait_for_port(port)

        assert accepts(port)
    assert not accepts(port)


def test_stop_asks_first():
    with python("-c", POLITE) as process:
        process.wait_for_log("up")

    assert process.exit_code == 1
    assert process.log() == "up\nbye\n"


def test_stop_does_not_wait_for_the_stubborn_forever():
    process = python("-c", STUBBORN).start()
    process.wait_for_log("up")

    process.stop(patience=0.1)

    assert process.exit_code == -signal.SIGKILL


def test_kill_takes_the_children_and_those_that_left_the_group():
    process = python("-c", PARENT).start()
    process.wait_for_log("all up")
    children = [int(line) for line in process.log().splitlines() if line.isdigit()]
    assert all(alive(pid) for pid in children)

    process.kill()

    assert len(children) == 2
    assert not any(alive(pid) for pid in children)
    assert process.exit_code == -signal.SIGKILL


def test_child_of_a_leader_that_died_alone_is_swept_up():
    process = python("-c", PARENT).start()
    process.wait_for_log("all up")
    in_group, apart = [int(line) for line in process.log().splitlines() if line.isdigit()]

    os.kill(process.pid, signal.SIGKILL)
    process.stop()

    assert not alive(in_group)
    os.kill(apart, signal.SIGKILL)


def test_paused_process_stands_still_and_can_be_stopped():
    with python("-c", POLITE) as process:
        process.wait_for_log("up")
        process.pause()
        wait_until(lambda: psutil.Process(process.pid).status() == psutil.STATUS_STOPPED)

    assert process.exit_code == 1


def test_process_can_be_started_again_only_after_it_ended():
    with python("-c", SLEEP) as process:
        with pytest.raises(RuntimeError, match="started already"):
            process.start()
        process.kill()
        process.start()

        assert process.is_running()


def test_process_ends_when_the_run_that_wanted_it_is_killed():
    script = f"from tests.servers.processes import python; print(python('-c', {STUBBORN!r}).start().pid, flush=True); import time; time.sleep(60)"
    run = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE)
    pid = int(run.stdout.readline())
    assert alive(pid)

    run.kill()
    run.communicate()

    wait_until(lambda: not alive(pid))


def test_process_that_was_never_stopped_ends_with_the_run():
    script = f"from tests.servers.processes import python; print(python('-c', {SLEEP!r}).start().pid)"

    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=20, check=True
    )

    assert ran.stderr == ""
    assert not alive(int(ran.stdout))


def test_program_may_be_any():
    assert Process("true").start().wait() == 0
