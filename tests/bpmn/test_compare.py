"""Two versions of a process: what came, went and changed, whatever the order of the file."""

from __future__ import annotations

from tests.engine.building import BORDER, file, process, users
from workflows.bpmn.compare import Change, compare_processes
from workflows.bpmn.model import Process
from workflows.bpmn.read import read


def of(body: str, *chains: str) -> Process:
    return read(file(process(BORDER + body, *chains))).processes[0]


def told(changes: list[Change]) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    return [(each.how, each.element, [(one.name, one.was, one.now) for one in each.aspects]) for each in changes]


def test_the_same_process_written_otherwise_is_no_change() -> None:
    one = of(users("a", "b"), "s a b e")
    other = of("\n\n" + users("b", "a"), "s a b e")
    assert compare_processes(one, one) == []
    assert compare_processes(one, other) == []


def test_steps_and_flows_that_came_and_went() -> None:
    changes = told(compare_processes(of(users("a", "b"), "s a b e"), of(users("a", "c"), "s a c e")))
    assert ("added", "c", []) in changes
    assert ("removed", "b", []) in changes
    assert {(how, element) for how, element, _ in changes if "f0_" in element} == {
        ("added", "f0_a_c"), ("added", "f0_c_e"), ("removed", "f0_a_b"), ("removed", "f0_b_e"),
    }  # fmt: skip


def test_what_changed_inside_a_step_is_named() -> None:
    old = of('<userTask id="a" name="Xem" camunda:candidateGroups="x@1" camunda:dueDate="P3D"/>', "s a e")
    new = of('<userTask id="a" name="Duyệt" camunda:candidateGroups="y@1" camunda:dueDate="P3D"/>', "s a e")
    assert told(compare_processes(old, new)) == [
        ("changed", "a", [("name", "Xem", "Duyệt"), ("candidate_groups", "x@1", "y@1")])
    ]


def test_a_condition_and_a_timer() -> None:
    gateway = '<exclusiveGateway id="g"/>'
    waits = "<timerEventDefinition><timeDuration>{}</timeDuration></timerEventDefinition>"
    timer = f'<intermediateCatchEvent id="t">{waits}</intermediateCatchEvent>'
    old = of(gateway + timer.format("PT1H"), "s g [${x > 1}] t e", "g [${x <= 1}] e")
    new = of(gateway + timer.format("PT2H"), "s g [${x > 2}] t e", "g [${x <= 1}] e")
    changes = told(compare_processes(old, new))
    assert ("changed", "t", [("events", "timer PT1H có", "timer PT2H có")]) in [
        (how, element, [(name, was.replace(" không", ""), now.replace(" không", "")) for name, was, now in aspects])
        for how, element, aspects in changes
    ]
    assert ("changed", "f0_g_t", [("condition", "${x > 1}", "${x > 2}")]) in changes
