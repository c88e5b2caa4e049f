"""A case is brought to the next version of its process: what the tests of migrations share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.engine import commands as cmd
from workflows.engine import event_from_json, replay, state_to_json
from workflows.engine.migration_check import forbids, migration_findings

from .building import Play, file, flows, refused, users

MULTI = "<multiInstanceLoopCharacteristics {}><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>"
M = '<message id="m" name="tin"/><message id="m2" name="tin_moi"/><signal id="sg" name="hieu"/>'


def timer(duration: str = "PT1H") -> str:
    return f"<timerEventDefinition><timeDuration>{duration}</timeDuration></timerEventDefinition>"


def message(ref: str = "m") -> str:
    return f'<messageEventDefinition messageRef="{ref}"/>'


def boundary(inner: str, name: str = "b", to: str = "x") -> str:
    return f'<boundaryEvent id="{name}" attachedToRef="{to}" cancelActivity="false">{inner}</boundaryEvent>'


def catch(inner: str, name: str = "c") -> str:
    return f'<intermediateCatchEvent id="{name}">{inner}</intermediateCatchEvent>'


def sub(name: str, inner: str, *chains: str) -> str:
    return f'<subProcess id="{name}"><startEvent id="{name}s"/>{inner}{flows(*chains, prefix=name)}</subProcess>'


def command(play: Play, *parts: str, **mapping: str) -> cmd.MigrateCase:
    """Deploy the parts as the next version; the command that brings the case there."""
    play.adapter.deploy({"y.bpmn": file(*parts)})
    return cmd.MigrateCase(play.adapter.store.latest["P"], "sửa quy trình", mapping)


def migrated(play: Play, *parts: str, **mapping: str) -> Play:
    play.adapter._command(play.case, command(play, *parts, **mapping))
    state = play.adapter.store.state(play.case)
    assert state_to_json(replay(map(event_from_json, play.adapter.store.history(play.case)))) == state_to_json(state)
    assert state.homes["0"] == [play.adapter.store.latest["P"], "P"]
    return play


def findings(play: Play, *parts: str, **mapping: str) -> dict[str, list[str]]:
    """Elements by code; those that forbid must be what the refusal says, and nothing else may be."""
    wanted = command(play, *parts, **mapping)
    before = play.adapter.store.state(play.case)
    found = migration_findings(play.adapter.store, before, wanted)
    forbidden = [finding for finding in found if forbids(finding)]
    if forbidden:
        with refused(forbidden[0].code) as caught:
            play.adapter._command(play.case, wanted)
        assert caught.value.__cause__.reasons == tuple(forbidden)  # type: ignore[union-attr]  # it is a Refused
        assert play.adapter.store.state(play.case) == before
    codes: dict[str, list[str]] = {}
    for finding in found:
        codes.setdefault(finding.code, []).append(finding.facts["element"])
    return codes


def tasks(play: Play) -> Mapping[str, Any]:
    return play.adapter.store.state(play.case).tasks


def told(play: Play, *parts: str, **mapping: str) -> list[tuple[str, dict[str, Any]]]:
    """All findings, as (code, facts)."""
    wanted = command(play, *parts, **mapping)
    found = migration_findings(play.adapter.store, play.adapter.store.state(play.case), wanted)
    return [(finding.code, dict(finding.facts)) for finding in found]


HANDLER_START = '<startEvent id="hs" isInterrupting="{}">{}</startEvent>'


def handler(inner: str, interrupting: str = "true") -> str:
    start = HANDLER_START.format(interrupting, inner)
    return f'<subProcess id="h" triggeredByEvent="true">{start}{users("hx")}{flows("hs hx", prefix="h")}</subProcess>'
