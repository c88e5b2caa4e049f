"""Bytes to text: UTF-8, UTF-16, Windows code pages, and the font encodings TCVN3 and VNI from before Unicode."""

from __future__ import annotations

import re

from workflows.letters import composed

# TCVN3 (ABC): one letter a byte, shown here as the Latin-1 letters that those bytes are.
_TCVN3 = dict(
    zip(
        "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ§¡¢£¤¥¦",
        "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵĐĂÂÊÔƠƯ",
        strict=True,
    )
)
# VNI: a vowel and a mark behind it; đ, ơ, ư and the tones of i are letters of their own.
_VNI_MARKS = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323", "â": "\u0302", "ê": "\u0306"}
_VNI_DOUBLE = {"á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323"}
_VNI_BREVE = {"é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323"}
_VNI_LETTERS = {"ñ": "đ", "Ñ": "Đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "Æ": "Ỉ", "Ó": "Ĩ", "Ò": "Ị", "Î": "Ỵ"}
_VNI_PAIR = re.compile("([aeouyAEOUYôöÔÖ])([ùøûõïâêáàåãäéèúüëÙØÛÕÏÂÊÁÀÅÃÄÉÈÚÜË])")
_COMMON = re.compile(
    r"\b(?:và|của|các|kế hoạch|ủy ban|thực hiện|nhân dân|nơi nhận|số|căn cứ|phối hợp|báo cáo|được|trên)\b",
    re.IGNORECASE,
)
# Vietnamese letters beyond one byte: no font from before Unicode has them, and every line of Unicode does.
_MODERN = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
_FOREIGN = re.compile("[µ¸¶·¹¨©®¬«\u00adøõö÷þßÞ×ÆÐåæçëïîñûüýùñöôïøû]")


def decode(data: bytes) -> str | None:
    """The text of these bytes, or None when they are no text at all."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if data.count(b"\x00") * 4 > len(data):
        order = "utf-16-le" if data[1::2].count(b"\x00") > data[::2].count(b"\x00") else "utf-16-be"
        text = data.decode(order, errors="replace")
        return text if _readable(text) else None
    if b"\x00" in data:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        guesses = [data.decode(page, errors="replace") for page in ("cp1258", "cp1252", "latin-1")]
        best = max(guesses, key=lambda text: _likely(modernise(text)))
        return best if _readable(best) else None


def modernise(text: str) -> str:
    """Text in the letters of TCVN3 or VNI fonts as Unicode; Unicode text comes back as it is."""
    sample = text[:20000]
    foreign = len(_FOREIGN.findall(sample))
    if foreign * 60 < len(sample) or len(_MODERN.findall(composed(sample))) >= foreign:
        return text
    candidates = [text, from_tcvn3(text), from_vni(text)]
    return max(candidates, key=_likely)


def from_tcvn3(text: str) -> str:
    """Letters of a TCVN3 (ABC) font as Unicode; a line in capitals, whose marked letters have no code, is one again."""
    return "\n".join(_one_size("".join(_TCVN3.get(letter, letter) for letter in line)) for line in text.split("\n"))


def _one_size(line: str) -> str:
    """ "Kế HOạCH", as the font of capitals ".VnTimeH" is stored, is "KẾ HOẠCH"."""
    bare = [letter for letter in line if letter.isascii() and letter.isalpha()]
    return line.upper() if len(bare) >= 4 and all(letter.isupper() for letter in bare) else line


def from_vni(text: str) -> str:
    """Letters of a VNI font as Unicode: a vowel and the mark behind it become one letter."""
    marks = _VNI_MARKS | _VNI_DOUBLE | _VNI_BREVE
    pairs = _VNI_PAIR.sub(lambda pair: _horned(pair[1]) + marks[pair[2].lower()], text)
    letters = "".join(_VNI_LETTERS.get(letter, _horned(letter)) for letter in pairs)
    return composed(letters)


def _likely(text: str) -> float:
    """How Vietnamese a text is: its commonest words, weighed against letters that the language does not have."""
    sample = text[:20000]
    letters = composed(sample)
    return len(_COMMON.findall(letters)) * 20 - len(_FOREIGN.findall(letters)) - letters.count("\ufffd") * 5


def _horned(letter: str) -> str:
    return {"ô": "ơ", "Ô": "Ơ", "ö": "ư", "Ö": "Ư"}.get(letter, letter)


def _readable(text: str) -> bool:
    controls = sum(letter < " " and letter not in "\t\n\r\f" for letter in text[:20000])
    return controls * 50 <= len(text[:20000]) and text.count("\ufffd") * 20 <= len(text)
