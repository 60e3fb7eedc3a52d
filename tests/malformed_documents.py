"""Files that ``render`` must refuse, and a piece of what it says: a data table.

What the values of single keys may be is in ``tests/documents/test_render.py``; here are files as
they turn up: in another encoding, cut off, of another kind, too large, with letters no one sees.
"""

from __future__ import annotations

import json
from typing import Any

PAGE: dict[str, Any] = {
    "format": "file",
    "organ": "大茂镇人民政府",
    "number": "大茂府〔2026〕5号",
    "title": "关于做好防汛工作的通知",
    "addressee": "各村民委员会",
    "body": ["一、提高认识", "各村要高度重视。"],
    "attachments": ["值班表"],
    "signature": ["大茂镇人民政府"],
    "date": "2026-01-15",
    "copies_to": "镇纪委",
    "printed_by": "大茂镇党政办公室",
    "printed_on": "2026-01-16",
}
WHOLE = json.dumps(PAGE, ensure_ascii=False)
_BYTES = WHOLE.encode()


def changed(**changes: Any) -> bytes:
    """The page with some values changed; lone surrogates travel as JSON escapes."""
    return json.dumps(PAGE | changes).encode()


def without(*keys: str) -> bytes:
    return json.dumps({key: value for key, value in PAGE.items() if key not in keys}).encode()


def spelt(old: str, new: str) -> bytes:
    """The page as text with one piece written differently."""
    assert old in WHOLE
    return WHOLE.replace(old, new, 1).encode("utf-8", "surrogatepass")


_FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "JSON"),
    "a BOM alone": (b"\xef\xbb\xbf", "JSON"),
    "two BOMs and no more": (b"\xef\xbb\xbf\xef\xbb\xbf", "JSON"),
    "blanks": (b" \t\r\n" * 100, "JSON"),
    "UTF-16 with BOM": (WHOLE.encode("utf-16"), "UTF-8"),
    "UTF-16 big-endian with BOM": (b"\xfe\xff" + WHOLE.encode("utf-16-be"), "UTF-8"),
    "UTF-16 without BOM": (WHOLE.encode("utf-16-le"), "UTF-8"),
    "UTF-16 of ASCII": (json.dumps(PAGE).encode("utf-16-le"), "JSON"),
    "UTF-32": (WHOLE.encode("utf-32"), "UTF-8"),
    "GBK": (WHOLE.encode("gb18030"), "UTF-8"),
    "Big5": ('{"title":"通知"}'.encode("big5"), "UTF-8"),
    "a surrogate in UTF-8": (spelt("防汛", "防\ud800汛"), "UTF-8"),
    "an overlong NUL": (_BYTES.replace("防".encode(), b"\xc0\x80"), "UTF-8"),
    "beyond Unicode": (_BYTES.replace("防".encode(), b"\xf4\x90\x80\x80"), "UTF-8"),
    "zero bytes": (bytes(4096), "JSON"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "UTF-8"),
    "a PDF": (b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n", "JSON"),
    "a spreadsheet": (b"PK\x03\x04\x14\x00\x06\x00", "JSON"),
    "a web page": ("<!DOCTYPE html><title>通知</title>".encode(), "JSON"),
    "XML": ("<?xml version='1.0'?><通知/>".encode(), "JSON"),
    "YAML": ("title: 通知\nbody:\n  - 正文\n".encode(), "JSON"),
    "CSV": ("title,body\n通知,正文\n".encode(), "JSON"),
    "plain words": ("关于做好防汛工作的通知".encode(), "JSON"),
    "cut in a character": (_BYTES[: _BYTES.index("防".encode()) + 1], "UTF-8"),
    "cut in a text": (_BYTES[: _BYTES.index("防".encode())], "JSON"),
    "cut in a key": (b'{"format":"file","tit', "JSON"),
    "cut after a colon": (b'{"format":', "JSON"),
    "cut in an escape": (b'{"title":"\\u51', "JSON"),
    "cut in a list": (b'{"body":["a",', "JSON"),
    "cut before the last brace": (_BYTES[:-1], "JSON"),
    "one brace too many": (_BYTES + b"}", "JSON"),
    "two documents": (_BYTES * 2, "JSON"),
    "one document a line": (_BYTES + b"\n" + _BYTES + b"\n", "JSON"),
    "a comment": (b"// \n" + _BYTES, "JSON"),
    "a comment inside": (spelt("{", "{/* */"), "JSON"),
    "a comma before a bracket": (spelt('"值班表"]', '"值班表",]'), "JSON"),
    "a comma missing": (spelt('"file", ', '"file" '), "JSON"),
    "quotes of Chinese keyboards": (spelt('"file"', "“file”"), "JSON"),
    "a full-width colon": (spelt('"format":', '"format"："'), "JSON"),
    "a full-width comma": (spelt('"file",', '"file"，'), "JSON"),
    "a key without quotes": (spelt('"format"', "format"), "JSON"),
    "Python's None": (spelt('"file"', "None"), "JSON"),
    "JavaScript's undefined": (spelt('"file"', "undefined"), "JSON"),
    "a hexadecimal number": (spelt('"file"', "0x10"), "JSON"),
    "a leading zero": (spelt('"file"', "007"), "JSON"),
    "a plus sign": (spelt('"file"', "+1"), "JSON"),
    "an unknown escape": (spelt("防汛", "防\\x汛"), "JSON"),
    "a line feed in a text": (spelt("防汛", "防\n汛"), "JSON"),
    "a tab in a text": (spelt("防汛", "防\t汛"), "JSON"),
    "NaN in a list": (spelt('"一、提高认识"', "NaN"), "NaN"),
    "Infinity": (spelt('"2026-01-15"', "Infinity"), "Infinity"),
    "minus Infinity": (spelt('"2026-01-15"', "-Infinity"), "-Infinity"),
    "a number too large for a float": (spelt('"2026-01-15"', "1e999999999"), "date"),
    "a number of 4301 digits": (spelt('"值班表"', "-" + "9" * 4301), "数字太长"),
    "a number of 300 digits": (spelt('"值班表"', "9" * 300), "attachments"),
    "a document in a list": (b"[" + _BYTES + b"]", "最外层"),
    "a list of pairs": (b'[["format","file"]]', "最外层"),
    "a text": (b'"' + "通知".encode() + b'"', "最外层"),
    "true": (b"true", "最外层"),
    "objects 100,000 deep": (b'{"a":' * 100_000, "嵌套太深"),
    "objects 50,000 deep and closed": (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "嵌套太深"),
    "a list 50,000 deep as body": (
        spelt('["一、提高认识", "各村要高度重视。"]', "[" * 50_000 + "]" * 50_000),
        "嵌套太深",
    ),
    "a list 100 deep as body": (
        spelt('["一、提高认识", "各村要高度重视。"]', "[" * 100 + "]" * 100),
        "第 1 项",
    ),
    "5 MiB of blanks": (_BYTES + b" " * 5 * 2**20, "4 MiB"),
    "5 MiB of text": (changed(body=["汛" * 900_000]), "4 MiB"),
    "3 MiB of text": (spelt("各村要高度重视。", "汛" * 1_000_000), "200000"),
    "text over the limit in all": (changed(body=["汛" * 50_000] * 4), "200000"),
}

_KEYS: dict[str, tuple[bytes, str]] = {
    "no format": (without("format"), "format"),
    "no title": (without("title"), "title"),
    "no body": (without("body"), "body"),
    "no organ": (without("organ"), "organ"),
    "no date": (without("date"), "date"),
    "title written twice": (spelt('"title"', '"title": "别的", "title"'), "“title”写了两遍"),
    "title written twice, once escaped": (
        spelt('"title"', '"\\u0074itle": "别的", "title"'),
        "“title”写了两遍",
    ),
    "a key twice in an object inside": (spelt('"file"', '{"a": 1, "a": 2}'), "“a”写了两遍"),
    "a key with a blank": (spelt('"title"', '"title "'), "“title ”"),
    "a key in full-width letters": (spelt('"title"', '"ｔｉｔｌｅ"'), "“ｔｉｔｌｅ”"),
    "a key in Chinese": (changed(标题="通知"), "“标题”"),
    "a key with an unseen letter": (changed(**{"title\u200b": 1}), "“title?”"),
    "a key with a line feed": (changed(**{"ti\ntle": 1}), "“ti?tle”"),
    "a key with a lone surrogate": (changed(**{"title\ud800": 1}), "“title?”"),
    "a key of 10,000 letters": (changed(**{"x" * 10_000: 1}), "xxx…”"),
    "a key that ends a sentence": (changed(**{"标题。": 1}), "“标题。”"),
    "10,000 keys": (changed(**{f"key{place}": place for place in range(10_000)}), "“key0”"),
    "Python's own key": (changed(__class__="x"), "“__class__”"),
    "names": (changed(names=["王强"]), "“names”"),
    "sheets": (changed(sheets=[]), "“sheets”"),
}

_LETTERS: dict[str, tuple[bytes, str]] = {
    "a low surrogate": (changed(title="防\udc00汛"), "U+DC00"),
    "surrogates the wrong way round": (changed(body=["\udfb7\ud842"]), "U+DFB7"),
    "a surrogate as format": (changed(format="\ud800"), "format"),
    "a surrogate as date": (changed(date="\ud800"), "date"),
    "NUL": (changed(addressee="各\0村"), "U+0000"),
    "a line end of mainframes": (changed(note="公\x85开"), "U+0085"),
    "a line feed": (changed(copies_to="镇纪委\n镇党委"), "U+000A"),
    "a paragraph separator": (changed(body=["正\u2029文"]), "U+2029"),
    "a BOM inside": (changed(title="防\ufeff汛"), "U+FEFF"),
    "a soft hyphen": (changed(number="大茂府\xad〔2026〕5号"), "U+00AD"),
    "a joiner": (changed(signer="王\u200d强"), "U+200D"),
    "marks of direction": (changed(attachments=["\u2067值班表\u2069"]), "U+2067"),
    "a variation selector": (changed(title="葛\ufe0f"), "U+FE0F"),
    "an ideographic variation": (changed(signer="葛\U000e0100强"), "U+E0100"),
    "a noncharacter": (changed(organ="大茂\ufffe镇"), "U+FFFE"),
    "the last code of all": (changed(printed_by="\U0010ffff"), "U+10FFFF"),
    "private use": (changed(secrecy="秘密\U000f0000"), "U+F0000"),
    "a tag": (changed(urgency="特急\U000e0041"), "U+E0041"),
    "a flag": (changed(body=["🇨🇳"]), "U+1F1E8"),
    "Hebrew": (changed(body=["שלום"]), "U+05E9"),
    "Tibetan": (changed(title="བོད"), "U+0F56"),
    "a musical note": (changed(body=["𝄞"]), "U+1D11E"),
    "Ext G": (changed(body=["吃\U00030edd\U00030edd面"]), "U+30EDD"),
    "Ext H in an attachment": (changed(attachments=["\U00031350的说明"]), "U+31350"),
    "Ext I in a signature": (changed(signature=["\U0002ebf0"]), "U+2EBF0"),
    "Ext H in a signer": (changed(signer="王\U000323af"), "“王\U000323af”的名字"),
    "Ext H in the imprint": (changed(copies_to="\U00031351"), "U+31351"),
}

_SIZES: dict[str, tuple[bytes, str]] = {
    "a title of 1,000 characters": (changed(title="防汛" * 500), "标题"),
    "a title of 100,000 characters": (changed(title="防" * 100_000), "标题"),
    "an organ of 100,000 characters": (changed(organ="村" * 100_000), "太长"),
    "a secrecy of 40 characters": (changed(secrecy="绝密" * 20), "密级太长"),
    "a copy number of 100 digits": (changed(copy_number="1" * 100), "份号太长"),
    "an urgency of 40 characters": (changed(urgency="特急" * 20), "紧急程度太长"),
    "100 signers": (changed(signer="、".join(["王强"] * 100)), "签发人太多"),
    "a signer of 1,000 characters": (changed(signer="王" * 1000), "签发人太多"),
    "a letter's number of 60 characters": (
        changed(format="letter", number="大" * 60),
        "发文字号太长",
    ),
    "an imprint of 10,000 organs": (changed(copies_to="镇纪委，" * 10_000), "排不下"),
    "5,001 attachments": (changed(attachments=["表"] * 5001), "5000 项"),
    "200,000 paragraphs": (changed(body=["汛"] * 200_000), "5000 项"),
    "31 June": (changed(date="2026-06-31"), "2026-06-31"),
    "29 February of a common year": (changed(printed_on="2025-02-29"), "2025-02-29"),
    "a blank after the date": (changed(date="2026-01-15 "), "date"),
    "an empty date": (changed(date=""), "date"),
    "a date in Chinese": (changed(date="2026年1月15日"), "date"),
    "a date by weeks": (changed(date="2026-W03-4"), "date"),
    "a year before Christ": (changed(date="-001-01-01"), "date"),
    "a date in Arabic digits": (changed(date="٢٠٢٦-٠١-١٥"), "date"),
    "a date as a fraction": (changed(date=2026.01), "date"),
    "a date as an object": (changed(date={"year": 2026}), "date"),
    "body of lists": (changed(body=[[]]), "第 1 项"),
    "body of objects": (changed(body=[{}]), "第 1 项"),
    "body with a truth value": (changed(body=["正文", True]), "第 2 项"),
    "body of blanks": (changed(body=["　"]), "第 1 项"),
    "an attachment in a list": (changed(attachments=[["值班表"]]), "attachments"),
    "a signature as object": (changed(signature={"1": "大茂镇"}), "signature"),
    "seal in Chinese": (changed(seal="是"), "seal"),
    "seal as a number": (changed(seal=0), "seal"),
}

MALFORMED: dict[str, tuple[bytes, str]] = {**_FILES, **_KEYS, **_LETTERS, **_SIZES}
