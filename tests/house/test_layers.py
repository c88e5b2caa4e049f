"""The import order of the house: nobody imports upwards, no circle anywhere, four names that are ours alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

from .source import FOLDERS, ROOT, program


def test_import_linter_keeps_every_contract() -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_no_module_imports_itself_in_a_circle_even_inside_functions() -> None:
    known = {source.module for source in program()}
    graph = {source.module: set(_targets(source.imports(), known)) - {source.module} for source in program()}
    for module, targets in graph.items():  # a package's own file does not count when only a module of it is meant
        graph[module] = {target for target in targets if not module.startswith(target + ".")}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        raise AssertionError(" -> ".join(error.args[1])) from None


def _targets(imports: Iterable[tuple[str, tuple[str, ...]]], known: set[str]) -> Iterable[str]:
    for module, names in imports:
        submodules = {f"{module}.{name}" for name in names} & known
        yield from submodules
        if module in known and len(submodules) < max(len(names), 1):
            yield module


def test_the_four_names_belong_to_this_project_alone() -> None:
    owners = packages_distributions()
    for folder in FOLDERS:
        assert set(owners.get(folder, ["kehoach"])) == {"kehoach"}, (folder, owners.get(folder))


def test_the_four_names_are_loaded_from_this_folder() -> None:
    code = f"import {', '.join(FOLDERS)}; print(*({', '.join(f'{name}.__file__' for name in FOLDERS)}), sep='\\n')"
    shown = subprocess.run([sys.executable, "-c", code], cwd="/", capture_output=True, text=True, check=True)
    assert shown.stdout.split() == [str(ROOT / folder / "__init__.py") for folder in FOLDERS]


def test_no_file_in_flows_shadows_a_package() -> None:
    # Prefect puts a file entrypoint's folder first on sys.path; then flows/service.py would be `import service`.
    taken = set(FOLDERS) | set(packages_distributions()) | set(sys.stdlib_module_names)
    ours = {path.stem for path in (ROOT / "flows").glob("*.py")} - {"__init__"}
    assert not ours & taken


def test_every_deployment_is_found_by_module_never_by_file() -> None:
    loaded = "import gc; gc.disable()\nfrom flows.schedule import deployments"
    code = f"{loaded}; print(*(each.entrypoint for each in deployments()), sep='\\n')"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    entrypoints = shown.stdout.split()
    assert entrypoints
    for entrypoint in entrypoints:
        assert entrypoint.startswith("flows.")
        assert ":" not in entrypoint
        assert "/" not in entrypoint


def test_the_pages_start_without_the_libraries_of_other_ways_and_only_the_flows_load_prefect() -> None:
    """One process for both, for it takes seconds to load them: first the pages alone, then everything but the flows."""
    heavy = {"apprise", "fontTools", "httpx", "icalendar", "openpyxl", "pdfplumber", "pywebpush"}
    heavy |= {"standardwebhooks", "typst"}
    modules = [source.module for source in program() if source.module.split(".")[0] != "flows"]
    code = f"""
import gc, sys
gc.disable()  # it does nothing but load
import service.app, service.cli.serve
print(*sorted({heavy!r} & set(sys.modules)))
for module in {modules!r}:
    if not module.startswith("workflows.store.migrations"):
        __import__(module)
print(*sorted(name for name in sys.modules if name.split(".")[0] in ("prefect", "flows")))
"""
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert shown.stdout.split("\n") == ["", "", ""]
