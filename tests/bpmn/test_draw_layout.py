"""Processes without a diagram are laid out cleanly, and their steps are listed in a reader's order."""

from __future__ import annotations

from html import unescape
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.nightly import size
from workflows.bpmn.diagram import Diagram
from workflows.bpmn.draw import MOST_DRAWN, draw, step_list
from workflows.bpmn.layout import arranged
from workflows.bpmn.model import Definition, Flow, Lane, MultiInstance, Node, Process
from workflows.bpmn.names import FLOW_NODES
from workflows.bpmn.read import read
from workflows.errors import BadDefinition

from .geometry import contains, crossed, loose_ends, overlapping

KINDS = ("userTask", "exclusiveGateway", "intermediateCatchEvent", "serviceTask")


@st.composite
def processes(draw_value: st.DrawFn) -> Process:
    """Any heap of nodes with any flows between them, boundary events and a sub-process included."""
    count = draw_value(st.integers(1, 9))
    nodes = [Node(f"n{at}", draw_value(st.sampled_from(KINDS)), name=f"Bước {at}") for at in range(count)]
    ends = st.integers(0, count - 1)
    links = draw_value(st.lists(st.tuples(ends, ends), max_size=14, unique=True))
    flows = [Flow(f"f{a}_{b}", f"n{a}", f"n{b}", name=draw_value(st.sampled_from([None, "Có"]))) for a, b in links]
    tasks = [node.id for node in nodes if node.kind.endswith("Task")]
    for at, host in enumerate(draw_value(st.lists(st.sampled_from(tasks), max_size=4)) if tasks else []):
        nodes.append(Node(f"b{at}", "boundaryEvent", attached_to=host))
        flows.append(Flow(f"fb{at}", f"b{at}", f"n{draw_value(ends)}"))
    if draw_value(st.booleans()):
        inner = (Node("i0", "startEvent"), Node("i1", "userTask"), Node("i2", "userTask"))
        inside = (Flow("g0", "i0", "i1"), Flow("g1", "i1", "i2"))
        handler = draw_value(st.booleans())
        nodes.append(Node("s", "subProcess", nodes=inner, flows=inside, event_sub_process=handler))
        flows += [] if handler else [Flow("fs", "n0", "s"), Flow("fs2", "s", f"n{count - 1}")]
    return Process("P", nodes=tuple(nodes), flows=tuple(flows))


@given(processes())
@settings(max_examples=size(150, 3000), deadline=None)
def test_nothing_lies_over_anything_else_and_every_line_ends_at_its_shapes(process: Process) -> None:
    diagram = arranged(process)
    assert diagram.shapes.keys() == {node.id for node in process.walk()}
    assert diagram.edges.keys() == {flow.id for owner in (process, *process.walk()) for flow in owner.flows}
    assert list(overlapping(process.nodes, diagram)) == []
    assert list(loose_ends(process.nodes, process.flows, diagram)) == []
    for node in process.nodes:
        for inner in node.nodes:
            assert contains(diagram.shapes[node.id].bounds, diagram.shapes[inner.id].bounds)
    assert draw(Definition((process,)), "P").startswith("<svg")


@given(processes())
@settings(max_examples=size(150, 3000), deadline=None)
def test_every_step_is_listed_once(process: Process) -> None:
    steps = step_list(Definition((process,)), "P")
    assert sorted(step.element for step in steps) == sorted(node.id for node in process.walk())


@pytest.mark.parametrize("key", ["ke_hoach", "bao_cao", "nhiem_vu"])
def test_the_shipped_processes_without_their_diagrams(key: str) -> None:
    process = read((resources.files("workflows.bpmn") / "library" / f"{key}.bpmn").read_bytes()).processes[0]
    diagram = arranged(process)
    assert diagram == arranged(process)
    assert isinstance(diagram, Diagram)
    assert list(overlapping(process.nodes, diagram)) == []
    forward = [
        flow for flow in process.flows if diagram.edges[flow.id].points[0][0] < diagram.edges[flow.id].points[-1][0]
    ]
    assert list(crossed(process.nodes, tuple(forward), diagram)) == []


def test_steps_stand_before_what_follows_them() -> None:
    nodes = (
        Node("het", "endEvent"), Node("bat_dau", "startEvent", name="Bắt đầu"), Node("lam", "userTask", name="Làm"),
        Node("hoi", "exclusiveGateway"), Node("sua", "userTask", name="Sửa", multi=MultiInstance()),
        Node("hen", "boundaryEvent", attached_to="lam"), Node("nhac", "serviceTask", name="Nhắc"),
    )  # fmt: skip
    flows = (
        Flow("1", "bat_dau", "lam"), Flow("2", "lam", "hoi"), Flow("3", "hoi", "het", name="Xong"),
        Flow("4", "hoi", "sua", name="Chưa"), Flow("5", "sua", "lam"), Flow("6", "hen", "nhac"),
    )  # fmt: skip
    steps = step_list(
        Definition((Process("P", nodes=nodes, flows=flows, lanes=(Lane("l", "Đơn vị", ("lam",)),)),)), "P"
    )
    order = [step.element for step in steps]
    assert (
        order.index("bat_dau") < order.index("lam") < order.index("hoi") < min(order.index("het"), order.index("sua"))
    )
    assert order.index("lam") < order.index("hen") < order.index("nhac")
    step = steps[order.index("lam")]
    assert (step.name, step.kind_name, step.lane, step.depth) == ("Làm", "Việc của người", "Đơn vị", 0)
    assert steps[order.index("sua")].several
    assert steps[order.index("hen")].attached_to == "lam"
    assert [(way.name, way.target) for way in steps[order.index("hoi")].next] == [("Xong", "het"), ("Chưa", "sua")]


def test_steps_of_a_sub_process_follow_it_one_level_deeper() -> None:
    inner = (Node("i1", "startEvent"), Node("i2", "userTask", name="Trong"))
    nodes = (Node("s", "subProcess", name="Con", nodes=inner, flows=(Flow("g", "i1", "i2"),)), Node("het", "endEvent"))
    steps = step_list(Definition((Process("P", nodes=nodes, flows=(Flow("f", "s", "het"),)),)), "P")
    assert [(step.element, step.depth) for step in steps] == [("s", 0), ("i1", 1), ("i2", 1), ("het", 0)]


def test_the_life_of_a_plan_is_listed_in_its_order() -> None:
    text = (resources.files("workflows.bpmn") / "library" / "ke_hoach.bpmn").read_bytes()
    people = [step.element for step in step_list(read(text), "ke_hoach") if step.kind == "userTask"]
    assert people == [
        "soan_thao", "kiem_tra_noi_dung", "kiem_tra_the_thuc", "lay_y_kien", "xu_ly_thieu_y_kien", "tiep_thu",
        "trinh_ky", "cap_so", "phat_hanh", "ket_thuc_ke_hoach",
    ]  # fmt: skip


CASES = Path(__file__).parents[1] / "conformance" / "cases"


def definitions() -> list[Definition]:
    """The files of the conformance cases that the engine runs; none of them has a diagram of its own."""
    found = []
    for path in sorted(CASES.glob("*.bpmn")):
        try:
            found.append(read(path.read_bytes()))
        except BadDefinition:
            continue
    return found


def test_every_element_that_runs_is_drawn_and_listed_under_a_name_of_its_own_kind() -> None:
    kinds = set()
    for definition in definitions():
        for process in definition.processes:
            nodes = list(process.walk())
            picture = unescape(draw(definition, process.id))
            flows = [flow.id for part in (process, *nodes) for flow in part.flows]
            assert not [each for each in (*(node.id for node in nodes), *flows) if f'"{each}"' not in picture]
            listed = step_list(definition, process.id)
            assert sorted(step.element for step in listed) == sorted(node.id for node in nodes)
            assert not [step for step in listed if step.kind_name == step.kind]
            kinds |= {node.kind for node in nodes}
    assert kinds == FLOW_NODES


def test_many_steps_without_flows_stand_one_below_the_other() -> None:
    """Each looks for a free row at once: with a look at every row this took longer than people wait."""
    process = Process("P", nodes=tuple(Node(f"n{at}", "userTask") for at in range(5_000)))
    boxes = [shape.bounds for shape in arranged(process).shapes.values()]
    assert {box.x for box in boxes} == {0}
    tops = sorted(box.y for box in boxes)
    assert all(below - above >= boxes[0].height for above, below in pairwise(tops))


def test_a_process_beyond_reading_is_not_drawn_but_listed() -> None:
    nodes = tuple(Node(f"n{at}", "userTask") for at in range(MOST_DRAWN + 1))
    drawn = draw(Definition((Process("P", nodes=nodes),)), "P")
    assert f"quy trình có {MOST_DRAWN + 1} bước và đường nối, nhiều hơn {MOST_DRAWN}" in drawn
    assert len(drawn) < 1_000
    assert len(step_list(Definition((Process("P", nodes=nodes),)), "P")) == MOST_DRAWN + 1


def test_an_essay_for_a_name_is_cut_in_the_picture() -> None:
    nodes = (Node("n", "exclusiveGateway", name="rất dài " * 100_000),)
    drawn = draw(Definition((Process("P", nodes=nodes),)), "P")
    assert drawn.count("<tspan") < 300
