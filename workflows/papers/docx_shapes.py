"""Small shapes of a Word document that python-docx has no word for: rules, fields, grids, exact widths."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FONT = "Times New Roman"
Shape = Any  # python-docx publishes no types


def element(name: str, **attributes: str) -> Shape:
    """An element of WordprocessingML with attributes of its namespace."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def write(paragraph: Shape, words: str, size: float = 14, *, bold: bool = False, italic: bool = False) -> Shape:
    """The words as one run; a line end in them breaks the line."""
    run = paragraph.add_run(words)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    return paragraph


def centred(container: Shape, words: str = "", size: float = 14, *, bold: bool = False, italic: bool = False) -> Shape:
    """A new centred paragraph without indent or space around it."""
    paragraph = flat(container.add_paragraph())
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return write(paragraph, words, size, bold=bold, italic=italic) if words else paragraph


def flat(paragraph: Shape) -> Shape:
    """The paragraph without indent, without space above and below, ragged on the right."""
    shape = paragraph.paragraph_format
    shape.first_line_indent, shape.space_before, shape.space_after, shape.line_spacing = Mm(0), Pt(0), Pt(0), 1.0
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    return paragraph


def rule(container: Shape, room: float, length: float) -> Shape:
    """A rule of `length` in the middle of `room`, both in millimetres: the border below an empty low paragraph."""
    paragraph = flat(container.add_paragraph())
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm(max(0.0, (room - length) / 2))
    shape.line_spacing = Pt(3)
    borders = element("pBdr")
    borders.append(element("bottom", val="single", sz="6", space="1", color="auto"))
    paragraph._p.get_or_add_pPr().append(borders)
    mark = element("rPr")
    mark.append(element("sz", val="4"))
    paragraph._p.get_or_add_pPr().append(mark)
    return paragraph


def page_number(section: Shape) -> None:
    """PAGE at the top centre from the second page of the section on, counted from 1."""
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    paragraph = flat(section.header.paragraphs[0])
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, words in (("begin", None), (None, "PAGE"), ("end", None)):
        run = write(paragraph, "", 13)._p.r_lst[-1]
        if kind is not None:
            run.append(element("fldChar", fldCharType=kind))
        else:
            code = element("instrText")
            code.text = words
            run.append(code)
    numbering = element("pgNumType", start="1")
    section._sectPr.append(numbering)


def grid(container: Shape, widths: list[float], rows: int = 0, *, bordered: bool = False) -> Shape:
    """A table with exactly these widths in millimetres, with or without rules."""
    table = container.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    if bordered:
        borders = element("tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            borders.append(element(side, val="single", sz="4", space="0", color="auto"))
        table._tbl.tblPr.append(borders)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        fit(row, widths)
    return table


def fit(row: Shape, widths: list[float]) -> None:
    """Each cell of the row as wide as its column: Word follows the cells, LibreOffice the grid."""
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = Mm(width)


def keep_row(row: Shape, *, header: bool = False) -> None:
    """The row is not broken over pages; a header row is repeated on each."""
    properties = row._tr.get_or_add_trPr()
    properties.append(element("cantSplit"))
    if header:
        properties.append(element("tblHeader"))


def empty(cell: Shape) -> Shape:
    """The cell without the empty paragraph that it is born with."""
    cell._tc.remove(cell.paragraphs[0]._p)
    return cell
