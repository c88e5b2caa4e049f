"""Which deployed file a call or a decision means (semantics.md SC1, T5)."""

from __future__ import annotations

import pytest

from tests.bpmn.dmn_file import dmn, literal
from workflows.bpmn.dmn import read_decisions
from workflows.bpmn.model import Definition
from workflows.bpmn.read import read
from workflows.engine import DefinitionSet

from .building import BORDER, file, process


def version(tag: str = "", key: str = "P") -> Definition:
    text = process(BORDER, "s e", key=key)
    return read(file(text.replace("<process ", f'<process camunda:versionTag="{tag}" ') if tag else text))


@pytest.fixture
def deployed() -> DefinitionSet:
    """Three versions of P, the first two tagged, and another process in a file of its own."""
    found = DefinitionSet()
    assert found.add("a", version("v1")) == "a"
    found.add("other", version(key="Q"))
    found.add("b", version("v2"))
    found.add("c", version())
    return found


@pytest.mark.parametrize(
    ("binding", "number", "found"),
    [
        ("latest", None, "c"),
        ("deployment", None, "b"),
        ("version", "1", "a"),
        ("version", "2", "b"),
        ("version", "3", "c"),
        ("version", "4", None),
        ("version", "0", None),
        ("version", "-1", None),
        ("version", "x", None),
        ("version", None, None),
        ("versionTag", "v1", "a"),
        ("versionTag", "v2", "b"),
        ("versionTag", "v3", None),
        ("versionTag", None, "c"),
    ],
)
def test_the_version_that_a_call_means(
    deployed: DefinitionSet, binding: str, number: str | None, found: str | None
) -> None:
    assert deployed.find("P", binding, number, "b") == found


def test_what_is_not_there_is_not_found(deployed: DefinitionSet) -> None:
    assert deployed.find("P", "deployment", None, "other") is None
    assert deployed.find("khong", "latest", None, "a") is None
    assert deployed.find("Q", "version", "1", "a") == "other"
    assert deployed.load("other").process("Q") is not None


@pytest.mark.parametrize(
    ("binding", "number", "found"),
    [
        ("latest", None, "3"),
        ("deployment", None, "2"),
        ("version", "1", "1"),
        ("version", "3", "3"),
        ("version", "4", None),
        ("version", "0", None),
        ("version", "x", None),
        ("version", None, None),
        ("versionTag", "v2", "2"),
        ("versionTag", "v9", None),
    ],
)
def test_the_decision_that_a_task_means(binding: str, number: str | None, found: str | None) -> None:
    known = DefinitionSet()
    for at in (1, 2, 3):
        text = dmn(literal("so", str(at)))
        tagged = text.replace(
            b'<decision id="so"',
            b'<decision id="so" xmlns:camunda="http://camunda.org/schema/1.0/dmn" camunda:versionTag="v%d"' % at,
        )
        assert known.add_decisions(f"d{at}", read_decisions(tagged)) == f"d{at}"
    decision = known.decision("so", binding, number, "d2")
    expected = f"v{found}" if found else None
    assert (decision.version_tag if decision else None) == expected
    assert known.decision("khac", "latest", None, "d1") is None
