"""What an office's template may hold: its cost is its own length and that of the lists, whatever somebody wrote in it.

Everything is refused that is not named here. Loops go over the lists of lines, one inside no other, and print little;
the long parts stand outside of them; nothing is kept, joined, called or defined.
"""

from __future__ import annotations

from jinja2 import nodes
from jinja2.exceptions import SecurityError

LISTS = frozenset({"noi_nhan", "kinh_gui", "chu_ky"})
LONG_PARTS = frozenset({"noi_dung", "phu_luc"})
MOST_OF_A_PART = 2  # times that a long part is printed
LONGEST_LOOP = 100_000  # letters of XML that are printed for each line
LONGEST_WORD = 100  # of what a template gives to a filter
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Filter, nodes.For, nodes.If,
    nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or, nodes.Test, nodes.Getitem,
    nodes.Getattr,  # refused where it is asked for
    nodes.BinExpr,  # likewise
)  # fmt: skip


def require_modest(tree: nodes.Template) -> None:
    """SecurityError with what is not allowed, where the template could do more than print."""
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED) or isinstance(node, nodes.Concat):
            raise SecurityError(f"{type(node).__name__} không dùng được trong mẫu")
        if isinstance(node, nodes.Filter) and not _is_modest_filter(node):
            raise SecurityError(f"bộ lọc {node.name} không dùng được như vậy")
    for loop in tree.find_all(nodes.For):
        _require_modest_loop(loop)
    for part in LONG_PARTS:
        if sum(each.name == part for each in tree.find_all(nodes.Name)) > MOST_OF_A_PART:
            raise SecurityError(f"phần {part} được in quá nhiều lần")


def _is_modest_filter(node: nodes.Filter) -> bool:
    """A long part is printed as it is; what is given to a filter are words of the template."""
    given = all(isinstance(each, nodes.Const) and len(str(each.value)) <= LONGEST_WORD for each in node.args)
    about = {each.name for each in node.find_all(nodes.Name)}
    return given and not (node.kwargs or node.dyn_args or node.dyn_kwargs or about & LONG_PARTS)


def _require_modest_loop(loop: nodes.For) -> None:
    if not isinstance(loop.iter, nodes.Name) or loop.iter.name not in LISTS or loop.recursive:
        raise SecurityError(f"vòng lặp chỉ dùng được với {', '.join(sorted(LISTS))}")
    inside = [each for part in loop.body for each in (part, *part.find_all(nodes.Node))]
    if any(isinstance(each, nodes.For) for each in inside):
        raise SecurityError("vòng lặp nằm trong vòng lặp")
    if any(isinstance(each, nodes.Name) and each.name in LONG_PARTS for each in inside):
        raise SecurityError("phần dài nằm trong vòng lặp")
    if sum(len(each.data) for each in inside if isinstance(each, nodes.TemplateData)) > LONGEST_LOOP:
        raise SecurityError("vòng lặp in quá nhiều")
