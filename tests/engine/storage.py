"""The storage under the adapter: a dict of JSON texts, so that a restart really reloads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows.bpmn.dmn import Decision
from workflows.bpmn.model import Definition
from workflows.bpmn.read import read
from workflows.engine import StartTrigger, State, event_to_json, state_from_json, state_to_json
from workflows.engine.events import Event


@dataclass
class Waiting:
    """An open subscription of some case."""

    case: str
    subscription: str
    kind: str
    name: str
    key: str | None
    business_key: str | None


class Memory:
    """Cases, definitions by version, start triggers. Implements the engine's `Definitions`."""

    def __init__(self) -> None:
        self.cases: dict[str, str] = {}
        self.histories: dict[str, list[str]] = {}
        self.files: dict[str, bytes] = {}
        self.latest: dict[str, str] = {}
        self.triggers: dict[tuple[str, str], tuple[str, StartTrigger]] = {}
        self._read: dict[str, Definition] = {}

    def forget(self) -> None:
        """Drop everything that is only in memory."""
        self._read = {}

    def deploy(self, data: bytes, definition: Definition) -> str:
        key = str(len(self.files) + 1)
        self.files[key] = data
        self._read[key] = definition
        for process in definition.processes:
            self.latest[process.id] = key
            for known in [known for known in self.triggers if known[0] == process.id]:
                del self.triggers[known]
        return key

    def load(self, definition_id: str) -> Definition:
        if definition_id not in self._read:
            self._read[definition_id] = read(self.files[definition_id])
        return self._read[definition_id]

    def find(self, process: str, binding: str, version: str | None, caller: str) -> str | None:
        if binding == "deployment" and self.load(caller).process(process):
            return caller
        holders = [key for key in self.files if self.load(key).process(process)]
        if binding == "version":
            return (
                holders[int(version) - 1]
                if version and version.isdigit() and 0 < int(version) <= len(holders)
                else None
            )
        if binding == "versionTag":
            holders = [key for key in holders if self.load(key).process(process).version_tag == version]
        return holders[-1] if holders else None

    def decision(self, key: str, binding: str, version: str | None, caller: str) -> Decision | None:
        return None

    def state(self, case: str) -> State:
        return state_from_json(json.loads(self.cases[case]))

    def history(self, case: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.histories[case]]

    def save(self, case: str, state: State, events: tuple[Event, ...]) -> None:
        self.cases[case] = json.dumps(state_to_json(state), ensure_ascii=False)
        self.histories.setdefault(case, []).extend(
            json.dumps(event_to_json(event), ensure_ascii=False) for event in events
        )

    def open_states(self) -> list[tuple[str, State]]:
        found = [(case, self.state(case)) for case in self.cases]
        return [(case, state) for case, state in found if not state.is_over()]

    def waiting(self, kind: str) -> list[Waiting]:
        return [
            Waiting(case, wait.id, wait.kind, wait.name, wait.key, _business_key(state, wait.instance))
            for case, state in self.open_states()
            for wait in state.subscriptions.values()
            if wait.kind == kind
        ]

    def due(self, clock: datetime) -> tuple[datetime, str, str] | None:
        """The earliest timer that is due: (due, case or "", timer id or start trigger key); a suspended case rests."""
        running = [(case, state) for case, state in self.open_states() if not state.suspended]
        found = [(timer.due, case, timer.id) for case, state in running for timer in state.timers.values()]
        found += [
            (trigger.due, "", f"{key[0]}\n{key[1]}") for key, (_, trigger) in self.triggers.items() if trigger.due
        ]
        found = [item for item in found if item[0] <= clock]
        return min(found, key=lambda item: (item[0], item[1], len(item[2]), item[2])) if found else None


def _business_key(state: State, instance: str) -> str | None:
    root = state.instances[instance].root
    return state.facts.get(root, {}).get("business_key", state.business_key if root == "0" else None)
