"""`kehoach simulate`: each of the five plans through its whole period, the same seed giving the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.cli.main import run
from tests.nightly import size
from tests.stories.cast import plan_text
from workflows.papers.read_file import read_file

FOLDER = Path(__file__).parents[2] / "service" / "demo" / "plans"
OTHERS = Path(__file__).parents[1] / "plans" / "texts"
FILES = ("000_duc_phong.txt", "001_duc_tan.txt", "002_hong_phong.txt", "003_bac_kan.txt", "004_loc_ha.txt")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["simulate", *arguments]) == 0
    return capsys.readouterr().out


OTHER_KINDS = size(  # a province's lives among the five plans of test_30
    ["103_phong_noi_vu.txt", "105_xa_cchc.txt"],
    ["101_tinh_bang_markdown.txt", "103_phong_noi_vu.txt", "105_xa_cchc.txt"],
)


@pytest.mark.parametrize("file", OTHER_KINDS)
def test_plans_of_other_kinds_live_their_lives_as_well(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    quiet = size(("--no-letters",), ())  # of letters the other tests speak
    out = printed(capsys, str(OTHERS / file), "--late", "0.2", *quiet)
    assert "Gửi báo cáo" in out
    assert "Kế hoạch kết thúc, hồ sơ đã lập" in out


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_ones(capsys: pytest.CaptureFixture[str]) -> None:
    period = size(("--to", "2024-04-30"), ())
    first, again, other = (printed(capsys, str(FOLDER / FILES[1]), "--json", "--seed", seed, *period) for seed in "112")
    assert first == again
    assert first != other


def test_nobody_late_means_nothing_late(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, str(FOLDER / FILES[1]), "--late", "0")
    assert "0 việc muộn" in out
    assert "[Quá hạn" not in out


def test_everybody_late_means_that_heads_and_deputies_hear_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    period = size(("--to", "2024-04-30"), ())  # they hear of it from the first step on
    out = printed(capsys, str(FOLDER / FILES[1]), "--late", "1", *period)
    assert "[Báo cáo chậm]" in out


def test_a_simulation_may_stop_in_the_middle(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, str(FOLDER / FILES[0]), "--from", "2022-08-01", "--to", "2022-12-31")
    assert "Gửi báo cáo 2022" in out
    assert "2023" not in out.split("Gửi báo cáo 2022")[1].split("\n")[0]
    assert "Kế hoạch kết thúc" not in out


def test_what_is_no_plan_is_refused_with_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "la.txt").write_text("Không phải kế hoạch", encoding="utf-8")
    assert run(["simulate", str(tmp_path / "la.txt")]) == 1
    assert '"NOT_A_PLAN"' in capsys.readouterr().out


def test_the_shipped_plans_are_the_real_ones() -> None:
    for file in FILES:
        assert read_file((FOLDER / file).read_bytes(), file) == plan_text(file)
