"""The command line: rosters in and out, refusals, exit codes, what lies in the data folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from daomao_desktop.paths import resource
from tests.cli_office import Office, roster, town_office, village_office
from tests.services.notice_office import text_of

SAMPLE = Path(__file__).parent / "samples" / "花名册-联光村.xlsx"
NAMES = {"王䶮", "李㛃", "潘新", "邢毅", "冯学", "许才峰", "陈光强"}


def people(office: Office, folder: Path) -> list[tuple[object, ...]]:
    """The rows of the exported roster, without its titles."""
    from openpyxl import load_workbook

    folder.mkdir(exist_ok=True)
    target = folder / "导出.xlsx"
    office.must("export", "leaders", target)
    book = load_workbook(target)
    sheet = book.active
    assert sheet is not None
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    book.close()
    at = next(i for i, row in enumerate(rows) if "姓名" in row)
    return rows[at + 1 :]


def test_the_sample_roster_goes_in_out_and_in_again(tmp_path: Path) -> None:
    office = village_office(tmp_path)
    dry = office.must("import", "leaders", SAMPLE, "--dry-run")
    assert people(office, tmp_path / "empty") == []
    done = office.must("import", "leaders", SAMPLE)
    assert "待核实" in done.out
    assert "无" in dry.out
    first = people(office, tmp_path / "one")
    assert len(first) == 8
    office.must("import", "leaders", SAMPLE)
    assert people(office, tmp_path / "two") == first
    office.must("import", "leaders", tmp_path / "one" / "导出.xlsx")
    assert people(office, tmp_path / "three") == first

    fresh = village_office(tmp_path / "new")
    fresh.must("import", "leaders", tmp_path / "one" / "导出.xlsx")
    again = people(fresh, tmp_path / "four")
    assert [row[:4] for row in again] == [row[:4] for row in first]


def test_exports_are_masked_unless_asked(tmp_path: Path) -> None:
    office = village_office(tmp_path)
    office.must("import", "leaders", SAMPLE)
    assert "460006198708171973" not in str(people(office, tmp_path))
    target = tmp_path / "全.xlsx"
    office.must("export", "leaders", target, "--unmasked")
    from openpyxl import load_workbook

    book = load_workbook(target)
    text = str([[cell.value for cell in row] for row in book.active.iter_rows()])
    book.close()
    assert "460006198708171973" in text


def test_nothing_in_the_data_folder_can_be_read(tmp_path: Path) -> None:
    office = village_office(tmp_path)
    office.must("import", "leaders", SAMPLE)
    words = [*NAMES, "460006198708171973", "13198277534", "SQLite format", "village_group"]
    words += ["appointment", "陈文书"]
    for file in office.folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            for word in words:
                assert word.encode() not in content, (file.name, word)


def test_a_wrong_password_is_one_sentence(tmp_path: Path) -> None:
    office = village_office(tmp_path)
    result = office.alone("year", "2025", password="wrong-password")
    assert result.code == 1
    assert "口令" in result.err
    assert len(result.err.strip().splitlines()) == 1
    office.must("year", "2025")


def test_a_second_process_is_told(tmp_path: Path) -> None:
    office = village_office(tmp_path)
    holder = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from daomao_desktop import wiring\n"
        "with wiring.opened_desk(Path(sys.argv[1]), 'heping-2026'):\n"
        "    print('open', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(office.folder)], stdout=subprocess.PIPE
    ) as child:
        try:
            assert child.stdout is not None
            assert child.stdout.readline().strip() == b"open"
            result = office.alone("year", "2025")
            assert result.code == 1
            assert "正在使用" in result.err
        finally:
            child.kill()
    office.must("year", "2025")  # the lock of a dead process is taken over


def test_files_that_are_no_spreadsheets_get_one_sentence_each(tmp_path: Path) -> None:
    office = village_office(tmp_path)
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(SAMPLE.read_bytes()[:2000])
    empty = tmp_path / "空.xlsx"
    empty.touch()
    (tmp_path / "文件夹.xlsx").mkdir()
    for file in (broken, empty, tmp_path / "文件夹.xlsx", tmp_path / "没有.xlsx"):
        result = office.refused("import", "leaders", file)
        assert file.name in result.err


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
@pytest.mark.parametrize("delay", [1.0, 1.4, 1.8])
def test_killed_while_importing_leaves_all_or_nothing(tmp_path: Path, delay: float) -> None:
    office = town_office(tmp_path)
    many = [("联光村", n, f"林{chr(0x4E00 + n)}") for n in range(1, 401)]
    file = roster(tmp_path / "大.xlsx", many)
    child = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "daomao_desktop",
            "--data",
            office.folder,
            "import",
            "leaders",
            file,
        ],
        env={**os.environ, "DAOMAO_PASSWORD": office.password},
        stdout=subprocess.DEVNULL,
    )
    time.sleep(delay)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert len(people(office, tmp_path / "out")) in (0, 400)
    office.must("check")


def test_usage_errors_are_two(tmp_path: Path) -> None:
    office = Office(tmp_path / "none")
    assert office.run("year").code == 2
    assert office.run("year", "2025", "--advance", "瞎评").code == 2
    assert office.run("import", "nothing", "file").code == 2
    assert office.run("print", "--year", "2025", "--out", "x", "--kind", "poem").code == 2


def test_a_folder_without_data_names_the_next_step(tmp_path: Path) -> None:
    office = Office(tmp_path / "none")
    assert "init" in office.refused("year", "2025").err
    assert not office.folder.exists()


def test_init_twice_keeps_the_first(tmp_path: Path) -> None:
    office = village_office(tmp_path)
    office.must("import", "leaders", SAMPLE)
    office.refused("init", "--edition", "town", "--town", "别镇", "--operator", "某某")
    assert len(people(office, tmp_path)) == 8


def test_kinds_can_be_listed() -> None:
    done = Office(Path("unused")).must("print", "--year", "2025", "--out", "x", "--kind", "help")
    words = "criticism deduction commendation certificate notice freeform registration summary"
    assert [line.split("\t")[0] for line in done.out.splitlines()] == [*words.split(), "register"]


def test_version_and_self_check_need_no_data(tmp_path: Path) -> None:
    office = Office(tmp_path / "none")
    assert office.must("version").out.startswith("daomao-desktop ")
    checked = office.must("check", "--self", "--json").json
    assert checked["problems"] == []
    assert {"version", "checked", "measured", "printers"} < set(checked)
    told = office.must("check", "--self").out
    assert "没有发现问题" in told
    assert "红线 118.2" in told


def test_a_damaged_program_is_told_and_the_code_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from daomao_desktop.documents import trial_page

    monkeypatch.setitem(trial_page.EXPECTED, "红线", 100.0)
    result = Office(tmp_path / "none").run("check", "--self", "--json")
    assert result.code == 1
    assert result.json["problems"] == ["试排一页：红线应在 100.0 毫米，量得 118.2 毫米。"]
    assert len(result.err.strip().splitlines()) == 1


def test_render(tmp_path: Path) -> None:
    office = Office(tmp_path / "none")
    source = tmp_path / "文.json"
    page = {
        "format": "file", "organ": "大茂镇人民政府", "number": "大茂府〔2026〕5号",
        "title": "关于做好防汛工作的通知", "addressee": "各村民委员会",
        "body": ["一、提高认识", "各村要高度重视。"], "signature": ["大茂镇人民政府"],
        "date": "2026-01-15", "seal": True,
    }  # fmt: skip
    source.write_text(json.dumps(page, ensure_ascii=False), encoding="utf-8")
    office.must("render", source, "--out", tmp_path / "文.pdf")
    assert (tmp_path / "文.pdf").read_bytes().startswith(b"%PDF")
    source.write_text(json.dumps({**page, "title": "关于𰻝𰻝面的通知"}), encoding="utf-8")
    result = office.refused("render", source, "--out", tmp_path / "缺字.pdf")
    assert "𰻝" in result.err
    assert not (tmp_path / "缺字.pdf").exists()
    source.write_text(json.dumps({**page, "colour": "red"}), encoding="utf-8")
    assert "colour" in office.refused("render", source, "--out", tmp_path / "x.pdf").err


def test_the_demo_prints_the_same_papers_every_time(tmp_path: Path) -> None:
    office = Office(tmp_path / "none")
    office.must("print", "--demo", "--year", "2025", "--out", tmp_path / "a")
    alone = office.alone("print", "--demo", "--year", "2025", "--out", tmp_path / "b")
    assert (alone.code, alone.err) == (0, "")
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert sum("通报批评" in name for name in names) >= 2
    assert sum("表彰" in name for name in names) == 1
    assert sum("扣减" in name for name in names) >= 2
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_the_demo_prints_certificates_and_the_public_notice_by_name(tmp_path: Path) -> None:
    office = Office(tmp_path / "none")
    out = tmp_path / "证书"
    office.must("print", "--demo", "--year", "2025", "--out", out, "--kind", "certificate")
    names = sorted(path.name for path in out.iterdir())
    assert len(names) == 2
    for number, name in enumerate(names, 1):
        assert name.startswith(f"大茂荣证〔2026〕{number}号 荣誉证书（")
    out = tmp_path / "公示"
    office.must("print", "--demo", "--year", "2025", "--out", out, "--kind", "notice")
    (notice,) = out.iterdir()
    assert notice.name == "关于2025年度村民小组长考核等次的公示.pdf"
    assert "0898-00001234" in text_of(notice.read_bytes())
    refused = office.refused(
        "print", "--demo-village", "--year", "2025", "--out", tmp_path / "村", "--kind", "notice"
    )
    assert "公示由镇里制发" in refused.out


def test_the_village_demo_has_its_own_notice(tmp_path: Path) -> None:
    office = Office(tmp_path / "none")
    office.must("print", "--demo-village", "--year", "2025", "--out", tmp_path / "v")
    names = [path.name for path in (tmp_path / "v").iterdir()]
    assert sum("通报批评" in name for name in names) == 1


def test_the_demo_year_reports_its_runs(tmp_path: Path) -> None:
    year = Office(tmp_path / "none").must("year", "2025", "--demo", "--json").json
    assert year["state"] == "生效"
    assert (year["assessed"], year["excellent"], year["cap"]) == (24, 2, 2)
    assert year["two_year_runs"] == ["吴𠮷"]


def test_the_window_without_a_display_says_so(tmp_path: Path) -> None:
    office = Office(tmp_path / "none")
    result = office.alone("--demo")
    assert result.code == 1
    assert "print --demo" in result.err


def test_resources_are_found() -> None:
    assert resource("demo/花名册-联光村.csv").is_file()


def test_a_list_of_another_village_stops_with_one_sentence(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    office = village_office(tmp_path)
    book = load_workbook(SAMPLE)
    sheet = book["花名册"]
    for row in sheet.iter_rows(max_row=3):
        for cell in row:
            if isinstance(cell.value, str):
                cell.value = cell.value.replace("联光村", "红石村")
    wrong = tmp_path / "名册.xlsx"
    book.save(wrong)
    book.close()
    for options in (["--dry-run"], [], ["--skip-bad"]):
        stopped = office.run("import", "leaders", wrong, *options)
        assert stopped.code == 1
        assert stopped.out.startswith("村名不符 表格标题写的是“红石村”，这里是联光村")
        (sentence,) = stopped.err.splitlines()
        assert "--village-differs" in sentence
        assert people(office, tmp_path) == []
    assert "红石村" in office.run("import", "leaders", wrong, "--json").json["village_differs"]
    done = office.must("import", "leaders", wrong, "--village-differs")
    assert "已导入" in done.out
    assert len(people(office, tmp_path)) == 8


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
def test_a_recovery_code_that_was_not_shown_is_told(tmp_path: Path) -> None:
    office = Office(tmp_path / "资料")
    arguments = [sys.executable, "-m", "daomao_desktop", "--data", str(office.folder), "init"]
    arguments += ["--edition", "village", "--town", "大茂镇", "--village", "联光村"]
    arguments += ["--operator", "钱会计"]
    environment = {**os.environ, "DAOMAO_PASSWORD": office.password}
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            arguments, stdout=full, stderr=subprocess.PIPE, text=True, env=environment, check=False
        )
    assert done.returncode == 1
    (sentence,) = done.stderr.splitlines()
    assert "恢复码没有显示出来" in sentence
    assert office.run("year", "2025").code == 0  # the office is there, and can be signed in to
