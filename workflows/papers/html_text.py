"""The text of a web page: paragraphs as lines, tables as rows with tabs, scripts and styles left out."""

from __future__ import annotations

from html.parser import HTMLParser

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


class _Page(HTMLParser):
    """Gathers lines; inside a table row it gathers cells."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.row: list[str] | None = None
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens a line, a row or a cell; `colspan` leaves empty cells behind."""
        if tag in _SILENT:
            self.silent += 1
        elif tag == "tr":
            self.row = []
        elif tag in ("td", "th") and self.row is not None:
            span = dict(attrs).get("colspan") or "1"
            self.row.append("")
            self.row.extend([""] * (min(int(span), 30) - 1 if span.isdecimal() else 0))
        elif tag == "br":
            self._write("<br>" if self.row else "\n")
        elif tag == "li":
            self._write("<br>- " if self.row else "\n- ")
        elif tag in _BLOCKS:
            self._write("<br>" if self.row else "\n")

    def handle_endtag(self, tag: str) -> None:
        """Closes a row as one line, a block as the end of a line."""
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "tr" and self.row is not None:
            cells = [cell.removeprefix("<br>").removesuffix("<br>").strip() for cell in self.row]
            self.row = None
            rows = ["\t".join(cells)] if len(cells) >= 3 else [line for cell in cells for line in cell.split("<br>")]
            self.lines += ["", *rows] if len(cells) < 3 or "\t" not in self.lines[-1] else rows
        elif tag in _BLOCKS:
            self._write("<br>" if self.row else "\n")
        elif tag == "table":
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        """Words, with the white space of the source folded."""
        if not self.silent:
            folded = " ".join(data.split())
            self._write((" " if data[:1].isspace() else "") + folded + (" " if data[-1:].isspace() and folded else ""))

    def _write(self, words: str) -> None:
        if self.row is not None:
            if self.row:
                at = (
                    max(index for index, cell in enumerate(self.row) if cell or index == 0)
                    if self.row[-1]
                    else len(self.row) - 1
                )
                self.row[at] += words.replace("\n", "<br>")
            return
        first, *rest = words.split("\n")
        self.lines[-1] += first
        self.lines.extend(rest)


def html_text(html: str) -> str:
    """The words of a page with one line a paragraph; never raises on broken markup."""
    page = _Page()
    page.feed(html)
    page.close()
    return "\n".join(line.strip(" ") for line in page.lines)
