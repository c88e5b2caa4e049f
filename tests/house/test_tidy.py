"""The house is tidy: small files, small functions, a sentence at every door, names that say something."""

from __future__ import annotations

import ast
import re
import tomllib

from . import source as of
from .source import FOLDERS, ROOT, Source, program, written

FILE_LINES = 400
FUNCTION_LINES = 60
EMPTY_WORDS = {"util", "utils", "helper", "helpers", "common", "base", "manager", "managers", "misc"}
# Below the shells the instant, and everything random, is an argument.
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
}
CHANCE = {"uuid", "random", "secrets"}
PURE = ("workflows/errors.py", "workflows/bpmn/", "workflows/engine/", "workflows/plans/")
OUTSIDE = {"socket", "sqlite3", "sqlalchemy", "subprocess", "threading", "asyncio", "urllib", "http", "smtplib", "time"}
LOOSE_END = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
MACHINE = re.compile(r"(?<![\w.$/~{}-])/(?:work|root|home|Users)/\w+")
REGISTRY = re.compile(r"https?://[^\s\"']*(?:py" r"pi\.|npm" r"js\.|/simple/|files\.python" r"hosted)")


def test_files_fit_on_a_few_screens() -> None:
    lengths = {source.name: len(source.text.splitlines()) for source in (*program(), *of.test_files())}
    assert not {name: length for name, length in lengths.items() if length > FILE_LINES}


def test_functions_fit_on_one_screen() -> None:
    assert not [
        (source.name, function.name, length)
        for source in (*program(), *of.test_files())
        for function in source.functions()
        if (length := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
    ]


def test_every_module_says_in_a_sentence_what_it_is() -> None:
    assert not [source.name for source in program() if not _first_sentence(source.tree)]


def test_every_public_verb_says_in_a_sentence_what_it_does() -> None:
    assert not [
        (source.name, node.name)
        for source in program()
        for node in source.tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        if not node.name.startswith("_") and not _first_sentence(node) and "migrations" not in source.name
    ]


def _first_sentence(node: ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    """Whether the docstring begins with a paragraph that ends as a sentence does."""
    paragraph = (ast.get_docstring(node) or "").partition("\n\n")[0].strip()
    return paragraph.endswith((".", "!", "?", ":", ")"))


def test_names_say_something() -> None:
    assert not [
        source.name
        for source in (*program(), *of.test_files())
        if set(re.split(r"[_/.]", source.path.relative_to(ROOT).as_posix())) & EMPTY_WORDS
    ]


def test_below_the_shells_nobody_asks_the_machine_for_time_or_chance() -> None:
    assert not [
        (source.name, asked)
        for source in program()
        if not source.name.startswith(("service/", "flows/"))
        for asked in _asks(source)
    ]


def _asks(source: Source) -> list[str]:
    clocks = [
        f"{node.value.id}.{node.attr} line {node.lineno}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if (node.value.id, node.attr) in CLOCKS
    ]
    return clocks + sorted({module.split(".")[0] for module, _ in source.imports()} & CHANCE)


def test_pure_rooms_speak_to_no_outside_world() -> None:
    assert not [
        (source.name, spoken)
        for source in program()
        if source.name.startswith(PURE)
        if (spoken := {module.split(".")[0] for module, _ in source.imports()} & OUTSIDE)
    ]


def test_flows_hold_no_sql() -> None:
    assert not [
        (source.name, module)
        for source in program()
        if source.name.startswith("flows/")
        for module, _ in source.imports()
        if module.startswith(("sqlalchemy", "workflows.store.tables"))
    ]


def test_no_loose_end_no_machine_of_ours_and_no_registry_in_any_file() -> None:
    found = []
    for path in written():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:  # a document that a test reads
            continue
        found += [
            (path.relative_to(ROOT).as_posix(), match.group())
            for pattern in (LOOSE_END, MACHINE, REGISTRY)
            for match in pattern.finditer(text)
        ]
    assert not found


def test_every_excuse_given_to_a_checker_has_its_reason() -> None:
    bare = re.compile(r"#\s*(?:noqa(?::[\s\w,]+?)?|type: ignore(?:\[[\w, -]+\])?)\s*$", re.MULTILINE)
    assert not [(source.name, match.group()) for source in program() for match in bare.finditer(source.text)]


def test_the_folders_are_the_packages_of_the_wheel() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert sorted(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == sorted(FOLDERS)
