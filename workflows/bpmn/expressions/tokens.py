"""Texts of both dialects cut into tokens, and the cursor that both parsers move over them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from .problem import ExpressionError
from .values import Value, bounded

MAX_NESTING: Final = 40

_SPACE = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_BLANK = re.compile(r"\s*")
_NUMBER = re.compile(r"\d+(?:\.(?!\.)\d+)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?", re.ASCII)
_NAME = re.compile(r"[^\W\d][\w$]*|\$[\w$]+")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"' + r"|'(?:[^'\\]|\\.)*'", re.DOTALL)
_SIGNS = {
    "juel": re.compile(r"&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,()\[\]]"),
    "feel": re.compile(r"\*\*|\.\.|!=|<=|>=|[-+*/=<>.,:()\[\]{}@?]"),
}
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its sort, its text (a sign, a name) or value (a number, a string), and where it stands."""

    sort: Literal["number", "string", "name", "sign", "end"]
    text: str
    value: Value
    at: int


def tokens_of(text: str, dialect: Literal["juel", "feel"]) -> list[Token]:
    """Cut a text; ExpressionError names the first character that belongs to no token."""
    space = _SPACE if dialect == "feel" else _BLANK
    signs = _SIGNS[dialect]
    found: list[Token] = []
    at = _end_of(space, text, 0)
    while at < len(text):
        if match := _NUMBER.match(text, at):
            found.append(Token("number", match[0], _number(match[0]), at))
        elif match := _NAME.match(text, at):
            if match[0].startswith("_"):
                raise ExpressionError(f"Tên {match[0]!r} bắt đầu bằng dấu gạch dưới nên không được dùng.")
            found.append(Token("name", match[0], None, at))
        elif (match := _QUOTED.match(text, at)) and (dialect == "juel" or text[at] == '"'):
            found.append(Token("string", match[0], _ESCAPE.sub(_unescaped, match[0][1:-1]), at))
        elif match := signs.match(text, at):
            found.append(Token("sign", match[0], None, at))
        else:
            raise ExpressionError(f"Không đọc được {text[at]!r} ở vị trí {at + 1} của biểu thức.")
        at = _end_of(space, text, match.end())
    found.append(Token("end", "", None, len(text)))
    return found


def _end_of(space: re.Pattern[str], text: str, at: int) -> int:
    match = space.match(text, at)
    return match.end() if match else at


def _number(text: str) -> float:
    if text.isdigit():
        return int(text) if len(text) <= 1200 else int(bounded(1 << 8192))
    value = float(text)
    return float(bounded(value))


def _unescaped(match: re.Match[str]) -> str:
    escape = match[1]
    if len(escape) == 5:
        code = int(escape[1:], 16)
        if 0xD800 <= code <= 0xDFFF:
            raise ExpressionError(f"Mã ký tự \\{escape} không hợp lệ.")
        return chr(code)
    return _CONTROLS.get(escape, escape)


class Cursor:
    """A place in a list of tokens; every parser method moves it forward."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def here(self) -> Token:
        """The token under the cursor."""
        return self._tokens[self._at]

    def ahead(self, steps: int) -> Token:
        """The token some steps further, or the end."""
        return self._tokens[min(self._at + steps, len(self._tokens) - 1)]

    def next(self) -> Token:
        """Take the token under the cursor."""
        token = self.here
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def skip(self, steps: int) -> None:
        """Take some tokens."""
        self._at = min(self._at + steps, len(self._tokens) - 1)

    def sees(self, *texts: str) -> bool:
        """Whether the token under the cursor is one of these signs or words."""
        return self.here.sort in ("sign", "name") and self.here.text in texts

    def takes(self, *texts: str) -> bool:
        """Take the token if it is one of these signs or words."""
        if self.sees(*texts):
            self.next()
            return True
        return False

    def need(self, text: str) -> None:
        """Take exactly this sign or word, or fail."""
        if not self.takes(text):
            raise self.unexpected(text)

    def name(self) -> str:
        """Take a name, or fail."""
        if self.here.sort != "name":
            raise self.unexpected("một tên")
        return self.next().text

    def enter(self) -> None:
        """Go one nesting level down; fail when the text is nested too deeply."""
        self._depth += 1
        if self._depth > MAX_NESTING:
            raise ExpressionError(f"Biểu thức lồng nhau quá {MAX_NESTING} cấp.")

    def leave(self) -> None:
        """Come back up one level."""
        self._depth -= 1

    def unexpected(self, wanted: str = "") -> ExpressionError:
        """The error for the token under the cursor."""
        found = f"{self.here.text!r} ở vị trí {self.here.at + 1}" if self.here.sort != "end" else "chỗ kết thúc"
        return ExpressionError(f"Biểu thức sai ở {found}" + (f": cần {wanted!r}." if wanted else "."))
