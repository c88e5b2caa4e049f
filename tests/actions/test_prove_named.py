"""An exclusion that names a step of another process is held against those in use and those that come with it."""

from __future__ import annotations

import pytest

from tests.engine.building import BORDER, file, process
from workflows.errors import BadDefinition
from workflows.store.database import Database

from .field import Field
from .small_office import everything


def naming(exclude: str, key: str = "P", step: str = "c") -> bytes:
    return file(process(f'{BORDER}<userTask id="{step}" kehoach:exclude="{exclude}"/>', f"s {step} e", key=key))


def doing(step: str, key: str = "Q", kind: str = "userTask") -> bytes:
    return file(process(f'{BORDER}<{kind} id="{step}"/>', f"s {step} e", key=key))


@pytest.fixture
def field(memory: Database) -> Field:
    return Field(memory)


def refusal(field: Field, *files: bytes) -> str:
    before = everything(field.database)
    with pytest.raises(BadDefinition) as bad:
        field.deploy(*files)
    assert everything(field.database) == before
    (finding,) = bad.value.findings
    assert finding.code == "DANGLING_REFERENCE"
    return finding.message


def test_a_process_that_is_not_there_is_named(field: Field) -> None:
    assert "chưa có quy trình «Q»" in refusal(field, naming("Q#b"))


def test_a_step_that_is_not_there_is_named(field: Field) -> None:
    field.deploy(doing("b"))
    assert "không có bước «x»" in refusal(field, naming("Q#x"))
    assert "không do người làm" in refusal(field, naming("Q#s"))
    field.deploy(naming("Q#b"))


def test_files_that_name_each_other_come_together(field: Field) -> None:
    one, other = naming("Q#d", "P", "c"), naming("P#c", "Q", "d")
    assert "chưa có quy trình" in refusal(field, one)
    field.deploy(one, other)


def test_a_step_that_is_still_named_is_not_left_out(field: Field) -> None:
    field.deploy(doing("b"))
    field.deploy(naming("Q#b"))
    told = refusal(field, doing("x"))
    assert "Quy trình «P» đang dùng" in told and "«b»" in told
    field.deploy(doing("x"), naming("Q#x"))


def test_a_process_whose_name_ends_alike_is_another(field: Field) -> None:
    field.deploy(doing("b", "QQ"))
    field.deploy(naming("QQ#b"))
    field.deploy(doing("x", "Q"))
