"""The worker of the how-to works against a real server, by the command that the how-to gives."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

from tests.api.conftest import interface_over
from tests.databases import SqliteTemplate
from tests.pages.served import served
from workflows.store.database import Database

ROOT = Path(__file__).parents[2]
HOWTO = (ROOT / "docs/howto/write-a-worker.md").read_text(encoding="utf-8")


def test_the_worker_of_the_how_to(sqlite_template: SqliteTemplate, tmp_path: Path) -> None:
    interface = interface_over(Database(sqlite_template.file(tmp_path / "kehoach.sqlite3")), tmp_path)
    example = (ROOT / "docs/howto/examples/gui_tin.bpmn").read_text(encoding="utf-8")
    with_a_clerk = f"van_thu@{interface.office.commune}"  # a step that nobody could do keeps a process from deployment
    interface.field.deploy(example.replace("van_thu@1", with_a_clerk).encode())
    admin, worker = interface.machine(None, admin=True), interface.machine(None, topics=["gui_tin"])
    good, bad = (
        admin.post("/cases", 201, process="gui_tin", variables={"dien_thoai": number})["case_id"]
        for number in ("0912345678", "không có")
    )
    block = next(each for each in re.findall(r"```sh\n(.*?)```", HOWTO, re.DOTALL) if "worker.py" in each)
    command = [sys.executable, *shlex.split(block.splitlines()[-1])[1:]]
    with served(interface.http.app) as address:  # type: ignore[arg-type]
        ended = subprocess.run(
            command,
            cwd=ROOT,
            env={"KEHOACH_API": f"{address}/api/v1", "KEHOACH_TOKEN": worker.secret},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.count("done") == 2
    seen = admin.get(f"/cases/{good}")
    assert (seen["status"], seen["variables"]["ma_tin"]) == ("completed", "T-5678")
    assert [each["element"] for each in admin.get(f"/cases/{bad}")["waiting"]] == ["goi_dien"]
    interface.field.database.close()
