"""The picture of a process: every element, live tokens, readable by a screen reader, legal under a strict policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from time import perf_counter
from xml.etree import ElementTree

import pytest

from workflows.bpmn.diagram import Annotation, Bounds, Diagram, Edge, Shape
from workflows.bpmn.draw import Marks, draw, step_list
from workflows.bpmn.draw_text import fitted, width, wrapped
from workflows.bpmn.marks import Heat
from workflows.bpmn.model import Definition, EventDefinition, Flow, Lane, Loop, MultiInstance, Node, Process
from workflows.bpmn.read import read

SVG = "{http://www.w3.org/2000/svg}"
LIBRARY = ("ke_hoach", "bao_cao", "nhiem_vu")


def shipped(key: str) -> Definition:
    return read((resources.files("workflows.bpmn") / "library" / f"{key}.bpmn").read_bytes())


def tree(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def group(svg: str, element: str) -> ElementTree.Element:
    return next(each for each in tree(svg).iter(f"{SVG}g") if each.get("data-element") == element)


def words(element: ElementTree.Element) -> str:
    return " ".join(part.strip() for part in element.itertext() if part.strip())


def small(*nodes: Node, flows: tuple[Flow, ...] = (), lanes: tuple[Lane, ...] = ()) -> Definition:
    return Definition((Process("P", "Thử", nodes=nodes, flows=flows, lanes=lanes),))


@pytest.mark.parametrize("key", LIBRARY)
def test_shows_every_node_and_flow_once(key: str) -> None:
    definition = shipped(key)
    process = definition.processes[0]
    shown = [
        each.get("data-element") for each in tree(draw(definition, key)).iter(f"{SVG}g") if each.get("data-element")
    ]
    nodes = [node.id for node in process.walk()]
    flows = [flow.id for owner in (process, *process.walk()) for flow in owner.flows]
    assert sorted(shown) == sorted(nodes + flows)


@pytest.mark.parametrize("key", LIBRARY)
def test_needs_no_script_no_style_and_nothing_from_elsewhere(key: str) -> None:
    svg = draw(shipped(key), key, Marks({"soan_thao": 1}, {"f_bat_dau": 1}, frozenset({"chot_vong"})))
    for element in tree(svg).iter():
        assert element.tag not in (f"{SVG}style", f"{SVG}script", f"{SVG}foreignObject", f"{SVG}image")
        for name, value in element.attrib.items():
            assert name != "style"
            assert not name.startswith("on")
            assert "href" not in name
            assert "url(" not in value or value.startswith("url(#")


def test_ids_are_unique_also_with_two_pictures_on_a_page() -> None:
    definition = shipped("ke_hoach")
    page = draw(definition, "ke_hoach", prefix="mot") + draw(definition, "ke_hoach", prefix="hai")
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids)) > 6
    assert set(re.findall(r"url\(#([^)]*)\)", page)) <= set(ids)


def test_is_an_image_with_a_title_and_a_sentence_about_where_it_stands() -> None:
    picture = tree(draw(shipped("ke_hoach"), "ke_hoach", Marks({"trinh_ky": 1}, {}, frozenset({"chot_vong"}))))
    title, description = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert picture.get("role") == "img"
    assert picture.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == "Sơ đồ quy trình: Vòng đời của một kế hoạch"
    assert description.text == "Đang ở: Ký ban hành. Có sự cố: Chốt vòng lấy ý kiến."


def test_tokens_passes_and_troubles_are_marked() -> None:
    marks = Marks({"lay_y_kien": 3}, {"soan_thao": 2, "bat_dau": 1, "f_bat_dau": 1}, frozenset({"chot_vong"}))
    svg = draw(shipped("ke_hoach"), "ke_hoach", marks)
    states = {
        id: str(group(svg, id).get("class")).split()[-1] for id in ("lay_y_kien", "soan_thao", "chot_vong", "trinh_ky")
    }
    assert states == {"lay_y_kien": "is-live", "soan_thao": "is-done", "chot_vong": "is-error", "trinh_ky": "is-idle"}
    assert words(group(svg, "lay_y_kien")).endswith(" 3")
    assert "đang ở đây (3)" in words(group(svg, "lay_y_kien"))
    assert words(group(svg, "soan_thao")).endswith("×2")
    assert words(group(svg, "chot_vong")).endswith("!")
    assert "×" not in words(group(svg, "bat_dau"))
    assert "is-done" in str(group(svg, "f_bat_dau").get("class"))
    legend = [each for each in tree(svg).iter(f"{SVG}g") if each.get("class") == "bpmn-legend"]
    assert [words(each) for each in legend] == ["Đang ở đây Đã qua Có sự cố"]


def test_the_bare_process_has_no_legend() -> None:
    assert "bpmn-legend" not in draw(shipped("ke_hoach"), "ke_hoach")


def test_lanes_and_the_pool_are_named() -> None:
    text = words(tree(draw(shipped("ke_hoach"), "ke_hoach")))
    for name in ("Đơn vị soạn thảo", "Cơ quan góp ý", "Lãnh đạo", "Hệ thống"):
        assert name in text


def test_names_are_escaped() -> None:
    node = Node('a"b', "userTask", name="<script>alert('&')</script>\x01")
    svg = draw(small(node), "P")
    assert "<script" not in svg
    assert group(svg, 'a"b') is not None


def test_unknown_process_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        draw(small(), "Q")
    with pytest.raises(KeyError):
        step_list(small(), "Q")


def test_an_empty_process_is_an_empty_picture() -> None:
    assert tree(draw(small(), "P")).tag == f"{SVG}svg"


def paths(svg: str, element: str) -> list[ElementTree.Element]:
    return [
        each
        for each in group(svg, element).iter()
        if each.get("class") in ("bpmn-icon", "bpmn-icon-solid", "bpmn-shape")
    ]


def icons(node: Node) -> set[str]:
    return {str(each.get("d")) for each in paths(draw(small(node), "P"), node.id) if each.get("d")}


@pytest.mark.parametrize(
    "kinds",
    [
        ["userTask", "serviceTask", "scriptTask", "businessRuleTask", "manualTask", "receiveTask", "task"],
        ["exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"],
    ],
)
def test_every_kind_has_a_sign_of_its_own(kinds: list[str]) -> None:
    signs = [frozenset(icons(Node("x", kind))) for kind in kinds]
    assert len(set(signs)) == len(kinds)


def test_every_event_trigger_has_a_sign_of_its_own() -> None:
    kinds = [
        "timer",
        "message",
        "signal",
        "error",
        "escalation",
        "conditional",
        "link",
        "compensation",
        "cancel",
        "terminate",
    ]
    signs = {frozenset(icons(Node("x", "endEvent", events=(EventDefinition(kind),)))) for kind in kinds}
    assert len(signs) == len(kinds)


def test_throwing_events_are_filled_and_catching_ones_are_not() -> None:
    throw = draw(small(Node("x", "intermediateThrowEvent", events=(EventDefinition("signal"),))), "P")
    catch = draw(small(Node("x", "intermediateCatchEvent", events=(EventDefinition("signal"),))), "P")
    assert "bpmn-icon-solid" in throw
    assert "bpmn-icon-solid" not in catch


def test_rings_of_events() -> None:
    def circles(node: Node) -> list[ElementTree.Element]:
        return list(group(draw(small(Node("t", "task"), node), "P"), "x").iter(f"{SVG}circle"))

    assert len(circles(Node("x", "startEvent"))) == 1
    assert len(circles(Node("x", "intermediateCatchEvent"))) == 2
    assert float(circles(Node("x", "endEvent"))[0].get("stroke-width") or 0) > 3
    held = Node("x", "boundaryEvent", attached_to="t", interrupting=False, events=(EventDefinition("timer"),))
    assert all(each.get("stroke-dasharray") for each in circles(held))


def test_markers_of_activities() -> None:
    plain = icons(Node("x", "userTask"))
    several = [
        Node("x", "userTask", multi=MultiInstance()), Node("x", "userTask", multi=MultiInstance(sequential=True)),
        Node("x", "userTask", loop=Loop()), Node("x", "userTask", for_compensation=True),
    ]  # fmt: skip
    assert len({frozenset(icons(node) - plain) for node in several}) == 4
    assert all(icons(node) > plain for node in several)


def test_conditional_and_default_flows_are_marked() -> None:
    nodes = (Node("a", "userTask", default="f2"), Node("b", "task"), Node("c", "task"))
    flows = (Flow("f1", "a", "b", condition="${x}"), Flow("f2", "a", "c"), Flow("f3", "b", "c"))
    svg = draw(small(*nodes, flows=flows), "P")
    assert [len(list(group(svg, id).iter(f"{SVG}path"))) for id in ("f1", "f2", "f3")] == [2, 2, 1]


def collapsed() -> Definition:
    inner = (Node("i1", "userTask", name="Trong", scope="s"), Node("i2", "task", scope="s"))
    sub = Node("s", "subProcess", name="Con", nodes=inner, flows=(Flow("g", "i1", "i2"),))
    shapes = {"s": Shape("s", Bounds(0, 0, 100, 80), expanded=False), "i1": Shape("i1", Bounds(500, 500, 100, 80))}
    return replace(small(sub), diagram=Diagram(shapes))


def test_tokens_inside_a_collapsed_sub_process_show_on_it() -> None:
    svg = draw(collapsed(), "P", Marks({"i1": 2}))
    assert "is-live" in str(group(svg, "s").get("class"))
    assert words(group(svg, "s")).endswith("2")
    assert "i1" not in {each.get("data-element") for each in tree(svg).iter()}


def test_other_processes_of_the_file_stay_outside() -> None:
    first = Process("P", nodes=(Node("a", "task", name="Đây"),))
    second = Process("Q", nodes=(Node("b", "task", name="Kia"),))
    shapes = {"a": Shape("a", Bounds(50, 50, 100, 80)), "b": Shape("b", Bounds(50, 950, 100, 80))}
    shapes |= {"pa": Shape("pa", Bounds(0, 0, 300, 200)), "pb": Shape("pb", Bounds(0, 900, 300, 200))}
    notes = {id: Annotation(id, "participant", id) for id in ("pa", "pb")}
    definition = Definition((first, second), Diagram(shapes, {}, notes))
    text = words(tree(draw(definition, "P")))
    assert "Đây" in text
    assert "pa" in text
    assert "Kia" not in text
    assert "pb" not in text


def test_annotations_and_associations_are_drawn() -> None:
    shapes = {"a": Shape("a", Bounds(0, 0, 100, 80)), "n": Shape("n", Bounds(20, 60, 120, 40))}
    edges = {"as": Edge("as", ((50, 80), (50, 60)))}
    diagram = Diagram(shapes, edges, {"n": Annotation("n", "textAnnotation", "Lưu ý")})
    svg = draw(replace(small(Node("a", "task")), diagram=diagram), "P")
    assert "Lưu ý" in words(tree(svg))
    assert "bpmn-association" in svg


def texts(svg: str) -> Iterator[tuple[str, float]]:
    for element in tree(svg).iter(f"{SVG}text"):
        for span in element.iter(f"{SVG}tspan"):
            yield span.text or "", float(element.get("font-size") or 0)


@pytest.mark.parametrize(
    "name",
    [
        "Tổng hợp, tiếp thu, giải trình ý kiến góp ý của Ủy ban Mặt trận Tổ quốc Việt Nam và các cơ quan có liên quan",
        "x" * 200,
    ],
)
def test_long_names_stay_inside_their_task(name: str) -> None:
    for text, size in texts(draw(small(Node("a", "userTask", name=name)), "P")):
        assert width(text, size) <= 110
    lines, size = fitted(name, (90, 56))
    assert len(lines) * size * 1.2 <= 56
    assert all(width(line, size) <= 90 for line in lines)


def test_wrapping_keeps_every_word() -> None:
    text = "Xử lý khi thiếu ý kiến bắt buộc của Mặt trận"
    assert " ".join(wrapped(text, 80, 12)) == text
    assert "".join(wrapped("y" * 50, 40, 12)) == "y" * 50


@pytest.mark.parametrize("name", [None, "", "  \n ", "x"])
def test_names_that_are_missing_or_blank_are_no_trouble(name: str | None) -> None:
    nodes = (
        Node("a", "userTask", name=name),
        Node("g", "exclusiveGateway", name=name),
        Node("e", "endEvent", name=name),
    )
    held = Node("b", "boundaryEvent", attached_to="a", name=name)
    svg = draw(small(*nodes, held, flows=(Flow("f", "a", "g", name=name), Flow("h", "g", "e", name=name))), "P")
    assert tree(svg).tag == f"{SVG}svg"


def test_heat_is_a_level_for_the_eye_and_words_for_everybody() -> None:
    svg = draw(shipped("ke_hoach"), "ke_hoach", Marks(heat={"soan_thao": Heat(4, "10,5 ngày")}))
    assert "heat-4" in (group(svg, "soan_thao").get("class") or "")
    assert words(group(svg, "soan_thao")).count("10,5 ngày") == 2, "in the title and beside the step"
    assert "10,5 ngày" in (tree(svg).findtext(f"{SVG}desc") or "")
    assert "heat-" not in draw(shipped("ke_hoach"), "ke_hoach")


def test_a_name_of_one_endless_word_is_drawn_in_no_time() -> None:
    began = perf_counter()
    svg = draw(small(Node("t", "userTask", 1, "ạ\u0301\u0323" * 20_000)), "P")
    assert "…" in svg
    assert perf_counter() - began < 4  # two thousand letters took minutes
