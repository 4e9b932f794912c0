import pytest

from tests.servers.workers import worker, worker_answers

pytestmark = pytest.mark.processes


def test_worker_answers_from_its_start_until_it_is_killed(valkey_server, tmp_path):
    environment = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'toy.sqlite3'}",
        "DATA_DIR": str(tmp_path),
        "DEBUG": "true",
        "REDIS_URL": valkey_server.url,
        "SECRET_KEY": "only for this test",
    }
    with worker(environment, "--pool=solo", "--without-mingle", "--without-gossip") as process:
        process.wait_until(lambda: worker_answers(valkey_server.url))

        process.kill()

        assert not worker_answers(valkey_server.url)
