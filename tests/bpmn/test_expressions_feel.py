"""The FEEL dialect (X2, X3, X4)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from workflows.bpmn.expressions import ExpressionError, as_json, parse, require_bool
from workflows.bpmn.iso8601 import ZONE, Duration

NOW = datetime(2026, 1, 4, 20, 0, tzinfo=UTC)
FUNCTIONS = {"now": lambda: NOW, "ngay_lam_viec": lambda n: f"ngày thứ {n}"}
NAMES: dict[str, Any] = {
    "so": 7,
    "khong": None,
    "ten": "Sơn La",
    "ds": [1, 2, 3],
    "rong": [],
    "khan": False,
    "Đơn_vị": "xã",
    "hs": {"cap": "tinh", "muc": [{"ma": "a", "diem": 5}, {"ma": "b", "diem": 8}]},
}


def value(text: str) -> Any:
    return parse("=" + text).evaluate(NAMES, FUNCTIONS)


def check(text: str, expected: Any) -> None:
    found = value(text)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("so", 7),
        ("Đơn_vị", "xã"),
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("2 ** 3 ** 2", 64),
        ("-2 ** 2", 4),
        ("7 / 2", 3.5),
        ("6 / 3", 2),
        ("1 / 0", None),
        ("0.1 + 0.2", 0.3),
        (".5 + 1", 1.5),
        ("1e3", 1000.0),
        ('"a" + "b"', "ab"),
        ('"a" + 1', None),
        ("so = 7", True),
        ("so = 7.0", True),
        ('so = "7"', None),
        ("so != 8", True),
        ("thieu", None),
        ("thieu = null", True),
        ("thieu.x.y", None),
        ("so < thieu", None),
        ("thieu + 1", None),
        ("so >= 7", True),
        ('"a" < "b"', True),
        ("true and khong", None),
        ("false and khong", False),
        ("true or khong", True),
        ("khong or false", None),
        ("not(khan)", True),
        ("not(khong)", None),
        ("true and 1", None),
        ("-khong", None),
        ("if so > 5 then 1 else 2", 1),
        ("if khong then 1 else 2", 2),
        ("so between 1 and 7", True),
        ("so between 1 and 6 or khan", False),
        ("so in [1..7]", True),
        ("so in [1..7)", False),
        ("so in (6..8)", True),
        ("so in [1..7[", False),
        ("so in ]7..9]", False),
        ("so in (1, 7)", True),
        ("so in (< 3, > 6)", True),
        ("so in <= 6", False),
        ("so in ds", False),
        ("2 in ds", True),
        ("2 in ([5..9], [1..2])", True),
        ("khong in [1..2]", None),
        ('ten in ("Sơn La", "Huế")', True),
        ("[1, 2, 3]", [1, 2, 3]),
        ("[]", []),
        ("[[1], [2]]", [[1], [2]]),
        ("ds[1]", 1),
        ("ds[-1]", 3),
        ("ds[9]", None),
        ("ds[0]", None),
        ("rong[1]", None),
        ("ds[item > 1]", [2, 3]),
        ("rong[item > 1]", []),
        ('hs.muc[ma = "b"].diem', [8]),
        ("hs.muc[diem > so][1].ma", "b"),
        ("hs.muc.ma", ["a", "b"]),
        ("hs.cap", "tinh"),
        ("{a: 1, b: a + 1}.b", 2),
        ('{"tên gọi": 1}', {"tên gọi": 1}),
        ("{}", {}),
        ("so.x", None),
        ("for x in ds return x * 2", [2, 4, 6]),
        ("for x in 1..3, y in 1..x return y", [1, 1, 2, 1, 2, 3]),
        ("for x in 3..1 return x", [3, 2, 1]),
        ("for x in khong return x", []),
        ("some x in ds satisfies x > 2", True),
        ("every x in ds satisfies x > 2", False),
        ("every x in rong satisfies x > 2", True),
        ("some x in rong satisfies x", False),
        ("some x in ds satisfies khong", None),
        ("if some x in ds satisfies x = 2 then 1 else 2", 1),
        ("// lời bàn\n 1 /* hai */ + 1", 2),
        ('"\\u00e1\\n\\""', 'á\n"'),
    ],
)
def test_language(text: str, expected: Any) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("count(ds)", 3),
        ("count(rong)", 0),
        ("sum(ds)", 6),
        ("sum(1, 2)", 3),
        ("sum(rong)", None),
        ("sum([1.5, 1])", 2.5),
        ("min(ds)", 1),
        ("max(3, 9, 4)", 9),
        ('max(["a", "b"])', "b"),
        ("min(rong)", None),
        ("mean(ds)", 2),
        ("product(ds)", 6),
        ('contains(ten, "La")', True),
        ('starts with(ten, "Sơn")', True),
        ('ends with(ten, "x")', False),
        ("contains(so, 1)", None),
        ("upper case(ten)", "SƠN LA"),
        ('lower case("Đ")', "đ"),
        ('string length("Khẩn")', 4),
        ("string(so)", "7"),
        ("string(1.5)", "1.5"),
        ("string(true)", "true"),
        ('string([1, "a", {b: null}])', '[1, "a", {b:null}]'),
        ("string(khong)", None),
        ('number("12")', 12),
        ('number("1.5")', 1.5),
        ('number("-3")', -3),
        ('number("x")', None),
        ('substring("abcd", 2, 2)', "bc"),
        ('substring("abcd", -2)', "cd"),
        ('substring before("12/KH", "/")', "12"),
        ('substring after("12/KH", "/")', "KH"),
        ('string join(["a", null, "b"], ", ")', "a, b"),
        ('split("a;b", ";")', ["a", "b"]),
        ('trim(" a ")', "a"),
        ("append(ds, 4, 5)", [1, 2, 3, 4, 5]),
        ("concatenate(ds, [4])", [1, 2, 3, 4]),
        ("list contains(ds, 2)", True),
        ("list contains([null], null)", True),
        ("insert before([1, 3], 2, 2)", [1, 2, 3]),
        ("remove(ds, 1)", [2, 3]),
        ("sublist(ds, 2)", [2, 3]),
        ("sublist(ds, -2, 1)", [2]),
        ("index of([1, 2, 1], 1)", [1, 3]),
        ("reverse(ds)", [3, 2, 1]),
        ("distinct values([1, 2, 1.0])", [1, 2]),
        ("union([1], [1, 2])", [1, 2]),
        ("flatten([1, [2, [3]]])", [1, 2, 3]),
        ("all([true, false])", False),
        ("any([false, true])", True),
        ("all([true, null])", None),
        ("floor(1.7)", 1),
        ("ceiling(-1.2)", -1),
        ("decimal(1 / 3, 2)", 0.33),
        ("decimal(2.5, 0)", 2),
        ("round half up(5.5, 0)", 6),
        ("abs(-3)", 3),
        ("modulo(-12, 5)", 3),
        ("sqrt(16)", 4),
        ("odd(3)", True),
        ("even(3)", False),
        ('get value({a: 1}, "a")', 1),
        ("get entries({a: 1})", [{"key": "a", "value": 1}]),
        ('context put({a: 1}, "b", 2)', {"a": 1, "b": 2}),
        ("context merge([{a: 1}, {a: 2, b: 3}])", {"a": 2, "b": 3}),
        ("context merge([{a: 1}, 2])", None),
        ("get or else(khong, 3)", 3),
        ("get or else(so, 3) = so", True),
        ("is defined(so)", True),
        ("is defined(thieu)", False),
        ("is defined(khong)", True),
        ("is defined(hs.cap)", True),
        ("is defined(hs.thieu)", False),
        ("ngay_lam_viec(3)", "ngày thứ 3"),
    ],
)
def test_function(text: str, expected: Any) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now()", NOW),
        ("today()", date(2026, 1, 5)),
        ('date("2026-01-31")', date(2026, 1, 31)),
        ("date(2026, 2, 30)", None),
        ('@"2026-01-31"', date(2026, 1, 31)),
        ('date(date and time("2026-01-31T08:00:00"))', date(2026, 1, 31)),
        ('date and time("2026-01-31T08:00:00")', datetime(2026, 1, 31, 8, tzinfo=ZONE)),
        ('time("08:30:00")', time(8, 30)),
        ('date and time(date("2026-01-31"), time("08:00:00"))', datetime(2026, 1, 31, 8, tzinfo=ZONE)),
        ('duration("P1M")', Duration(months=1)),
        ('duration("-PT2H")', Duration(clock=timedelta(hours=-2))),
        ('duration("1 ngày")', None),
        ('date("2026-01-31") + duration("P1M")', date(2026, 2, 28)),
        ('date("2024-01-31") + duration("P1M")', date(2024, 2, 29)),
        ('date("2026-03-01") - date("2026-02-27")', Duration(days=2)),
        ('now() - duration("PT1H") < now()', True),
        ('date("2026-01-02") > date("2026-01-01")', True),
        ('duration("P1D") = duration("PT24H")', False),
        ('duration("P2D") > duration("PT47H")', True),
        ('duration("P1M") > duration("P30D")', None),
        ('date("2026-03-05").month', 3),
        ('date("2026-03-05").weekday', 4),
        ('duration("P1Y2M").months', 2),
        ('years and months duration(@"2026-01-31", @"2027-03-01")', Duration(months=13)),
        ('day of week(@"2026-01-05")', "Monday"),
        ('date("2026-01-05") in [@"2026-01-01"..@"2026-01-31"]', True),
        ('@"P1D" * 3', Duration(days=3)),
        ('string(@"P1DT2H")', "P1DT2H"),
    ],
)
def test_time(text: str, expected: Any) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 +",
        "so so",
        "if so then 1",
        "for x in ds",
        "some x in ds",
        "{a}",
        "[1",
        "(1",
        "[1..2",
        "]1",
        "a.",
        "'a'",
        "so == 1",
        "so && khan",
        "!khan",
        "_x",
        "x._y",
        "x.__class__",
        "function(a) a",
        "so instance of number",
        "open(1)",
        "eval(1)",
        "starts with 1",
        "count()",
        "count(1, 2)",
        "x(1)",
        '"abc',
        '@"x"',
        "@1",
        "1 = 2 = 3",
        "for in in ds return 1",
        "${so}",
        "[" * 70 + "]" * 70,
        "(" * 900 + ")" * 900,
        "-" * 900 + "1",
        "1+" * 900 + "1",
        "so" + ".a" * 900,
        '"\\ud800"',
        "1 " * 3000,
    ],
)
def test_outside_the_subset_is_refused_when_parsed(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse("=" + text)


@pytest.mark.parametrize(
    "text",
    [
        "count(for a in 1..9999, b in 1..9999 return 1)",
        "some a in 1..9999, b in 1..9999 satisfies false",
        'count(for a in 1..9999 return string join(for b in 1..900 return "aaaaaaaaaaaaaaaaaaaaaaaaaa"))',
        "2 ** 99999",
        "for a in 1..20000 return a",
        "max(for a in 1..9000 return distinct values(for b in 1..9000 return b))",
    ],
)
def test_work_is_bounded(text: str) -> None:
    with pytest.raises(ExpressionError):
        value(text)


def test_names_leave_out_what_the_expression_binds() -> None:
    assert parse("= for x in xs, y in x.ys return x + y + z").names() == {"xs", "z"}
    assert parse("= some x in xs satisfies x = k and count(ds) > 1").names() == {"xs", "k", "ds"}
    assert parse("= {a: b, c: a}").names() == {"b"}
    assert parse("= ds[item > so]").names() == {"ds", "so"}


def test_a_condition_is_exactly_a_boolean() -> None:
    assert require_bool(True) is True
    assert require_bool(False) is False
    for wrong in (None, 0, 1, "true", [], {}):
        with pytest.raises(ExpressionError):
            require_bool(wrong)


def test_dialect_feel_needs_no_equals_sign() -> None:
    assert parse("so + 1", "feel").evaluate(NAMES) == 8
    assert parse("= so + 1", "feel").evaluate(NAMES) == 8


def test_stored_values_are_json() -> None:
    assert as_json(value('[now(), @"P1D", {a: @"2026-01-01"}, 1, null]')) == [
        "2026-01-04T20:00:00+00:00",
        "P1D",
        {"a": "2026-01-01"},
        1,
        None,
    ]


def test_evaluation_changes_no_variable() -> None:
    names = {"ds": [3, 1], "hs": {"a": [1]}}
    for text in ("= append(ds, 1)", "= reverse(ds)", "= remove(ds, 1)", "= concatenate(ds, ds)", "= hs.a[1]"):
        parse(text).evaluate(names)
    assert names == {"ds": [3, 1], "hs": {"a": [1]}}
