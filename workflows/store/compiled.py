"""What SQLAlchemy compiled for one SQLite database serves every other in this process.

A trial, a simulated year and each what-if open a database of their own: without this each compiles hundreds of
statements anew, which takes longer than running them.
"""

from __future__ import annotations

from functools import cache

from sqlalchemy import Dialect, Engine, create_engine
from sqlalchemy.util import LRUCache

from .refusals import to_json

# Statements that are kept: all of ours are fewer, but for those whose shape follows what was typed.
MOST = 1000


def share_compiled(engine: Engine) -> None:
    """Let this engine, which has not connected yet, use what others compiled; its options must be those of all."""
    engine.dialect, kept = _shared()
    engine.update_execution_options(compiled_cache=kept)


@cache
def _shared() -> tuple[Dialect, LRUCache[object, object]]:
    """A dialect that has seen a connection, and what was compiled for it: SQLAlchemy looks there by both."""
    engine = create_engine("sqlite://", json_serializer=to_json)
    engine.connect().close()
    engine.dispose()
    return engine.dialect, LRUCache(MOST)
