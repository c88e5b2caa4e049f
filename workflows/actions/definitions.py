"""Process definitions as the engine asks for them: rows of the store, each parsed once in this process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import partial

from sqlalchemy import Connection

from workflows.bpmn.dmn import Decision
from workflows.bpmn.model import Definition
from workflows.bpmn.read import read
from workflows.errors import NotFound
from workflows.store import cases
from workflows.store.cases import DefinitionRow

from .keep_decisions import kept_decision

KEPT = 200


class _Parsed:
    """Parsed files by content hash: a deployed file never changes, so the cache can never be wrong."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, Definition] = OrderedDict()
        self._lock = threading.Lock()

    def file(self, digest: str, xml: Callable[[], str]) -> Definition:
        """The parsed file, from the cache where it was parsed before."""
        with self._lock:
            found = self._files.get(digest)
            if found is None:
                found = self._files[digest] = read(xml().encode(), functions=None)
                if len(self._files) > KEPT:
                    self._files.popitem(last=False)
            self._files.move_to_end(digest)
            return found

    def forget(self) -> None:
        """Drop every parsed file."""
        with self._lock:
            self._files.clear()


_parsed = _Parsed()


def forget_parsed() -> None:
    """Drop what was parsed in this process, as a restart would; the next use parses it again."""
    _parsed.forget()


class StoredDefinitions:
    """The engine's `Definitions` over the store, inside one transaction; a process of a file is one row there."""

    def __init__(self, connection: Connection, hashes: Mapping[int, str] | None = None) -> None:
        """`hashes` are those of files that are known already, by the id of their definition."""
        self._connection = connection
        self._hashes = hashes or {}
        self._loaded: dict[str, Definition] = {}

    def load(self, definition_id: str) -> Definition:
        """The deployed file with this id."""
        if definition_id not in self._loaded:
            number = int(definition_id)
            digest = self._hashes.get(number) or cases.definition_hash(self._connection, number)
            xml = partial(self._xml, number)
            self._loaded[definition_id] = _parsed.file(digest, xml)
        return self._loaded[definition_id]

    def find(self, process: str, binding: str, version: str | None, caller: str) -> str | None:
        """The id of the file that a call of `process` means, or None."""
        try:
            return str(self._row(process, binding, version, caller).id)
        except NotFound:
            return None

    def decision(self, key: str, binding: str, version: str | None, caller: str) -> Decision | None:
        """The decision that a business rule task means, or None."""
        return kept_decision(self._connection, key, binding, version, caller)

    def latest(self, process: str) -> str:
        """The id of the newest version of a process, or NotFound."""
        return str(cases.latest_definition_id(self._connection, process))

    def _xml(self, definition_id: int) -> str:
        return cases.definition_row(self._connection, definition_id).xml

    def _row(self, process: str, binding: str, version: str | None, caller: str) -> DefinitionRow:
        if binding == "deployment":
            return cases.deployed_with(self._connection, int(caller), process)
        if binding == "version":
            number = int(version) if version and version.isdecimal() else 0
            return cases.definition_version(self._connection, process, number)
        if binding == "versionTag":
            return self._tagged(process, version)
        return cases.latest_definition(self._connection, process)

    def _tagged(self, process: str, tag: str | None) -> DefinitionRow:
        newest = cases.latest_definition(self._connection, process)
        for number in range(newest.version, 0, -1):
            row = cases.definition_version(self._connection, process, number)
            found = self.load(str(row.id)).process(process)
            if found is not None and found.version_tag == tag:
                return row
        raise NotFound("definition", key=process, tag=tag)
