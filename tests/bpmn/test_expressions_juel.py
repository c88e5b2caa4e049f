"""The JUEL dialect (X1, X3, X4) and texts with several expressions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from workflows.bpmn.expressions import ExpressionError, parse

NOW = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
FUNCTIONS = {"now": lambda: NOW, "ngay_lam_viec": lambda n: f"ngày thứ {n}"}
NAMES: dict[str, Any] = {
    "so": 7,
    "khong": None,
    "ten": "Sơn La",
    "ds": [1, 2, 3],
    "rong": [],
    "khan": False,
    "nua": 0.5,
    "hs": {"nguoi": {"cap": "tinh"}, "muc": [1], "khan": False},
    "han": "2026-01-04T08:00:00+07:00",
}


def value(text: str) -> Any:
    return parse(text).evaluate(NAMES, FUNCTIONS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${so}", 7),
        ("#{so}", 7),
        (" ${so} ", 7),
        ("${so + 10}", 17),
        ("${2 + 3 * 4}", 14),
        ("${(2 + 3) * 4}", 20),
        ("${10 - 3 - 2}", 5),
        ("${7 / 2}", 3.5),
        ("${6 div 2}", 3),
        ("${so mod 4}", 3),
        ("${-so % 4}", -3),
        ("${--so}", 7),
        ("${so == 7}", True),
        ("${so eq 7.0}", True),
        ("${so != 7}", False),
        ("${so ne 8}", True),
        ("${so < 8}", True),
        ("${so lt 7}", False),
        ("${so gt 6}", True),
        ("${so le 7}", True),
        ("${so >= 8}", False),
        ("${so ge 7}", True),
        ("${'a' < 'b'}", True),
        ('${ten == "Sơn La"}', True),
        ("${true && !khan}", True),
        ("${khan || so > 1}", True),
        ("${not khan and so == 7 or khan}", True),
        ("${khan && khong.x.y}", False),
        ("${empty rong}", True),
        ("${empty khong}", True),
        ("${!empty ds}", True),
        ("${empty ''}", True),
        ("${empty so}", False),
        ("${so > 5 ? 'cao' : 'thấp'}", "cao"),
        ("${khan ? 1 : so > 9 ? 2 : 3}", 3),
        ("${hs.nguoi.cap}", "tinh"),
        ("${hs['nguoi'].cap}", "tinh"),
        ("${hs.muc[0]}", 1),
        ("${hs.muc[9]}", None),
        ("${hs.thieu}", None),
        ("${hs.thieu.sau}", None),
        ("${ds.size()}", 3),
        ("${ds.contains(2)}", True),
        ("${ds.contains('2')}", False),
        ("${ds.isEmpty()}", False),
        ("${ten.length()}", 6),
        ("${ten.isEmpty()}", False),
        ("${ten.startsWith('Sơn')}", True),
        ("${ten.toUpperCase()}", "SƠN LA"),
        ("${ten.contains('La')}", True),
        ("${ds.get(1)}", 2),
        ("${ds.indexOf(3)}", 2),
        ("${ten.substring(4)}", "La"),
        ("${hs.containsKey('muc')}", True),
        ("${size(ds)}", 3),
        ("${contains(ds, 3)}", True),
        ("${null == khong}", True),
        ("${khong == 1}", False),
        ("${khong < 1}", False),
        ("${1 == '1'}", False),
        ("${true == 1}", False),
        ("${nua + nua}", 1.0),
        ("${0.1 + 0.2 == 0.3}", True),
        ("${'a' + 'b'}", "ab"),
        (r"${'it\'s'}", "it's"),
        ('${"}"}', "}"),
        ("${now()}", NOW),
        ("${dateTime()}", NOW),
        ("${han < now()}", True),
        ("${now() == '2026-01-05T08:00:00+07:00'}", True),
        ("${ngay_lam_viec(2)}", "ngày thứ 2"),
        ("${dateTime().plusDays(3).toDate()}", datetime(2026, 1, 8, 1, 0, tzinfo=UTC)),
        ("${now().minusHours(2)}", datetime(2026, 1, 4, 23, 0, tzinfo=UTC)),
        ("${now().year}", 2026),
        ("${hs.muc[0] != null && hs.nguoi.cap == 'tinh' && !hs.khan}", True),
    ],
)
def test_value(text: str, expected: Any) -> None:
    found = value(text)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("can_bo@${so}", "can_bo@7"),
        ("${so}@${ten}", "7@Sơn La"),
        ("Kế hoạch", "Kế hoạch"),
        ("", ""),
        ("P3D", "P3D"),
        ("${so} ${so}", "7 7"),
        (r"\${so}", "${so}"),
        ("$so {x}", "$so {x}"),
        ("${nua} và ${khan}", "0.5 và false"),
    ],
)
def test_text_around_an_expression_makes_text(text: str, expected: str) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "${thieu}",
        "${thieu.x}",
        "${so + 'a'}",
        "${so + khong}",
        "${so < 'a'}",
        "${ten.x}",
        "${so[0]}",
        "${!so}",
        "${so && khan}",
        "${so ? 1 : 2}",
        "${1 / 0}",
        "${1 % 0}",
        "a${khong}",
        "a${ds}",
        "${ds.length()}",
        "${ds.get(9)}",
        "${dateTime('hôm qua')}",
        "${dateTime('2026-02-30')}",
        "${now().plusYears(99999)}",
    ],
)
def test_no_value_is_an_error(text: str) -> None:
    expression = parse(text)
    with pytest.raises(ExpressionError) as caught:
        expression.evaluate(NAMES, FUNCTIONS)
    assert caught.value.code == "EXPRESSION_ERROR"
    assert caught.value.message


@pytest.mark.parametrize(
    "text",
    [
        "${",
        "${}",
        "${so",
        "${so +}",
        "${so so}",
        "${(so}",
        "${so)}",
        "${so ==}",
        "${'abc}",
        "${so..x}",
        "${so.}",
        "${_so}",
        "${so.__class__}",
        "${so._x}",
        "${so['__class__']}",
        "${__import__('os')}",
        "${exec('x')}",
        "${so.getClass()}",
        "${so.class.forName('x')}",
        "${ds.add(1)}",
        "${size()}",
        "${now(1)}",
        "${so = 1}",
        "${so; so}",
        "${so -> so}",
        "${so instanceof x}",
        "${empty}",
        "${{1}}",
        "${a ? b}",
        "${@x}",
        "${`x`}",
        "${1.so.y()}",
        "a ${",
        "${so}${",
        "${" + "(" * 100 + "so" + ")" * 100 + "}",
        "${" + "!" * 500 + "so}",
        "${" + "-" * 500 + "so}",
        "${" + "so+" * 500 + "so}",
        "${1}" + " " * 5000,
        "${" + "9" * 3000 + "}",
        "${so" + "[0]" * 900 + "}",
    ],
)
def test_forbidden_or_unreadable_is_refused_when_parsed(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


def test_variables_that_an_expression_reads() -> None:
    assert parse("${hs.nguoi.cap == x && ds.contains(y[z])}@${t}").names() == {"hs", "x", "ds", "y", "z", "t"}
    assert parse("chữ").names() == frozenset()


def test_literal_is_what_stands_for_itself() -> None:
    assert parse("P3D").is_literal
    assert parse("").is_literal
    assert not parse("${1}").is_literal
    assert not parse("= 1").is_literal


def test_long_text_without_an_expression_is_only_text() -> None:
    text = "Kế hoạch " * 1000
    assert parse(text).evaluate({}) == text


def test_nesting_up_to_the_limit_is_read() -> None:
    nested = "so"
    for _ in range(19):
        nested = f"(khan || khan && 1 == 1 && 1 < 2 + 3 * 1 ? 0 : {nested})"
    assert value("${" + nested + "}") == 7


def test_now_needs_a_caller_who_knows_the_time() -> None:
    with pytest.raises(ExpressionError):
        parse("${now()}").evaluate({})


def test_a_text_is_parsed_once() -> None:
    assert parse("${so == 1}") is parse("${so == 1}")


def test_juel_dialect_takes_an_equals_sign_literally() -> None:
    assert parse("= a", "juel").is_literal


def test_python_objects_cannot_be_looked_into() -> None:
    for text in ("${x.real}", "${x.size()}", "${x + 1}", "${x == 1}", "${x[0]}"):
        with pytest.raises(ExpressionError):
            parse(text).evaluate({"x": object()})
