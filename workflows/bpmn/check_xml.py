"""Checks on the XML itself: unknown elements, double ids, attributes and extension elements that the engine will not
execute."""

from __future__ import annotations

from collections.abc import Container, Iterator

from workflows.errors import Finding

from .check_code import check_code, check_extension, finding_at
from .element import Element, flag, local, own
from .names import EXPRESSION_LANGUAGES, KNOWN
from .read_rights import check_rights
from .read_tasks import escalation_is_readable

EXPRESSIONS = frozenset(
    {
        "conditionExpression",
        "condition",
        "completionCondition",
        "loopCondition",
        "activationCondition",
        "loopCardinality",
        "formalExpression",
        "timeDate",
        "timeDuration",
        "timeCycle",
    }
)


def check_tree(root: Element, functions: Container[str] | None) -> list[Finding]:
    """Everything that is wrong before any meaning is looked at; `functions` as `read` takes them."""
    findings: list[Finding] = []
    seen: set[str] = set()
    for element in root.iter("*"):
        name = local(element)
        if name is None:
            findings += check_extension(element, functions)
            continue
        if name not in KNOWN and not _is_left_behind(element):
            findings.append(
                finding_at(
                    "UNKNOWN_ELEMENT", element, f"Không có phần tử «{name}» trong BPMN 2.0 mà hệ thống chạy được."
                )
            )
        identity = element.get("id")
        if identity is not None:
            if identity in seen:
                findings.append(finding_at("DUPLICATE_ID", element, f"Mã «{identity}» được dùng nhiều lần trong tệp."))
            seen.add(identity)
        findings += _check_attributes(element, name)
        findings += check_code(element, name, functions)
    return findings


def _is_left_behind(element: Element) -> bool:
    """Whether it belongs to an editor: extensions without a namespace of their own fall into the file's default one
    (X25)."""
    return any(local(outer) in {"extensionElements", None} for outer in element.iterancestors())


def _check_attributes(element: Element, name: str) -> Iterator[Finding]:
    for attribute in ("startQuantity", "completionQuantity"):
        if element.get(attribute, "1").strip() != "1":
            yield finding_at("UNSUPPORTED_ATTRIBUTE", element, f"{attribute} khác 1 không được hỗ trợ.")
    if flag(element, "instantiate"):
        yield finding_at(
            "UNSUPPORTED_ATTRIBUTE", element, 'instantiate="true" không được hỗ trợ; hãy dùng sự kiện bắt đầu.'
        )
    if flag(element, "parallelMultiple"):
        yield finding_at("BAD_EVENT", element, "Sự kiện nhiều điều kiện song song không được hỗ trợ.")
    if element.get("eventGatewayType", "Exclusive") != "Exclusive":
        yield finding_at("UNSUPPORTED_ATTRIBUTE", element, "Cổng sự kiện kiểu Parallel không được hỗ trợ.")
    if name == "multiInstanceLoopCharacteristics" and element.get("behavior", "All") != "All":
        yield finding_at("UNSUPPORTED_ATTRIBUTE", element, "behavior của bước lặp chỉ được là All.")
    levels = own(element, "escalation")
    if levels is not None and not escalation_is_readable(levels):
        yield finding_at(
            "UNSUPPORTED_ATTRIBUTE",
            element,
            f"Không đọc được các mức nhắc «{levels}»; ví dụ đúng: -2:nguoi_giu +1:thu_truong.",
        )
    yield from check_rights(element, name)
    yield from _check_language(element, name)


def _check_language(element: Element, name: str) -> Iterator[Finding]:
    language = (element.get("language") or "").strip().lower() if name in EXPRESSIONS else ""
    if language and not any(language == known or known in language for known in EXPRESSION_LANGUAGES):
        yield finding_at(
            "UNSUPPORTED_SCRIPT",
            element,
            f"Ngôn ngữ biểu thức «{language}» không được hỗ trợ; hãy dùng ${{…}} hoặc FEEL.",
        )
    if name == "scriptTask":
        form = (element.get("scriptFormat") or "").strip().lower()
        if form and form not in {"juel", "feel", "el"} and not form.endswith("feel"):
            yield finding_at(
                "UNSUPPORTED_SCRIPT", element, f"Ngôn ngữ «{form}» không được chạy; hãy dùng juel hoặc feel."
            )
