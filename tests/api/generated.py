"""Calls that schemathesis generates from the document of the real interface, and what was wrong in the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from fastapi import FastAPI
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

PHASES = ("examples", "coverage", "fuzzing", "stateful")
ADDRESS = "/api/v1/openapi.json"
# What may be answered to a call of the declared shape that the state of things forbids, and to one of another shape.
FORBIDDEN = ["2xx", 401, 403, 404, 409, 410, 412, 422]
REFUSED = [400, 401, 403, 404, 405, 406, 409, 410, 412, 413, 415, 422]


@dataclass
class Found:
    """How many calls were answered with which status, and each failure by operation and title."""

    calls: Counter[int] = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)


def call_everything(
    app: FastAPI,
    secret: str,
    phases: Collection[str],
    examples: int,
    scopes: Collection[str],
    *,
    methods: bool,
    seed: int | None = None,
) -> Found:
    """Call the operations of these scopes, rightly and wrongly, with every check of every answer.

    With `methods` each address is also called by the methods that it does not know. Without a seed the calls are the
    same each time.
    """
    generation = {"max-examples": examples, "deterministic": seed is None, "no-shrink": True, "database": "none"}
    config = SchemathesisConfig.from_dict(
        {
            **({"seed": seed} if seed is not None else {}),
            "auth": {"openapi": {"token": {"bearer": secret}}} if secret else {},
            "checks": {
                "positive_data_acceptance": {"expected-statuses": FORBIDDEN},
                "negative_data_rejection": {"expected-statuses": REFUSED},
            },
            "continue-on-failure": True,
            "generation": generation,
            "phases": {each: {"enabled": each in phases} for each in PHASES},
        }
    )
    if not methods:
        config.projects.default.phases.coverage.unexpected_methods = set()
    schema = schemathesis.openapi.from_asgi(ADDRESS, app, config=config)
    found = Found()
    for event in from_schema(schema.include(operation_id=_operations(schema.raw_schema, scopes))).execute():
        _note(found, event)
    return found


def _operations(document: dict[str, Any], scopes: Collection[str]) -> list[str]:
    operations = [each for path in document["paths"].values() for each in path.values()]
    return [each["operationId"] for each in operations if set(each["security"][0]["token"]) & set(scopes)]


def _note(found: Found, event: Any) -> None:
    if isinstance(event, events.NonFatalError):
        found.failures[f"{event.label}: {event.info.title}"] = str(event.info)
    if isinstance(event, events.FatalError):
        raise event.exception
    if not isinstance(event, events.ScenarioFinished):
        return
    for call in event.recorder.interactions.values():
        if call.response is not None:
            found.calls[call.response.status_code] += 1
    for case_id, checks in event.recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                title = f"{event.label}: {check.name}: {check.failure_info.failure.title}"
                call = event.recorder.interactions.get(case_id)
                sent = call.response.content[:400] if call and call.response else b""
                told = (check.failure_info.failure.message[:600], check.failure_info.code_sample[:700], str(sent))
                found.failures.setdefault(title, "\n   ".join(told))
