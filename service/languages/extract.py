"""Compares a catalogue with the source: `python -m service.languages.extract [--write]`.

It names the messages that are missing, unused, doubled, or whose places differ. With `--write` it puts
a skeleton of each missing one at the end of the file of its area, with an empty msgstr to be filled in, and takes out
what is unused.
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .catalogue import FOLDER, Entry, entries, files, places, written
from .current import LANGUAGES, SOURCE
from .literals import messages_of
from .scripts import translated_script
from .template_text import translated

SERVICE = FOLDER.parent
TEMPLATES, WORDS, SCRIPTS = SERVICE / "templates", SERVICE / "words", SERVICE / "static"
# Words of the engine that pages say as messages.
LENT = tuple(SERVICE.parent / "workflows" / "bpmn" / name for name in ("draw.py", "steps.py"))


@dataclass
class Found:
    """A message of the source: the area (the .po file) of its first place, and the files in which it stands."""

    area: str
    where: list[str] = field(default_factory=list)


def messages() -> dict[str, Found]:
    """Every message of the source, in its order."""
    found: dict[str, Found] = {}
    for path in sorted(TEMPLATES.rglob("*.html")):
        for message, where in _of_template(path):
            _note(found, message, _area(path), where)
    for path in (*sorted(WORDS.glob("*.py")), *LENT):
        for message in messages_of(ast.parse(path.read_text(encoding="utf-8"))):
            _note(found, message, f"words_{path.stem.removesuffix('_words')}", path.name)
    for path in sorted(SCRIPTS.glob("*.js")):
        for message in _of_script(path):
            _note(found, message, "scripts", path.name)
    return found


def faults(language: str, source: dict[str, Found]) -> list[str]:
    """What keeps the catalogue of a language from saying exactly what the source says."""
    known = _known(language)
    said = {text: each[0] for text, each in known.items()}
    return [
        *(
            f"missing: {text!r} ({of.where[0]})"
            for text, of in source.items()
            if text not in said or not said[text].said
        ),
        *(f"unused: {entry.file}:{entry.line} {text!r}" for text, entry in said.items() if text not in source),
        *(f"twice: {', '.join(f'{one.file}:{one.line}' for one in each)}" for each in known.values() if len(each) > 1),
        *(
            f"places differ: {entry.file}:{entry.line} {text!r}"
            for text, entry in said.items()
            if entry.said and places(text) != places(entry.said)
        ),
    ]


def write(language: str, source: dict[str, Found]) -> None:
    """Take out what is unused, and add an empty entry for each message that is missing."""
    known = _known(language)
    areas: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for text, each in known.items():
        if text in source:
            areas[each[0].file.removesuffix(".po")].append((text, each[0].said))
    for text, found in source.items():
        if text not in known:
            areas[found.area].append((text, ""))
    for path in files(language):
        if path.stem not in areas:
            path.unlink()
    for area, told in areas.items():
        blocks = [written(text, said, "\n".join(source[text].where[:3])) for text, said in told]
        (FOLDER / language / f"{area}.po").write_text("\n".join(blocks), encoding="utf-8")


def main(arguments: list[str]) -> int:
    """The command; 0 when every catalogue is whole."""
    source, wrong = messages(), 0
    for language in LANGUAGES:
        if language == SOURCE:
            continue
        if "--write" in arguments:
            write(language, source)
        told = faults(language, source)
        wrong += len(told)
        sys.stdout.writelines(f"{language} {line}\n" for line in told)
    return int(wrong > 0)


def _of_template(path: Path) -> Iterator[tuple[str, str]]:
    noted: list[tuple[str, str]] = []
    name = path.relative_to(TEMPLATES).as_posix()

    def note(message: str, values: tuple[str, ...]) -> str:
        given = "".join(f"; {{{at}}} is {value}" for at, value in enumerate(values))
        noted.append((message, name + given))
        return message

    translated(path.read_text(encoding="utf-8"), note)
    return iter(noted)


def _of_script(path: Path) -> list[str]:
    noted: list[str] = []

    def note(message: str) -> str:
        noted.append(message)
        return message

    translated_script(path.read_text(encoding="utf-8"), note)
    return noted


def _area(path: Path) -> str:
    folder = path.relative_to(TEMPLATES).parent.as_posix()
    return f"page_{path.stem.partition('_')[0]}" if folder == "." else folder


def _note(found: dict[str, Found], message: str, area: str, where: str) -> None:
    where_else = found.setdefault(message, Found(area)).where
    if where not in where_else:
        where_else.append(where)


def _known(language: str) -> dict[str, list[Entry]]:
    known: dict[str, list[Entry]] = defaultdict(list)
    for path in files(language):
        for entry in entries(path):
            known[entry.source].append(entry)
    return known


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
