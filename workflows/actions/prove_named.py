"""Proof that a step of another process that an exclusion names is there, in both directions: four eyes that look at
nothing would let everybody through without a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from workflows.bpmn.model import Node, Process
from workflows.bpmn.rights import OTHER_PROCESS
from workflows.errors import Finding
from workflows.store import cases

from .definitions import StoredDefinitions
from .desk import Work


def require_named(work: Work, processes: Sequence[Process]) -> list[Finding]:
    """What is wrong with the exclusions of processes that are deployed together, judged with those in use.

    DANGLING_REFERENCE for `process#step` where there is no such process, no such step or nobody does it; and for a
    step that a new version leaves out while a process in use still names it.
    """
    new = {process.id: process for process in processes}
    known = _Processes(work, new)
    findings = [finding for process in processes for finding in _naming(process, known)]
    for process in processes:
        findings += _left_out(work, process, new, known)
    return findings


class _Processes:
    """The newest of each process: what is deployed now, else what is in use."""

    def __init__(self, work: Work, new: Mapping[str, Process]) -> None:
        self._work = work
        self._found: dict[str, Process | None] = dict(new)

    def find(self, key: str) -> Process | None:
        """The process of this key, None when it was never deployed."""
        if key not in self._found:
            row = cases.find_definition(self._work.connection, key)
            file = StoredDefinitions(self._work.connection).load(str(row.id)) if row is not None else None
            self._found[key] = file.process(key) if file is not None else None
        return self._found[key]


def _naming(process: Process, known: _Processes) -> Iterator[Finding]:
    for node, key, step in _named(process):
        why = _why_not(known.find(key), key, step)
        if why:
            message = f"kehoach:exclude trỏ tới «{key}{OTHER_PROCESS}{step}», nhưng {why}"
            yield Finding("DANGLING_REFERENCE", node.id, node.line, message)


def _left_out(work: Work, process: Process, new: Mapping[str, Process], known: _Processes) -> Iterator[Finding]:
    """What processes in use name of this one and it has not any more."""
    for key in cases.keys_naming(work.connection, f"{process.id}{OTHER_PROCESS}"):
        other = known.find(key) if key not in new else None
        for node, named, step in _named(other) if other is not None else ():
            if named == process.id and _why_not(process, named, step):
                message = (
                    f"Quy trình «{key}» đang dùng còn loại trừ người làm bước «{step}» (ở bước «{node.id}»), "
                    f"mà bản này không có bước đó. Hãy giữ bước «{step}», hoặc đưa cả hai quy trình vào dùng cùng lúc."
                )
                yield Finding("DANGLING_REFERENCE", step, process.line, message)


def _named(process: Process) -> Iterator[tuple[Node, str, str]]:
    for node in process.walk():
        for name in node.human.rights.exclude if node.human is not None else ():
            key, mark, step = name.rpartition(OTHER_PROCESS)
            if mark:
                yield node, key, step


def _why_not(process: Process | None, key: str, step: str) -> str:
    if process is None:
        return f"chưa có quy trình «{key}»; hãy đưa quy trình đó vào dùng trước, hoặc cùng lúc."
    node = next((each for each in process.walk() if each.id == step), None)
    if node is None:
        return f"quy trình «{key}» không có bước «{step}»."
    return "" if node.human is not None else f"bước «{step}» của «{key}» không do người làm."
