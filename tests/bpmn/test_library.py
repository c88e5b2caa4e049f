"""The shipped processes read without findings, are drawn well, and say who does each step, when, on which form."""

from __future__ import annotations

import re
from importlib import resources
from xml.etree import ElementTree

import pytest

from workflows.bpmn.expressions import parse
from workflows.bpmn.model import Definition, Node, Process
from workflows.bpmn.read import read

from .geometry import contains, crossed, loose_ends, overlapping

KEYS = ("ke_hoach", "bao_cao", "bo_sung_bao_cao", "ra_soat_ke_hoach", "nhiem_vu")
TARGETS = {"nguoi_giu", "thu_truong", "van_thu", "pho_chu_tich", "chu_tich"}
GIVEN = {
    "ke_hoach": {
        "ke_hoach",
        "co_quan",
        "don_vi_soan",
        "nguoi_ky",
        "co_quan_gop_y",
        "co_bao_cao",
        "het_ky",
        "da_gop_y",
    },
    "bao_cao": {
        *("ky", "ke_hoach", "co_quan", "dau_moi", "don_vi", "nguoi_ky"),
        *("han_don_vi", "chot_so_lieu", "han_co_quan"),
    },
    "bo_sung_bao_cao": {"ky", "ke_hoach", "don_vi_nop", "han_don_vi", "ly_do_tra_lai"},
    "ra_soat_ke_hoach": {"ra_soat", "ke_hoach", "co_quan", "don_vi_soan", "nguoi_ky", "han_ra_soat"},
    "nhiem_vu": {"nhiem_vu", "lan", "ke_hoach", "co_quan", "don_vi_chu_tri", "han"},
}
SET_ON_THE_WAY = {
    "ke_hoach": {
        *("ket_qua", "tra_ve", "han_gop_y", "co_quan_vong", "vong_da_du", "co_quan_hoi"),
        *("thieu_bat_buoc", "gia_han", "lay_lai", "du_thao_da_sua"),
    },
    "bao_cao": {"ket_qua", "don_vi_nop"},
    "bo_sung_bao_cao": set(),
    "ra_soat_ke_hoach": {"ket_qua"},
    "nhiem_vu": {"ket_qua"},
}


def text_of(key: str) -> bytes:
    return (resources.files("workflows.bpmn") / "library" / f"{key}.bpmn").read_bytes()


@pytest.fixture(scope="module", params=KEYS)
def definition(request: pytest.FixtureRequest) -> Definition:
    return read(text_of(request.param))


@pytest.fixture
def process(definition: Definition) -> Process:
    return definition.processes[0]


def user_tasks(process: Process) -> list[Node]:
    return [node for node in process.walk() if node.kind == "userTask"]


def test_reads_and_checks_without_findings(definition: Definition) -> None:
    assert definition.warnings == ()
    assert len(definition.processes) == 1


@pytest.mark.parametrize("key", KEYS)
def test_is_known_by_the_name_of_its_file(key: str) -> None:
    assert read(text_of(key)).process(key) is not None


@pytest.mark.parametrize("key", KEYS)
def test_ids_are_ascii_and_the_text_is_utf_8(key: str) -> None:
    text = text_of(key).decode("utf-8")
    assert all(id.isascii() for id in re.findall(r' id="([^"]*)"', text))


def test_everything_is_drawn_and_nothing_over_anything_else(definition: Definition, process: Process) -> None:
    drawn = definition.diagram
    assert {node.id for node in process.walk()} <= drawn.shapes.keys()
    assert {flow.id for owner in (process, *process.walk()) for flow in owner.flows} <= drawn.edges.keys()
    assert list(overlapping(process.nodes, drawn)) == []
    assert list(crossed(process.nodes, process.flows, drawn)) == []
    assert list(loose_ends(process.nodes, process.flows, drawn)) == []


def test_every_step_stands_in_the_lane_it_belongs_to(definition: Definition, process: Process) -> None:
    lane_of = {id: lane.id for lane in process.lanes for id in lane.nodes}
    assert sorted(lane_of) == sorted(node.id for node in process.nodes)
    shapes = definition.diagram.shapes
    for node in process.nodes:
        assert contains(shapes[lane_of[node.id]].bounds, shapes[node.id].bounds), node.id


def test_every_step_has_a_vietnamese_name(process: Process) -> None:
    for node in process.walk():
        assert node.name, node.id
    assert all(flow.name for flow in process.flows if flow.condition)


def test_every_human_step_says_who_until_when_on_which_form_and_who_hears_of_delay(process: Process) -> None:
    for node in user_tasks(process):
        human = node.human
        assert human is not None
        assert human.form_key, node.id
        assert human.candidate_groups, node.id
        assert human.due, node.id
        assert human.escalation, node.id
        assert {target for _, target in human.escalation} <= TARGETS, node.id
        days = [day for day, _ in human.escalation]
        assert days == sorted(set(days)), node.id
        groups = ",".join(human.candidate_groups).split(",")
        assert all(re.fullmatch(r"(\w+|\$\{\w+\})@\$\{\w+\}", group) for group in groups), node.id


def test_other_bodies_are_only_reminded_never_ordered() -> None:
    process = read(text_of("ke_hoach")).processes[0]
    asked = next(node for node in process.nodes if node.id == "lay_y_kien")
    assert asked.human is not None
    assert {target for _, target in asked.human.escalation} == {"nguoi_giu"}


def test_nobody_checks_or_signs_what_they_wrote() -> None:
    excluded = {
        node.id: node.human.rights.exclude
        for key in KEYS
        for node in user_tasks(read(text_of(key)).processes[0])
        if node.human is not None and node.human.rights.exclude
    }
    assert excluded == {
        "kiem_tra_the_thuc": ("soan_thao",),
        "trinh_ky": ("soan_thao",),
        "kiem_tra_the_thuc_bao_cao": ("tong_hop",),
        "ky_bao_cao": ("tong_hop",),
        "duyet_ra_soat": ("ra_soat",),
    }


@pytest.mark.parametrize("key", KEYS)
def test_expressions_read_only_the_variables_that_are_known(key: str) -> None:
    used: set[str] = set()
    for element in ElementTree.fromstring(text_of(key)).iter():
        for text in (*element.attrib.values(), element.text or ""):
            used |= parse(text).names()
    assert used <= GIVEN[key] | SET_ON_THE_WAY[key]
    assert used & GIVEN[key]


def test_a_plan_waits_for_its_end_and_its_last_report_by_message_name() -> None:
    process = read(text_of("ke_hoach")).processes[0]
    messages = {
        node.id: node.events[0].name for node in process.walk() if node.events and node.events[0].kind == "message"
    }
    assert messages == {"bao_cao_cuoi_ky": "bao_cao_cuoi_ky", "yeu_cau_dung": "dung_ke_hoach"}
    timers = {node.id: node.events[0].date for node in process.walk() if node.events and node.events[0].kind == "timer"}
    assert timers == {"het_han_gop_y": "${han_gop_y}", "het_ky_ke_hoach": "${het_ky}"}


def test_the_signer_may_send_back_to_every_earlier_step_or_pass_on() -> None:
    process = read(text_of("ke_hoach")).processes[0]
    ways = [flow.target for flow in process.flows if flow.source == "ket_qua_ky"]
    assert ways == ["soan_thao", "mo_vong", "tiep_thu", "kiem_tra_the_thuc", "trinh_ky", "cap_so"]
