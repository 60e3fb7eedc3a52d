"""Where the papers of one printing run go, and the report of what was written and what lacks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from daomao_desktop.domain.notices import DocumentKind
from daomao_desktop.errors import DaomaoError, FileProblem
from daomao_desktop.files import replace_file
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.notice_steps import NoticeRow, file_name, unused_name
from daomao_desktop.services.notices import stored_pdf
from daomao_desktop.services.year_tables import TableContent
from daomao_desktop.store.notices import PrintRun

if TYPE_CHECKING:  # reportlab comes with the engine: loaded when a table is really set
    from daomao_desktop.documents.fonts import FaceChoice
    from daomao_desktop.documents.typesetting import Paper

TO_FILE = "文件"


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A document written (in a dry run: to be written); ``number`` is None before signing off."""

    path: Path
    kind: DocumentKind
    title: str
    number: str | None


@dataclass(frozen=True, slots=True)
class PrintReport:
    """What was written, and what was not with the person and the reason."""

    written: tuple[WrittenFile, ...]
    lacking: tuple[str, ...]
    dry_run: bool = False

    @property
    def refusal(self) -> str:
        """The one sentence when something lacks or there was nothing to write; else empty."""
        if self.lacking:
            return f"有 {len(self.lacking)} 份文书没有写出，原因见上面各行；补齐后再打印即可。"
        if not self.written:
            return "没有可以写出的文书。"
        return ""

    def lines(self) -> list[str]:
        """One line a file, then what lacks."""
        paths = dict.fromkeys(str(one.path) for one in self.written)
        return [*paths, *(f"缺：{one}" for one in self.lacking)]

    def as_json(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "dry_run": self.dry_run,
            "written": [
                {
                    "path": str(one.path),
                    "kind": one.kind.code,
                    "title": one.title,
                    "number": one.number,
                }
                for one in self.written
            ],
            "lacking": list(self.lacking),
        }


def make_folder(folder: Path) -> None:
    """The folder with those above it; raises FileProblem where it cannot be made."""
    if folder.exists() and not folder.is_dir():
        raise FileProblem(f"「{folder}」是文件，不是文件夹，请换一个文件夹。")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem(f"文件夹「{folder}」建不起来，请检查位置和权限。") from error


def log_written(desk: Desk, uids: Sequence[str]) -> None:
    """Record that these documents were written to a file."""
    if uids:
        with desk.store.writing(desk.operator.uid) as session:
            session.add_all(PrintRun(document_uid=uid, target=TO_FILE) for uid in uids)


class PrintOutput:
    """Where the papers of one run go: a file each, or one for all of them."""

    def __init__(self, out: Path, title: str, *, dry_run: bool, merged: bool) -> None:
        self.written: list[WrittenFile] = []
        self.lacking: list[str] = []
        self._out = out
        self._title = title
        self._given: set[str] = set()
        self._dry_run = dry_run
        self._merged = merged
        self._documents: list[bytes] = []
        self._forms: list[Paper] = []
        self._lists: list[bytes] = []
        self._faces: FaceChoice | None = None
        self._uids: list[str] = []
        self._logged: list[str] = []

    def take_document(self, desk: Desk, found: NoticeRow | str) -> None:
        """A document signed off (in a dry run: as it would be), or why it is lacking."""
        if isinstance(found, str):
            self.lacking.append(found)
            return
        path = self._path(unused_name(file_name(found), self._given))
        if not self._dry_run:
            self._put(path, stored_pdf(desk, found.uid), self._documents)
            self._uids.append(found.uid)
        self.written.append(WrittenFile(path, found.kind, found.title, found.number))

    def take_table(self, content: TableContent) -> None:
        """A year table; one with a character no font has is lacking."""
        paper = content.paper
        path = self._path(paper.file_name)
        try:
            if self._merged and paper.kind is DocumentKind.REGISTRATION:
                self._forms.append(content.compose())
                self._faces = content.faces
            else:
                pdf = content.typeset()
                if not self._dry_run:
                    self._put(path, pdf, self._lists)
        except FileProblem:
            raise
        except DaomaoError as error:
            self.lacking.append(f"{paper.title}：{error.sentence}")
            return
        self.written.append(WrittenFile(path, paper.kind, paper.title, None))

    def finish(self, *, sides: bool, on_progress: Callable[[int], None]) -> None:
        """Write the one file of all, where that was wanted and there is something."""
        from daomao_desktop.documents.fonts import BUNDLED
        from daomao_desktop.documents.merging import merge
        from daomao_desktop.documents.typesetting import typeset_all

        if not self._merged or self._dry_run or not self.written:
            return
        pdfs = self._documents
        if self._forms:  # set together they share what they use of the fonts
            pdfs.append(
                typeset_all(
                    self._forms,
                    title=self._title,
                    faces=self._faces or BUNDLED,
                    sides=sides,
                    on_progress=on_progress,
                )
            )
        pdf = merge([*pdfs, *self._lists], title=self._title, sides=sides)
        replace_file(self._path(""), pdf)
        self._logged = self._uids

    def log(self, desk: Desk) -> None:
        """Record which documents were written to a file."""
        if not self._merged:
            self._logged = self._uids
        log_written(desk, self._logged)

    def _path(self, name: str) -> Path:
        return self._out / (f"{self._title}.pdf" if self._merged else name)

    def _put(self, path: Path, pdf: bytes, together: list[bytes]) -> None:
        if self._merged:
            together.append(pdf)
        else:
            replace_file(path, pdf)
