"""A line of the log is one JSON object with the ids of what was being done, whoever wrote it."""

from __future__ import annotations

import json
import logging
import sys
import threading
from contextvars import copy_context

from workflows.log_lines import JsonLines, about


def _line(message: str, **more: object) -> dict[str, object]:
    record = logging.LogRecord("kehoach.test", logging.WARNING, __file__, 1, message, (), None)
    record.__dict__.update(more)
    text = JsonLines().format(record)
    assert "\n" not in text
    told = json.loads(text)
    assert isinstance(told, dict)
    return told


def test_ids_hold_inside_and_end_with_the_block() -> None:
    with about(request="r1"), about(sweep="deliver", flow_run=None):
        assert _line("Thư\nkhông đi") | {"at": ""} == {
            "at": "",
            "level": "WARNING",
            "logger": "kehoach.test",
            "message": "Thư\nkhông đi",
            "request": "r1",
            "sweep": "deliver",
        }
    assert "request" not in _line("sau đó")


def test_threads_that_copy_the_context_carry_them_and_others_do_not() -> None:
    seen: list[dict[str, object]] = []
    with about(request="r2"):
        context = copy_context()
        for run in (lambda: context.run(lambda: seen.append(_line("trong"))), lambda: seen.append(_line("ngoài"))):
            thread = threading.Thread(target=run)
            thread.start()
            thread.join()
    assert [each.get("request") for each in seen] == ["r2", None]


def test_a_traceback_is_one_string_and_facts_are_fields() -> None:
    try:
        raise ValueError("hỏng")
    except ValueError:
        told = _line("lỗi", exc_info=sys.exc_info(), facts={"route": "/viec", "ms": 1.5})
    assert "ValueError: hỏng" in str(told["traceback"])
    assert (told["route"], told["ms"]) == ("/viec", 1.5)
