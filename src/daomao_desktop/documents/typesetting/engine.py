"""From a document as data to the bytes of its PDF."""

from __future__ import annotations

from daomao_desktop.documents.fonts import BUNDLED, FaceChoice, MissingGlyph, using
from daomao_desktop.documents.typesetting.composition import compose_pages
from daomao_desktop.documents.typesetting.document import OfficialDocument
from daomao_desktop.documents.typesetting.drawing import draw
from daomao_desktop.documents.typesetting.masthead import signers
from daomao_desktop.errors import DaomaoError


class NameNotPrintable(MissingGlyph):
    """A person's name has a character no font has; ``name`` is the name."""

    def __init__(self, character: str, name: str) -> None:
        super().__init__(character)
        self.sentence = (
            f"“{name}”的名字里有字库没有的字“{character}”（U+{ord(character):04X}），无法打印；"
            "请核对姓名或换用同音字。"
        )
        self.args = (self.sentence,)
        self.name = name


def typeset(document: OfficialDocument, *, faces: FaceChoice = BUNDLED) -> bytes:
    """The PDF of a document; the same document in the same faces always gives the same bytes.

    Raises MissingGlyph for a character no font has (NameNotPrintable where it is in one of the
    document's names or a signer's), DaomaoError where the standard leaves no way to lay it out.
    """
    if not document.title.strip() or not any(text.strip() for text in document.body):
        raise DaomaoError("公文缺少标题或正文，无法排版，请补上。")
    title = document.title.replace("\n", "")
    try:
        with using(faces):
            return draw(
                compose_pages(document),
                title=title,
                author="、".join(document.organs or document.signature),
                subject=document.subject or document.number or title,
            )
    except MissingGlyph as error:
        for name in (*document.names, *signers(document.signer)):
            if error.character in name and not isinstance(error, NameNotPrintable):
                raise NameNotPrintable(error.character, name) from error
        raise
