"""What draws charts is loaded by those that serve reports, and by nobody else, before anybody asks for one."""

import subprocess
import sys

import psutil
import pytest

from feedback_site.warming import warm_up
from tests.house import ours
from tests.servers.processes import free_port, python, wait_until
from tests.servers.workers import worker

DRAWS_A_CHART = """
import sys

from feedback_site.warming import warm_up

warm_up().join()
loaded = set(sys.modules)

from io import BytesIO

from matplotlib.figure import Figure
import reports.breakdown.making, reports.charts.canvas, reports.frames, reports.nearness, reports.why.pairs
from metrics.false_discovery import hold_false_discovery
from metrics.proportions import wilson

hold_false_discovery([0.01, 0.2])
wilson(3, 5)
for kind in ("svg", "png"):
    Figure().savefig(BytesIO(), format=kind)

packages = {"matplotlib", "numpy", "pandas", "scipy", "statsmodels"}
print(*sorted(name for name in set(sys.modules) - loaded if name.split(".")[0] in packages))
"""


@pytest.fixture
def environment(tmp_path):
    return {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'toy.sqlite3'}",
        "DATA_DIR": str(tmp_path),
        "DEBUG": "true",
        "SECRET_KEY": "only for this test",
        "WARM_UP": "true",
    }


def draws(process):
    """Whether the process has loaded what draws charts."""
    return any("matplotlib" in one.path for one in process.memory_maps())


def children(process):
    return psutil.Process(process.pid).children(recursive=True)


def test_it_begins_once_in_a_process():
    assert warm_up() is warm_up()


@pytest.mark.processes
def test_the_first_chart_has_nothing_left_to_load(environment):
    said = subprocess.run(
        [sys.executable, "-c", f"import django\ndjango.setup()\n{DRAWS_A_CHART}"],
        cwd=ours.ROOT,
        env={"DJANGO_SETTINGS_MODULE": "feedback_site.settings", **environment},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.split() == []


@pytest.mark.processes
def test_what_is_loaded_is_not_looked_through_for_garbage_nor_a_report_time_and_again(environment):
    say = (
        "import django, gc\ndjango.setup()\nfrom feedback_site.warming import warm_up\nwarm_up().join()\n"
        "print(len(gc.get_objects()) < gc.get_freeze_count() / 10, gc.get_threshold()[0])"
    )
    said = subprocess.run(
        [sys.executable, "-c", say],
        cwd=ours.ROOT,
        env={"DJANGO_SETTINGS_MODULE": "feedback_site.settings", **environment},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.split() == ["True", "50000"]


@pytest.mark.processes
def test_each_process_of_the_server_loads_it_by_itself(environment):
    port = free_port()
    environment |= {"REDIS_URL": "redis://127.0.0.1:9/"}
    with python("manage.py", "serve", "--port", str(port), environment=environment) as process:
        process.wait_for_port(port)

        wait_until(lambda: sum(map(draws, children(process))) == 2)

        assert not draws(psutil.Process(process.pid))


@pytest.mark.processes
def test_each_process_of_a_worker_loads_it_by_itself(environment, valkey_server):
    environment |= {"REDIS_URL": valkey_server.url}
    with worker(environment, "--concurrency=1", "--without-mingle", "--without-gossip") as process:
        wait_until(lambda: any(map(draws, children(process))))

        assert not draws(psutil.Process(process.pid))


@pytest.mark.processes
@pytest.mark.parametrize("wanted", ["true", "false"])
def test_a_small_machine_may_do_without(environment, wanted):
    say = "import threading\nimport feedback_site.served\nprint('warm-up' in {one.name for one in threading.enumerate()})"
    said = subprocess.run(
        [sys.executable, "-c", say],
        cwd=ours.ROOT,
        env={"DJANGO_SETTINGS_MODULE": "feedback_site.settings", **environment, "WARM_UP": wanted},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.split()[-1].lower() == wanted
