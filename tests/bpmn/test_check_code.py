"""Code in a file: a name that is registered is called, everything else is refused where it stands."""

from __future__ import annotations

import pytest

from tests.engine.building import BORDER, file, process
from workflows.bpmn.model import Listener
from workflows.bpmn.read import read
from workflows.errors import BadDefinition

KNOWN = frozenset({"gui_tin", "vn.gov.GuiTin", "gui_tin.execute"})


def task(attributes: str, kind: str = "serviceTask", inside: str = "") -> bytes:
    return file(process(f"{BORDER}<{kind} id='a' {attributes}>{inside}</{kind}>", "s a e"))


def listening(listener: str, kind: str = "userTask") -> bytes:
    return task("", kind, f"<extensionElements>{listener}</extensionElements>")


@pytest.mark.parametrize(
    ("attributes", "topic"),
    [
        ('camunda:class="vn.gov.GuiTin"', "vn.gov.GuiTin"),
        ('activiti:class="vn.gov.GuiTin"', "vn.gov.GuiTin"),
        ('flowable:delegateExpression="${gui_tin}"', "gui_tin"),
        ('camunda:delegateExpression="#{gui_tin}"', "gui_tin"),
        ('camunda:expression="${gui_tin.execute(execution)}"', "gui_tin.execute"),
    ],
)
def test_a_registered_name_is_the_topic_of_the_job(attributes: str, topic: str) -> None:
    node = next(read(task(attributes), KNOWN).processes[0].walk())
    job = next(node.job for node in read(task(attributes), KNOWN).processes[0].walk() if node.id == "a")
    assert node.kind == "startEvent"
    assert job is not None
    assert job.topic == topic


@pytest.mark.parametrize(
    "attributes",
    [
        'camunda:class="vn.gov.Khac"',
        'camunda:class="__import__(1)"',
        'camunda:expression="${gui_tin(a + b)}"',
        'camunda:expression="${a + b}"',
        'camunda:class="vn.gov.GuiTin" camunda:type="external" camunda:topic="x"',
        'camunda:class="vn.gov.GuiTin" camunda:delegateExpression="${gui_tin}"',
        'camunda:class="vn.gov.GuiTin" camunda:resultVariable="x"',
    ],
)
def test_what_is_not_registered_or_not_clear_is_refused(attributes: str) -> None:
    with pytest.raises(BadDefinition) as bad:
        read(task(attributes), KNOWN)
    assert {(found.code, found.element) for found in bad.value.findings} == {("UNSUPPORTED_ATTRIBUTE", "a")}


def test_nothing_is_registered_unless_it_is_said() -> None:
    with pytest.raises(BadDefinition):
        read(task('camunda:class="vn.gov.GuiTin"'))
    assert read(task('camunda:class="vn.gov.Khac"'), functions=None).processes


@pytest.mark.parametrize(
    ("listener", "kind", "moment"),
    [
        ('<camunda:executionListener event="start" class="vn.gov.GuiTin"/>', "userTask", "start"),
        ('<flowable:executionListener event="end" delegateExpression="${gui_tin}"/>', "subProcess", "end"),
        ('<camunda:taskListener event="create" expression="${gui_tin}"/>', "userTask", "create"),
        (
            '<zeebe:taskListeners><zeebe:taskListener eventType="completing" type="gui_tin"/></zeebe:taskListeners>',
            "userTask",
            "complete",
        ),
    ],
)
def test_listeners_that_are_called(listener: str, kind: str, moment: str) -> None:
    data = listening(listener, kind)
    if kind == "subProcess":
        data = data.replace(b"</extensionElements></subProcess>", b"</extensionElements><task id='i'/></subProcess>")
    (node,) = (node for node in read(data, KNOWN).processes[0].walk() if node.id == "a")
    (found,) = node.listeners
    assert isinstance(found, Listener)
    assert (found.moment, found.function in KNOWN) == (moment, True)


@pytest.mark.parametrize(
    ("listener", "kind"),
    [
        ('<camunda:executionListener event="take" class="vn.gov.GuiTin"/>', "userTask"),
        ('<camunda:executionListener event="start" class="vn.gov.GuiTin"/>', "exclusiveGateway"),
        ('<camunda:taskListener event="assignment" class="vn.gov.GuiTin"/>', "userTask"),
        ('<camunda:taskListener class="vn.gov.GuiTin"/>', "userTask"),
        ('<camunda:taskListener event="create" class="vn.gov.GuiTin"/>', "serviceTask"),
        ('<camunda:executionListener event="start" class="vn.gov.Khac"/>', "userTask"),
        ('<camunda:executionListener event="start"/>', "userTask"),
    ],
)
def test_listeners_that_nobody_would_call_are_refused(listener: str, kind: str) -> None:
    with pytest.raises(BadDefinition) as bad:
        read(listening(listener, kind), KNOWN)
    assert {(found.code, found.element) for found in bad.value.findings} == {("UNSUPPORTED_ATTRIBUTE", "a")}
