"""An application behind a real socket, for a real browser."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from service.cli.pages_process import bounds_of
from service.connections import BoundedServing, Bounds
from service.settings import Settings


def free_port() -> int:
    """A port on loopback that nobody uses now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def served(app: ASGIApp, port: int | None = None, bounds: Bounds | None = None) -> Iterator[str]:
    """The address of the application while the block runs, over connections bounded as the program bounds them."""
    port, bounds = port or free_port(), bounds or bounds_of(Settings())
    config = BoundedServing(app, bounds, host="127.0.0.1", port=port, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        threading.Event().wait(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
