"""What SQLAlchemy compiled for one database serves every other of the same kind and server in this process.

A trial, a simulated year and each what-if open a database of their own: without this each compiles hundreds of
statements anew, which takes longer than running them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Dialect, Engine, event
from sqlalchemy.util import LRUCache

# Statements that are kept: all of ours are fewer, but for those whose shape follows what was typed.
MOST = 1000
# By kind and server a dialect that has seen a connection, and what was compiled for it: SQLAlchemy looks by both.
_SHARED: dict[str, tuple[Dialect, LRUCache[Any, Any]]] = {}


def share_compiled(engine: Engine) -> None:
    """Let this new engine use what others compiled, or others what it does; its options must be those of its kind."""
    server = _server(engine.url)
    if server in _SHARED:
        engine.dialect, kept = _SHARED[server]
    else:
        kept, own = LRUCache(MOST), engine.dialect
        # After SQLAlchemy's own first look at the server, for a dialect learns there whom it speaks to.
        event.listen(engine, "connect", lambda *_: _SHARED.setdefault(server, (own, kept)))
    engine.update_execution_options(compiled_cache=kept)


def _server(url: URL) -> str:
    """One for every SQLite, be it a file or in memory."""
    if url.get_backend_name() == "sqlite":
        return url.drivername
    return url._replace(database=None).render_as_string()
