"""The two hosts that are compared: `summit serve`, and `sshd` that starts the same explorer for each session.

Both listen on loopback, let in the same key and serve the shipped library from the same warm index. Of both, all
processes count.
"""

from __future__ import annotations

import itertools
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tui.library import shipped_library

ROOT = Path(__file__).parents[2]
SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
SSHD_NAME = "sshd + process"
PATIENCE = 60.0
"""Seconds to wait for a host to start."""


def patched(patch: str) -> tuple[str, str]:
    """Return how to run `summit` with something changed in it, in the server and in its workers."""
    worker = f"{patch}\nfrom tui.serve.worker import main\nmain()\n"
    start = "from tui.cli.summit import main\nmain()"
    server = f"{patch}\nimport tui.serve.crew\ntui.serve.crew._PROGRAM = {worker!r}\n{start}\n"
    return ("-c", server)


WHOLE = patched(
    """
from tui.explorer.display import LightDisplay
del LightDisplay._display
LightDisplay.takes_patches = False
"""
)
"""The explorer without the screen diff: with Textual's own output."""

FAULTY = patched(
    """
from tui.explorer.screen import ExplorerScreen
def breaks(self):
    raise RuntimeError("injected by the benchmark")
ExplorerScreen.action_sort = breaks
"""
)
"""The explorer with a fault: the key `s`."""

_people = itertools.count(1)


class Host:
    """A running server."""

    def __init__(self, name: str, process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
        self.name, self.process, self.port, self.folder = name, process, port, folder
        self.names_are_free = name != SSHD_NAME

    def someone(self, address: str = "127.0.0.1") -> str:
        """Return where a new person logs in: by a name of their own, where names are free."""
        return f"guest-{next(_people)}@{address}" if self.names_are_free else address

    def processes(self) -> list[int]:
        """Return the processes of the host, its own and all they have started."""
        parents: dict[int, list[int]] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and (stat := _read(entry / "stat")):
                parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry.name))
        found, waiting = [], [self.process.pid]
        while waiting:
            process = waiting.pop()
            found.append(process)
            waiting += parents.get(process, [])
        return found

    def memory(self) -> int:
        """Return the proportional set size of all processes together, in bytes."""
        sizes = (_read(Path(f"/proc/{process}/smaps_rollup")) for process in self.processes())
        return sum(int(line.split()[1]) * 1024 for text in sizes for line in text.splitlines() if line[:4] == "Pss:")

    def processor(self) -> float:
        """Return the seconds of processor time that all processes have taken."""
        return sum(float(_read(task / "schedstat").split()[0]) for task in self._tasks()) / 1e9

    def wakeups(self) -> int:
        """Return how often all processes have gone to sleep by themselves."""
        lines = (line for task in self._tasks() for line in _read(task / "status").splitlines())
        return sum(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt"))

    def files(self) -> int:
        """Return how many files and sockets are open."""
        return sum(len(os.listdir(f"/proc/{process}/fd")) for process in self.processes())

    def log(self) -> str:
        """Return what the host has said."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """End the host and all that it has started."""
        processes = self.processes()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for process in processes[1:]:
            if "explorer" in _read(Path(f"/proc/{process}/environ")):
                os.kill(process, signal.SIGKILL)

    def _tasks(self) -> Iterator[Path]:
        for process in self.processes():
            yield from Path(f"/proc/{process}/task").iterdir()


def make_key(folder: Path) -> Path:
    """Make the key by which guests log in, and return its file."""
    key = folder / "key"
    if not key.exists():
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)]
        subprocess.run(command, check=True)
    return key


def serving(
    folder: Path, *options: str, program: Sequence[str] = ("-m", "tui"), before: Sequence[str] = (), name: str = ""
) -> Host:
    """Start `summit serve` with a worker a core; `before` is what runs it, as in another network."""
    key = make_key(folder)
    home = folder / (name or "serve")
    home.mkdir(exist_ok=True)
    command = [*before, sys.executable, *program, "serve", str(shipped_library()), "--cache", str(folder / "cache")]
    command += ["--authorized-keys", f"{key}.pub", "--host-key", str(folder / "host" / "key"), "--failed-logins", "0"]
    command += ["--max-sessions", "1000", "--per-address", "1000", *options]
    if "--listen" not in options:
        command += ["--listen", "127.0.0.1"]
    port = _free_port()
    process = _started([*command, "--port", str(port)], home / "log")
    host = Host(name or "summit serve", process, port, home)
    _await(host, "host key")
    return host


def sshd(folder: Path) -> Host:
    """Start OpenSSH's server, which runs the explorer for whoever logs in."""
    key, home, port = make_key(folder), folder / "sshd", _free_port()
    home.mkdir(exist_ok=True)
    if not (home / "host").exists():
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(home / "host")]
        subprocess.run(command, check=True)
    Path("/run/sshd").mkdir(exist_ok=True)
    environment = [f"SUMMIT_CACHE={folder / 'cache'}", f"XDG_STATE_HOME={home / 'state'}", f"PYTHONPATH={ROOT}"]
    run = ["exec", "env", *environment, sys.executable, "-m", "tui", "--library", str(shipped_library()), "--fresh"]
    settings = {
        "Port": port,
        "ListenAddress": "127.0.0.1",
        "HostKey": home / "host",
        "PidFile": "none",
        "AuthorizedKeysFile": f"{key}.pub",
        "StrictModes": "no",
        "UsePAM": "no",
        "UseDNS": "no",
        "PasswordAuthentication": "no",
        "PermitRootLogin": "yes",
        "MaxStartups": 1000,
        "PrintMotd": "no",
        "PrintLastLog": "no",
        "Compression": "delayed",
        "AcceptEnv": "COLORTERM LANG LC_*",
        "ForceCommand": f'{shlex.join(run)} -- "$SSH_ORIGINAL_COMMAND"',
    }
    (home / "config").write_text("".join(f"{name} {value}\n" for name, value in settings.items()), encoding="utf-8")
    process = _started([str(SSHD), "-D", "-e", "-f", str(home / "config")], home / "log")
    host = Host(SSHD_NAME, process, port, home)
    _await(host, "listening")
    return host


def _started(command: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SUMMIT_", "TEXTUAL"))}
    with log.open("wb") as written:
        return subprocess.Popen(
            command, stdout=written, stderr=written, stdin=subprocess.DEVNULL, cwd=ROOT, env=environment
        )


def _await(host: Host, word: str) -> None:
    until = time.monotonic() + PATIENCE
    while word not in host.log():
        if host.process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"{host.name} did not start: {host.log()[-500:]}")
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port: int = chosen.getsockname()[1]
        return port


def _read(file: Path) -> str:
    """Return what a file of the kernel says; nothing when its process has gone."""
    try:
        return file.read_text(errors="replace")
    except OSError:
        return ""
