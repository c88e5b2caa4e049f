"""Decision tables: every hit policy, several outputs, requirements, and what cannot be decided."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from workflows.bpmn.dmn import Outcome, evaluate, read_decisions
from workflows.errors import Refused

from .dmn_file import NAMESPACES, dmn, literal, table

LEVELS = ["< 10 => 1", "[5..20] => 2", "> 100 => 3"]


def made(text: bytes | str, key: str = "quyet_dinh", **names: Any) -> Outcome:
    found = read_decisions(text if isinstance(text, bytes) else dmn(text)).decision(key)
    assert found is not None
    return evaluate(found, names)


def refused(text: str, **names: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        made(text, **names)
    assert caught.value.code == "DECISION_ERROR"
    assert caught.value.facts["decision"] == "quyet_dinh"
    assert caught.value.facts["message"]
    return caught.value


@pytest.mark.parametrize("version", NAMESPACES)
def test_every_version_of_the_format(version: str) -> None:
    assert made(dmn(table(LEVELS), version=version), x=3).value == 1


def test_unique() -> None:
    assert made(table(LEVELS), x=15) == Outcome(2, ({"y": 2},), ("quyet_dinh_2",))
    assert made(table(LEVELS), x=50) == Outcome(None, ())
    failed = refused(table(LEVELS), x=7)
    assert (failed.facts["problem"], failed.facts["rules"]) == ("NOT_UNIQUE", ("quyet_dinh_1", "quyet_dinh_2"))


def test_first() -> None:
    assert made(table(LEVELS, hit="FIRST"), x=7).value == 1


def test_any() -> None:
    assert made(table(["< 10 => 1", "> 0 => 1.0", "> 5 => 1"], hit="ANY"), x=7).value == 1
    assert refused(table(LEVELS, hit="ANY"), x=7).facts["problem"] == "NOT_THE_SAME"
    assert refused(table(["- => 1", "- => true"], hit="ANY"), x=7).facts["problem"] == "NOT_THE_SAME"


def test_priority_and_output_order() -> None:
    rules = ['> 1 => "thap"', '> 5 => "cao"', '> 3 => "vua"']
    order = '"cao", "vua", "thap"'
    assert made(table(rules, hit="PRIORITY", values=order), x=4).value == "vua"
    assert made(table(rules, hit="PRIORITY", values=order), x=9).value == "cao"
    assert made(table(rules, hit="OUTPUT ORDER", values=order), x=9).value == ["cao", "vua", "thap"]
    assert made(table(rules, hit="OUTPUT ORDER", values=order), x=9).rules == tuple(
        f"quyet_dinh_{n}" for n in (1, 2, 3)
    )


def test_rule_order_and_collect() -> None:
    for hit in ("RULE ORDER", "COLLECT"):
        assert made(table(LEVELS, hit=hit), x=7).value == [1, 2]
        assert made(table(LEVELS, hit=hit), x=50).value == []


@pytest.mark.parametrize(
    ("how", "some", "none"), [("SUM", 0.3, None), ("MIN", 0.1, None), ("MAX", 0.2, None), ("COUNT", 2, 0)]
)
def test_collect_aggregated(how: str, some: float, none: float | None) -> None:
    drawn = table(["< 10 => 0.1", "< 20 => 0.2"], hit="COLLECT", aggregation=how)
    assert made(drawn, x=1).value == some
    assert made(drawn, x=1).rows == ({"y": some},)
    assert made(drawn, x=99).value == none


def test_what_is_no_number_is_not_summed() -> None:
    failed = refused(table(['- => "a"', "- => 1"], hit="COLLECT", aggregation="SUM"), x=1)
    assert failed.facts["problem"] == "NOT_NUMBERS"


def test_several_inputs_and_outputs_are_a_context() -> None:
    rules = ['> 5 | "xa" => "chu_tich" | x * 2', '- | "tinh" => "pho_chu_tich" | null']
    drawn = table(rules, ("x", "cap"), ("nguoi_ky", "so_ngay"))
    assert made(drawn, x=6, cap="xa").value == {"nguoi_ky": "chu_tich", "so_ngay": 12}
    assert made(drawn, x=0, cap="tinh").value == {"nguoi_ky": "pho_chu_tich", "so_ngay": None}
    assert made(drawn, x=0, cap="xa").value is None


def test_a_default_where_no_rule_matches() -> None:
    assert made(table(LEVELS, default="x + 1"), x=50).value == 51
    assert made(table(LEVELS, default="9", hit="COLLECT"), x=50).value == [9]


def test_values_that_a_column_does_not_allow() -> None:
    assert refused(table(LEVELS, allowed="[0..1000]"), x=-1).facts["problem"] == "INPUT_NOT_ALLOWED"
    assert refused(table(LEVELS, values="1, 2"), x=101).facts["rules"] == ("quyet_dinh_3",)
    assert made(table(LEVELS, values="1, 2"), x=1).value == 1


def test_a_column_that_says_its_type_reads_texts() -> None:
    rules = ['< date("2026-02-01") => "som"', '>= date("2026-02-01") => "muon"']
    assert made(table(rules, kind="date"), x="2026-01-31").value == "som"
    assert made(table(rules, kind="date"), x="2026-02-01").value == "muon"
    assert made(table(rules, kind="date"), x="khong phai ngay").value is None
    assert made(table(['> duration("P1D") => 1'], kind="feel:days and time duration"), x="P2D").value == 1


def test_results_are_json() -> None:
    assert made(table(['- => date("2026-02-01")']), x=1).value == "2026-02-01"


def test_a_literal_expression_and_functions_of_the_caller() -> None:
    found = read_decisions(dmn(literal("nay", "string(now())"))).decision("nay")
    assert found is not None
    now = datetime(2026, 1, 5, tzinfo=UTC)
    assert evaluate(found, {}, {"now": lambda: now}).value == "2026-01-05T00:00:00+00:00"
    assert made(dmn(literal("tong", "a + b")), "tong", a=1, b=2) == Outcome(3, ({"tong": 3},))
    with pytest.raises(Refused, match="DECISION_ERROR"):
        evaluate(found, {})


def test_required_decisions_come_first_whatever_the_order_in_the_file() -> None:
    text = dmn(
        table(["true => 1", "false => 2"], ("lon",), required=["lon"]),
        literal("lon", "so.tong > 10", "so"),
        table(["- => a + b | a"], ("a",), ("tong", "phan"), key="so"),
    )
    assert made(text, a=5, b=6).value == 1
    assert made(text, a=5, b=5).value == 2
    assert made(text, "so", a=5, b=5).value == {"tong": 10, "phan": 5}


def test_columns_of_a_required_decision_are_seen_by_their_own_names() -> None:
    text = dmn(literal("z", "tong * 10", "so"), table(["- => 7"], outputs=("tong",), key="so"))
    assert made(text, "z", x=1).value == 70


def test_a_large_table_is_evaluated_at_once() -> None:
    rules = [f"{number} => {number * 2}" for number in range(3_000)]
    found = read_decisions(dmn(table(rules))).decision("quyet_dinh")
    assert found is not None
    assert [evaluate(found, {"x": number}).value for number in (0, 1_500, 2_999)] == [0, 3_000, 5_998]
