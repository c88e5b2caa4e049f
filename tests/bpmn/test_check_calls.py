"""Calls that lead back to their own process without a choice or a wait are refused at deployment (CALL_CYCLE)."""

from __future__ import annotations

import time

import pytest

from tests.engine.building import BORDER, file, nodes, process, users
from workflows.bpmn.check_calls import check_calls
from workflows.bpmn.read import read
from workflows.errors import BadDefinition


def call(name: str, called: str, inner: str = "") -> str:
    return f'<callActivity id="{name}" calledElement="{called}">{inner}</callActivity>'


def codes(*parts: str) -> list[tuple[str, str | None]]:
    try:
        read(file(*parts))
    except BadDefinition as bad:
        return [(finding.code, finding.element) for finding in bad.findings]
    return []


ITSELF = process(BORDER + call("c", "P"), "s c e")
BACK = process('<startEvent id="s2"/>' + call("c2", "P"), "s2 c2", key="Q", prefix="g")
END = process('<startEvent id="s3"/><endEvent id="e3"/>', "s3 e3", key="R", prefix="h")
FORK = nodes("parallelGateway", "g", "j")


@pytest.mark.parametrize(
    ("parts", "elements"),
    [
        ((ITSELF,), ["c"]),
        ((process(BORDER + call("c", "Q"), "s c e"), BACK), ["c", "c2"]),
        ((process(BORDER + nodes("task", "t") + call("c", "P"), "s t c e"),), ["c"]),
        ((process(BORDER + FORK + users("u") + call("c", "P"), "s g u j e", "g c j"),), ["c"]),
        ((process(BORDER + FORK + nodes("task", "t", "v") + call("c", "P"), "s g t j c e", "g v j"),), ["c"]),
        ((process(BORDER + f'<subProcess id="sp">{call("c", "P")}</subProcess>', "s sp e"),), ["c"]),
        ((process(BORDER + call("c", "R") + call("d", "P"), "s c d e"), END), ["d"]),
        ((process(call("c", "P")),), ["c"]),
    ],
    ids=[
        "itself",
        "another",
        "after a task",
        "on a branch",
        "after a join",
        "in a sub-process",
        "after a call",
        "no start",
    ],
)
def test_a_call_that_must_come_back_is_refused(parts: tuple[str, ...], elements: list[str]) -> None:
    assert codes(*parts) == [("CALL_CYCLE", element) for element in elements]


@pytest.mark.parametrize(
    "parts",
    [
        (process(BORDER + users("u") + call("c", "P"), "s u c e"),),
        (process(BORDER + nodes("exclusiveGateway", "g") + call("c", "P"), "s g [${n > 0}] c e", "s g [${n == 0}] e"),),
        (process(BORDER + nodes("task", "t") + call("c", "P"), "s t [${n > 0}] c e", "s t [${n == 0}] e"),),
        (process(BORDER + call("c", "${'P'}"), "s c e"),),
        (process(BORDER + call("c", "other"), "s c e"),),
        (process(BORDER + FORK + users("u") + call("c", "P"), "s g u j c e", "g j"),),
        (
            process(
                BORDER
                + call(
                    "c",
                    "P",
                    "<multiInstanceLoopCharacteristics><loopCardinality>${n}</loopCardinality>"
                    "</multiInstanceLoopCharacteristics>",
                ),
                "s c e",
            ),
        ),
        (process(BORDER + call("c", "R"), "s c e"), END),
    ],
    ids=[
        "wait",
        "gateway",
        "conditional flow",
        "expression",
        "unknown",
        "join that waits",
        "perhaps none",
        "no circle",
    ],
)
def test_a_call_that_may_rest_is_accepted(parts: tuple[str, ...]) -> None:
    assert codes(*parts) == []


def test_files_of_one_deployment_are_looked_at_together() -> None:
    one = read(file(process(BORDER + call("c", "Q"), "s c e")))
    other = read(file(BACK))
    found = check_calls([*one.processes, *other.processes])
    assert [(finding.code, finding.element) for finding in found] == [("CALL_CYCLE", "c"), ("CALL_CYCLE", "c2")]


def test_a_long_chain_of_double_calls_is_checked_in_no_time() -> None:
    chain = [
        process(
            f'<startEvent id="s{n}"/>' + call(f"a{n}", f"P{n + 1}") + call(f"b{n}", f"P{n + 1}"),
            f"s{n} a{n} b{n}",
            key=f"P{n}",
            prefix=f"f{n}_",
        )
        for n in range(300)
    ]
    last = process('<startEvent id="z"/><endEvent id="y"/>', "z y", key="P300", prefix="z")
    processes = read(file(*chain, last)).processes
    began = time.perf_counter()
    assert check_calls(processes) == []
    assert time.perf_counter() - began < 1
