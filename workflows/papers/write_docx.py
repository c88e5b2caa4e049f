"""An official document as a Word file that people can edit, in the layout of NĐ 30/2020 Phụ lục I."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from workflows.plans.official_document import Appendix, Block, Heading, OfficialDocument, Table, Text

from .docx_shapes import FONT, Shape, centred, element, empty, fit, flat, grid, keep_row, page_number, rule, write
from .table_widths import LANDSCAPE, PORTRAIT, column_shares, is_narrow

TOP, BOTTOM, LEFT, RIGHT = 20.0, 20.0, 30.0, 15.0  # millimetres (mục I.4)
WIDTH, HEIGHT = 210.0, 297.0
_LEFT_COLUMN = 65.0
_SPACE_TO_SIGN = 4  # empty lines of 14 points
_UNKNOWN = date(1970, 1, 1)


def docx_bytes(document: OfficialDocument) -> bytes:
    """The document as .docx; the same document gives the same bytes."""
    word = Document()
    set_styles(word)
    set_paper(word.sections[0], landscape=False)
    if not document.only_appendices:
        _main(word, document, WIDTH - LEFT - RIGHT)
    for at, appendix in enumerate(document.appendices):
        first = at == 0 and document.only_appendices
        _appendix(word, word.sections[0] if first else word.add_section(WD_SECTION.NEW_PAGE), appendix)
    return packed(word, document)


def _main(word: Shape, document: OfficialDocument, room: float) -> None:
    _head(word, document, room)
    _title(word, document, room)
    _addressees(word, document.addressed_to)
    add_blocks(word, document.body, room)
    if document.signature:
        _ending(word, document, room)


def set_styles(word: Shape) -> None:
    """Times New Roman 14 in Vietnamese, 6 points between paragraphs, for everything that does not say otherwise."""
    style = word.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    language = element("lang", val="vi-VN", eastAsia="vi-VN")
    style.element.get_or_add_rPr().append(language)
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(0), Pt(6), 1.0
    shape.widow_control = True


def set_paper(section: Shape, *, landscape: bool) -> None:
    """A4 with the margins of mục I, and the number of the page above it."""
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    width, height = (HEIGHT, WIDTH) if landscape else (WIDTH, HEIGHT)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance = Mm(10)
    page_number(section)


def _head(word: Shape, document: OfficialDocument, room: float) -> None:
    widths = [_LEFT_COLUMN, room - _LEFT_COLUMN]
    table = grid(word, widths, 2)
    left, right = (empty(cell) for cell in table.rows[0].cells)
    for line in document.letterhead.parent:
        centred(left, line, 13)
    for line in document.letterhead.agency:
        centred(left, line, 13, bold=True)
    rule(left, widths[0] - 4, 0.4 * _printed(document.letterhead.agency[-1], 13, widths[0]))
    centred(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True)
    centred(right, "Độc lập - Tự do - Hạnh phúc", 14, bold=True)
    rule(right, widths[1] - 4, _printed("Độc lập - Tự do - Hạnh phúc", 14, widths[1]))
    left, right = (empty(cell) for cell in table.rows[1].cells)
    centred(left, document.number_line, 13).paragraph_format.space_before = Pt(6)
    centred(right, document.date_line, 14, italic=True).paragraph_format.space_before = Pt(6)
    if document.type_name is None and document.subject:
        centred(left, f"V/v {document.subject}", 12)
    if document.draft:
        centred(left, "DỰ THẢO", 12, bold=True).paragraph_format.space_before = Pt(6)


def _title(word: Shape, document: OfficialDocument, room: float) -> None:
    gap = centred(word)
    gap.paragraph_format.line_spacing = Pt(10)
    if document.type_name is None:
        return
    centred(word, document.type_name, 14, bold=True)
    if document.subject:
        centred(word, document.subject, 14, bold=True).paragraph_format.keep_with_next = True
        rule(word, room, 0.4 * _printed(document.subject, 14, room)).paragraph_format.space_after = Pt(8)


def _addressees(word: Shape, addressed_to: Sequence[str]) -> None:
    if len(addressed_to) == 1:
        centred(word, f"Kính gửi: {addressed_to[0]}.").paragraph_format.space_after = Pt(10)
        return
    for at, each in enumerate(addressed_to):
        if at == 0:
            flat(write(word.add_paragraph(), "Kính gửi:")).paragraph_format.left_indent = Mm(35)
        line = flat(write(word.add_paragraph(), f"- {each}{'.' if at + 1 == len(addressed_to) else ';'}"))
        line.paragraph_format.left_indent = Mm(50)
        line.paragraph_format.space_after = Pt(10 if at + 1 == len(addressed_to) else 0)


def add_blocks(word: Shape, blocks: Sequence[Block], room: float) -> None:
    """Add the blocks to a document or a cell with `room` millimetres of width."""
    for at, block in enumerate(blocks):
        last = at + 1 == len(blocks)
        match block:
            case Heading():
                paragraph = _body_paragraph(word, block.words, bold=block.level < 3)
                paragraph.paragraph_format.keep_with_next = True
            case Table():
                _table(word, block, room)
            case Text(style="centre"):
                centred(word, block.words, bold=True)
            case Text(style="form"):
                paragraph = flat(write(word.add_paragraph(), block.words))
                paragraph.paragraph_format.space_after, paragraph.paragraph_format.keep_with_next = Pt(6), last
            case Text():
                paragraph = _body_paragraph(word, block.words, italic=block.style == "basis")
                paragraph.paragraph_format.keep_with_next = last or block.words.endswith(":")


def _body_paragraph(word: Shape, words: str, *, bold: bool = False, italic: bool = False) -> Shape:
    paragraph = write(word.add_paragraph(), words, bold=bold, italic=italic)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Mm(12.7)
    return paragraph


def _table(word: Shape, block: Table, room: float) -> None:
    shares = block.shares or column_shares(block, LANDSCAPE if room > WIDTH else PORTRAIT)
    widths = [share * room for share in shares]
    table = grid(word, widths, bordered=True)
    narrow = [is_narrow(block, at) for at in range(len(widths))]
    for at, cells in enumerate([block.header, *block.rows]):
        row = table.add_row()
        fit(row, widths)
        keep_row(row, header=at == 0)
        group = at - 1 in block.groups
        if group:
            row.cells[1].merge(row.cells[-1])
        shown = cells[:2] if group else cells
        for place, words in enumerate(shown):
            cell = empty(row.cells[place])
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            for line in words.split("\n"):
                paragraph = write(flat(cell.add_paragraph()), line, 12, bold=at == 0 or group)
                if at == 0 or narrow[place]:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    after = flat(word.add_paragraph())
    after.paragraph_format.line_spacing = Pt(6)


def _ending(word: Shape, document: OfficialDocument, room: float) -> None:
    widths = [75.0, room - 75.0]
    table = grid(word, widths, 1)
    keep_row(table.rows[0])
    left, right = (empty(cell) for cell in table.rows[0].cells)
    if document.recipients:
        write(flat(left.add_paragraph()), "Nơi nhận:", 12, bold=True, italic=True)
        for line in document.recipients:
            write(flat(left.add_paragraph()), f"- {line}", 11)
    else:
        left.add_paragraph()
    for line in document.signature:
        centred(right, line, bold=True)
    for _ in range(_SPACE_TO_SIGN):
        centred(right)
    centred(right, document.signer, bold=True)


def _appendix(word: Shape, section: Shape, appendix: Appendix) -> None:
    set_paper(section, landscape=appendix.landscape)
    room = (HEIGHT if appendix.landscape else WIDTH) - LEFT - RIGHT
    centred(word, appendix.label, bold=True)
    if appendix.title:
        centred(word, appendix.title.upper(), bold=True)
    if appendix.attached_to:
        centred(word, appendix.attached_to, italic=True)
    gap = centred(word)
    gap.paragraph_format.line_spacing = Pt(10)
    add_blocks(word, appendix.body, room)


def _printed(words: str, size: float, room: float) -> float:
    """About how long these bold words are in print, in millimetres, at most the room that they have."""
    letters = sum(0.72 if letter.isupper() else 0.27 if letter in " -.,ijl" else 0.5 for letter in words)
    return min(room - 4, letters * size * 25.4 / 72)


def packed(word: Shape, document: OfficialDocument) -> bytes:
    """The document as a package with nothing in it that depends on when it was made."""
    day = document.day or document.written_on or _UNKNOWN
    title = " ".join(filter(None, (document.type_name, document.subject)))
    return package(word, title, " ".join(document.letterhead.agency), datetime.combine(day, time.min, UTC))


def package(word: Shape, title: str, author: str, at: datetime) -> bytes:
    """The package of a document of this title, as if it had been made at this instant."""
    facts = word.core_properties
    facts.title = title[:255]
    facts.author = facts.last_modified_by = author[:255]
    facts.created = facts.modified = at
    facts.comments, facts.language = "", "vi-VN"
    loose, tight = BytesIO(), BytesIO()
    word.save(loose)
    _let_go(word)
    with ZipFile(loose) as source, ZipFile(tight, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(
                ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0)), source.read(entry), compress_type=ZIP_DEFLATED
            )
    return tight.getvalue()


def _let_go(word: Shape) -> None:
    # Parts and package hold each other; until Python looks for circles, megabytes of XML a document would stay.
    for part in list(word.part.package.iter_parts()):
        if isinstance(part, XmlPart):
            part.element.clear()
