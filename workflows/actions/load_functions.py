"""Loading the registered functions when a process of the operating system starts: installed packages and one setting.

Nothing that a file of BPMN names is ever imported: what is loaded was installed or set by whoever runs the machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points

from workflows.errors import Refused

from .automation import AUTOMATION
from .functions import Function, Functions

GROUP = "kehoach.functions"


def load_functions(setting: str = "", installed: Iterable[EntryPoint] | None = None) -> Functions:
    """The functions of the entry points in `kehoach.functions` (name = module:function) and of the setting.

    `setting` is `package.module:registry`, a mapping of names to functions. Refused, so that nothing starts half:
    FUNCTIONS_NOT_LOADED, FUNCTION_TWICE, FUNCTION_NAME_TAKEN (a step of the program itself has this name).
    """
    found: dict[str, Function] = {}
    for point in entry_points(group=GROUP) if installed is None else installed:
        _add(found, point.name, _loaded(point), point.value)
    if setting:
        for name, function in _registry(setting).items():
            _add(found, str(name), function, setting)
    return Functions(found)


def _add(found: dict[str, Function], name: str, function: object, where: str) -> None:
    if not callable(function):
        raise Refused("FUNCTIONS_NOT_LOADED", where=where, why=f"{name}: {type(function).__name__}")
    if name in AUTOMATION:
        raise Refused("FUNCTION_NAME_TAKEN", name=name, where=where)
    if name in found:
        raise Refused("FUNCTION_TWICE", name=name, where=where)
    found[name] = function


def _loaded(point: EntryPoint) -> object:
    try:
        return point.load()
    except Exception as problem:
        raise Refused(
            "FUNCTIONS_NOT_LOADED", where=point.value, why=f"{type(problem).__name__}: {problem}"
        ) from problem


def _registry(setting: str) -> Mapping[object, object]:
    module, _, name = setting.partition(":")
    try:
        registry = getattr(import_module(module), name)
    except Exception as problem:
        raise Refused("FUNCTIONS_NOT_LOADED", where=setting, why=f"{type(problem).__name__}: {problem}") from problem
    if not isinstance(registry, Mapping):
        raise Refused("FUNCTIONS_NOT_LOADED", where=setting, why=type(registry).__name__)
    return registry
