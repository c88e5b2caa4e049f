"""`kehoach test`: every kind of step and check, a report in Vietnamese, coverage by name, exit codes 0, 1 and 2."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from service.process_tests.scenario import OPERATIONS
from service.process_tests.words import ACTS
from tests.bpmn.dmn_file import dmn, literal
from tests.cli.command import Ended, kehoach
from tests.engine.building import BORDER, file, process, users
from tests.house.source import ROOT

CHOICE = process(
    BORDER + users("a", "b", "c") + '<exclusiveGateway id="g" default="f1_g_c"/>',
    "s a g [${dong_y}] b e",
    "g c e",
)
START = {"op": "start", "process": "P"}
AGREE = {"op": "complete", "task": "a", "vars": {"dong_y": True}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "x.bpmn").write_bytes(file(CHOICE))
    return tmp_path


def scenario(folder: Path, *steps: dict[str, Any], name: str = "x", **more: Any) -> Path:
    path = folder / f"{name}.json"
    path.write_text(json.dumps({"steps": steps, **more}), encoding="utf-8")
    return path


def ran(*paths: Path) -> Ended:
    return kehoach("test", "--json", *paths)


def wrong(ended: Ended) -> list[str]:
    assert ended.code == 1
    steps = ended.answer["scenarios"][0]["steps"]
    assert [step["passed"] for step in steps] == [True] * (len(steps) - 1) + [False]
    return list(steps[-1]["wrong"])


def test_a_scenario_that_is_right_and_what_it_passed(folder: Path) -> None:
    ended = ran(scenario(folder, START, AGREE, {"op": "expect", "waiting": ["b"], "visited": ["g"]}))
    assert ended.code == 0
    (played,), (covered,) = ended.answer["scenarios"], ended.answer["coverage"]
    assert (played["passed"], len(played["steps"]), played["not_played"]) == (True, 4, 0)
    assert [part["id"] for part in covered["nodes"]["passed"]] == ["s", "a", "g"]
    assert [part["id"] for part in covered["nodes"]["missing"]] == ["e", "b", "c"]
    assert covered["nodes"]["percent"] == 50
    assert {part["id"] for part in covered["flows"]["passed"]} == {"f0_s_a", "f0_a_g", "f0_g_b"}
    assert {part["name"] for part in covered["flows"]["missing"]} == {"b → e", "g → c", "c → e"}


def test_the_coverage_of_several_scenarios_is_one(folder: Path) -> None:
    both = [
        scenario(folder, START, {**AGREE, "vars": {"dong_y": way}}, {"op": "complete", "task": to}, name=f"x{to}",
                 files=["x.bpmn"])
        for way, to in ((True, "b"), (False, "c"))
    ]  # fmt: skip
    (covered,) = ran(*both).answer["coverage"]
    assert (covered["nodes"]["percent"], covered["flows"]["percent"]) == (100, 100)
    assert ran(both[0]).answer["coverage"][0]["flows"]["percent"] == 66


def test_called_processes_are_covered_under_their_own_name(folder: Path) -> None:
    called = process('<startEvent id="s2"/><endEvent id="e2"/>', "s2 e2", key="Q", prefix="h")
    caller = process(BORDER + '<callActivity id="c" calledElement="Q"/>', "s c e")
    (folder / "x.bpmn").write_bytes(file(caller, called))
    covered = {item["process"]: item for item in ran(scenario(folder, START)).answer["coverage"]}
    assert {key: item["nodes"]["percent"] for key, item in covered.items()} == {"P": 100, "Q": 100}
    assert {part["id"] for part in covered["Q"]["flows"]["passed"]} == {"h0_s2_e2"}


def test_the_report_for_people(folder: Path) -> None:
    ended = kehoach("test", scenario(folder, START, {"op": "expect", "waiting": ["b"]}, AGREE, title="Thử"))
    assert ended.code == 1
    assert "SAI  Thử" in ended.said
    assert "1. đúng  mở hồ sơ P" in ended.said
    assert 'đang chờ ở: mong ["b"], thực tế ["a"]' in ended.said
    assert "còn 1 bước không chạy" in ended.said
    assert "0/1 kịch bản đúng" in ended.said
    assert "bước và sự kiện: 16% (1/6)" in ended.said
    assert "chưa qua: g → c [f1_g_c]" in ended.said
    assert set(ACTS) == {*OPERATIONS, "deploy"}


@pytest.mark.parametrize(
    "check",
    [
        {"state": "completed"},
        {"state": ["completed", "failed"]},
        {"stateNot": "active"},
        {"waiting": []},
        {"waiting": ["a", "a"]},
        {"done": ["a"]},
        {"doneSet": ["a"]},
        {"visited": ["a"]},
        {"notVisited": ["s"]},
        {"counts": {"s": 2}},
        {"vars": {"x": 2}},
        {"vars": {"y": None}},
        {"absent": ["x"]},
        {"timers": [{"element": "t", "due": "2026-01-05T01:00:00Z"}]},
        {"task": {"element": "b"}},
        {"task": {"element": "a", "assignee": "ai"}},
        {"task": {"element": "a", "due": "2026-01-05T01:00:00Z"}},
        {"task": {"element": "a", "candidateGroups": ["g"]}},
        {"task": {"element": "a", "vars": {"x": 2}}},
        {"instances": {"P": 2}},
        {"in": "khac", "state": "active"},
    ],
)
def test_every_check_can_fail(folder: Path, check: dict[str, Any]) -> None:
    told = wrong(ran(scenario(folder, {**START, "vars": {"x": 1}}, {"op": "expect", **check})))
    assert len(told) == 1
    assert told[0]


def test_every_difference_of_a_step_is_told(folder: Path) -> None:
    assert len(wrong(ran(scenario(folder, START, {"op": "expect", "state": "failed", "waiting": []})))) == 2


@pytest.mark.parametrize(
    "step",
    [
        {"op": "complete", "task": "b"},
        {"op": "complete", "task": "b", "raises": "NO_MATCH"},
        {**AGREE, "raises": "NOT_WAITING"},
        {**AGREE, "fails": {"code": "EXPRESSION_ERROR", "element": "g"}},
        {"op": "message", "name": "m"},
        {"op": "start", "process": "khong_co"},
        {"op": "error", "task": "b", "code": "E"},
        {"op": "activate", "adhoc": "a", "elements": ["b"]},
        {"op": "complete", "task": "a", "in": "khac"},
    ],
)
def test_a_step_that_should_be_refused_and_is_not_or_the_other_way_round(folder: Path, step: dict[str, Any]) -> None:
    assert len(wrong(ran(scenario(folder, START, step)))) == 1


@pytest.mark.parametrize(
    "step",
    [
        {"op": "complete", "task": "b", "raises": ["NO_MATCH", "NOT_WAITING"]},
        {"op": "complete", "task": "a", "fails": {"code": "EXPRESSION_ERROR", "element": "g"}},
        {"op": "set", "vars": {"x": 1}},
        {"op": "advance", "by": "P1M"},
        {"op": "restart", "downtime": "PT1H"},
        {"op": "cancel"},
        {"op": "signal", "name": "khong_ai_cho"},
    ],
)
def test_steps_that_go_well(folder: Path, step: dict[str, Any]) -> None:
    assert ran(scenario(folder, START, step)).code == 0


@pytest.mark.parametrize(
    ("deploy", "code"),
    [
        ({"expect": "refused", "code": ["X", "DANGLING_REFERENCE"]}, 0),
        ({"expect": "any"}, 0),
        ({"expect": "ok"}, 1),
        ({"expect": "refused", "code": "X"}, 1),
    ],
)
def test_a_file_that_is_refused(folder: Path, deploy: dict[str, Any], code: int) -> None:
    (folder / "x.bpmn").write_bytes(file(CHOICE).replace(b'targetRef="b"', b'targetRef="z"'))
    assert ran(scenario(folder, deploy=deploy)).code == code


def test_a_file_that_should_be_refused_and_is_not(folder: Path) -> None:
    assert ran(scenario(folder, deploy={"expect": "refused"})).code == 1


def test_decisions_are_deployed_beside_the_process(folder: Path) -> None:
    rule = (
        '<businessRuleTask id="r" camunda:decisionRef="kq" camunda:mapDecisionResult="singleEntry" '
        'camunda:decisionRefBinding="deployment" camunda:resultVariable="y"/>'
    )
    (folder / "r.bpmn").write_bytes(file(process(BORDER + rule, "s r e")))
    (folder / "r.dmn").write_bytes(dmn(literal("kq", "x * 2")))
    checked = scenario(
        folder, {**START, "vars": {"x": 4}}, {"op": "expect", "vars": {"y": 8}}, files=["r.bpmn", "r.dmn"]
    )
    assert ran(checked).code == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"steps": 1}',
        '{"steps": [1]}',
        '{"steps": [{"op": "dance"}]}',
        '{"steps": [{"op": "start"}]}',
        '{"steps": [{"op": "expect", "mood": "good"}]}',
        '{"steps": [{"op": "advance"}]}',
        '{"steps": [{"op": "advance", "by": "a week"}]}',
        '{"steps": [{"op": "advance", "to": "tomorrow"}]}',
        '{"steps": [], "clock": "noon"}',
        '{"steps": [], "files": ["khong_co.bpmn"]}',
        '{"steps": [], "needs": ["telepathy"]}',
    ],
)
def test_what_is_no_scenario_is_wrong_use(folder: Path, text: str) -> None:
    (folder / "x.json").write_text(text, encoding="utf-8")
    ended = ran(folder / "x.json")
    assert ended.code == 2
    assert ended.answer["error"]["code"] == "BAD_SCENARIO"
    assert "x.json" in ended.answer["error"]["message"]


def test_no_file_and_a_missing_file_are_wrong_use(tmp_path: Path) -> None:
    assert kehoach("test").code == 2
    assert ran(tmp_path / "khong_co.json").code == 2


def test_the_example_of_the_how_to_is_the_file_beside_it() -> None:
    page = (ROOT / "docs/howto/test-a-process.md").read_text(encoding="utf-8")
    shown = re.findall(r"^```json\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert shown == [(ROOT / "docs/howto/examples/ke_hoach.json").read_text(encoding="utf-8")]
    assert not [name for name in OPERATIONS if f"`{name}`" not in page]


def test_check_reads_decisions_too(tmp_path: Path) -> None:
    path = tmp_path / "x.dmn"
    path.write_bytes(dmn(literal("a", "1 +")))
    ended = kehoach("check", path)
    assert ended.code == 1
    assert [(item["code"], item["element"]) for item in ended.answer["findings"]] == [("EXPRESSION_ERROR", "a")]
    path.write_bytes(dmn(literal("a", "1")))
    assert kehoach("check", path).answer["findings"] == []
