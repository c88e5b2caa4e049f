"""The command's faces: help within a second, one table of verbs, exit codes 0, 1 and 2."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from time import monotonic

import pytest
import typer

from service.cli.main import VERBS

from .command import KEHOACH, environment, kehoach


def test_help_comes_within_a_second() -> None:
    times = []
    for _ in range(3):
        begun = monotonic()
        ended = subprocess.run([KEHOACH, "--help"], capture_output=True, text=True, check=True)
        times.append(monotonic() - begun)
    assert min(times) < 1.0
    assert not [verb for verb in VERBS if verb not in ended.stdout]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_there_and_explains_itself(verb: str) -> None:
    app = import_module(f"service.cli.{verb.replace('-', '_')}").app
    assert isinstance(app, typer.Typer)
    assert app.info.help


def test_help_loads_neither_the_database_nor_the_pages_nor_prefect() -> None:
    code = (
        "import sys, service.cli.main as m; m.run(['--help']);"
        "heavy = {'sqlalchemy', 'fastapi', 'prefect', 'typer', 'pydantic'};"
        "print(*heavy & set(sys.modules), file=sys.stderr)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stderr.strip() == ""


WATCHED = """
import atexit, gc, sys
from service.cli.main import main
looked = []
loaded = lambda: hasattr(sys.modules.get("service.cli.check"), "app")
gc.callbacks.append(lambda phase, told: looked.append(loaded()))
atexit.register(lambda: print(looked.count(False), gc.isenabled(), gc.get_freeze_count() > 10_000))
sys.argv = ["kehoach", "check", "--help"]
main()
"""


def test_nobody_looks_for_waste_while_a_verb_is_loaded_and_somebody_does_afterwards() -> None:
    shown = subprocess.run([sys.executable, "-c", WATCHED], capture_output=True, text=True, check=True)
    assert shown.stdout.splitlines()[-1] == "0 True True"


@pytest.mark.parametrize("arguments", [(), ("không-có",), ("restore",), ("doctor", "--không-có"), ("db", "downgrade")])
def test_wrong_use_is_two(arguments: tuple[str, ...]) -> None:
    assert kehoach(*arguments).code == 2


def test_an_unknown_setting_is_refused_by_name() -> None:
    ended = kehoach("verify-log", cong="8000")
    assert ended.code == 1
    assert ended.answer["error"]["code"] == "UNKNOWN_SETTING"
    assert "KEHOACH_CONG" in ended.answer["error"]["message"]


def test_a_bad_value_is_refused_by_name() -> None:
    ended = kehoach("verify-log", port="tám nghìn")
    assert ended.code == 1
    assert ended.answer["error"]["message"] == "Giá trị không hợp lệ: KEHOACH_PORT."


def test_a_port_that_is_taken_is_said_at_once(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ended = kehoach("serve", "--port", str(other.getsockname()[1]), data_dir=tmp_path)
    assert ended.code == 1
    assert ended.answer["error"]["code"] == "PORT_TAKEN"


def test_the_console_script_answers_with_its_exit_code(tmp_path: Path) -> None:
    ended = subprocess.run(
        [KEHOACH, "verify-log"], env=environment(data_dir=tmp_path), capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert json.loads(ended.stdout)["error"]["code"] == "NO_DATABASE"
