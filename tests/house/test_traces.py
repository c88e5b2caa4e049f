"""OpenTelemetry: only where OTEL_* asks for it; then requests, commands and sweeps are spans, and never an address."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from workflows.traces import is_asked_for

# A program of its own: what is traced, and what is imported, belongs to the whole process.
PROGRAM = """
import gc, json, os, sys
gc.disable()  # it loads much and lives for a second
from workflows.traces import begin_traces

kept = []
if "remember" in sys.argv:
    from contextlib import contextmanager
    from opentelemetry import trace

    class Kept(trace.NonRecordingSpan):
        def __init__(self, name):
            super().__init__(trace.INVALID_SPAN_CONTEXT)
            self.facts = {}
            kept.append([name, self.facts])
            self.row = kept[-1]
        def set_attribute(self, key, value):
            self.facts[key] = value
        def update_name(self, name):
            self.row[0] = name

    class Remembering(trace.Tracer):
        def start_span(self, name, *args, **kwargs):
            return Kept(name)
        @contextmanager
        def start_as_current_span(self, name, *args, **kwargs):
            yield Kept(name)

    class Provider(trace.TracerProvider):
        def get_tracer(self, *args, **kwargs):
            return Remembering()

    trace.set_tracer_provider(Provider())

begun = begin_traces(os.environ)
if "begin" in sys.argv:
    sys.exit(print(json.dumps({"begun": begun})))
from datetime import UTC, datetime
from tests.actions.small_office import started
from workflows.actions.sweep import sweep
from workflows.store.database import open_memory
database = open_memory()
cast = started(database)
sweep(cast.clock, "fire_timers", "command")
imported = "opentelemetry" in sys.modules
from starlette.testclient import TestClient
from service.app import create_app  # FastAPI imports the library's interface by itself, and is told to be silent
from service.settings import Settings
client = TestClient(create_app(Settings(), database, lambda: datetime.now(UTC), lambda: "x" * 32))
client.get("/x/bi-mat-cua-lien-ket-0123456789")
print(json.dumps({"begun": begun, "spans": kept, "imported": imported}))
"""


def run(*arguments: str, **otel: str) -> tuple[Any, str]:
    """What the program says, and its log."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OTEL_", "KEHOACH_"))}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        env={**kept, **otel},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout), done.stderr


def test_without_the_setting_nothing_is_imported_and_nothing_is_done() -> None:
    told, _ = run()
    assert told == {"begun": False, "spans": [], "imported": False}


def test_requests_commands_and_sweeps_are_spans_with_ids_and_without_secrets() -> None:
    told, _ = run("remember", OTEL_TRACES_EXPORTER="otlp")
    assert told["begun"]
    spans = dict(told["spans"])
    assert {name.partition(" ")[0] for name in spans} == {"GET", "command", "sweep"}, "FastAPI's own spans stay silent"
    assert spans["GET /x/{link_token}"]["http.route"] == "/x/{link_token}"
    assert spans["GET /x/{link_token}"]["http.response.status"] == 404
    assert spans["command"]["command.type"] == "StartCase"
    assert spans["sweep fire_timers"] == {
        "sweep.kind": "fire_timers", "sweep.runner": "command", "sweep.found": 0, "sweep.done": 0, "sweep.failed": 0,
    }  # fmt: skip
    assert "bi-mat" not in json.dumps(told)


def test_a_setting_that_cannot_be_fulfilled_is_said_in_the_log() -> None:
    told, log = run("begin", OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:9")
    assert told["begun"] or "is not installed" in log, "without the SDK, which is no dependency of ours"


def test_what_asks_for_traces() -> None:
    assert not is_asked_for({})
    assert not is_asked_for({"OTEL_TRACES_EXPORTER": "none", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://x"})
    assert not is_asked_for({"OTEL_SDK_DISABLED": "true", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://x"})
    assert is_asked_for({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x"})
