"""Opening files: what is refused and how, what is read whatever its name."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlwt

from daomao_desktop.errors import FileProblem
from daomao_desktop.workbooks import delimited, limits, package, xls, xlsx
from daomao_desktop.workbooks.cells import Fault, Merged, Moment, Number, shown
from daomao_desktop.workbooks.reading import read_workbook
from tests.workbooks.sheets import HEADER, SAMPLE, errors, leaders, make, noted, patch, warned

ROW = [1, 3, "王强", "男", "1987.06", None, "2021.6", 500]
SHEET = "xl/worksheets/sheet1.xml"


def old_excel(path: Path, *, merged: bool = False) -> Path:
    book = xlwt.Workbook()
    page = book.add_sheet("花名册")
    for at, title in enumerate(HEADER):
        page.write(1, at, title)
    for at, value in enumerate(ROW):
        page.write(2, at, value)
    if merged:
        page.write_merge(0, 0, 0, 3, "花名册")
    book.save(str(path))
    return path


def with_member(path: Path, name: str, content: bytes = b"x") -> Path:
    with ZipFile(path, "a") as archive:
        archive.writestr(name, content)
    return path


def test_a_missing_file_a_folder_and_an_empty_file(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"找不到文件“没有\.xlsx”"):
        read_workbook(tmp_path / "没有.xlsx")
    with pytest.raises(FileProblem, match="是文件夹"):
        read_workbook(tmp_path)
    (tmp_path / "空.xlsx").write_bytes(b"")
    with pytest.raises(FileProblem, match=r"“空\.xlsx”是空文件"):
        read_workbook(tmp_path / "空.xlsx")
    with pytest.raises(FileProblem, match=r"读不出来|找不到"):
        read_workbook(Path("a\0b.xlsx"))


def test_a_broken_xlsx(tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(SAMPLE.read_bytes()[:3000])
    with pytest.raises(FileProblem, match=r"“坏\.xlsx”打不开"):
        read_workbook(path)


@pytest.mark.parametrize(
    ("member", "sentence"),
    [
        ("xl/vbaProject.bin", "带有宏"),
        ("xl/macrosheets/sheet1.xml", "带有宏"),
        ("xl/externalLinks/externalLink1.xml", "外部链接"),
    ],
)
def test_what_can_run_or_fetch_is_refused(tmp_path: Path, member: str, sentence: str) -> None:
    path = with_member(make(tmp_path / "a.xlsx", [HEADER, ROW]), member)
    with pytest.raises(FileProblem, match=sentence):
        read_workbook(path)


def test_a_book_that_says_it_holds_macros_is_refused(tmp_path: Path) -> None:
    path = make(tmp_path / "a.xlsm", [HEADER, ROW])
    plain = "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main"
    patch(path, "[Content_Types].xml", plain, "vnd.ms-excel.sheet.macroEnabled.main")
    with pytest.raises(FileProblem, match="带有宏"):
        read_workbook(path)


def test_old_macro_sheets_are_refused(tmp_path: Path) -> None:
    path = old_excel(tmp_path / "a.xls")
    data = bytearray(path.read_bytes())
    at = data.index(b"\x85\x00", data.index(b"\x09\x08"))  # BOUNDSHEET, after the first BOF
    assert data[at + 9] == 0, "an ordinary sheet"
    data[at + 9] = 1
    path.write_bytes(data)
    with pytest.raises(FileProblem, match="带有宏"):
        read_workbook(path)


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    path = with_member(make(tmp_path / "a.xlsx", [HEADER, ROW]), "xl/bomb.xml", bomb)
    with pytest.raises(FileProblem, match="不安全"):
        read_workbook(path)


def test_encrypted_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "密.xlsx"
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    path.write_bytes(head + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512)
    with pytest.raises(FileProblem, match="设了密码"):
        read_workbook(path)


def test_old_macros_and_other_documents_are_refused(tmp_path: Path) -> None:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    path = tmp_path / "a.xls"
    path.write_bytes(head + "_VBA_PROJECT".encode("utf-16-le") + b"\0" * 512)
    with pytest.raises(FileProblem, match="带有宏"):
        read_workbook(path)
    book = old_excel(tmp_path / "b.doc").read_bytes()
    path.write_bytes(book.replace("Workbook".encode("utf-16-le"), "Wordbook".encode("utf-16-le")))
    with pytest.raises(FileProblem, match="不是 Excel 表格"):
        read_workbook(path)


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    big = tmp_path / "大.xlsx"
    with big.open("wb") as stream:
        stream.truncate(limits.MAX_BYTES + 1)
    with pytest.raises(FileProblem, match="超过 64 MB"):
        read_workbook(big)
    zeros = tmp_path / "炸弹.xlsx"
    with ZipFile(zeros, "w", ZIP_DEFLATED) as archive, archive.open("xl/a.xml", "w") as part:
        for _ in range(limits.MAX_UNPACKED // (1 << 20) + 1):
            part.write(bytes(1 << 20))
    with pytest.raises(FileProblem, match="解开后 256 MB"):
        read_workbook(zeros)
    for module in (xlsx, xls, delimited):
        monkeypatch.setattr(module, "MAX_ROWS", 1)
    text = tmp_path / "a.csv"
    text.write_text("姓名\n王强\n")
    files = (make(tmp_path / "a.xlsx", [HEADER, ROW]), old_excel(tmp_path / "a.xls"), text)
    for path in files:
        with pytest.raises(FileProblem, match="超过 200,000 行"):
            read_workbook(path)


@pytest.mark.parametrize(
    ("stuffing", "sentence"),
    [("<row/>", "超过 200,000 行"), ('<mergeCell ref="A1:A9"/>', "不像一张名册")],
)
def test_a_sheet_stuffed_with_nothing_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stuffing: str, sentence: str
) -> None:
    monkeypatch.setattr(package, "EXCEL_ROWS", 100)
    monkeypatch.setattr(package, "MAX_ROWS", 100)
    path = make(tmp_path / "a.xlsx", [HEADER, ROW])
    patch(path, SHEET, "</sheetData>", f"{stuffing * 250}</sheetData>")
    with pytest.raises(FileProblem, match=sentence):
        read_workbook(path)


def test_a_stray_cell_far_below_is_read_past(tmp_path: Path) -> None:
    path = make(tmp_path / "a.xlsx", [HEADER, ROW])
    stray = '<row r="1048576"><c r="A1048576"><v>9</v></c></row></sheetData>'
    patch(path, SHEET, "</sheetData>", stray)
    (sheet,) = read_workbook(path)
    assert [number for number, _ in sheet.rows] == [1, 2, 1_048_576]


def test_a_sheet_may_lie_about_its_size(tmp_path: Path) -> None:
    for lie in ("A1:XFD1048576", "A1:A1"):
        path = make(tmp_path / "a.xlsx", [HEADER, ROW])
        patch(path, SHEET, '<dimension ref="A1:H2"', f'<dimension ref="{lie}"')
        assert [entry.name for entry in leaders(path).entries] == ["王强"]


def test_old_excel_and_wrong_names(tmp_path: Path) -> None:
    as_xlsx = old_excel(tmp_path / "旧.xlsx", merged=True)
    assert [entry.name for entry in leaders(as_xlsx).entries] == ["王强"]
    (sheet,) = read_workbook(as_xlsx)
    assert sheet.merged == (Merged(1, 1, 1, 4),)
    as_xls = make(tmp_path / "新.xls", [HEADER, ROW])
    assert [entry.name for entry in leaders(as_xls).entries] == ["王强"]


def test_old_excel_tells_its_number_formats(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("花名册")
    book.add_sheet("另一张").write(0, 0, 1.5)
    for style, column in (("0.00", 0), ('yyyy"年"m"月"', 1), ("yyyy-mm-dd", 2)):
        value = 1987.1 if column == 0 else date(2021, 6, 1)
        page.write(1, column, value, xlwt.easyxf(num_format_str=style))
    page.write(1, 3, 0.5)
    book.save(str(tmp_path / "a.xls"))
    first, second = read_workbook(tmp_path / "a.xls")
    values = first.rows[0][1]
    assert values[0] == Number(1987.1, 2)
    assert values[1] == Moment(datetime.fromisoformat("2021-06-01"))
    assert shown(values[2]) == "2021-06-01"
    assert values[3] == Number(0.5)
    assert second.rows[0][1] == (Number(1.5),)


def test_damaged_styles_do_not_hide_the_list(tmp_path: Path) -> None:
    rows = [HEADER, [*ROW[:6], date(2021, 6, 20), 500]]
    path = make(tmp_path / "a.xlsx", rows)
    patch(path, "xl/styles.xml", "<fills", "<fills><fill><odd/></fill></fills><fills")
    (entry,) = leaders(path).entries
    assert str(entry.started) == "2021年6月20日"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [
        HEADER,
        [1, "3组", "王䶮", "男", "1987.06", '="460006198706156577"', "2021/6/20", "1200"],
    ]
    content = "\r\n".join(delimiter.join(str(value) for value in row) for row in rows)
    path = tmp_path / "花名册.csv"
    path.write_bytes(content.encode(encoding))
    sheet = leaders(path)
    (entry,) = sheet.entries
    assert (entry.name, entry.id_number) == ("王䶮", "460006198706156577")
    assert str(entry.row) == "花名册第2行"
    assert warned(sheet) == []


def test_csv_keeps_the_rows_of_the_screen(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('村民小组,姓名,性别,备注\n1,"王强",男,"两\n行"\n\n2,李四,不详,#N/A\n', "utf-8")
    sheet = leaders(path)
    assert sheet.entries[0].remark == "两\n行"
    assert errors(sheet)[0].startswith("a!C4 “不详”")


def test_what_is_no_table_at_all(tmp_path: Path) -> None:
    cases = {
        "a.pdf": (b"%PDF-1.7", "PDF 文件"),
        "a.xls": (b"<html><table>", "网页格式"),
        "a.csv": (bytes(range(256)), "不是 Excel 表格"),
        "a.docx": (None, "不是 Excel 表格"),
        "b.csv": ("什么也没有".encode(), "没有找到表头"),
    }
    for name, (content, sentence) in cases.items():
        path = tmp_path / name
        if content is None:
            buffer = io.BytesIO()
            with ZipFile(buffer, "w") as archive:
                archive.writestr("word/document.xml", "<a/>")
            content = buffer.getvalue()
        path.write_bytes(content)
        with pytest.raises(FileProblem, match=sentence):
            leaders(path)


def test_formulas_are_read_by_their_cached_value(tmp_path: Path) -> None:
    rows = [HEADER, [*ROW[:7], "=250+250"], ["=ROW()-2", 4, "李四", "男"]]
    path = make(tmp_path / "a.xlsx", rows)
    sheet = leaders(path)
    where = "花名册!H2 公式 没有算出结果，请用 WPS 或 Excel 打开并保存后再导入，此项未导入"
    assert (errors(sheet), warned(sheet)) == ([], [where])
    assert [entry.subsidy for entry in sheet.entries] == [None, None]
    patch(path, SHEET, "<f>250+250</f><v />", "<f>250+250</f><v>500</v>")
    (entry, _) = leaders(path).entries
    assert str(entry.subsidy) == "500.00"
    path = make(tmp_path / "b.xlsx", [HEADER, [1, 3, '=A1&"强"', "男"]])
    assert errors(leaders(path)) == [
        "花名册!C2 公式 没有算出结果，请用 WPS 或 Excel 打开并保存后再导入"
    ]


def test_a_text_formula_may_give_the_empty_text(tmp_path: Path) -> None:
    path = make(tmp_path / "a.xlsx", [HEADER, [*ROW[:5], '=""', *ROW[6:]]])
    patch(path, SHEET, 'F2"><f>""</f><v />', 'F2" t="str"><f>""</f><v></v>')
    sheet = leaders(path)
    assert (errors(sheet), warned(sheet)) == ([], [])


def test_error_values_are_named(tmp_path: Path) -> None:
    rows = [HEADER, [1, 3, "王强", "#N/A"], [2, 4, "李四", "男", "#REF!"]]
    sheet = leaders(make(tmp_path / "a.xlsx", rows))
    assert errors(sheet) == ["花名册!D2 “#N/A” 是表格里的错误值"]
    assert warned(sheet) == ["花名册!E3 “#REF!” 是表格里的错误值，此项未导入"]


def test_cells_as_they_come(tmp_path: Path) -> None:
    path = make(tmp_path / "a.xlsx", [["a", 1987.1, 5, True, "#N/A"]], formats={"B1": "0.00"})
    (sheet,) = read_workbook(path)
    assert sheet.rows == ((1, ("a", Number(1987.1, 2), 5, True, Fault("#N/A"))),)
    assert not sheet.hidden


def test_hidden_sheets_are_passed_over(tmp_path: Path) -> None:
    path = make(tmp_path / "a.xlsx", [HEADER, ROW], more={"去年": [HEADER, [1, 9, "李四", "男"]]})
    patch(
        path,
        "xl/workbook.xml",
        'name="去年" sheetId="2" state="visible"',
        'name="去年" sheetId="2" state="hidden"',
    )
    sheet = leaders(path)
    assert [entry.name for entry in sheet.entries] == ["王强"]
    assert noted(sheet) == ["去年 是隐藏的工作表，已略过"]


def test_several_sheets_of_one_roster(tmp_path: Path) -> None:
    path = make(
        tmp_path / "a.xlsx",
        [["村", *HEADER], ["联光村", *ROW]],
        sheet="联光",
        more={"红旗": [["标题"], ["村", *HEADER], ["红旗村", *ROW]]},
    )
    sheet = leaders(path, None)
    assert [(entry.village, str(entry.row)) for entry in sheet.entries] == [
        ("联光村", "联光第2行"),
        ("红旗村", "红旗第3行"),
    ]
