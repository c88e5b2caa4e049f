"""`kehoach read` from outside: JSON or words on standard output, exit codes 0, 1 and 2."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from service.cli.main import run

TEXTS = Path(__file__).parents[1] / "plans" / "texts"
PLAN = str(next(TEXTS.glob("001_*.txt")))


def test_json_has_the_shape_of_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", PLAN, "--json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert (read["number"], read["symbol"], read["signer"]["name"]) == (16, "KH-UBND", "Trần Lê Vương Vũ")
    assert len(read["tasks"]) == 8
    assert {doubt["code"] for doubt in read["doubts"]} >= {"NO_REPORT_RULE"}


def test_words_for_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", PLAN]) == 0
    out = capsys.readouterr().out
    assert "Nhiệm vụ (8)" in out
    assert "Người ký: KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / Trần Lê Vương Vũ" in out
    assert "Chưa chắc, cần xem lại" in out


def test_a_text_that_is_no_plan_is_still_answered(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "thu.txt"
    file.write_text("Kính gửi ông bà", encoding="utf-8")
    assert run(["read", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["tasks"] == []


@pytest.mark.parametrize(
    ("content", "code"), [(b"\x89PNG\r\n", "SCAN"), (b"", "EMPTY"), (b"%PDF-1.4", "NOT_A_DOCUMENT")]
)
def test_a_file_that_cannot_be_opened_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, code: str
) -> None:
    file = tmp_path / "tep.docx"
    file.write_bytes(content)
    assert run(["read", str(file), "--json"]) == 1
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == code
    assert error["message"].endswith(".")
    assert "{" not in error["message"]


def test_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read"]) == 2
    assert run(["read", PLAN, "--xml"]) == 2
    assert run(["read", "khong-co.txt"]) == 1
    assert "Không có tệp này" in capsys.readouterr().out
