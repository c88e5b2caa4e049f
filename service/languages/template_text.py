"""Templates in another language: their Vietnamese text is replaced in the source, before Jinja compiles it.

A message is the text between two tags or blocks, with `{0}`, `{1}` … where values are printed; or what a reader is told
by an attribute; or a literal in an expression. White space counts as one space. Vietnamese templates are compiled as
they stand: what is here costs them nothing, and another language only its first compilation.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .literals import is_message, is_vietnamese

# What is said instead of a message; its places are the expressions given.
Translate = Callable[[str, tuple[str, ...]], str]

_CODE = r"\{\{.*?\}\}|\{%.*?%\}"
_TOKEN = re.compile(
    rf"(?P<comment>\{{#.*?#\}}|<!--.*?-->)|(?P<block>\{{%.*?%\}})|(?P<print>\{{\{{.*?\}}\}})"
    rf"|(?P<tag><[!/]?[a-zA-Z](?:{_CODE}|\"(?:{_CODE}|[^\"])*\"|'[^']*'|[^>\"'])*>)"
    r"|(?P<text>[^<{]+|.)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rf"(?<=\s)([a-z-]+)=\"((?:{_CODE}|[^\"])*)\"", re.DOTALL)
_LITERAL = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_ENTITY = re.compile(r"&#?\w+;")
_PLACE = re.compile(r"\{(\d+)(?::([^{}|]*)\|([^{}|]*))?\}")
_NAME = re.compile(r"</?([a-zA-Z0-9]+)")
_BLOCK = re.compile(r"\{%-?\s*(block|endblock)(?:\s+(\w+))?")
# What tells a reader something in an attribute, whatever its letters.
_SPOKEN = frozenset({"title", "aria-label", "placeholder", "alt", "label"})
# Inside these no element can say that its text is of another language.
_BARE_ELEMENTS = frozenset({"title", "option", "textarea", "svg"})
_BARE_BLOCKS = frozenset({"title", "mark"})
# Parts that print no words: a sentence begins after them.
_SILENT = re.compile(r"\{\{-?\s*(?:parts\.)?(?:icon|token)\(")


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str


def translated(source: str, translate: Translate) -> str:
    """The source of a template with every message as `translate` says it."""
    return _Translation(translate).of(source)


def _tokens(source: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(source):
        yield _Token(found.lastgroup or "text", found.group())
    yield _Token("end", "")


class _Translation:
    """One template while it is gone through."""

    def __init__(self, translate: Translate) -> None:
        self._translate = translate
        self._bare: list[str] = []

    def of(self, source: str) -> str:
        written: list[str] = []
        run: list[_Token] = []
        foreign = False
        for token in _tokens(source):
            if token.kind in ("text", "print"):
                run.append(token)
                continue
            # An element that names its language is not translated.
            written.append("".join(each.text for each in run) if foreign else self._run(run, in_page=not self._bare))
            run, foreign = [], token.kind == "tag" and ' lang="' in token.text and "{{" not in token.text
            written.append(self._mark(token))
        return "".join(written)

    def _mark(self, token: _Token) -> str:
        """A tag or a block, with its attributes and literals."""
        if token.kind == "tag":
            self._enter(token.text)
            return self._tag(token)
        if token.kind == "block":
            block = _BLOCK.match(token.text)
            if block and block[1] == "block":
                self._bare += ["block"] if block[2] in _BARE_BLOCKS else ()
            elif block and self._bare[-1:] == ["block"]:
                self._bare.pop()
            return self._code(token)
        return token.text

    def _enter(self, tag: str) -> None:
        name = _NAME.match(tag)
        if name is None or name[1] not in _BARE_ELEMENTS or tag.endswith("/>"):
            return
        if not tag.startswith("</"):
            self._bare.append(name[1])
        elif name[1] in self._bare:
            self._bare.remove(name[1])

    def _tag(self, token: _Token) -> str:
        def attribute(found: re.Match[str]) -> str:
            name, value = found.groups()
            if not is_vietnamese(re.sub(_CODE, "", value, flags=re.DOTALL)) and name not in _SPOKEN:
                return f'{name}="{self._codes(value)}"'
            written: list[str] = []
            run: list[_Token] = []
            for each in _tokens(value):
                if each.kind in {"block", "end"}:
                    written += [self._run(run, in_page=False), self._code(each)]
                    run = []
                else:
                    run.append(each)
            return f'{name}="{"".join(written)}"'

        parts, at = [], 0
        for found in _ATTRIBUTE.finditer(token.text):
            parts += [self._codes(token.text[at : found.start()]), attribute(found)]
            at = found.end()
        return "".join((*parts, self._codes(token.text[at:])))

    def _codes(self, text: str) -> str:
        return re.sub(_CODE, lambda found: self._code(_Token("print", found.group())), text, flags=re.DOTALL)

    def _code(self, token: _Token) -> str:
        """Code of Jinja with its literals said."""

        def said(found: re.Match[str]) -> str:
            text = found.group()[1:-1]
            words = text.strip()
            if not is_message(words):
                return found.group()
            return json.dumps(text.replace(words, self._translate(words, ())), ensure_ascii=False)

        return _LITERAL.sub(said, token.text) if token.kind in ("print", "block") else token.text

    def _run(self, run: list[_Token], *, in_page: bool) -> str:
        """A run of text and printed values: its words as a message, what stands around them as it was."""
        first, last = _words(run)
        before, inside, after = run[:first], run[first:last], run[last:]
        around = [self._printed(each, in_page) for each in before], [self._printed(each, in_page) for each in after]
        return "".join((*around[0], self._message(inside, in_page), *around[1]))

    def _printed(self, token: _Token, in_page: bool) -> str:
        """A value: in the page, data in another language is marked as such."""
        code = self._code(token)
        if token.kind != "print" or not in_page:
            return code
        found = re.fullmatch(r"(\{\{-?)(.*?)(-?\}\})", code, re.DOTALL)
        assert found is not None
        return f"{found[1]} ({found[2]}) | in_page {found[3]}"

    def _message(self, run: list[_Token], in_page: bool) -> str:
        if not run:
            return ""
        prints = [each for each in run if each.kind == "print"]
        numbers = iter(range(len(prints)))
        whole = "".join(each.text if each.kind == "text" else f"{{{next(numbers)}}}" for each in run)
        words = whole.strip()
        at = whole.index(words)
        told = self._translate(" ".join(words.split()), tuple(_expression(each) for each in prints))

        def place(found: re.Match[str]) -> str:
            value = prints[int(found[1])]
            if found[2] is None:
                return self._printed(value, in_page)
            return f"{{{{ ({_expression(value)}) | counted({json.dumps(found[2])}, {json.dumps(found[3])}) }}}}"

        return whole[:at] + _PLACE.sub(place, told) + whole[at + len(words) :]


def _expression(token: _Token) -> str:
    return token.text.removeprefix("{{").removesuffix("}}").strip("-").strip()


def _words(run: list[_Token]) -> tuple[int, int]:
    """Where the words of a run begin and end: values apart from them by a line, and pictures, stand outside."""
    said = [at for at, each in enumerate(run) if each.kind == "text" and _speaks(each.text)]
    if not said:
        return len(run), len(run)
    first, last = said[0], said[-1] + 1
    while first > 0 and not _ends_line(run[first].text, before=True) and not _SILENT.match(run[first - 1].text):
        first -= 1
    while last < len(run) and not _ends_line(run[last - 1].text, before=False) and not _SILENT.match(run[last].text):
        last += 1
    return first, last


def _speaks(text: str) -> bool:
    return any(letter.isalpha() for letter in _ENTITY.sub("", text))


def _ends_line(text: str, *, before: bool) -> bool:
    """Whether a line ends in the white space before (or after) the words."""
    around = text[: len(text) - len(text.lstrip())] if before else text[len(text.rstrip()) :]
    return "\n" in around
