"""``render`` as a command: what it refuses it refuses in one sentence, and writes nothing."""

from __future__ import annotations

import json
import os
import threading
import unicodedata
from pathlib import Path

import pytest

from tests.cli_office import Office, Result
from tests.malformed_documents import MALFORMED, PAGE, WHOLE, changed

OLD = b"%PDF-1.4 what was there before"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "none")


def assert_refused(result: Result, sentence: str) -> None:
    """Exit code 1, one Chinese sentence on stderr, nothing on stdout."""
    assert (result.code, result.out) == (1, "")
    assert result.err.endswith("。\n")
    (line,) = result.err.splitlines()
    assert sentence in line
    assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in line)
    assert sum("\u4e00" <= character <= "\u9fff" for character in line) >= 4


@pytest.mark.parametrize("case", MALFORMED)
def test_malformed_files_are_refused_and_nothing_is_written(
    case: str, office: Office, tmp_path: Path
) -> None:
    content, sentence = MALFORMED[case]
    source = tmp_path / "文.json"
    source.write_bytes(content)
    folder = tmp_path / "出"
    folder.mkdir()
    assert_refused(office.run("render", source, "--out", folder / "文.pdf"), sentence)
    assert list(folder.iterdir()) == []
    (folder / "文.pdf").write_bytes(OLD)
    assert_refused(office.run("render", source, "--out", folder / "文.pdf"), sentence)
    assert [path.name for path in folder.iterdir()] == ["文.pdf"]
    assert (folder / "文.pdf").read_bytes() == OLD
    assert source.read_bytes() == content
    assert not office.folder.exists()


def test_the_table_holds_more_than_a_hundred_cases() -> None:
    assert len(MALFORMED) >= 100
    assert len({content for content, _sentence in MALFORMED.values()}) == len(MALFORMED)


@pytest.mark.parametrize("case", ["UTF-16 with BOM", "a low surrogate", "objects 100,000 deep"])
def test_a_process_of_its_own_refuses_in_the_same_words(
    case: str, office: Office, tmp_path: Path
) -> None:
    source = tmp_path / "文.json"
    source.write_bytes(MALFORMED[case][0])
    alone = office.alone("render", source, "--out", tmp_path / "文.pdf")
    assert_refused(alone, MALFORMED[case][1])
    assert alone == office.run("render", source, "--out", tmp_path / "文.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["文.json"]


@pytest.mark.parametrize(
    ("out", "sentence"),
    [
        ("", "文件夹"),
        (".", "文件夹"),
        ("..", "文件夹"),
        ("/", "文件夹"),
        ("没有/文.pdf", "「没有」不存在"),
        ("文.json", "换一个文件名"),
        ("./文.json", "换一个文件名"),
        ("长" * 300, "写不进去"),
        ("换\n行/文.pdf", "「换?行」不存在"),
    ],
)
def test_places_that_cannot_be_written_are_refused(
    out: str, sentence: str, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    source = tmp_path / "文.json"
    source.write_text(WHOLE, encoding="utf-8")
    assert_refused(office.run("render", "文.json", "--out", out), sentence)
    assert [path.name for path in tmp_path.iterdir()] == ["文.json"]
    assert source.read_text(encoding="utf-8") == WHOLE


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("没有.json", "找不到文件"),
        (".", "是文件夹"),
        ("文.json/文.json", "读不出来"),
        ("长" * 300, "读不出来"),
        ("没\u2028有\n.json", "没?有?.json"),
    ],
)
def test_sources_that_cannot_be_read_are_refused(
    source: str, sentence: str, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "文.json").write_text(WHOLE, encoding="utf-8")
    assert_refused(office.run("render", source, "--out", "文.pdf"), sentence)
    assert not (tmp_path / "文.pdf").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_source_without_an_end_is_refused(office: Office, tmp_path: Path) -> None:
    assert_refused(office.run("render", "/dev/zero", "--out", tmp_path / "文.pdf"), "4 MiB")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_document_comes_through_a_pipe(office: Office, tmp_path: Path) -> None:
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(WHOLE,), kwargs={"encoding": "utf-8"})
    writer.start()
    office.must("render", pipe, "--out", tmp_path / "文.pdf")
    writer.join()
    assert (tmp_path / "文.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    "content",
    [
        WHOLE.encode("utf-8-sig"),
        json.dumps(PAGE).encode(),
        WHOLE.replace(", ", ",\r\n").encode(),
        changed(attachments=[f"第{place}份说明" for place in range(500)]),
        changed(body=["村" * 60_000]),
        changed(body=["“"] * 300),
        changed(body=["、" * 2000, "—" * 2000, "x" * 20_000, "9" * 20_000, "村 " * 2000]),
        changed(signature=["大茂镇人民政府"] * 30, seal=True),
        changed(title="》" * 40),
    ],
    ids=["BOM", "escapes", "CRLF", "500 attachments", "100 pages", "marks", "runs", "30", "》"],
)
def test_what_is_only_unusual_is_printed(content: bytes, office: Office, tmp_path: Path) -> None:
    source = tmp_path / "文.json"
    source.write_bytes(content)
    office.must("render", source, "--out", tmp_path / "文.pdf")
    assert (tmp_path / "文.pdf").read_bytes().startswith(b"%PDF-")
