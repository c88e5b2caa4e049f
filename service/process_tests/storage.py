"""The storage under a scenario: dicts of JSON texts and files, so that a restart really reloads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from workflows.bpmn.dmn import Decision, DecisionFile
from workflows.bpmn.model import Definition
from workflows.bpmn.read import read
from workflows.engine import StartTrigger, State, event_to_json, state_from_json, state_to_json
from workflows.engine.events import Event

Version = TypeVar("Version")


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
    """Cases, definitions by version, start triggers. This is the engine's `Definitions` too."""

    def __init__(self) -> None:
        self.cases: dict[str, str] = {}
        self.histories: dict[str, list[str]] = {}
        self.files: dict[str, bytes] = {}
        self.latest: dict[str, str] = {}
        self.triggers: dict[tuple[str, str], tuple[str, StartTrigger]] = {}
        self._read: dict[str, Definition] = {}
        self._decisions: list[tuple[str, DecisionFile]] = []  # by deployment
        self._deployment: dict[str, str] = {}
        self._deployments = 0

    def forget(self) -> None:
        """Drop everything that is only in memory."""
        self._read = {}

    def new_deployment(self) -> str:
        """The id of the next deployment."""
        self._deployments += 1
        return str(self._deployments)

    def deploy(self, data: bytes, definition: Definition, deployment: str) -> str:
        """Keep a file as the newest version of its processes; its id."""
        key = str(len(self.files) + 1)
        self.files[key] = data
        self._deployment[key] = deployment
        self._read[key] = definition
        for process in definition.processes:
            self.latest[process.id] = key
            for known in [known for known in self.triggers if known[0] == process.id]:
                del self.triggers[known]
        return key

    def deploy_decisions(self, decisions: DecisionFile, deployment: str) -> None:
        """Keep a file of decisions as the newest version of them."""
        self._decisions.append((deployment, decisions))

    def load(self, definition_id: str) -> Definition:
        """The file with this id."""
        if definition_id not in self._read:
            self._read[definition_id] = read(self.files[definition_id], functions=None)
        return self._read[definition_id]

    def find(self, process: str, binding: str, version: str | None, caller: str) -> str | None:
        """The file that a call of `process` means, or None."""
        holders = [key for key in self.files if self.load(key).process(process)]
        if binding == "deployment":
            holders = [key for key in holders if self._deployment[key] == self._deployment[caller]]
        elif binding == "version":
            holders = _numbered(holders, version)
        elif binding == "versionTag":
            holders = [key for key in holders if self._tag(key, process) == version]
        return holders[-1] if holders else None

    def decision(self, key: str, binding: str, version: str | None, caller: str) -> Decision | None:
        """The decision that a business rule task means, or None."""
        found = [(home, known) for home, file in self._decisions if (known := file.decision(key))]
        if binding == "deployment":
            found = [(home, known) for home, known in found if home == self._deployment[caller]]
        elif binding == "version":
            found = _numbered(found, version)
        elif binding == "versionTag":
            found = [(home, known) for home, known in found if known.version_tag == version]
        return found[-1][1] if found else None

    def _tag(self, key: str, process: str) -> str | None:
        found = self.load(key).process(process)
        return found.version_tag if found else None

    def state(self, case: str) -> State:
        """The state of a case."""
        return state_from_json(json.loads(self.cases[case]))

    def history(self, case: str) -> list[dict[str, Any]]:
        """Everything that happened in a case."""
        return [json.loads(line) for line in self.histories[case]]

    def save(self, case: str, state: State, events: tuple[Event, ...]) -> None:
        """Keep a new state and what led to it."""
        self.cases[case] = json.dumps(state_to_json(state), ensure_ascii=False)
        self.histories.setdefault(case, []).extend(
            json.dumps(event_to_json(event), ensure_ascii=False) for event in events
        )

    def open_states(self) -> list[tuple[str, State]]:
        """The cases that are not over."""
        found = [(case, self.state(case)) for case in self.cases]
        return [(case, state) for case, state in found if not state.is_over()]

    def waiting(self, kind: str) -> list[Waiting]:
        """The open subscriptions of one kind."""
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


def _numbered(versions: list[Version], number: str | None) -> list[Version]:
    at = int(number) if number and number.isdecimal() else 0
    return versions[at - 1 : at] if at else []


def _business_key(state: State, instance: str) -> str | None:
    root = state.instances[instance].root
    return state.facts.get(root, {}).get("business_key", state.business_key if root == "0" else None)
