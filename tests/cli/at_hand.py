"""A `kehoach` for shell commands that starts in milliseconds: it asks a process that has loaded everything to fork.

What runs in the child is `service.cli.main.run`, the function behind the console script, with the files, the folder and
the environment of whoever called. That the console script itself starts is shown in test_command.py.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from select import select

LONGEST_CALL = 1 << 20
SCRIPT = f"""#!{sys.executable} -SE
import array, json, os, socket, sys
with socket.socket(socket.AF_UNIX) as parent:
    parent.connect(os.path.join(os.path.dirname(__file__), "parent"))
    files = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))]
    parent.sendmsg([b"files"], files)
    parent.sendall(json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode())
    parent.shutdown(socket.SHUT_WR)
    sys.exit(int(parent.recv(9) or b"70"))
"""


@contextmanager
def kehoach_at_hand(folder: Path) -> Iterator[Path]:
    """A folder for PATH in which `kehoach` is such a one while the block runs."""
    script = folder / "kehoach"
    script.write_text(SCRIPT, encoding="utf-8")
    script.chmod(0o755)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "parent"))
        listening.listen()
        command = [sys.executable, "-m", "tests.cli.at_hand", str(listening.fileno())]
        parent = subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=[listening.fileno()])
    try:
        yield folder
    finally:
        parent.kill()
        parent.wait()


def _serve(listening: socket.socket) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children but who called them
    main = import_module("service.cli.main")
    for verb in main.VERBS:
        import_module(f"service.cli.{verb.replace('-', '_')}")
    while listening in select([listening, sys.stdin], [], [])[0]:  # its standard input ends with whoever started it
        call, _ = listening.accept()
        if not os.fork():
            listening.close()
            _child(call)
        call.close()


def _child(call: socket.socket) -> None:
    """Be the program that was called."""
    code = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _, files, _, _ = socket.recv_fds(call, len(b"files"), 3)
        for number, file in enumerate(files):
            os.dup2(file, number)
        with call.makefile("rb") as said:
            argv, cwd, environment = json.loads(said.read(LONGEST_CALL))
        os.chdir(cwd)
        os.environ.clear()
        os.environ.update(environment)
        sys.path[:0] = [each for each in environment.get("PYTHONPATH", "").split(os.pathsep) if each]
        code = import_module("service.cli.main").run(argv)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        call.sendall(str(code).encode())
        os._exit(code)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as inherited:
        _serve(inherited)
