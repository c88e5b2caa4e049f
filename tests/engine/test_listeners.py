"""Functions that listen to a step: before and after its work, in order, seeing what was done, cancelled with it."""

from __future__ import annotations

from typing import Any

from service.process_tests.driver import Driver
from tests.engine.building import BORDER, START, Play, file, process, users


class Heard(Play):
    """A case in which any name may be called; the test answers in place of the functions."""

    def __init__(self, *parts: str) -> None:
        self.adapter = Driver(functions=None)
        self.adapter.reset(START)
        self.adapter.deploy({"x.bpmn": file(*parts)})
        self.clock = START
        self.case = self.adapter.start("P", {}, None)

    def topic(self, element: str) -> str | None:
        """Whom the open work item of this step waits for; None for a person."""
        state = self.adapter.store.state(self.case)
        (task,) = (task for task in state.tasks.values() if task.element == element)
        opened = {
            each.get("task_id"): each for each in self.adapter.store.history(self.case) if each["event"] == "TaskOpened"
        }
        return opened[task.id].get("topic")

    def seen_by(self, element: str) -> dict[str, Any]:
        state = self.adapter.store.state(self.case)
        (task,) = (task for task in state.tasks.values() if task.element == element)
        return dict(state.visible(task.id))


def step(listeners: str, kind: str = "userTask", rest: str = "") -> str:
    return f'<{kind} id="a"><extensionElements>{listeners}</extensionElements>{rest}</{kind}>'


def on(event: str, name: str, kind: str = "executionListener") -> str:
    return f'<camunda:{kind} event="{event}" delegateExpression="${{{name}}}"/>'


def play(body: str, *chains: str) -> Heard:
    return Heard(process(BORDER + body, *(chains or ("s a e",))))


def test_listeners_stand_around_the_work_in_their_order() -> None:
    around = on("end", "sau") + on("start", "truoc") + on("complete", "nop", "taskListener")
    case = play(step(around + on("create", "giao", "taskListener")))
    for number, name in enumerate(("truoc", "giao", None, "nop", "sau")):
        assert case.topic("a") == name
        case.done("a", **{name or "y_kien": number})
    assert case.state == "completed"
    assert case.vars == {"truoc": 0, "giao": 1, "y_kien": 2, "nop": 3, "sau": 4}
    assert case.visited["a"] == 1


def test_a_listener_after_the_work_sees_the_results_and_decides_the_way() -> None:
    body = step(on("end", "danh_gia")) + '<exclusiveGateway id="g"/>' + users("u", "v")
    case = play(body, "s a g [${diem > 5}] u e", "g [${diem <= 5}] v e")
    case.done("a", so=3)
    assert case.seen_by("a") == {"so": 3}
    case.done("a", diem=9)
    assert case.waiting == ["u"]


def test_an_error_of_a_listener_is_caught_at_its_step() -> None:
    caught = '<boundaryEvent id="b" attachedToRef="a"><errorEventDefinition errorRef="A"/></boundaryEvent>'
    body = step(on("start", "truoc")) + caught + users("v")
    case = Heard('<error id="A" errorCode="HONG"/>', process(BORDER + body, "s a e", "b v e"))
    assert case.error("a", "HONG").waiting == ["v"]


def test_a_step_that_is_interrupted_takes_its_listener_with_it() -> None:
    timer = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
    body = step(on("start", "truoc")) + f'<boundaryEvent id="b" attachedToRef="a">{timer}</boundaryEvent>' + users("v")
    case = play(body, "s a e", "b v e")
    assert case.advance("PT2H").waiting == ["v"]


def test_a_sub_process_waits_for_its_listeners() -> None:
    inner = users("i") + '<startEvent id="si"/><sequenceFlow id="fi" sourceRef="si" targetRef="i"/>'
    case = play(step(on("start", "truoc") + on("end", "sau"), "subProcess", inner))
    assert case.topic("a") == "truoc"
    case.done("a")
    assert case.waiting == ["i"]
    case.done("i")
    assert case.topic("a") == "sau"
    case.done("a")
    assert case.state == "completed"


def test_zeebe_names_the_same_moments_otherwise() -> None:
    listens = (
        '<zeebe:taskListeners><zeebe:taskListener eventType="completing" type="nop"/></zeebe:taskListeners>'
        '<zeebe:executionListeners><zeebe:executionListener eventType="start" type="truoc"/></zeebe:executionListeners>'
    )
    case = play(step(listens))
    assert case.topic("a") == "truoc"
    case.done("a").done("a")
    assert case.topic("a") == "nop"
