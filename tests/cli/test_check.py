"""`kehoach check`: findings, the functions that a file calls, its picture and its steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.building import BORDER, file, process, users

from .command import kehoach

FUNCTIONS = {"gui_tin": lambda call: None}
CALLS = file(process(BORDER + '<serviceTask id="j" name="Gửi tin" camunda:class="gui_tin"/>' + users("u"), "s j u e"))


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    (tmp_path / "goi_ham.bpmn").write_bytes(CALLS)
    return tmp_path / "goi_ham.bpmn"


def test_a_function_must_be_registered(sheet: Path) -> None:
    unknown = kehoach("check", sheet)
    assert (unknown.code, unknown.answer["findings"][0]["code"]) == (1, "UNSUPPORTED_ATTRIBUTE")
    known = kehoach("check", sheet, functions=f"{__name__}:FUNCTIONS")
    assert (known.code, known.answer["functions"], known.answer["findings"]) == (0, ["gui_tin"], [])
    broken = kehoach("check", sheet, functions="khong_co:FUNCTIONS")
    assert (broken.code, broken.answer["error"]["code"]) == (1, "FUNCTIONS_NOT_LOADED")


def test_the_doctor_names_the_functions(sheet: Path) -> None:
    found = kehoach("doctor", functions=f"{__name__}:FUNCTIONS", data_dir=sheet.parent).answer["findings"]
    (functions,) = (each for each in found if each["code"] == "FUNCTIONS")
    assert functions["facts"] == {"count": 1, "names": ["gui_tin"]}
    found = kehoach("doctor", functions="khong_co:FUNCTIONS", data_dir=sheet.parent).answer["findings"]
    assert [each["level"] for each in found if each["code"] == "NO_FUNCTIONS"] == ["error"]


def test_the_picture_and_the_steps(sheet: Path) -> None:
    picture = sheet.with_suffix(".svg")
    told = kehoach("check", sheet, "--steps", "--svg", picture, functions=f"{__name__}:FUNCTIONS").answer
    assert told["svg"] == {"P": str(picture)}
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    assert [(each["element"], each["name"]) for each in told["steps"]["P"]][1] == ("j", "Gửi tin")
    assert told["steps"]["P"][1]["next"][0]["step"] == "Việc của người (u)"


def test_decisions_have_no_picture(tmp_path: Path) -> None:
    table = Path(__file__).parents[2] / "docs/howto/examples/nguoi_ky.dmn"
    assert kehoach("check", table).code == 0
    assert kehoach("check", table, "--steps").code == 2
