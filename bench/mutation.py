"""Mutation test of the engine: does some test of `tests/engine` fail for each small change of `workflows/engine`?

mutmut makes the mutants; they are played here, in forks of one process that has collected the tests already: a mutant
then costs a few hundredths of a second instead of a start of pytest. Each is tried only by the tests that reach its
function, the fast ones first, up to the first failure. See docs/howto/mutation-test-the-engine.md.
"""

from __future__ import annotations

import argparse
import difflib
import fnmatch
import gc
import hashlib
import json
import os
import resource
import shutil
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from importlib import import_module
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest
from mutmut.mutation.file_mutation import mutate_file_contents

ROOT = Path(__file__).resolve().parents[1]
COPY = ROOT / "mutants"
RESULT = COPY / "result.json"
ENGINE = Path("workflows/engine")
COPIED = ("workflows", "service", "tests", "pyproject.toml")
SEPARATOR = "ǁ"  # mutmut names a method x<separator>Class<separator>method, a function x_function
# mutmut's own switch asks the environment at each call; here one form is put in place, once, in each fork.
SWITCH = "from mutmut.mutation.trampoline import wrap_in_trampoline as _mutmut_mutated, MutantDict"
NO_SWITCH = "MutantDict = dict; _mutmut_mutated = lambda forms, **_: lambda function: function"
MEMORY = 3 << 30
EVERYTHING = {"commands", "tokens", "expressions", "data", "evolve", "combinations", "incidents"}
EXAMPLES = 15  # of each random test; the same ones for every mutant


@dataclass
class Mutant:
    """One change of one function; the names are those that mutmut gives: `module.function__mutmut_number`."""

    name: str
    file: str
    function: str
    diff: str
    line: int  # the first one that differs, counted from that of `def`
    fate: str = "new"  # killed, timeout, survived, unreached


# --- the mutants ------------------------------------------------------------------------------------------------------


def prepare() -> list[Mutant]:
    """Copy what the tests need into `mutants/`, the engine with all its mutants; unchanged files are kept."""
    for name in COPIED:
        source, target = ROOT / name, COPY / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", *(["engine"] if name == "workflows" else []))
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target, ignore=ignored)
        else:
            shutil.copy(source, target)
    return [mutant for path in sorted((ROOT / ENGINE).rglob("*.py")) for mutant in _mutants_of(path)]


def _mutants_of(path: Path) -> list[Mutant]:
    name, text = path.relative_to(ROOT), path.read_text(encoding="utf-8")
    key = hashlib.sha256(text.encode()).hexdigest()
    kept = COPY / "made" / f"{'.'.join(name.with_suffix('').parts)}.json"
    known = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {"key": None}
    if known["key"] != key:
        made = mutate_file_contents(str(name), text)
        if SWITCH not in made.code and made.mutant_names:
            raise RuntimeError("this mutmut writes its mutants otherwise")
        lines = made.code.splitlines(keepends=True)
        module = ".".join(name.with_suffix("").parts)
        forms = {each: lines[span.start - 1 : span.end] for each, span in made.line_span_by_function_name.items()}
        found = []
        for mutant in made.mutant_names:
            function = mutant.rpartition("__mutmut_")[0]
            diff, line = _compared(forms[f"{function}__mutmut_orig"], forms[mutant])
            found.append(asdict(Mutant(f"{module}.{mutant}", name.as_posix(), f"{module}.{function}", diff, line)))
        known = {"key": key, "code": made.code.replace(SWITCH, NO_SWITCH), "mutants": found}
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(known), encoding="utf-8")
    (COPY / name).parent.mkdir(parents=True, exist_ok=True)
    (COPY / name).write_text(known["code"], encoding="utf-8")
    return [Mutant(**each) for each in known["mutants"]]


def _compared(before: list[str], after: list[str]) -> tuple[str, int]:
    """What differs, as a diff, and in which line first."""
    head = next(number for number, line in enumerate(before) if line.lstrip().startswith("def "))
    before, after = before[head:], after[head:]
    changed = list(difflib.unified_diff(before[1:], after[1:], n=0))[2:]
    if not changed:  # a default value, which stands in the first line
        return f"-{before[0]}+{after[0]}", 0
    line = next(
        number for number, (one, other) in enumerate(zip(before, after, strict=False)) if number and one != other
    )
    return "".join(line for line in changed if not line.startswith("@@")), line


# --- playing them -----------------------------------------------------------------------------------------------------


class Player:
    """A pytest plugin: instead of running the collected tests once, runs them for each mutant in a fork."""

    def __init__(self, mutants: list[Mutant], processes: int, keep: Callable[[], None], *, near: bool) -> None:
        self._mutants = mutants
        self._processes = processes
        self._near = near
        self._keep = keep

    def pytest_sessionstart(self) -> None:
        """Few examples of each random test, always the same ones, and no search for the smallest."""
        hypothesis = import_module("hypothesis")  # pytest wants to be the first to load it
        phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        few = hypothesis.settings(max_examples=EXAMPLES, derandomize=True, database=None, phases=phases)
        hypothesis.settings.register_profile("mutation", few)
        hypothesis.settings.load_profile("mutation")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Find out which test reaches what and how long it takes; then play."""
        self._definitions = _Definitions()
        report = _in_fork(lambda: {**_reached(session.items), "texts": self._definitions.asked()})
        if report["failed"]:
            raise pytest.UsageError(f"the tests fail without any mutant: {report['failed']}")
        seconds: dict[str, float] = report["seconds"]
        self._definitions.keep(report["texts"])
        tests = {item.nodeid: item for item in sorted(session.items, key=lambda item: seconds[item.nodeid])}
        known = {nodeid: {tuple(place) for place in report["reached"][nodeid]} for nodeid in tests}
        print(f"{len(session.items)} tests, {sum(seconds.values()):.1f} s", flush=True)
        gc.collect()
        gc.freeze()  # what the forks share stays shared
        running: dict[int, Mutant] = {}
        for done, mutant in enumerate(self._mutants, 1):
            place = _place(mutant)
            chosen = [item for nodeid, item in tests.items() if place in known[nodeid]]
            if self._near:
                chosen = [item for item in chosen if _is_near(item, mutant)]
            if not chosen:
                mutant.fate = "unreached"
                continue
            if len(running) >= self._processes:
                _wait(running)
            limit = 2 + round(3 * sum(seconds[item.nodeid] for item in chosen))
            running[_fork(mutant.name, chosen, limit)] = mutant
            if done % 100 == 0:
                print(f"{done} of {len(self._mutants)}", flush=True)
                self._keep()
        while running:
            _wait(running)
        return True


def _is_near(item: pytest.Item, mutant: Mutant) -> bool:
    words = set(item.path.stem.split("_"))
    return bool(words & (EVERYTHING | set(Path(mutant.file).stem.split("_"))))


def _reached(items: list[pytest.Item]) -> dict[str, Any]:
    """Every test once: the lines of the engine that it reaches, its seconds, and whether it fails."""
    reached, seconds, failed = {}, {}, []
    for item, following in _in_order(items):
        trace = _Trace()
        sys.settrace(trace)
        passed = _passes(item, following)
        sys.settrace(None)
        reached[item.nodeid] = sorted(trace.lines)
        begun = time.process_time()
        if not passed or not _passes(item, following):
            failed.append(item.nodeid)
        seconds[item.nodeid] = time.process_time() - begun
    return {"reached": reached, "seconds": seconds, "failed": failed}


class _Trace:
    """The lines of the engine that are reached, as (file, line); a function counts as its first line too."""

    def __init__(self) -> None:
        self.lines: set[tuple[str, int]] = set()
        self._folder = str(COPY / ENGINE)

    def __call__(self, frame: FrameType, event: str, argument: object) -> _Trace | None:
        name = frame.f_code.co_filename
        if not name.startswith(self._folder):
            return None
        self.lines.add((name, frame.f_code.co_firstlineno if event == "call" else frame.f_lineno))
        return self


def _asks(data: bytes) -> Any:  # noqa: ANN401 - its code becomes that of `read`
    return _kept(data)  # type: ignore[name-defined]  # noqa: F821 - a global of the module of `read`


class _Definitions:
    """Definitions read once for all forks: reading is no part of the engine, and takes longer than most tests."""

    def __init__(self) -> None:
        self._read: FunctionType = sys.modules["workflows.bpmn.read"].read
        self._plain = FunctionType(self._read.__code__, self._read.__globals__)
        self._known: dict[bytes, Any] = {}
        self._asked: set[bytes] = set()
        self._read.__globals__["_kept"] = self._find
        self._read.__code__ = _asks.__code__

    def _find(self, data: bytes) -> Any:  # noqa: ANN401 - a definition of the copy that is under test
        self._asked.add(data)
        known = self._known.get(data)
        if known is None:
            return self._plain(data)
        return replace(known, cache={})

    def asked(self) -> list[str]:
        return [data.hex() for data in self._asked]

    def keep(self, texts: list[str]) -> None:
        for data in map(bytes.fromhex, texts):
            with suppress(Exception):  # a file that is refused is refused each time
                self._known[data] = self._plain(data)


def _place(mutant: Mutant) -> tuple[str, int]:
    """The line to reach for this mutant: its own, or the function's first where none is told of its own."""
    code = _form(mutant.function).__code__
    own = code.co_firstlineno + 1 + mutant.line  # the first line is that of mutmut's decorator
    return code.co_filename, own if mutant.line and own in _lines(code) else code.co_firstlineno


def _lines(code: CodeType) -> set[int]:
    """The lines that the function has instructions for, with the functions and comprehensions inside it."""
    found = {line for _, _, line in code.co_lines() if line is not None}
    for part in code.co_consts:
        if isinstance(part, CodeType):
            found |= _lines(part)
    return found


def _form(name: str, number: str = "") -> FunctionType:
    """The function itself, or with a number one of its mutants."""
    module, _, function = name.rpartition(".")
    owner: Any = sys.modules[module]
    first, *rest = function.split(SEPARATOR)
    if rest:
        owner, plain = getattr(owner, rest[0]), rest[1]
    else:
        plain = first.removeprefix("x_")
    found: FunctionType = getattr(owner, f"{function}__mutmut_{number}" if number else plain)
    return found


def _put_in_place(mutant: str) -> None:
    """From now on the function does what the mutant does, wherever it is referred to."""
    function, _, number = mutant.rpartition("__mutmut_")
    original, changed = _form(function), _form(function, number)
    original.__defaults__, original.__kwdefaults__ = changed.__defaults__, changed.__kwdefaults__
    original.__code__ = changed.__code__


def _in_fork(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The result of `work`, done in a fork so that nothing of it stays behind in a cache of the program."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as stream:
            json.dump(work(), stream)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as stream:
        result: dict[str, Any] = json.load(stream)
    os.waitpid(child, 0)
    return result


def _fork(name: str, items: list[pytest.Item], limit: int) -> int:
    """Start a process that exits with 1 at the first failing test of this mutant, with 0 when all pass."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        gc.disable()
        _put_in_place(name)
        code = 0 if all(_passes(item, following) for item, following in _in_order(items)) else 1
    finally:
        os._exit(code)


def _wait(running: dict[int, Mutant]) -> None:
    child, status = os.wait()
    code = os.waitstatus_to_exitcode(status)
    running.pop(child).fate = {0: "survived", 1: "killed"}.get(code, "timeout")


def _in_order(items: list[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    return zip(items, [*items[1:], None], strict=True)


def _passes(item: pytest.Item, following: pytest.Item | None) -> bool:
    """Whether the test passes; pytest's own report of a failure costs more than all the tests together."""
    stack = item.session._setupstate
    try:
        item._initrequest()  # type: ignore[attr-defined]  # items of Python files have it
        stack.setup(item)
        item.runtest()
        stack.teardown_exact(following)
    except BaseException:  # pytest.fail is one, and a mutant may end the process
        return False
    return True


# --- the command ------------------------------------------------------------------------------------------------------


def main() -> int:
    """Play the mutants that the arguments choose, and keep the fate of each in mutants/result.json."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("only", nargs="*", default=["*"], help="names of mutants, as patterns such as *rights*")
    wanted.add_argument("--survivors", action="store_true", help="only those that survived the last time")
    wanted.add_argument("--processes", type=int, default=1)
    wanted.add_argument("--near", action="store_true", help="only by tests of the same name")
    wanted.add_argument("--pytest", action="append", default=[], help="one more argument for pytest")
    wanted.add_argument("--show", action="store_true", help="play nothing; show the survivors of the last time")
    chosen = wanted.parse_args()
    os.chdir(ROOT)  # mutmut reads its settings here
    COPY.mkdir(exist_ok=True)
    known = {each["name"]: Mutant(**each) for each in json.loads(RESULT.read_text())} if RESULT.exists() else {}
    if chosen.show:
        _show([known[name] for name in known if any(fnmatch.fnmatch(name, each) for each in chosen.only)])
        return 0
    mutants = prepare()
    for mutant in mutants:
        before = known.get(mutant.name)
        mutant.fate = before.fate if before is not None and before.diff == mutant.diff else "new"
    played = [mutant for mutant in mutants if any(fnmatch.fnmatch(mutant.name, each) for each in chosen.only)]
    if chosen.survivors:
        left = [mutant for mutant in played if mutant.fate not in {"killed", "timeout"}]
        played = sorted(left, key=lambda mutant: mutant.fate == "survived")  # those that nobody has tried come first
    begun = time.monotonic()
    code = _play(played, chosen, lambda: _keep(mutants))
    _keep(mutants)
    _count(mutants)
    print(f"{len(played)} played in {time.monotonic() - begun:.0f} s")
    return code


def _keep(mutants: list[Mutant]) -> None:
    RESULT.write_text(json.dumps([asdict(mutant) for mutant in mutants], ensure_ascii=False), encoding="utf-8")


def _play(mutants: list[Mutant], chosen: argparse.Namespace, keep: Callable[[], None]) -> int:
    os.chdir(COPY)
    sys.path.insert(0, str(COPY))
    arguments = ["-s", "--rootdir=.", "-k", "not restarting", "tests/engine", *chosen.pytest]
    return int(pytest.main(arguments, plugins=[Player(mutants, chosen.processes, keep, near=chosen.near)]))


def _count(mutants: list[Mutant]) -> None:
    fates: dict[str, Counter[str]] = defaultdict(Counter)
    for mutant in mutants:
        fates[mutant.file][mutant.fate] += 1
        fates["all"][mutant.fate] += 1
    print(f"{'file':45} mutants  killed  timeout  survived  unreached  new")
    for file, counted in sorted(fates.items(), key=lambda each: each[0].replace("all", "~")):
        total, gone = counted.total(), counted["killed"] + counted["timeout"]
        rest = "".join(f"{counted[fate]:9}" for fate in ("killed", "timeout", "survived", "unreached", "new"))
        print(f"{file:45}{total:7}{rest}  {100 * gone / total:5.1f} %")


def _show(mutants: list[Mutant]) -> None:
    for mutant in mutants:
        if mutant.fate not in {"killed", "timeout"}:
            print(f"{mutant.name}  {mutant.fate}\n{mutant.diff}")


if __name__ == "__main__":
    raise SystemExit(main())
