"""Editing changes what it is told to change and nothing else: round trips over every process that we have."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.engine.building import file, process
from tests.nightly import size
from workflows.actions.deploy import as_text
from workflows.bpmn.compare import compare_processes
from workflows.bpmn.editing.document import id_from, open_document, text_of
from workflows.bpmn.editing.steps import StepFields, add_step, move_step, remove_step, set_step
from workflows.bpmn.editing.table import due_of, groups_in, ladder_text, rows_of
from workflows.bpmn.editing.ways import Way, add_way, remove_way, set_way
from workflows.bpmn.model import Process
from workflows.bpmn.read import look, read
from workflows.bpmn.read_tasks import escalation
from workflows.errors import BadDefinition, NotFound, Refused

LIBRARY = Path(__file__).parents[2] / "workflows" / "bpmn" / "library"
SAMPLES = sorted((Path(__file__).parents[1] / "conformance" / "cases").glob("*.bpmn"))
SHIPPED = sorted(LIBRARY.glob("*.bpmn"))
FILES = [*SHIPPED, *SAMPLES]
PLAN = as_text((LIBRARY / "ke_hoach.bpmn").read_bytes())
TASK = '<userTask id="{0}" name="{0}"><documentation>a</documentation></userTask>'


def canonical(xml: str) -> bytes:
    return etree.tostring(etree.fromstring(xml.encode()), method="c14n", with_comments=True)


def process_of(xml: str, key: str = "ke_hoach") -> Process:
    found = look(xml.encode(), None)[0].process(key)
    assert found is not None
    return found


def plain(*chains: str, body: str = "") -> str:
    start = '<startEvent id="s"/><endEvent id="e"/>'
    return file(process(start + "".join(map(TASK.format, "abc")) + body, *chains)).decode()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_that_is_opened_and_written_is_the_same(path: Path) -> None:
    try:
        keys = [each.id for each in look(path.read_bytes(), None)[0].processes]
    except BadDefinition:
        return  # the samples of what is refused are refused here too
    text = as_text(path.read_bytes())
    for key in keys:
        assert canonical(text_of(open_document(text, key))) == canonical(text)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_step_that_is_added_and_taken_away_again_leaves_the_same_process(path: Path) -> None:
    try:
        definition = read(path.read_bytes(), None)
    except BadDefinition:
        return
    text = as_text(path.read_bytes())
    for each in definition.processes:
        # Every flow of the shipped processes, of each sample one or two: their other flows are drawn like these.
        every = 1 if path in SHIPPED else size(max(1, len(each.flows) * 2 // 3), 1)
        for flow in each.flows[::every]:
            if not flow.line or any(other.id == flow.id for other in each.flows if other is not flow):
                continue
            document = open_document(text, each.id)
            try:
                added = add_step(document, flow.id, kind="userTask", name="Thẩm định")
            except NotFound:
                continue  # a flow without an id of its own is edited in a file
            between = process_of(text_of(document), each.id)
            assert {change.element for change in compare_processes(each, between)} >= {added, flow.id}
            remove_step(document, added)
            assert compare_processes(each, process_of(text_of(document), each.id)) == []


# A seed has no simpler neighbour, so nothing is shrunk: the failing run is short as it is.
@settings(max_examples=size(15, 300), phases=(Phase.explicit, Phase.generate))
@given(st.integers(0, 10**6))
def test_any_run_of_edits_keeps_what_nobody_touched(seed: int) -> None:
    chance = Random(seed)
    document = open_document(PLAN, "ke_hoach")
    before = {node.id: node for node in process_of(PLAN).walk()}
    touched: set[str] = set()
    for _ in range(chance.randint(1, 4)):
        rows = rows_of(look(text_of(document).encode(), None)[0], "ke_hoach")
        flow = chance.choice([way for row in rows for way in row.ways])
        row = chance.choice([row for row in rows if row.may_go])
        try:
            match chance.choice(["add", "move", "remove"]):
                case "add":
                    touched.add(add_step(document, flow.id, kind="userTask", name="Bước mới"))
                case "move":
                    move_step(document, row.node.id, flow.id)
                case _:
                    remove_step(document, row.node.id)
                    touched.add(row.node.id)
        except Refused as refused:
            assert refused.code in {"STEP_HAS_WAYS", "STEP_IS_TIED", "SAME_PLACE", "OTHER_SCOPE"}
            break  # what was refused half way is thrown away by whoever asked for it
    else:
        text = text_of(document)
        definition, findings = look(text.encode(), None)
        assert [each for each in findings if not each.warning] == []
        after = process_of(text)
        kept = {node.id: node for node in after.walk()}
        assert before.keys() ^ kept.keys() <= touched
        changed = [
            each for each in compare_processes(process_of(PLAN), after) if each.element in before.keys() & kept.keys()
        ]
        assert {aspect.name for each in changed for aspect in each.aspects} <= {"lane", "returns", "exclude"}
        assert all(node.id in definition.diagram.shapes for node in after.walk())


def test_comments_and_foreign_extensions_stay() -> None:
    odd = (
        '<!-- giữ lại --><userTask id="x"><extensionElements><la:thu xmlns:la="urn:la" a="1"><![CDATA[<b>]]></la:thu>'
        "</extensionElements></userTask>"
    )
    document = open_document(plain("s a x e", body=odd), "P")
    add_step(document, "f0_a_x", kind="userTask", name="Xem")
    set_step(document, "x", StepFields("Tên mới", groups=("can_bo@1", "thu_truong@2")))
    text = text_of(document)
    assert "<!-- giữ lại -->" in text
    assert '<la:thu xmlns:la="urn:la" a="1"><![CDATA[<b>]]></la:thu>' in text
    assert 'camunda:candidateGroups="can_bo@1,thu_truong@2"' in text


def test_fields_are_written_and_read_again() -> None:
    document = open_document(plain("s a e"), "P")
    fields = StepFields(
        "Ký nháy", "Ai ký trước", ("can_bo@7",), due_of(3), ladder_text([(-1, "nguoi_giu"), (0, "nguoi_giu")]),
        "plain", ("b",),
    )  # fmt: skip
    set_step(document, "a", fields)
    row = next(each for each in rows_of(look(text_of(document).encode())[0], "P") if each.node.id == "a")
    assert (row.node.name, row.node.documentation, row.groups) == ("Ký nháy", "Ai ký trước", ("can_bo@7",))
    assert (row.days, row.ladder, row.form, row.exclude) == (3, ((-1, "nguoi_giu"), (0, "nguoi_giu")), "plain", ("b",))
    set_step(document, "a", StepFields("Ký nháy"))
    row = next(each for each in rows_of(look(text_of(document).encode())[0], "P") if each.node.id == "a")
    assert (row.groups, row.due, row.form, row.exclude) == ((), "", "", ())


def test_what_another_editor_says_in_elements_is_not_said_twice() -> None:
    modern = (
        '<userTask id="z"><extensionElements><zeebe:assignmentDefinition assignee="an"/></extensionElements></userTask>'
    )
    document = open_document(plain("s z e", body=modern), "P")
    with pytest.raises(Refused, match="SET_IN_FILE"):
        set_step(document, "z", StepFields("Xem"))


def test_taking_a_step_away_leads_past_it_and_forgets_its_name() -> None:
    document = open_document(PLAN, "ke_hoach")
    remove_step(document, "kiem_tra_noi_dung")
    after = process_of(text_of(document))
    assert ("soan_thao", "noi_dung_dat") in {(flow.source, flow.target) for flow in after.flows}
    named = [node.human.rights.returns or () for node in after.walk() if node.human]
    assert not any("kiem_tra_noi_dung" in names for names in named)
    assert "kiem_tra_noi_dung" not in text_of(document)


@pytest.mark.parametrize(
    ("step", "code"), [("lay_y_kien", "STEP_IS_TIED"), ("ket_qua_ky", "STEP_HAS_WAYS"), ("bat_dau", "STEP_IS_TIED")]
)
def test_what_cannot_be_led_past_is_not_taken_away(step: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        remove_step(open_document(PLAN, "ke_hoach"), step)


def test_a_step_moves_to_another_flow_and_lane() -> None:
    document = open_document(PLAN, "ke_hoach")
    move_step(document, "tiep_thu", "f_khong_gop_y")
    after = process_of(text_of(document))
    ends = {flow.id: (flow.source, flow.target) for flow in after.flows}
    assert ends["f_khong_gop_y"] == ("can_gop_y", "tiep_thu")
    assert ends["f_tiep_thu"] == ("tiep_thu", "trinh_ky")
    assert ends["f_du_y_kien"][1] == "lay_lai_y_kien"
    assert [lane.name for lane in after.lanes if "tiep_thu" in lane.nodes] == ["Văn phòng – văn thư"]
    with pytest.raises(Refused, match="SAME_PLACE"):
        move_step(document, "tiep_thu", "f_tiep_thu")


def test_ways_are_set_added_and_taken_away() -> None:
    gateway = '<exclusiveGateway id="g"/>'
    document = open_document(plain("s a g b e", "g c e", body=gateway), "P")
    set_way(document, "f0_g_b", Way("b", "Đạt", default=True))
    set_way(document, "f1_g_c", Way("c", "Không đạt", "${ket_qua == 'tra_lai'}"))
    added = add_way(document, "g", Way("a", "Làm lại", "${lai}"))
    after = process_of(text_of(document), "P")
    ways = {flow.id: flow for flow in after.flows if flow.source == "g"}
    assert (ways["f0_g_b"].name, ways["f1_g_c"].condition) == ("Đạt", "${ket_qua == 'tra_lai'}")
    assert (ways[added].target, ways[added].condition) == ("a", "${lai}")
    assert next(node for node in after.walk() if node.id == "g").default == "f0_g_b"
    set_way(document, "f0_g_b", Way("b"))
    remove_way(document, added)
    after = process_of(text_of(document), "P")
    assert added not in {flow.id for flow in after.flows}
    assert next(node for node in after.walk() if node.id == "g").default is None
    for refused, way in (("LAST_WAY", Way("e")), ("DEFAULT_WITH_CONDITION", Way("b", condition="${x}", default=True))):
        with pytest.raises(Refused, match=refused):
            set_way(document, "f0_g_b", way)
    with pytest.raises(Refused, match="LAST_WAY"):
        remove_way(document, "f0_s_a")


def test_a_name_makes_an_id_and_groups_are_told_apart() -> None:
    assert id_from("Ký nháy, Đóng dấu") == "ky_nhay_dong_dau"
    assert id_from("2026") == "buoc_2026"
    assert groups_in("can_bo@${max(a, b)}, thu_truong@3") == ("can_bo@${max(a, b)}", "thu_truong@3")
    assert escalation(ladder_text([(-2, "nguoi_giu"), (0, "thu_truong"), (5, "chu_tich")])) == (
        (-2, "nguoi_giu"), (0, "thu_truong"), (5, "chu_tich"),
    )  # fmt: skip


def test_an_unsafe_file_is_refused_as_at_deployment() -> None:
    with pytest.raises(BadDefinition):
        open_document('<!DOCTYPE a [<!ENTITY b "c">]><definitions/>', "P")
