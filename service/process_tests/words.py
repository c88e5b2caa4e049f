"""A step of a scenario and the coverage of a process, as people read them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .coverage import Covered, Passed

ACTS: Mapping[str, str] = {
    "deploy": "đưa vào dùng {files}",
    "start": "mở hồ sơ {process}",
    "complete": "hoàn thành việc {task}",
    "error": "việc {task} báo lỗi {code}",
    "advance": "để thời gian trôi",
    "message": "gửi tin {name}",
    "signal": "phát tín hiệu {name}",
    "set": "ghi biến",
    "activate": "bắt đầu {elements} trong {adhoc}",
    "cancel": "hủy hồ sơ",
    "restart": "khởi động lại",
    "expect": "kiểm tra",
}


def step_words(step: Mapping[str, Any]) -> str:
    """What the step does, in Vietnamese; the rest of it as it is written."""
    act = ACTS[step["op"]]
    told = {name: _plain(value) for name, value in step.items() if f"{{{name}}}" in act}
    rest = {name: value for name, value in step.items() if name not in told and name != "op"}
    return " ".join([act.format(**told), *([json.dumps(rest, ensure_ascii=False)] if rest else [])])


def coverage_lines(covered: Covered) -> list[str]:
    """The coverage of one process: percentages, then what was not passed, by name."""
    title = f"{covered.name} ({covered.process})" if covered.name else covered.process
    lines = [f"Quy trình {title}"]
    for what, passed in (("bước và sự kiện", covered.nodes), ("đường nối", covered.flows)):
        lines.append(f"  {what}: {_share(passed)}")
        lines += [f"    chưa qua: {part.name or part.id} [{part.id}]" for part in passed.missing]
    return lines


def _share(passed: Passed) -> str:
    return f"{passed.percent}% ({len(passed.passed)}/{len(passed.passed) + len(passed.missing)})"


def _plain(value: Any) -> str:  # noqa: ANN401 - a JSON value
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
