"""An office's own Word template filled with a document; a template may do little, and is tried when it comes.

A template names the parts by the words below: `{{ trich_yeu }}`, `{%p for dong in noi_nhan %}…{%p endfor %}`, and the
whole body with its tables in one paragraph of its own: `{{p noi_dung }}` (docs/howto/own-templates.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, NoReturn

import docx
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from workflows.errors import Refused
from workflows.plans.official_document import Block, Letterhead, OfficialDocument, Text

from .packages import open_package, package_kind
from .template_rules import require_modest
from .write_docx import LEFT, RIGHT, WIDTH, add_blocks, packed, set_styles

LARGEST_TEMPLATE = 5 * 1024 * 1024
WORDS = (
    "co_quan_chu_quan", "co_quan", "so_ky_hieu", "noi_ngay", "ten_loai", "trich_yeu", "kinh_gui", "noi_dung",
    "chu_ky", "nguoi_ky", "noi_nhan", "phu_luc", "du_thao",
)  # fmt: skip
_FILTERS = ("upper", "lower", "join", "length", "first", "last", "default", "e", "escape")
_SAMPLE = OfficialDocument(
    Letterhead(("ỦY BAN NHÂN DÂN", "XÃ MẪU")), "KH-UBND", None, "Xã Mẫu", None, "KẾ HOẠCH", "Thử mẫu", (Text("Thử."),)
)


class _Narrow(SandboxedEnvironment):
    """Loops, conditions and a few filters; no arithmetic that grows, no function, no attribute of Python."""

    intercepted_binops = frozenset({"*", "**", "+", "%", "//", "/", "-"})

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Every way to a template leads through here; what could do more than print is no template."""
        tree = super()._parse(source, name, filename)
        require_modest(tree)
        return tree

    def call_binop(self, *_: Any) -> NoReturn:  # noqa: ANN401 - whatever stands on both sides
        """A template prints words and computes nothing."""
        raise SecurityError("arithmetic")

    def is_safe_attribute(self, *_: Any) -> bool:  # noqa: ANN401 - whatever is asked for
        """The parts are words and lists of words: nothing of them has an attribute worth asking for."""
        return False

    def wrap_str_format(self, *_: Any) -> None:  # noqa: ANN401 - whatever is asked for
        """Not even `format`, which would print as wide as it is told."""


def check_template(template: bytes, filename: str) -> None:
    """Refused with TOO_LARGE, NOT_A_DOCUMENT, ENCRYPTED or BAD_TEMPLATE (`why`) for what could not be filled later."""
    if len(template) > LARGEST_TEMPLATE:
        raise Refused("TOO_LARGE", filename=filename, size=len(template), limit=LARGEST_TEMPLATE)
    if not template.startswith(b"PK\x03\x04") or package_kind(open_package(template, filename)) != "docx":
        raise Refused("NOT_A_DOCUMENT", filename=filename)
    named = _tried(lambda: DocxTemplate(BytesIO(template)).get_undeclared_template_variables(_Narrow()))
    unknown = sorted(set(named) - set(WORDS))
    if unknown:
        raise Refused("BAD_TEMPLATE", why=f"không có phần nào tên {', '.join(unknown)[:120]}")
    if "noi_dung" not in named:
        raise Refused("BAD_TEMPLATE", why="thiếu phần noi_dung")
    fill_template(template, _SAMPLE)


def fill_template(template: bytes, document: OfficialDocument) -> bytes:
    """The document in the office's own form; the same input gives the same bytes. Refused with BAD_TEMPLATE."""
    filled = DocxTemplate(BytesIO(template))
    _tried(lambda: filled.render(_parts(document), jinja_env=_Narrow(), autoescape=True))
    return packed(filled.docx, document)


def _tried(step: Any) -> Any:  # noqa: ANN401 - docxtpl publishes no types
    try:
        return step()
    except (TemplateError, etree.LxmlError, TypeError, ValueError, KeyError, AttributeError, RecursionError) as mistake:
        raise Refused("BAD_TEMPLATE", why=str(mistake)[:200]) from mistake


def _parts(document: OfficialDocument) -> Mapping[str, Any]:
    head = document.letterhead
    appendices: list[Block] = []
    for each in document.appendices:
        appendices += [Text(each.label, "centre"), Text(each.title, "centre"), Text(each.attached_to, "centre")]
        appendices += each.body
    return {
        "co_quan_chu_quan": "\n".join(head.parent),
        "co_quan": "\n".join(head.agency),
        "so_ky_hieu": document.number_line,
        "noi_ngay": document.date_line,
        "ten_loai": document.type_name or "",
        "trich_yeu": document.subject,
        "kinh_gui": list(document.addressed_to),
        "noi_dung": _as_xml(document.body),
        "chu_ky": list(document.signature),
        "nguoi_ky": document.signer,
        "noi_nhan": list(document.recipients),
        "phu_luc": _as_xml(appendices),
        "du_thao": document.draft,
    }


def _as_xml(blocks: Sequence[Block]) -> Markup:
    """Paragraphs and tables as they would stand in our own file; python-docx escaped every word of them."""
    scratch = docx.Document()
    set_styles(scratch)
    add_blocks(scratch, blocks, WIDTH - LEFT - RIGHT)
    body = scratch.element.body
    shapes = [etree.tostring(shape, encoding="unicode") for shape in body if not shape.tag.endswith("}sectPr")]
    return Markup("".join(shapes))  # noqa: S704 - XML of our own making
