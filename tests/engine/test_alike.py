"""Starts that look alike are judged once, and what is said of each is what `decide` says of it alone, to the letter."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.random_process import BLOCKS, build
from tests.nightly import size
from workflows.bpmn.read import read
from workflows.engine import CLOCK, Calendar, Context, DefinitionSet, State, decide, event_to_json, state_to_json
from workflows.engine.alike import Judged, Starts
from workflows.engine.commands import StartCase
from workflows.engine.watched import Looks, Watched
from workflows.errors import Refused

NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)
HERE = Context(NOW, Calendar())
LIBRARY = Path(__file__).parents[2] / "workflows" / "bpmn" / "library"
DAY = (NOW + timedelta(days=20)).isoformat()
FACTS = {
    "ky": 1, "lan": 7, "nhiem_vu": 3, "ke_hoach": 2, "co_quan": 9, "dau_moi": 4, "don_vi_chu_tri": 5,
    "nguoi_ky": "chu_tich", "don_vi": [4, 5], "han_don_vi": DAY, "chot_so_lieu": DAY, "han_co_quan": DAY, "han": DAY,
}  # fmt: skip
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'id="D" targetNamespace="t"><process id="P" isExecutable="true">{}</process></definitions>'
)


def files(**given: bytes) -> DefinitionSet:
    """Definitions by id."""
    definitions = DefinitionSet()
    for name, file in given.items():
        definitions.add(name, read(file))
    return definitions


@cache
def library() -> DefinitionSet:
    """The shipped processes; each file's name is the id of its definition."""
    return files(**{path.stem: path.read_bytes() for path in LIBRARY.glob("*.bpmn")})


def same_as_alone(starts: Starts, definitions: DefinitionSet, command: StartCase) -> Judged | None:
    """Judge this start among others and alone; both must say the same, be it a refusal."""
    try:
        alone = decide(definitions, State(), command, CLOCK, HERE)
    except Refused as refusal:
        with pytest.raises(Refused) as found:
            starts.judge(command, HERE)
        assert (found.value.code, found.value.facts) == (refusal.code, refusal.facts)
        return None
    judged = starts.judge(command, HERE)
    together = judged.decision
    said = [json.dumps([event_to_json(event) for event in each.events]) for each in (alone, together)]
    assert said[0] == said[1]
    assert state_to_json(alone.state) == state_to_json(together.state) == judged.state_json
    assert json.dumps(state_to_json(alone.state)) == json.dumps(state_to_json(together.state))
    return judged


def test_what_is_not_looked_at_makes_no_difference_of_kind() -> None:
    definitions = library()
    starts = Starts(definitions, CLOCK)
    found = [
        same_as_alone(starts, definitions, StartCase("bao_cao", "bao_cao", {**FACTS, **own}, f"bao_cao:{at}"))
        for at, own in enumerate(
            ({}, {"ky": 2}, {"dau_moi": 8, "ke_hoach": 77}, {"don_vi": [4]}, {"don_vi": [4], "ky": 5}, {"don_vi": []})
        )
    ]
    kinds = [each.outline for each in found if each is not None]
    assert kinds[0] is kinds[1] is kinds[2] is not None
    assert kinds[3] is kinds[4] is not kinds[0]
    assert len({id(each) for each in kinds}) == 3


VALUES = st.sampled_from([None, 1, 1.0, True, "", "1", DAY, "không phải ngày", [], [4], [4, "x"], {"a": 1}])


@settings(max_examples=size(60, 1200), deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(sorted(FACTS)), VALUES, max_size=3), min_size=2, max_size=6), st.data())
def test_any_values_of_any_shipped_process(changes: list[dict[str, object]], data: st.DataObject) -> None:
    definitions = library()
    starts = Starts(definitions, CLOCK)
    process = data.draw(st.sampled_from(["bao_cao", "nhiem_vu", "ke_hoach", "ra_soat_ke_hoach", "bo_sung_bao_cao"]))
    for at, change in enumerate(changes * 2):
        facts = {name: value for name, value in {**FACTS, **change}.items() if value != ""}
        key = f"k:{at}" if at % 3 else None
        same_as_alone(starts, definitions, StartCase(process, process, facts, key))


@settings(max_examples=size(60, 1200), deadline=None)
@given(BLOCKS, st.lists(st.integers(0, 3), min_size=1, max_size=3))
def test_any_process(block: tuple, numbers: list[int]) -> None:  # type: ignore[type-arg]  # a tree of tuples
    definitions = files(d=HEAD.format(build(block)[0]).encode())
    starts = Starts(definitions, CLOCK)
    for n, m, unseen in product(numbers, numbers, (1, 2)):
        known = {"n": n, "items": [1, 2][:m], "times": m, "unseen": unseen}
        same_as_alone(starts, definitions, StartCase("d", "P", known, f"{unseen}"))


def test_whatever_copies_all_variables_is_alone() -> None:
    looks = Looks()
    watched = Watched({"a": 1, "b": 2}, looks)
    assert (watched.get("a"), "c" in watched, looks) == (1, False, Looks({"a", "c"}, whole=False))
    laid_over = watched.copy()
    laid_over.update({"d": 3})
    assert (laid_over["d"], "d" in watched, looks.whole) == (3, False, False)
    assert {**watched} == {"a": 1, "b": 2}
    assert looks.whole


def test_a_caller_that_hands_over_its_key_is_alone() -> None:
    called = (
        '<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="c"/><callActivity id="c" calledElement="Q">'
        '<extensionElements><camunda:in businessKey="#{execution.processBusinessKey}"/></extensionElements>'
        "</callActivity>"
    )
    inner = '<startEvent id="qs"/><sequenceFlow id="qf" sourceRef="qs" targetRef="q"/><userTask id="q"/>'
    text = HEAD.format(called).replace("</process>", f'</process><process id="Q" isExecutable="true">{inner}</process>')
    definitions = files(d=text.encode())
    starts = Starts(definitions, CLOCK)
    for key in ("a", "b"):
        judged = same_as_alone(starts, definitions, StartCase("d", "P", {}, key))
        assert judged is not None
        assert judged.outline is None
