"""Scripts of the pages in another language: their Vietnamese literals are replaced when they are first asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from .catalogue import catalogue
from .literals import is_vietnamese

_PART = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"", re.DOTALL)


def translated_script(source: str, translate: Callable[[str], str]) -> str:
    """The script with every literal that holds Vietnamese as `translate` says it; comments stay."""

    def said(found: re.Match[str]) -> str:
        part = found.group()
        if not part.startswith('"') or not is_vietnamese(part):
            return part
        return json.dumps(translate(json.loads(part)), ensure_ascii=False)

    return _PART.sub(said, source)


@cache
def script_in(language: str, path: Path) -> str:
    """One script of ours in this language."""
    known = catalogue(language)
    return translated_script(path.read_text(encoding="utf-8"), lambda message: known.get(message, message))


def address_of(language: str, path: Path) -> str:
    """Where a page of this language finds the script; it changes with what the script says."""
    mark = sha256(script_in(language, path).encode()).hexdigest()[:10]
    return f"/static/{language}/{path.name}?v={mark}"


class SpokenScripts:
    """ASGI application under /static/<language>: the scripts of one folder in that language."""

    def __init__(self, language: str, folder: Path) -> None:
        self._language = language
        self._known = {path.name: path for path in folder.glob("*.js")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the script; there is nothing else here."""
        path = self._known.get(scope["path"].rpartition("/")[2])
        answer: Response = PlainTextResponse("", 404)
        if path is not None and scope["method"] in ("GET", "HEAD"):
            answer = Response(script_in(self._language, path), media_type="text/javascript")
        await answer(scope, receive, send)
