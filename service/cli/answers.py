"""What a verb prints: JSON on standard output, a refusal as code and Vietnamese sentence."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import typer
from pydantic import ValidationError
from sqlalchemy.exc import InterfaceError, OperationalError

from service.settings import PREFIX
from service.words.refusals import sentences_of
from workflows.errors import BadDefinition, Refused

from .sentences import all_sentences, sentence


def verb_app(meaning: str) -> typer.Typer:
    """The Typer application of one verb, with plain help and plain errors."""
    return typer.Typer(
        help=meaning, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=False
    )


def answer(data: object) -> None:
    """Print the answer of a verb."""
    print(_json(data))


def leave(code: int) -> None:
    """End the verb with this exit code."""
    sys.exit(code)


def refusal_of(failure: Exception) -> str | None:
    """The JSON that tells of an expected failure; None for one that nobody expected."""
    if isinstance(failure, Refused):
        reasons = [{"code": reason.code, "facts": reason.facts} for reason in failure.reasons]
        return _error(failure.code, _sentences(failure), reasons=reasons)
    if isinstance(failure, BadDefinition):
        return _error(failure.code, "Tệp quy trình có lỗi.", findings=failure.findings)
    if isinstance(failure, OperationalError | InterfaceError):
        return _error(
            "DATABASE_UNREACHABLE", f"Không mở hoặc không dùng được cơ sở dữ liệu: {str(failure.orig).strip()}"
        )
    if isinstance(failure, OSError):
        return _error("FILE", f"{_what_is_wrong(failure)}: {failure.filename or failure}")
    if isinstance(failure, ValidationError):
        names = [f"{PREFIX}{str(each['loc'][0]).upper()}" for each in failure.errors()]
        return _error("BAD_SETTING", f"Giá trị không hợp lệ: {', '.join(names)}.", details=str(failure))
    return None


def _what_is_wrong(failure: OSError) -> str:
    if isinstance(failure, FileNotFoundError):
        return "Không có tệp này"
    if isinstance(failure, IsADirectoryError):
        return "Đây là một thư mục, không phải tệp"
    return "Không có quyền đọc hoặc ghi" if isinstance(failure, PermissionError) else "Không đọc hoặc ghi được"


def _sentences(refused: Refused) -> str:
    known = all_sentences()
    ours = [sentence(known[each.code], each.facts) for each in refused.reasons if each.code in known]
    return " ".join([*ours, *sentences_of([each for each in refused.reasons if each.code not in known])])


def _error(code: str, message: str, **more: object) -> str:
    return _json({"error": {"code": code, "message": message, **more}})


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2, default=_plain)


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever json does not know
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"no JSON for {type(value).__name__}")
