"""What the doctor says of the key that seals the secrets in the database: is it here, the right one, and its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from service.settings import Settings
from service.web import seal_of
from workflows.errors import Refused
from workflows.store.database import Database
from workflows.store.finding import Finding
from workflows.store.installation_secrets import TOUCHSTONE, is_sealed_already, secret_named
from workflows.store.sealing import FILE

FOR_OTHERS = 0o077  # the bits of a file's mode that let others than its owner in


def examine_seal(settings: Settings, database: Database) -> Iterator[Finding]:
    """Nothing is made here: a key that is missing is not replaced by one that opens nothing."""
    given = bool(settings.secret_key.get_secret_value())
    path = settings.data_dir.absolute() / FILE
    place = "KEHOACH_SECRET_KEY" if given else str(path)
    if not database.is_sqlite and not given:
        yield Finding("SEAL_KEY_OWN", "warning", {"place": place})
    with database.read() as connection:
        sealed = is_sealed_already(connection)
    if not given and not path.exists():
        yield Finding("SEAL_KEY_MISSING", "error", {"place": place}) if sealed else Finding("SEAL_KEY_NONE", "ok", {})
        return
    if not given:
        yield from _examine_file(path)
    try:
        with database.read() as connection:
            secret_named(connection, TOUCHSTONE, seal_of(settings))
    except Refused as refused:
        code = "SEAL_KEY_OTHER" if refused.code == "SEAL_UNKNOWN" else refused.code
        yield Finding(code, "error", {"place": place, **refused.facts})
        return
    yield Finding("SEAL_KEY", "ok", {"place": place})


def _examine_file(path: Path) -> Iterator[Finding]:
    if path.stat().st_mode & FOR_OTHERS:
        yield Finding("SEAL_KEY_READABLE", "warning", {"place": str(path)})
