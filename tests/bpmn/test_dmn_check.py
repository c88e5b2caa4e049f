"""What keeps a decision file from being used: every finding at once, with element, line and a sentence."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.bpmn.dmn import evaluate, is_dmn, read_decisions
from workflows.errors import BadDefinition, Finding, Refused

from .dmn_file import dmn, literal, table


def findings(text: bytes) -> list[Finding]:
    with pytest.raises(BadDefinition) as caught:
        read_decisions(text)
    assert all(finding.message for finding in caught.value.findings)
    return list(caught.value.findings)


def codes(text: bytes) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.element) for finding in findings(text)]


@pytest.mark.parametrize(
    ("decision", "wanted"),
    [
        (table(["1 => 2"], hit="MOSTLY"), ("BAD_HIT_POLICY", "quyet_dinh")),
        (table(["1 => 2"], hit="COLLECT", aggregation="MEAN"), ("BAD_HIT_POLICY", "quyet_dinh")),
        (table(["1 => 2"], aggregation="SUM"), ("BAD_HIT_POLICY", "quyet_dinh")),
        (
            table(["1 => 2 | 3"], outputs=("a", "b"), hit="COLLECT", aggregation="SUM"),
            ("BAD_HIT_POLICY", "quyet_dinh"),
        ),
        (table(["1 => 2"], hit="PRIORITY"), ("BAD_HIT_POLICY", "quyet_dinh")),
        (table(["1 => 2"], hit="OUTPUT ORDER", values="> 5"), ("BAD_HIT_POLICY", "quyet_dinh_o0")),
        (table(["1 => 2"], values="1,"), ("BAD_UNARY_TEST", "quyet_dinh_o0")),
        (table(["1 => 2"], allowed="<"), ("BAD_UNARY_TEST", "quyet_dinh_i0")),
        (table(["1 => 2"], default="1 +"), ("EXPRESSION_ERROR", "quyet_dinh_o0")),
        (table(["< => 2"]), ("BAD_UNARY_TEST", "quyet_dinh_1")),
        (table(["1 => 2 +"]), ("EXPRESSION_ERROR", "quyet_dinh_1")),
        (table(["1 => ?"]), ("EXPRESSION_ERROR", "quyet_dinh_1")),
        (table(["1 => 2"], inputs=("x +",)), ("EXPRESSION_ERROR", "quyet_dinh_i0")),
        (table(["1 => 2"], inputs=("",)), ("MISSING_INPUT", "quyet_dinh_i0")),
        (table(["1 | 2 => 2"]), ("MISSING_INPUT", "quyet_dinh_1")),
        (table(["1 => 2"], outputs=("a", "b")), ("MISSING_OUTPUT", "quyet_dinh_1")),
        (table(["1 => 2 | 3"], outputs=("a", "")), ("MISSING_OUTPUT", "quyet_dinh_o1")),
        (table(["1 => 2 | 3"], outputs=("a", "a")), ("DUPLICATE_ID", "quyet_dinh_o1")),
        (table([], outputs=()), ("MISSING_OUTPUT", "quyet_dinh")),
        (table(["1 => 2"], required=("khong_co",)), ("DANGLING_REFERENCE", "quyet_dinh")),
        (literal("a", "1 +"), ("EXPRESSION_ERROR", "a")),
        ('<decision id="a"/>', ("UNSUPPORTED_DECISION", "a")),
        ('<decision id="a"><invocation/></decision>', ("UNSUPPORTED_DECISION", "a")),
        ('<import id="i" namespace="urn:x"/>' + literal("a", "1"), ("UNSUPPORTED_DECISION", "i")),
        (literal("a", "1") + literal("a", "2"), ("DUPLICATE_ID", "a")),
        ('<decision><literalExpression id="q"><text>1</text></literalExpression></decision>', None),
        (
            '<decision id="a"><literalExpression expressionLanguage="groovy"><text>1</text></literalExpression>'
            "</decision>",
            ("UNSUPPORTED_SCRIPT", "a"),
        ),
        ("", ("NO_DECISION", None)),
    ],
)
def test_what_is_wrong_is_said(decision: str, wanted: tuple[str, str | None] | None) -> None:
    found = codes(dmn(decision))
    assert found == [wanted] if wanted else found[0][0] == "DANGLING_REFERENCE"


def test_every_finding_at_once_with_its_line() -> None:
    text = dmn(
        "\n", table(["< => 2"], hit="X"), "\n", table(["1 => 2"], key="b", outputs=()), "\n", literal("c", "1 +")
    )
    assert [(item.code, item.element, item.line) for item in findings(text)] == [
        ("BAD_HIT_POLICY", "quyet_dinh", 2),
        ("BAD_UNARY_TEST", "quyet_dinh_1", 2),
        ("MISSING_OUTPUT", "b", 3),
        ("MISSING_OUTPUT", "b_1", 3),
        ("EXPRESSION_ERROR", "c", 4),
    ]


def test_decisions_that_need_each_other() -> None:
    text = dmn(literal("a", "1", "b"), literal("b", "1", "c"), literal("c", "1", "b"), literal("d", "1", "d"))
    assert codes(text) == [("CYCLIC_REQUIREMENT", name) for name in ("b", "c", "d")]


def test_an_empty_result_is_a_warning() -> None:
    (warning,) = read_decisions(dmn(table(["1 => "]))).warnings
    assert (warning.code, warning.element, warning.warning) == ("MISSING_OUTPUT", "quyet_dinh_1", True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "XML_MALFORMED"),
        (b"<definitions/>", "NOT_DMN"),
        (dmn(literal("a", "1"))[:-3], "XML_MALFORMED"),
        (b"<!DOCTYPE definitions [<!ENTITY a 'b'>]>" + dmn(literal("a", "&amp;a;")), "XML_FORBIDDEN"),
        (dmn("<a>" * 120 + "</a>" * 120), "LIMIT_EXCEEDED"),
        (dmn(*[literal(f"a{number}", "1") for number in range(501)]), "LIMIT_EXCEEDED"),
    ],
)
def test_hostile_files_are_refused(text: bytes, code: str) -> None:
    assert [finding.code for finding in findings(text)] == [code]


def test_a_file_is_known_by_its_namespace() -> None:
    assert is_dmn(dmn(literal("a", "1")))
    assert is_dmn(dmn(literal("a", "1")).decode().encode("utf-16"))
    assert not is_dmn(b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>')


GOOD = dmn(table(['< 10 | "a" => 1 | x', "- | - => 2 | 3"], ("x", "y"), ("m", "n"), hit="FIRST"), literal("b", "1"))


@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.binary(max_size=8) | st.sampled_from([b"<a/>", b"&lt;", b'"']))
def test_a_damaged_file_is_read_or_refused_with_sentences(at: int, cut: int, put: bytes) -> None:
    try:
        file = read_decisions(GOOD[:at] + put + GOOD[at + cut :])
    except BadDefinition as bad:
        assert all(finding.message for finding in bad.findings)
        return
    for decision in file.decisions:
        with suppress(Refused):
            evaluate(decision, {"x": 1, "y": "a"})
