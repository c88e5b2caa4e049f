"""Catalogues: .po files of gettext, read at first use; msgid is the Vietnamese text, msgstr what is said instead.

Only what we write is read: `msgid`, `msgstr`, continued lines and comments. Plural forms stand in the sentence itself
(`{0} {0:day|days}`, see `messages`), because Vietnamese has none and one sentence may count two things.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

FOLDER = Path(__file__).parent
_LINE = re.compile(r'^(?:(msgid|msgstr)\s+)?(".*")$')


@dataclass(frozen=True)
class Entry:
    """One message: where it stands in the catalogue, what the source says, what is said instead ("" while missing)."""

    file: str
    line: int
    source: str
    said: str


def files(language: str) -> list[Path]:
    """The files of this language's catalogue."""
    return sorted((FOLDER / language).glob("*.po"))


def entries(path: Path) -> Iterator[Entry]:
    """The messages of one file, in its order; `ValueError` names the line that is no part of a message."""
    texts, field, began = {"msgid": "", "msgstr": ""}, "", 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.match(line.strip())
        if found is None or not (found[1] or field):
            raise ValueError(f"{path.name}:{number}: neither msgid nor msgstr nor text")
        if found[1] == "msgid":
            if began:
                yield Entry(path.name, began, texts["msgid"], texts["msgstr"])
            texts, began = {"msgid": "", "msgstr": ""}, number
        field = found[1] or field
        texts[field] += json.loads(found[2])
    if began:
        yield Entry(path.name, began, texts["msgid"], texts["msgstr"])


def written(entry_source: str, said: str, comment: str = "") -> str:
    """One message as it stands in a file."""
    note = "".join(f"#. {line}\n" for line in comment.splitlines())
    return (
        f"{note}msgid {json.dumps(entry_source, ensure_ascii=False)}\nmsgstr {json.dumps(said, ensure_ascii=False)}\n"
    )


@cache
def catalogue(language: str) -> dict[str, str]:
    """What is said for each text of the source; nothing for the source's own language."""
    return {entry.source: entry.said for path in files(language) for entry in entries(path) if entry.said}


def places(text: str) -> set[str]:
    """The names or numbers of the places in a sentence: {0}, {} (numbered in order), {body}; `{0:one|many}` is {0}."""
    found = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    return {name or str(at) for at, name in enumerate(found)}
