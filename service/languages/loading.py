"""Loads the modules of a package of words so that their literals are messages."""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType

from .literals import MESSAGE, as_messages
from .messages import Message


def load_as_messages(package: str) -> None:
    """From now on every module of this package is read as messages."""
    sys.meta_path.insert(0, _Words(package + "."))


class _Words(MetaPathFinder):
    """Finds the modules of one package where they always are."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module's place, with our reading of it; other modules are none of our business."""
        if not fullname.startswith(self._prefix):
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(spec.loader.name, str(spec.loader.path))
        return spec


class _Loader(SourceFileLoader):
    """Reads a module from its source each time: a compiled file beside it would hold plain text."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        tree = as_messages(ast.parse(self.get_data(path), path))
        return compile(tree, path, "exec", dont_inherit=True)

    def exec_module(self, module: ModuleType) -> None:
        setattr(module, MESSAGE, Message)
        super().exec_module(module)
