"""Checks on the XML itself: unknown elements, double ids, attributes and extension elements that the engine will not
execute."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from workflows.errors import Finding

from .element import Element, camunda, flag, line_of, local, own
from .names import CAMUNDA_FAMILY, EXPRESSION_LANGUAGES, KNOWN, ZEEBE
from .read_tasks import escalation_is_readable

CODE_ATTRIBUTES = frozenset(
    {
        "class",
        "expression",
        "delegateExpression",
        "variableMappingClass",
        "variableMappingDelegateExpression",
        "skipExpression",
        "scriptFile",
        "resource",
        "caseRef",
    }
)
CODE_ELEMENTS = frozenset(
    {
        "taskListener",
        "executionListener",
        "eventListener",
        "taskListeners",
        "executionListeners",
        "connector",
        "field",
        "script",
        "errorEventDefinition",
        "class",
        "taskExtractor",
    }
)
TASKS_WITH_CODE = frozenset({"serviceTask", "sendTask", "businessRuleTask", "messageEventDefinition", "callActivity"})
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


def check_tree(root: Element) -> list[Finding]:
    """Everything that is wrong before any meaning is looked at."""
    findings: list[Finding] = []
    seen: set[str] = set()
    for element in root.iter("*"):
        name = local(element)
        if name is None:
            findings += _check_extension(element)
            continue
        if name not in KNOWN and not _is_left_behind(element):
            findings.append(
                _finding("UNKNOWN_ELEMENT", element, f"Không có phần tử «{name}» trong BPMN 2.0 mà hệ thống chạy được.")
            )
        identity = element.get("id")
        if identity is not None:
            if identity in seen:
                findings.append(_finding("DUPLICATE_ID", element, f"Mã «{identity}» được dùng nhiều lần trong tệp."))
            seen.add(identity)
        findings += _check_attributes(element, name)
    return findings


def _is_left_behind(element: Element) -> bool:
    """Whether it belongs to an editor: extensions without a namespace of their own fall into the file's default one
    (X25)."""
    return any(local(outer) in {"extensionElements", None} for outer in element.iterancestors())


def _finding(code: str, element: Element, message: str) -> Finding:
    current: Element | None = element
    while current is not None and (current.get("id") is None or local(current) is None):
        current = current.getparent()
    return Finding(code, current.get("id") if current is not None else None, line_of(element), message)


def _check_extension(element: Element) -> Iterator[Finding]:
    qualified = etree.QName(element)
    if qualified.namespace not in (*CAMUNDA_FAMILY, ZEEBE):
        return
    if qualified.localname == "script" and qualified.namespace == ZEEBE:
        return
    if qualified.localname == "script":
        yield _finding("UNSUPPORTED_SCRIPT", element, "Không chạy đoạn mã trong ánh xạ dữ liệu; hãy dùng biểu thức.")
    elif qualified.localname in CODE_ELEMENTS:
        yield _finding(
            "UNSUPPORTED_ATTRIBUTE", element, f"Không chạy mã gắn qua «{qualified.localname}»; hãy bỏ phần tử này."
        )


def _check_attributes(element: Element, name: str) -> Iterator[Finding]:
    for attribute in ("startQuantity", "completionQuantity"):
        if element.get(attribute, "1").strip() != "1":
            yield _finding("UNSUPPORTED_ATTRIBUTE", element, f"{attribute} khác 1 không được hỗ trợ.")
    if flag(element, "instantiate"):
        yield _finding(
            "UNSUPPORTED_ATTRIBUTE", element, 'instantiate="true" không được hỗ trợ; hãy dùng sự kiện bắt đầu.'
        )
    if flag(element, "parallelMultiple"):
        yield _finding("BAD_EVENT", element, "Sự kiện nhiều điều kiện song song không được hỗ trợ.")
    if element.get("eventGatewayType", "Exclusive") != "Exclusive":
        yield _finding("UNSUPPORTED_ATTRIBUTE", element, "Cổng sự kiện kiểu Parallel không được hỗ trợ.")
    if name == "multiInstanceLoopCharacteristics" and element.get("behavior", "All") != "All":
        yield _finding("UNSUPPORTED_ATTRIBUTE", element, "behavior của bước lặp chỉ được là All.")
    levels = own(element, "escalation")
    if levels is not None and not escalation_is_readable(levels):
        yield _finding(
            "UNSUPPORTED_ATTRIBUTE",
            element,
            f"Không đọc được các mức nhắc «{levels}»; ví dụ đúng: -2:nguoi_giu +1:thu_truong.",
        )
    yield from _check_code(element, name)
    yield from _check_language(element, name)


def _check_code(element: Element, name: str) -> Iterator[Finding]:
    for attribute in element.attrib:
        qualified = etree.QName(attribute)
        if qualified.namespace in CAMUNDA_FAMILY and qualified.localname in CODE_ATTRIBUTES:
            yield _finding(
                "UNSUPPORTED_ATTRIBUTE",
                element,
                f'Không chạy mã gắn qua «{qualified.localname}»; hãy dùng type="external" và topic.',
            )
    kind = camunda(element, "type")
    if name in TASKS_WITH_CODE and kind is not None and kind != "external":
        yield _finding("UNSUPPORTED_ATTRIBUTE", element, f"Loại việc tự động «{kind}» không được hỗ trợ.")
    if name in TASKS_WITH_CODE and kind == "external" and not camunda(element, "topic"):
        yield _finding("UNSUPPORTED_ATTRIBUTE", element, "Việc tự động phải có topic.")


def _check_language(element: Element, name: str) -> Iterator[Finding]:
    language = (element.get("language") or "").strip().lower() if name in EXPRESSIONS else ""
    if language and not any(language == known or known in language for known in EXPRESSION_LANGUAGES):
        yield _finding(
            "UNSUPPORTED_SCRIPT",
            element,
            f"Ngôn ngữ biểu thức «{language}» không được hỗ trợ; hãy dùng ${{…}} hoặc FEEL.",
        )
    if name == "scriptTask":
        form = (element.get("scriptFormat") or "").strip().lower()
        if form and form not in {"juel", "feel", "el"} and not form.endswith("feel"):
            yield _finding(
                "UNSUPPORTED_SCRIPT", element, f"Ngôn ngữ «{form}» không được chạy; hãy dùng juel hoặc feel."
            )
