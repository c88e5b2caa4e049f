"""What the doctor says of the files that hold secrets: who else on this machine reads them, or could change them."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import SecretStr

from notifications.seal_log import KEY
from service.settings import FROM_FILE, PREFIX, Settings
from workflows.store.finding import Finding
from workflows.store.sealing import FILE

DATABASE = "kehoach.sqlite3"
# A database address holds a password too.
ADDRESSES = frozenset({"database_url", "owner_database_url", "prefect_database_url"})


def examine_files(settings: Settings, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Files that settings name, and those of the data folder; whoever can write a key can choose it: an error.

    The group may read: that is how secrets are handed to a service (systemd, Kubernetes).
    """
    for name, path in _named(environ):
        yield from _open_to_others(path, name)
    folder = settings.data_dir.absolute()
    for own in (folder / KEY, folder / DATABASE, folder / "prefect" / "key"):
        yield from _open_to_others(own, str(own))
    if (folder / FILE).exists() and _lets_others(folder / FILE, stat.S_IWOTH):  # who reads it is said with its key
        yield Finding("SECRET_WRITABLE", "error", {"name": FILE, "file": str(folder / FILE)})


def _named(environ: Mapping[str, str]) -> Iterator[tuple[str, Path]]:
    for key, value in environ.items():
        if key.startswith(PREFIX) and key.endswith(FROM_FILE):
            name = key[len(PREFIX) : -len(FROM_FILE)].lower()
            field = Settings.model_fields.get(name)
            if field is not None and (field.annotation is SecretStr or name in ADDRESSES):
                yield key, Path(value).absolute()


def _open_to_others(path: Path, name: str) -> Iterator[Finding]:
    facts = {"name": name, "file": str(path)}
    if not path.exists():
        return
    if _lets_others(path, stat.S_IWOTH):
        yield Finding("SECRET_WRITABLE", "error", facts)
    elif _lets_others(path, stat.S_IROTH):
        yield Finding("SECRET_READABLE", "warning", facts)


def _lets_others(path: Path, bit: int) -> bool:
    """Whether anybody on this machine may do this with the file, and gets through the folders to it."""
    real = path.resolve()
    return bool(real.stat().st_mode & bit) and all(each.stat().st_mode & stat.S_IXOTH for each in real.parents)
