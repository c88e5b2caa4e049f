"""Loaded by every Python process that has this folder on PYTHONPATH: writes down whom the process speaks to."""

import os
import sys


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect":
        told = repr(arguments[1])
    elif event == "socket.getaddrinfo":
        told = f"name {arguments[0]!r}"
    else:
        return
    with open(os.environ["LISTENING_FILE"], "a", encoding="utf-8") as file:  # noqa: PTH123 - before pathlib is loaded
        file.write(f"{os.getpid()} {told}\n")


sys.addaudithook(_note)
