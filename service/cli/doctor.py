"""`kehoach doctor`: whether this machine may be trusted with an office's plans, and what to do where it may not."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import typer
from sqlalchemy.exc import SQLAlchemyError

from service.clock.due_sweeps import PACES
from service.settings import Settings, read_settings
from service.words.refusals import sentences_of
from workflows.actions.load_functions import load_functions
from workflows.errors import Refused
from workflows.store import clockwork, due, start_triggers, telling
from workflows.store.database import Database
from workflows.store.deliveries import count_deliveries
from workflows.store.finding import Finding

from .answers import answer, verb_app
from .examine_files import examine_files
from .examine_seal import examine_seal
from .examine_start import examine_certificates, examine_clock, examine_quarantine, examine_settings
from .installation import ANOTHER_VERSION, now
from .machine import examine_machine
from .sentences import all_sentences, sentence

# Sweeps come round every minute; what is due for longer than this is not being swept.
LONGEST_WAIT = timedelta(minutes=10)

app = verb_app("Khám máy: cơ sở dữ liệu, thư mục, lịch chạy.")


@app.command()
def doctor() -> None:
    """Khám mọi thứ một lượt và in từng mục; mã thoát 1 khi có lỗi phải sửa."""
    settings = read_settings()
    findings = [
        *examine_machine(settings),
        *examine_settings(settings),
        *examine_files(settings, os.environ),
        *_examine_functions(settings),
        *_examine_database(settings),
    ]
    bad = any(each.level == "error" for each in findings)
    answer({"ok": not bad, "findings": [_told(each) for each in findings]})
    if bad:
        raise typer.Exit(1)


def _examine_functions(settings: Settings) -> Iterator[Finding]:
    """Whether the functions that processes call can be loaded, and which those are."""
    try:
        functions = load_functions(settings.functions)
    except Refused as refused:
        yield Finding("NO_FUNCTIONS", "error", {"why": " ".join(sentences_of(refused.reasons))})
        return
    yield Finding("FUNCTIONS", "ok", {"count": len(functions), "names": list(functions.names)})


def _examine_database(settings: Settings) -> Iterator[Finding]:
    database = Database(settings.database_address)
    place = Path(database.engine.url.database or "")
    if database.is_sqlite and not place.exists():
        yield Finding("NO_DATABASE", "warning", {"database": str(place)})
        return
    try:
        found = database.check()
        yield from found
        if not any(each.level == "error" for each in found if each.code in ANOTHER_VERSION):
            yield from _examine_sweeps(database)
            yield from _examine_due(database)
            yield from examine_seal(settings, database)
            yield from examine_clock(database, now())
            yield from examine_quarantine(database)
            yield from examine_certificates(database, now())
    except SQLAlchemyError as error:
        why = str(getattr(error, "orig", None) or error).strip()
        yield Finding("DATABASE_UNREACHABLE", "error", {"database": database.url, "why": why})
    finally:
        database.close()


def _examine_sweeps(database: Database) -> Iterator[Finding]:
    """Whether each kind of sweep has come round lately, whoever ran it."""
    with database.read() as connection:
        last = {each.kind: each for each in clockwork.last_sweeps(connection)}
    for kind, pace in PACES.items():
        sweep = last.get(kind)
        ended = sweep.finished_at if sweep else None
        late, failed = pace.is_overdue(ended, now()), sweep.error if sweep else None
        facts = {"kind": kind, "last": ended.isoformat() if ended else None, "error": failed}
        yield Finding("SWEEP", "warning" if late or failed else "ok", facts)


def _examine_due(database: Database) -> Iterator[Finding]:
    """Whether anything has been due for longer than a sweep may take, whatever the record of sweeps says."""
    with database.read() as connection:
        waiting = [each.due for each in due.due_timers(connection, now(), 1)]
        starting = [each.trigger.due for each in start_triggers.due_starts(connection, now(), 1) if each.trigger.due]
        oldest: dict[str, Sequence[datetime | None]] = {
            "timer": sorted([*waiting, *starting]),
            "escalation": [each.next_escalation_at for each in due.due_escalations(connection, now(), 1)],
            "letter": [each.at for each in telling.unaddressed(connection, 1)],
        }
        dead = count_deliveries(connection).get("dead", 0)
    for what, found in oldest.items():
        since = found[0] if found else None
        waits = since is not None and now() - since > LONGEST_WAIT
        facts = {"what": what, "since": since.isoformat() if since else None}
        yield Finding("DUE", "warning" if waits else "ok", facts)
    yield Finding("DEAD_LETTERS", "warning" if dead else "ok", {"count": dead})


def _told(finding: Finding) -> dict[str, object]:
    message = sentence(all_sentences(bad=finding.level != "ok")[finding.code], finding.facts)
    return {"level": finding.level, "code": finding.code, "message": message, "facts": finding.facts}
