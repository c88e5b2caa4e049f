"""Bytes to an XML tree, hardened: no DTD, no entities, no network, no XInclude, bounded size and depth (X23, X24,
L1)."""

from __future__ import annotations

import re
from typing import NoReturn

from lxml import etree

from workflows.errors import BadDefinition, Finding

from .element import line_of
from .names import BPMN, XINCLUDE

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 100
# Nothing is given back once it is read: many comments would otherwise be split in every possible way.
DOCTYPE = re.compile(rb"(?>\s+|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)
BYTE_ORDER_MARKS = b"\xef\xbb\xbf\xff\xfe\x00\xfe"


def tree_of(data: bytes) -> etree._Element:
    """The root `definitions` element; BadDefinition with one finding when the bytes are not safe or not BPMN 2.0."""
    root = safe_tree(data)
    if root.tag != f"{{{BPMN}}}definitions":
        refuse("NOT_BPMN", line_of(root), "Tệp không phải là BPMN 2.0: phần tử gốc phải là definitions của BPMN.")
    return root


def safe_tree(data: bytes, *, whole: bool = False) -> etree._Element:
    """The root element of any XML; BadDefinition with one finding when the bytes are not safe.

    With `whole` comments, processing instructions and CDATA are kept, for a file that is written again.
    """
    if len(data) > MAX_BYTES:
        refuse(
            "LIMIT_EXCEEDED", None, f"Tệp lớn hơn {MAX_BYTES // 1024 // 1024} MiB; hãy tách quy trình thành nhiều tệp."
        )
    plain = data.replace(b"\x00", b"").lstrip(BYTE_ORDER_MARKS)
    if DOCTYPE.match(plain):
        refuse("XML_FORBIDDEN", 1, "Tệp có khai báo DOCTYPE; hãy xoá khai báo này, quy trình không cần đến.")
    root = _parsed(data, whole=whole)
    if root.getroottree().docinfo.internalDTD is not None:
        refuse("XML_FORBIDDEN", 1, "Tệp có khai báo DOCTYPE; hãy xoá khai báo này, quy trình không cần đến.")
    _check_depth(root)
    return root


def _parsed(data: bytes, *, whole: bool) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=not whole,
        remove_pis=not whole,
        strip_cdata=not whole,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        line = getattr(problem, "lineno", None)
        if "depth" in str(problem).lower():
            refuse("LIMIT_EXCEEDED", line, f"Các phần tử lồng nhau quá {MAX_DEPTH} lớp.")
        refuse("XML_MALFORMED", line, "Tệp không phải là XML đúng dạng; hãy lưu lại từ trình vẽ BPMN.")


def _check_depth(root: etree._Element) -> None:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            refuse("LIMIT_EXCEEDED", line_of(element), f"Các phần tử lồng nhau quá {MAX_DEPTH} lớp.")
        if isinstance(element.tag, str) and element.tag.startswith(f"{{{XINCLUDE}}}"):
            refuse("XML_FORBIDDEN", line_of(element), "Tệp dùng XInclude; quy trình phải nằm trọn trong một tệp.")


def refuse(code: str, line: int | None, message: str) -> NoReturn:
    """Refuse the whole file for one reason."""
    raise BadDefinition([Finding(code, None, line, message)])
