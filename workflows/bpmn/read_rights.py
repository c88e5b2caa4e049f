"""Reading what a user task says about rights, and what of it cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.errors import Finding

from .check_code import finding_at
from .element import Element, child, has_own, own
from .rights import Rights

NOWHERE = "none"
TRUTHS = {"true": True, "1": True, "false": False, "0": False}
FLAGS = ("approval", "selfApproval", "draft", "distinct", "withdraw")
OUTCOMES = ("first-reject", "collect-all")
NAMES = (*FLAGS, "exclude", "return", "rejected", "outcome")


def read_rights(element: Element) -> Rights:
    """The attributes of a user task; those that cannot be read are found by `check_rights`."""
    flags = {name: TRUTHS.get((own(element, name) or "").strip(), False) for name in FLAGS}
    returns = own(element, "return")
    return Rights(
        exclude=_names(own(element, "exclude")),
        approval=flags["approval"],
        self_approval=flags["selfApproval"],
        draft=flags["draft"],
        distinct=flags["distinct"],
        returns=None if returns is None else tuple(name for name in _names(returns) if name != NOWHERE),
        withdraw=flags["withdraw"],
        rejected=own(element, "rejected"),
        first_reject_ends=own(element, "outcome") != "collect-all",
    )


def check_rights(element: Element, name: str) -> Iterator[Finding]:
    """What cannot be meant by these attributes of an element of this local name."""
    given = [each for each in NAMES if own(element, each) is not None] if has_own(element) else []
    if not given:
        return
    if name != "userTask":
        yield finding_at("UNSUPPORTED_ATTRIBUTE", element, f"kehoach:{given[0]} chỉ dùng cho userTask.")
        return
    for flag in FLAGS:
        if (own(element, flag) or "false").strip() not in TRUTHS:
            yield finding_at("UNSUPPORTED_ATTRIBUTE", element, f"kehoach:{flag} phải là true hoặc false.")
    if own(element, "outcome") not in (None, *OUTCOMES):
        yield finding_at("UNSUPPORTED_ATTRIBUTE", element, f"kehoach:outcome phải là {' hoặc '.join(OUTCOMES)}.")
    rights = read_rights(element)
    if rights.self_approval and not rights.approval:
        yield finding_at("UNSUPPORTED_ATTRIBUTE", element, "kehoach:selfApproval cần có kehoach:approval.")
    if own(element, "outcome") is not None and rights.rejected is None:
        yield finding_at("UNSUPPORTED_ATTRIBUTE", element, "kehoach:outcome cần có kehoach:rejected.")
    repeated = child(element, "multiInstanceLoopCharacteristics") is not None
    if not repeated and (rights.distinct or rights.rejected is not None):
        used = "distinct" if rights.distinct else "rejected"
        yield finding_at("UNSUPPORTED_ATTRIBUTE", element, f"kehoach:{used} chỉ dùng cho bước nhiều bản.")
    returns = own(element, "return")
    if returns is not None and (not _names(returns) or (NOWHERE in _names(returns) and rights.returns)):
        yield finding_at("UNSUPPORTED_ATTRIBUTE", element, f"kehoach:return phải là các bước, hoặc chỉ «{NOWHERE}».")


def _names(text: str | None) -> tuple[str, ...]:
    return tuple((text or "").replace(",", " ").split())
