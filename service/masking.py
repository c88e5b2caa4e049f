"""Addresses hold secrets of links: no log ever shows one."""

from __future__ import annotations

import logging
import re

from .guards import BACK_FROM_ELSEWHERE, SECRET_PATHS

_SECRET = re.compile(rf"((?:{'|'.join(map(re.escape, SECRET_PATHS))}))[^/?\s\"]+")
_CODE = re.compile(rf"({re.escape(BACK_FROM_ELSEWHERE)}\?)[^\s\"]+")


def masked(path: str) -> str:
    """The path without the secret in it."""
    return _CODE.sub(r"\1…", _SECRET.sub(r"\1…", path))


class MaskLinks(logging.Filter):
    """Masks what a web server writes about each request, however it is told to."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, masked."""
        if isinstance(record.msg, str):
            record.msg = masked(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(masked(each) if isinstance(each, str) else each for each in record.args)
        return True


def mask_access_logs() -> None:
    """Have the loggers of the web server masked; a second time changes nothing."""
    for name in ("uvicorn.access", "uvicorn.error"):
        logger = logging.getLogger(name)
        if not any(isinstance(each, MaskLinks) for each in logger.filters):
            logger.addFilter(MaskLinks())
