"""deploy: a file becomes the next version beside the older ones, or is refused whole with every finding."""

from __future__ import annotations

from importlib.resources import files

import pytest

from tests.actions.small_office import everything, stored
from tests.stories.cast import Cast
from workflows.actions import Desk, deploy_definition, deploy_library
from workflows.engine.actor import CLOCK
from workflows.errors import BadDefinition
from workflows.store import cases
from workflows.store.database import Database
from workflows.store.tables.processes import definitions

from .small_office import START

DUTY = (files("workflows.bpmn.library") / "nhiem_vu.bpmn").read_bytes()


def test_the_library_is_three_processes_and_deployed_again_it_is_the_same(memory: Database) -> None:
    desk = Desk(memory, START, CLOCK)
    first = deploy_library(desk)
    assert [name for name, _ in first] == ["ke_hoach", "bao_cao", "bo_sung_bao_cao", "ra_soat_ke_hoach", "nhiem_vu"]
    before = everything(memory)
    assert deploy_library(desk) == first
    assert everything(memory) == before


def test_a_changed_file_is_the_next_version_and_running_cases_keep_theirs(cast: Cast) -> None:
    changed = DUTY.replace("Thực hiện nhiệm vụ".encode(), "Làm nhiệm vụ".encode())
    assert deploy_definition(cast.clock, changed) == [("nhiem_vu", 2)]
    with cast.database.read() as connection:
        assert cases.latest_definition(connection, "nhiem_vu").version == 2
        assert "Thực hiện nhiệm vụ" in cases.definition_version(connection, "nhiem_vu", 1).xml
    row = stored(cast.database, definitions)[-1]
    assert (row.deployed_at, row.deployed_by) == (cast.now, CLOCK.name)


def test_a_file_in_utf_16_is_kept_as_what_it_says(memory: Database) -> None:
    text = DUTY.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    assert deploy_definition(Desk(memory, START, CLOCK), text.encode("utf-16")) == [("nhiem_vu", 1)]
    assert "Thực hiện nhiệm vụ" in stored(memory, definitions)[0].xml


def test_a_file_in_an_old_encoding_is_kept_as_what_it_says(memory: Database) -> None:
    text = DUTY.decode().replace('encoding="UTF-8"', 'encoding="ISO-8859-1"').replace("Thực hiện", "Exécution")
    deploy_definition(Desk(memory, START, CLOCK), text.encode("latin-1", "xmlcharrefreplace"))
    assert "Exécution" in stored(memory, definitions)[0].xml


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"\0",
        b"<a",
        b"<html/>",
        "chẳng phải XML".encode(),
        DUTY.replace(b"bpmn:exclusiveGateway", b"bpmn:choreographyTask"),
        DUTY.replace(b'targetRef="xac_nhan"', b'targetRef="khong_co"'),
        DUTY.replace(b"UTF-8", b"EBCDIC-7"),
        DUTY[:-1] + b"\xff\xfe>",
    ],
)
def test_a_bad_file_is_refused_with_a_sentence_and_leaves_nothing(memory: Database, xml: bytes) -> None:
    with pytest.raises(BadDefinition) as caught:
        deploy_definition(Desk(memory, START, CLOCK), xml)
    assert all(finding.message for finding in caught.value.findings)
    assert stored(memory, definitions) == []
