"""How the engine finds process definitions: a protocol for the store, and the form in memory that tests and caches
use."""

from __future__ import annotations

from typing import Protocol

from workflows.bpmn.dmn import Decision, DecisionFile
from workflows.bpmn.model import Definition


class Definitions(Protocol):
    """Deployed files by id. One deployed file is one definition, whatever number of processes it holds."""

    def load(self, definition_id: str) -> Definition:
        """The deployed file with this id; it must exist, for a running case refers to it."""

    def find(self, process: str, binding: str, version: str | None, caller: str) -> str | None:
        """The id of the file whose `process` a call means (binding: latest, deployment, version, versionTag), or None.

        `caller` is the id of the calling file; binding `deployment` means the same file or its deployment.
        """

    def decision(self, key: str, binding: str, version: str | None, caller: str) -> Decision | None:
        """The decision that a business rule task means, or None; bindings as those of `find`."""


class DefinitionSet:
    """Definitions in memory, each added under an id; the last one added with a process is the latest version of it."""

    def __init__(self) -> None:
        self._files: dict[str, Definition] = {}
        self._decisions: list[tuple[str, DecisionFile]] = []

    def add(self, definition_id: str, definition: Definition) -> str:
        """Keep a file under this id."""
        self._files[definition_id] = definition
        return definition_id

    def load(self, definition_id: str) -> Definition:
        """The file with this id."""
        return self._files[definition_id]

    def find(self, process: str, binding: str, version: str | None, caller: str) -> str | None:
        """The file that a call of `process` means, or None."""
        if binding == "deployment":
            return caller if self._files[caller].process(process) else None
        holders = [key for key, file in self._files.items() if file.process(process)]
        if binding == "version":
            number = int(version) if version and version.isdigit() else 0
            return holders[number - 1] if 0 < number <= len(holders) else None
        if binding == "versionTag":
            holders = [key for key in holders if self._tag(key, process) == version]
        return holders[-1] if holders else None

    def add_decisions(self, definition_id: str, decisions: DecisionFile) -> str:
        """Keep a file of decisions; under the id of a process definition they count as deployed together with it."""
        self._decisions.append((definition_id, decisions))
        return definition_id

    def decision(self, key: str, binding: str, version: str | None, caller: str) -> Decision | None:
        """The decision that a business rule task means, or None."""
        versions = [(each, found) for each, file in self._decisions if (found := file.decision(key))]
        if binding == "deployment":
            versions = [(each, found) for each, found in versions if each == caller]
        elif binding == "versionTag":
            versions = [(each, found) for each, found in versions if found.version_tag == version]
        elif binding == "version":
            number = int(version) if version and version.isdecimal() else 0
            versions = versions[number - 1 : number] if number else []
        return versions[-1][1] if versions else None

    def _tag(self, key: str, process: str) -> str | None:
        found = self._files[key].process(process)
        return found.version_tag if found else None
