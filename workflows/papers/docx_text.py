"""The text of a Word document as the reader of plans understands it: numbers of lists written out, tables as rows.

What people see once all revisions are accepted: inserted and moved words, no deleted ones, no hidden ones. Fields,
macros, pictures and links to other files are never followed.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from zipfile import BadZipFile, ZipFile

from lxml import etree

from workflows.errors import Refused

from .docx_numbering import Numbering, W
from .docx_tables import table_lines
from .legacy_fonts import font_encoding, from_legacy_font

LARGEST_PART = 24 * 1024 * 1024
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", f"{W}instrText", _FALLBACK}
_BREAKS = {f"{W}br", f"{W}cr"}
_DEEPEST = 40
_OFF = ("0", "false", "off")


def docx_text(package: ZipFile, filename: str) -> str:
    """The text of a .docx. Refused with NOT_A_DOCUMENT when it is damaged, TOO_LARGE when a part of it is."""
    try:
        body = part_of(package, filename)
        if body is None or body.find(f"{W}body") is None:
            raise Refused("NOT_A_DOCUMENT", filename=filename, reason="damaged")
        numbering = Numbering.of(
            _part(package, "word/numbering.xml", filename), _part(package, "word/styles.xml", filename)
        )
        notes = _part(package, "word/footnotes.xml", filename)
        reader = _Reader(numbering)
        lines = list(reader.blocks(body, 0))
        if notes is not None and reader.noted:
            lines += ["", *_notes(reader, notes)]
    except (etree.LxmlError, BadZipFile, EOFError, OSError, KeyError, ValueError, NotImplementedError) as damage:
        raise Refused("NOT_A_DOCUMENT", filename=filename, reason="damaged") from damage
    except (RecursionError, MemoryError) as tangled:
        raise Refused("TOO_COMPLEX", filename=filename) from tangled
    except zlib.error as broken:
        raise Refused("NOT_A_DOCUMENT", filename=filename, reason="damaged") from broken
    return "\n".join(lines)


def part_of(package: ZipFile, filename: str) -> etree._Element | None:
    """The root of the part that has the body of a .docx."""
    main = next(name for name in package.namelist() if name.startswith("word/document") and name.endswith(".xml"))
    return _part(package, main, filename)


@dataclass
class _Reader:
    """Walks the blocks of one document in order, counting its lists and remembering its notes."""

    numbering: Numbering
    noted: list[str] = field(default_factory=list)
    _held: str = ""

    def blocks(self, container: etree._Element, depth: int) -> Iterator[str]:
        """Paragraphs as lines, tables as rows, in whatever they are wrapped."""
        if depth > _DEEPEST:
            return
        for child in container:
            if child.tag == f"{W}p":
                yield from self._paragraph(child, depth)
            elif child.tag == f"{W}tbl":
                yield from table_lines(child, lambda cell: list(self.blocks(cell, depth + 1)))
            elif child.tag not in _SKIPPED and len(child):
                yield from self.blocks(child, depth + 1)

    def _paragraph(self, paragraph: etree._Element, depth: int) -> Iterator[str]:
        boxes: list[etree._Element] = []
        text = self._words(paragraph, boxes, 0)
        label = self.numbering.label(paragraph) if (self._held + text).strip() else ""
        whole, self._held = f"{label}{self._held}{text}", ""
        if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            self._held = whole
        else:
            yield from whole.split("\n")
        for box in boxes:
            yield from self.blocks(box, depth + 1)

    def _words(self, element: etree._Element, boxes: list[etree._Element], depth: int) -> str:
        """Words, tabs as gaps, breaks as line ends; text boxes are kept for behind the paragraph."""
        if depth > _DEEPEST:
            return ""
        pieces: list[str] = []
        for child in element:
            if child.tag in _SKIPPED:
                continue
            if child.tag == f"{W}r":
                pieces.append(self._run(child, boxes, depth))
            elif child.tag == f"{W}t":
                pieces.append(child.text or "")
            elif child.tag in (f"{W}tab", f"{W}ptab"):
                pieces.append("    ")
            elif child.tag in _BREAKS:
                pieces.append("\n")
            elif child.tag == f"{W}noBreakHyphen":
                pieces.append("-")
            elif child.tag == f"{W}txbxContent":
                boxes.append(child)
            elif child.tag == f"{W}footnoteReference":
                self.noted.append(child.get(f"{W}id", ""))
            elif len(child):
                pieces.append(self._words(child, boxes, depth + 1))
        return "".join(pieces)

    def _run(self, run: etree._Element, boxes: list[etree._Element], depth: int) -> str:
        """The words of a run as its font shows them; nothing of a hidden one."""
        words = self._words(run, boxes, depth + 1)
        properties = run.find(f"{W}rPr")
        if properties is None or not words:
            return words
        if _is_on(properties, "vanish"):
            return ""
        fonts = properties.find(f"{W}rFonts")
        encoding = font_encoding(fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")) if fonts is not None else None
        shown = words if encoding is None else from_legacy_font(words, encoding)
        return shown.upper() if _is_on(properties, "caps") else shown


def _part(package: ZipFile, name: str, filename: str) -> etree._Element | None:
    """The root of an XML part, no entity resolved; None when the package has none of this name."""
    if name not in package.namelist():
        return None
    size = package.getinfo(name).file_size
    if size > LARGEST_PART:
        raise Refused("TOO_LARGE", filename=filename, size=size, limit=LARGEST_PART)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    return etree.fromstring(package.read(name), parser)


def _notes(reader: _Reader, notes: etree._Element) -> list[str]:
    """The footnotes that the text refers to, each as one line behind the text."""
    known = {note.get(f"{W}id"): note for note in notes.iter(f"{W}footnote")}
    found = [(number, known[id_]) for number, id_ in enumerate(list(reader.noted), start=1) if id_ in known]
    return [f"[{number}] " + " ".join(" ".join(reader.blocks(note, 0)).split()) for number, note in found]


def _is_on(properties: etree._Element, name: str) -> bool:
    switch = properties.find(f"{W}{name}")
    return switch is not None and switch.get(f"{W}val") not in _OFF
