"""What is told of an unexpected error: enough to find it, nothing of anybody."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daomao_desktop import cli, trouble
from daomao_desktop.store.engine import Store
from daomao_desktop.trouble import CrashFile, TroubleLog, describe, surroundings
from daomao_desktop.wiring import data_folder
from tests.programs import need
from tests.store.records import add_leader

KINDS = (
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    NameError,
    ImportError,
    OSError,
    RuntimeError,
    AssertionError,
    LookupError,
)
SECRETS = ("王龚", "460006198706156577", "13198277534", "heping-2026", "wang gong")


def raised(error: BaseException) -> BaseException:
    try:
        raise error
    except BaseException as caught:
        return caught


@given(
    st.sampled_from(KINDS),
    st.sampled_from(KINDS),
    st.text(min_size=1),
    st.sampled_from(SECRETS),
    st.sampled_from(["{}", "'{}'", "can't find {!r}", "no such row: {}\n{}", '"{}', "{!r}: '"]),
)
def test_no_word_of_an_exception_is_told(
    kind: type[Exception], cause: type[Exception], noise: str, secret: str, words: str
) -> None:
    error = kind(noise + words.format(secret, noise))
    error.__cause__ = raised(cause(secret, noise))
    try:
        raise error
    except Exception as caught:
        caught.add_note(secret)
        report = describe(caught)
    assert secret not in report
    assert report == "".join(c for c in report if c in "\n…" or " " <= c <= "~")
    assert kind.__name__ in report
    assert f"caused by builtins.{cause.__name__}" in report
    assert "raised (test_trouble.py:" in report


def test_what_helps_to_find_it_is_told() -> None:
    with pytest.raises(ModuleNotFoundError) as missing:
        __import__("no_such_module.inside")
    assert "ModuleNotFoundError: no_such_module" in describe(missing.value)
    with pytest.raises(AttributeError) as attribute:
        None.nickname  # type: ignore[attr-defined]  # noqa: B018
    assert "AttributeError: nickname" in describe(attribute.value)
    with pytest.raises(FileNotFoundError) as file:
        Path("/王强/没有这个文件").read_text()
    assert "FileNotFoundError: ENOENT" in describe(file.value)


def test_places_in_the_program_are_told_from_its_own_folder_on(tmp_path: Path) -> None:
    assert trouble._file(str(Path(trouble.__file__))) == "daomao_desktop/trouble.py"
    assert trouble._file("daomao_desktop/ui/app.py") == "daomao_desktop/ui/app.py"
    ours = r"C:\Users\王强\AppData\Local\_internal\daomao_desktop\ui\x.py"
    assert trouble._file(ours) == "daomao_desktop/ui/x.py"
    library = "/home/wangqiang/.venv/lib/python3.11/site-packages/sqlalchemy/orm/session.py"
    assert trouble._file(library) == "sqlalchemy/orm/session.py"
    assert trouble._file("/home/wangqiang/my.py") == "my.py"
    assert trouble._file("<frozen importlib._bootstrap>") == "<frozen importlib._bootstrap>"


def test_a_name_that_was_looked_up_by_data_is_not_told() -> None:
    name = "王强"
    with pytest.raises(AttributeError) as error:
        getattr(object(), name)
    assert describe(error.value).splitlines()[0] == "builtins.AttributeError: …"


def test_the_database_tells_the_column_and_not_the_row(store: Store) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import IntegrityError

    statement = text("UPDATE person SET name = NULL WHERE name <> '王龚'")
    with store.writing("op") as session:
        add_leader(session)
        session.flush()
        with pytest.raises(IntegrityError) as error:
            session.connection().execute(statement)
        session.rollback()
    report = describe(error.value)
    assert "IntegrityError: NOT NULL constraint failed: person.name" in report
    assert "王龚" not in report
    assert "UPDATE" not in report


def test_a_long_stack_is_shown_at_both_its_ends() -> None:
    def deeper(depth: int) -> None:
        if depth == 0:
            raise ValueError
        deeper(depth - 1)

    with pytest.raises(ValueError) as error:  # noqa: PT011 - it says nothing
        deeper(200)
    lines = describe(error.value).splitlines()
    assert len(lines) == 32
    assert "more" in lines[16]


def test_causes_that_lead_in_a_circle_are_told_once() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert describe(first) == "builtins.ValueError\ncaused by builtins.KeyError"


def test_the_log_is_written_and_turned_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trouble, "MEGABYTE", 1000)
    log = TroubleLog(tmp_path / "日志 文件夹")
    for number in range(40):
        assert log.record(f"report {number}: {'x' * 300}")
    files = sorted(file.name for file in log.folder.iterdir())
    assert files == ["daomao.log", *(f"daomao.log.{n}" for n in range(1, 5))]
    assert all(file.stat().st_size <= 1000 for file in log.folder.iterdir())
    assert "report 39" in log.path.read_text(encoding="utf-8")


def test_the_same_error_again_and_again_does_not_push_out_the_others(tmp_path: Path) -> None:
    log = TroubleLog(tmp_path)
    log.record("another")
    for _ in range(1000):
        assert log.record("in a timer")
    text = log.path.read_text(encoding="utf-8")
    assert text.count("in a timer") == 10
    assert "（第 512 次）" in text
    assert "another" in text


def test_a_log_that_cannot_be_written_hinders_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert not TroubleLog(tmp_path / "file" / "logs").record("report")
    (tmp_path / "logs" / "daomao.log").mkdir(parents=True)
    assert not TroubleLog(tmp_path / "logs").record("report")
    assert CrashFile(tmp_path / "file").watch() == ""


def test_a_full_disk_hinders_nothing(tmp_path: Path) -> None:
    need("mount", "umount", root=True)
    tmp_path.joinpath("full").mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", tmp_path / "full"], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no tmpfs may be mounted here")
    try:
        log = TroubleLog(tmp_path / "full")
        assert log.record("before")
        with pytest.raises(OSError, match="space"):
            (tmp_path / "full" / "rest").write_bytes(b"x" * (1 << 20))
        assert not log.record("x" * 5000)
        (tmp_path / "full" / "rest").unlink()
        assert log.record("after")
        assert "after" in log.path.read_text(encoding="utf-8")
    finally:
        subprocess.run(["umount", tmp_path / "full"], check=True)


def test_a_command_that_breaks_says_one_sentence_and_names_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "状态"))

    def broken(*_: object, **__: object) -> None:
        raise KeyError("王龚 460006198706156577")

    monkeypatch.setattr("daomao_desktop.services.rendering.render_file", broken)
    arguments = ["render", str(tmp_path / "王龚.json"), "--out", str(tmp_path / "x.pdf")]
    assert cli.run(arguments) == 1
    out, err = capsys.readouterr()
    assert out == ""
    (sentence,) = err.splitlines()
    (log,) = (tmp_path / "状态").rglob("daomao.log")
    assert f"“{log}”" in sentence
    text = log.read_text(encoding="utf-8")
    assert "builtins.KeyError\n" in text
    assert "broken (test_trouble.py:" in text
    assert "daomao_desktop/cli.py" in text
    for secret in SECRETS:
        assert secret not in text + err.replace(str(tmp_path), "")
    shutil.rmtree(tmp_path / "状态")
    (tmp_path / "状态").write_bytes(b"")
    assert cli.run(arguments) == 1
    assert "KeyError" in capsys.readouterr().err


def test_a_folder_that_cannot_be_looked_at_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "状态"))
    monkeypatch.setenv("DAOMAO_PASSWORD", "x")
    too_long = tmp_path / ("长" * 200)
    assert cli.run(["--data", str(too_long), "check"]) == 1
    assert capsys.readouterr().err == f"打不开资料文件夹“{too_long}”，请检查它的名称和权限。\n"
    assert "free disk unknown" in surroundings(too_long)
    (log,) = (tmp_path / "状态").rglob("daomao.log")
    assert "caused by builtins.OSError: ENAMETOOLONG" in log.read_text(encoding="utf-8")


def test_a_user_that_is_not_there_names_a_folder() -> None:
    assert data_folder("~nosuchuser/资料") == Path("~nosuchuser/资料")


def test_nobody_reading_on_is_no_unexpected_error(tmp_path: Path) -> None:
    program = f"'{sys.executable}' -c 'import time; time.sleep(1)\nfrom daomao_desktop.cli import"
    program += ' run; raise SystemExit(run(["check", "--self"]))\' | true; echo ${PIPESTATUS[0]}'
    done = subprocess.run(["bash", "-c", program], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("1\n", "")


CRASHES = """
import ctypes, pathlib, sys
from daomao_desktop.trouble import CrashFile
file = CrashFile(pathlib.Path(sys.argv[1]))
print(file.watch())
def stumble():
    ctypes.string_at(0)
if sys.argv[2] == "crash":
    stumble()
file.close()
"""


def test_a_crash_is_told_at_the_next_start(tmp_path: Path) -> None:
    def start(how: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", CRASHES, tmp_path, how], capture_output=True, text=True
        )

    first = start("crash")
    assert first.returncode < 0
    again = start("")
    assert again.returncode == 0
    assert "Fatal Python error: Segmentation fault" in again.stdout
    assert "  stumble (<string>:7)" in again.stdout
    assert "  string_at (ctypes/__init__.py:" in again.stdout
    assert start("").stdout == "\n", "a start that ended in good order left nothing"


def test_the_surroundings_tell_nobody(tmp_path: Path) -> None:
    words = surroundings(tmp_path / "王龚" / "资料", "Qt 6", "town office")
    for fact in ("daomao-desktop 0.", "Python 3.", "Qt 6", "town office", "free disk", " MB"):
        assert fact in words
    assert str(tmp_path) not in words
    assert "王龚" not in words
