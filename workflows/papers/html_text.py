"""The text of a web page: paragraphs as lines, tables as rows with tabs, scripts and styles left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_MOST_COLUMNS = 60
_SILENT = {"script", "style", "head", "template", "noscript", "svg"}
_BLOCKS = {
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "section",
    "article",
    "header",
    "footer",
    "blockquote",
    "pre",
}


@dataclass
class _Row:
    """The cells of a row by the grid, the open one, and how many further rows each reaches into."""

    cells: list[str] = field(default_factory=list)
    open_cell: int | None = None
    reach: dict[int, int] = field(default_factory=dict)


class _Page(HTMLParser):
    """Gathers lines; inside a table row it gathers cells."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.row: _Row | None = None
        self.above: dict[int, tuple[int, str]] = {}
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens a line, a row or a cell; `colspan` leaves empty cells behind, `rowspan` repeats a cell below."""
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table" and self.row is None:
            self.above = {}
        elif tag == "tr":
            self._end_row()
            self.row = _Row()
        elif tag in ("td", "th") and self.row is not None:
            self._open_cell(self.row, dict(attrs))
        elif tag == "br":
            self._break()
        elif tag == "li":
            self._break()
            self._write("- ")
        elif tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        """Closes a row as one line, a block as the end of a line."""
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "tr":
            self._end_row()
        elif tag in _BLOCKS:
            self._break()
        elif tag == "table":
            self._end_row()
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        """Words, with the white space of the source folded."""
        if not self.silent:
            folded = " ".join(data.split())
            self._write((" " if data[:1].isspace() else "") + folded + (" " if data[-1:].isspace() and folded else ""))

    def _open_cell(self, row: _Row, attributes: dict[str, str | None]) -> None:
        self._repeat(row)
        at = len(row.cells)
        if at >= _MOST_COLUMNS:
            return
        row.open_cell = at
        row.cells.extend([""] * _span(attributes.get("colspan")))
        down = _span(attributes.get("rowspan"), 1000)
        if down > 1:
            row.reach[at] = down

    def _repeat(self, row: _Row) -> None:
        """Cells of rows above that reach down to here."""
        while len(row.cells) in self.above:
            at = len(row.cells)
            left, words = self.above.pop(at)
            row.cells.append(words)
            if left > 1:
                row.reach[at] = left

    def _end_row(self) -> None:
        row, self.row = self.row, None
        if row is None:
            return
        self._repeat(row)
        cells = [_tidy(cell) for cell in row.cells]
        self.above |= {at: (left - 1, row.cells[at]) for at, left in row.reach.items()}
        goes_on = "\t" in self.lines[-1]
        data = len(cells) >= 3 or (goes_on and len(cells) > 0)
        rows = ["\t".join(cells)] if data else [line for cell in cells for line in cell.split("<br>")]
        self.lines += rows if data and goes_on else ["", *rows]

    def _break(self) -> None:
        self._write("<br>" if self.row else "\n")

    def _write(self, words: str) -> None:
        if self.row is not None:
            if self.row.open_cell is not None:
                self.row.cells[self.row.open_cell] += words.replace("\n", "<br>").replace("\t", " ")
            return
        first, *rest = words.split("\n")
        self.lines[-1] += first
        self.lines.extend(rest)


def _span(words: str | None, most: int = 30) -> int:
    return max(1, min(int(words), most)) if words and words.isascii() and words.isdecimal() and len(words) < 5 else 1


def _tidy(cell: str) -> str:
    """A cell without breaks at its ends or one behind another."""
    pieces = [piece.strip() for piece in cell.split("<br>")]
    return "<br>".join(piece for piece in pieces if piece)


def html_text(html: str) -> str:
    """The words of a page with one line a paragraph; never raises on broken markup."""
    page = _Page()
    page.feed(html)
    page.close()
    return "\n".join(line.strip(" ") for line in page.lines)
