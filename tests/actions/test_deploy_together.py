"""Files that are deployed together: all or none, and a call may mean exactly what came with it."""

from __future__ import annotations

import codecs

import pytest

from tests.engine.building import BORDER, file, nodes, process, users
from workflows.actions import start_process
from workflows.errors import BadDefinition
from workflows.store.database import Database
from workflows.store.tables.processes import definitions, start_triggers

from .field import Field
from .small_office import everything, stored


def call(binding: str, called: str = "Con") -> str:
    return f'<callActivity id="c" calledElement="{called}" camunda:calledElementBinding="{binding}"/>'


def caller(binding: str, name: str = "") -> bytes:
    return file(process(BORDER + call(binding) + (nodes("task", name) if name else ""), "s c e"))


def called(*steps: str) -> bytes:
    return file(process('<startEvent id="s"/>' + users(*steps), "s " + " ".join(steps), key="Con"))


@pytest.fixture
def field(memory: Database) -> Field:
    return Field(memory)


def test_a_call_by_deployment_means_the_file_that_came_with_it(database: Database) -> None:
    field = Field(database)
    field.deploy(caller("deployment"), called("a"))
    field.deploy(called("b"))
    case = start_process(field.desk(), "P", {}, None)
    assert field.waiting(case) == ["a"]
    field.deploy(caller("latest"))
    assert field.waiting(start_process(field.desk(), "P", {}, None)) == ["b"]


def test_a_deployment_with_one_changed_file_is_a_new_version_of_all(field: Field) -> None:
    field.deploy(caller("deployment"), called("a"))
    before = everything(field.database)
    field.deploy(caller("deployment"), called("a"))
    assert everything(field.database) == before
    field.deploy(caller("deployment", "moi"), called("a"))
    assert [(row.key, row.version) for row in stored(field.database, definitions)] == [
        ("P", 1),
        ("Con", 1),
        ("P", 2),
        ("Con", 2),
    ]
    assert field.waiting(start_process(field.desk(), "P", {}, None)) == ["a"]


@pytest.mark.parametrize(
    ("files", "codes"),
    [
        ((called("a"), b"<a"), ["XML_MALFORMED"]),
        ((b"<a", b"<html/>"), ["XML_MALFORMED", "NOT_BPMN"]),
        ((called("a"), called("b")), ["DUPLICATE_ID"]),
        (
            (caller("latest"), file(process(call("latest", "P"), key="Con"))),
            ["CALL_CYCLE", "CALL_CYCLE"],
        ),
    ],
    ids=["one bad", "both bad", "the same process twice", "a circle through two files"],
)
def test_bad_files_leave_nothing_behind(field: Field, files: tuple[bytes, ...], codes: list[str]) -> None:
    with pytest.raises(BadDefinition) as caught:
        field.deploy(*files)
    assert [finding.code for finding in caught.value.findings] == codes
    assert stored(field.database, definitions) == stored(field.database, start_triggers) == []


def test_a_file_whose_encoding_cannot_be_kept_is_refused(field: Field) -> None:
    declared = b'<?xml version="1.0" encoding="windows-1252"?>' + called("a").replace(b'id="a"', b'id="a" name="\x81"')
    with pytest.raises((BadDefinition, UnicodeDecodeError)) as caught:
        field.deploy(declared)
    assert isinstance(caught.value, BadDefinition) and caught.value.code == "XML_MALFORMED"
    text = called("a").decode().replace('id="a"', 'id="a" name="Soạn"')
    field.deploy(codecs.BOM_UTF16_BE + text.encode("utf-16-be"))
    assert "Soạn" in stored(field.database, definitions)[0].xml
