"""A plan's plain text set as offices set it: a Word document, a PDF and a web page with the same words and tables."""

from __future__ import annotations

import html
from collections.abc import Iterator
from io import BytesIO

import typst
from docx import Document

from workflows.plans.normalise import clean_line
from workflows.plans.table_rows import cells_of

_PAGE = """
#set page(paper: "a4", margin: (left: 3cm, right: 2cm, top: 2cm, bottom: 2cm))
#set page(numbering: "1", number-align: top + center)
#set text(font: "Tinos", size: 13pt, lang: "vi")
#set par(justify: true, first-line-indent: (amount: 1cm, all: true))
"""
Block = str | list[list[str]]


def blocks_of(text: str) -> Iterator[Block]:
    """Lines, and tables as rows of cells; the rulers of Markdown tables are left out, sides"
    " of two columns stay lines."""
    table: list[list[str]] = []
    for line in text.split("\n"):
        cells = cells_of(line)
        if cells is not None and (len(cells) >= 3 or table):
            if not all(set(cell) <= set("-: ") and cell for cell in cells):
                table.append(cells)
            continue
        if table and cells is None and line.strip() and _goes_on(text, line, table):
            table.append([line.strip()])
            continue
        if table:
            yield table
            table = []
        if cells is None or len(cells) < 3:
            pieces = (piece for cell in cells or [line] for piece in cell.split("<br>"))
            yield from (clean_line(piece) for piece in pieces if _words(piece))
    if table:
        yield table


def as_docx(text: str) -> bytes:
    """Paragraphs and bordered tables of Word; a row of one cell spans the table."""
    document = Document()
    for block in blocks_of(text):
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        width = max(len(row) for row in block)
        table = document.add_table(rows=len(block), cols=width)
        for at, row in enumerate(block):
            if len(row) == 1:
                table.cell(at, 0).merge(table.cell(at, width - 1)).text = row[0]
                continue
            for place, cell in enumerate(row):
                table.cell(at, place).text = clean_line(cell).replace("<br>", "\n")
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_pdf(text: str) -> bytes:
    """Justified paragraphs with an indent, ruled tables, numbered pages; short lines stay lines of their own."""
    source = [_PAGE]
    for block in blocks_of(text):
        if isinstance(block, str):
            centred = len(block) < 60 and (block.isupper() or block.istitle())
            words = _typst(block)
            source.append(f"#align(center)[{words}]\n" if centred else f"{words}\n")
            continue
        width = max(len(row) for row in block)
        cells = []
        for row in block:
            shown = [_typst(cell.replace("<br>", "\n")).replace("\n", " \\ ") for cell in map(clean_line, row)]
            cells += [f"table.cell(colspan: {width})[{shown[0]}]"] if len(row) == 1 else [
                *(f"[{cell}]" for cell in shown), *["[]"] * (width - len(row))
            ]  # fmt: skip
        columns = ", ".join(["auto" if width > 3 else "1fr", *["1fr"] * (width - 1)])
        source.append(
            "#{set par(first-line-indent: 0pt, justify: false); set text(size: 10pt)\n"
            f"table(columns: ({columns}), {', '.join(cells)})}}\n"
        )
    return typst.compile("\n".join(source).encode())


def as_html(text: str) -> bytes:
    """Paragraphs and tables of a web page."""
    parts = []
    for block in blocks_of(text):
        if isinstance(block, str):
            parts.append(f"<p>{html.escape(block)}</p>")
            continue
        width = max(len(row) for row in block)
        rows = [
            f'<td colspan="{width}">{html.escape(row[0])}</td>'
            if len(row) == 1
            else "".join(f"<td>{html.escape(clean_line(cell)).replace('&lt;br&gt;', '<br>')}</td>" for cell in row)
            for row in block
        ]
        parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    return f"<!DOCTYPE html><html><body>{''.join(parts)}</body></html>".encode()


def _goes_on(text: str, line: str, table: list[list[str]]) -> bool:
    below = text.split(line, 1)[1].lstrip("\n").split("\n", 1)[0]
    cells = cells_of(below)
    return cells is not None and len(cells) >= 3 and len(table[0]) == len(cells)


def _words(cell: str) -> bool:
    return any(character.isalnum() for character in cell)


def _typst(words: str) -> str:
    return "".join(f"\\{character}" if character in '#$*_`<>@[]\\/=-+~"' else character for character in words)
