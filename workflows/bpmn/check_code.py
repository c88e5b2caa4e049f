"""Checks on code that a file calls: a name that the office registered, or nothing; code in a file is never run
(semantics.md T2)."""

from __future__ import annotations

from collections.abc import Container, Iterator

from lxml import etree

from workflows.errors import Finding

from .element import Element, bare, camunda, extensions, line_of, local, zeebe
from .names import CAMUNDA_FAMILY, ZEEBE
from .read_functions import CODE_ATTRIBUTES, LISTENERS, WORKS_BY_NAME, called_name, moment_of

UNRUNNABLE = frozenset(
    {
        "variableMappingClass",
        "variableMappingDelegateExpression",
        "skipExpression",
        "scriptFile",
        "resource",
        "caseRef",
    }
)
CODE_ELEMENTS = frozenset(
    {"eventListener", "connector", "field", "script", "errorEventDefinition", "class", "taskExtractor"}
)
TASKS_WITH_CODE = WORKS_BY_NAME | {"callActivity"}
ADVICE = 'hãy đăng ký hàm tên này, hoặc dùng type="external" và topic.'


def finding_at(code: str, element: Element, message: str) -> Finding:
    """A finding about an element, named after the nearest one around it that has an id."""
    current: Element | None = element
    while current is not None and (current.get("id") is None or local(current) is None):
        current = current.getparent()
    return Finding(code, current.get("id") if current is not None else None, line_of(element), message)


def check_extension(element: Element, functions: Container[str] | None) -> Iterator[Finding]:
    """An extension element that carries code: listeners by name are fine, everything else is not."""
    qualified = etree.QName(element)
    if qualified.namespace not in (*CAMUNDA_FAMILY, ZEEBE):
        return
    if qualified.localname in LISTENERS:
        yield from _check_listener(element, functions)
        return
    if qualified.localname == "script" and qualified.namespace == ZEEBE:
        return
    if qualified.localname == "script":
        yield finding_at("UNSUPPORTED_SCRIPT", element, "Không chạy đoạn mã trong tệp quy trình; hãy dùng biểu thức.")
    elif qualified.localname in CODE_ELEMENTS:
        yield finding_at(
            "UNSUPPORTED_ATTRIBUTE", element, f"Không chạy mã gắn qua «{qualified.localname}»; hãy bỏ phần tử này."
        )


def check_code(element: Element, name: str, functions: Container[str] | None) -> Iterator[Finding]:
    """The attributes of an element that name code, and how its job is done."""
    for attribute in element.attrib:
        qualified = etree.QName(attribute)
        if qualified.namespace not in CAMUNDA_FAMILY:
            continue
        out_of_place = qualified.localname in CODE_ATTRIBUTES and name not in WORKS_BY_NAME
        if qualified.localname in UNRUNNABLE or out_of_place:
            yield finding_at(
                "UNSUPPORTED_ATTRIBUTE", element, f"Không chạy mã gắn qua «{qualified.localname}»; {ADVICE}"
            )
    if name not in TASKS_WITH_CODE:
        return
    kind, called = camunda(element, "type"), any(camunda(element, each) is not None for each in CODE_ATTRIBUTES)
    if kind is not None and kind != "external":
        yield finding_at("UNSUPPORTED_ATTRIBUTE", element, f"Loại việc tự động «{kind}» không được hỗ trợ.")
    if kind == "external" and not camunda(element, "topic"):
        yield finding_at("UNSUPPORTED_ATTRIBUTE", element, "Việc tự động phải có topic.")
    if called and name in WORKS_BY_NAME:
        yield from _check_work(element, functions)


def _check_work(element: Element, functions: Container[str] | None) -> Iterator[Finding]:
    """The one way in which the work of a step is done, and a name that is known."""
    others = [camunda(element, "type"), camunda(element, "decisionRef"), zeebe(element, "taskDefinition")]
    named = [each for each in CODE_ATTRIBUTES if camunda(element, each) is not None]
    if len(named) > 1 or any(each is not None for each in others):
        yield finding_at("UNSUPPORTED_ATTRIBUTE", element, "Một bước chỉ được có một cách làm; hãy bỏ bớt.")
    if camunda(element, "resultVariable") is not None:
        yield finding_at(
            "UNSUPPORTED_ATTRIBUTE", element, "Hàm trả về các biến của nó; hãy bỏ resultVariable, dùng outputParameter."
        )
    yield from _check_name(element, functions)


def _check_listener(element: Element, functions: Container[str] | None) -> Iterator[Finding]:
    around = element.getparent()
    while around is not None and local(around) in (None, "extensionElements"):
        around = around.getparent()
    if around is None or moment_of(element, around) is None:
        yield finding_at(
            "UNSUPPORTED_ATTRIBUTE",
            element,
            f"«{bare(element)}» không gọi được ở đây hoặc vào lúc đó; chỉ có start, end của bước và create, complete "
            "của việc của người.",
        )
        return
    if any(bare(part) == "script" for part in element) or next(extensions(element, "script"), None) is not None:
        return  # the script has its own finding
    yield from _check_name(element, functions)


def _check_name(element: Element, functions: Container[str] | None) -> Iterator[Finding]:
    name = called_name(element)
    if name is None:
        yield finding_at("UNSUPPORTED_ATTRIBUTE", element, f"Không chạy mã trong tệp; chỉ gọi hàm theo tên: {ADVICE}")
    elif functions is not None and name not in functions:
        yield finding_at("UNSUPPORTED_ATTRIBUTE", element, f"Chưa có hàm nào tên «{name}»; {ADVICE}")
