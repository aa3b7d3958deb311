"""`chinhsach`: the commands for people. Exit: 0 well, 1 problems found, 2 the call was wrong (DESIGN §6)."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NoReturn

from . import (
    before_release,
    cli_create,
    cli_import,
    cli_intake,
    cli_kit,
    cli_office,
    cli_pack,
    cli_publish,
    cli_readers,
    cli_report,
    cli_serving,
    cli_sign,
    ledger,
    lifecycle,
    vocabulary,
)
from .catalogue import Catalogue, Entry
from .check import check
from .cli_base import (
    PROBLEMS,
    WELL,
    WRONG_CALL,
    WrongCall,
    due_entries,
    find_root,
    now_or_refuse,
    relations_here,
    vocabularies_of,
)
from .dates import InvalidDate, parse_date
from .explain import why
from .policy import Status
from .problems import FORMATS, Problem, Severity, as_gitlab, summary
from .rules import problem
from .text import nearest

GITLAB = "gitlab"
"""The form of the check that is one document, not one piece a problem."""


class _Parser(argparse.ArgumentParser):
    """argparse with its messages in Vietnamese."""

    def error(self, message: str) -> NoReturn:
        raise WrongCall(f"gọi lệnh chưa đúng: {_translate(message)}\n{self.format_usage().strip()}")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "cách gọi:")

    def format_help(self) -> str:
        text = super().format_help()
        for english, vietnamese in _HEADINGS:
            text = text.replace(english, vietnamese)
        return text


_HEADINGS = (("usage:", "cách gọi:"), ("positional arguments:", "giá trị cần ghi:"), ("options:", "tùy chọn:"))


def _translate(message: str) -> str:
    for english, vietnamese in (
        ("the following arguments are required:", "còn thiếu"),
        ("unrecognized arguments:", "không hiểu"),
        ("invalid choice:", "giá trị không có:"),
        ("expected one argument", "cần một giá trị đi kèm"),
        ("(choose from", "(chọn trong"),
        ("argument ", "tham số "),
    ):
        message = message.replace(english, vietnamese)
    return message


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code; no traceback ever reaches a clerk for what a clerk can write."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a console or pipe in another encoding must not stop a report
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        called = _parser().parse_args(arguments)
        code: int = called.run(called)
        return code
    except WrongCall as wrong:
        print(f"chinhsach: {wrong}", file=sys.stderr)
        return WRONG_CALL
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WELL


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="chinhsach", description="Kiểm tra, tạo và giải thích tin chính sách.", add_help=False)
    _add_help(parser)
    commands = parser.add_subparsers(title="các lệnh", dest="lenh", required=True, parser_class=_Parser)

    checking = commands.add_parser("kiem-tra", help="kiểm tra tin và danh mục", add_help=False)
    _add_help(checking)
    checking.add_argument("duong_dan", nargs="*", help="tệp hoặc thư mục cần kiểm tra; không ghi thì kiểm tra tất cả")
    forms = sorted((*FORMATS, GITLAB))
    checking.add_argument("--dinh-dang", choices=forms, default="van-ban", help="dạng kết quả")
    checking.set_defaults(run=_check)

    cli_create.add_commands(lambda name, said, run: _add_command(commands, name, said, run))

    explaining = commands.add_parser("vi-sao", help="vì sao trang nói như vậy về một tin", add_help=False)
    _add_help(explaining)
    explaining.add_argument("ma", help="mã tin")
    explaining.set_defaults(run=_explain)
    for module in (
        cli_import,
        cli_intake,
        cli_kit,
        cli_office,
        cli_pack,
        cli_readers,
        cli_report,
        cli_serving,
        cli_sign,
    ):
        module.add_commands(lambda name, said, run: _add_command(commands, name, said, run))
    _add_life(commands)
    _add_before_release(commands)
    _add_mirror(commands)
    _add_review(commands)
    _add_form(commands)
    _add_forge(commands)
    cli_publish.add_commands(lambda name, said, run: _add_command(commands, name, said, run))
    return parser


def _add_command(
    commands: argparse._SubParsersAction[_Parser], name: str, said: str, run: Callable[[argparse.Namespace], int]
) -> _Parser:
    command: _Parser = commands.add_parser(name, help=said, add_help=False)
    _add_help(command)
    command.set_defaults(run=run)
    return command


def _add_life(commands: argparse._SubParsersAction[_Parser]) -> None:
    def add(name: str, said: str, run: Callable[[argparse.Namespace], int]) -> _Parser:
        command: _Parser = commands.add_parser(name, help=said, add_help=False)
        _add_help(command)
        command.add_argument("ma", help="mã tin")
        command.set_defaults(run=run)
        return command

    correcting = add("dinh-chinh", "sửa điều tin đã ghi sai, có ghi nhật ký", _correct)
    correcting.add_argument("--khoa", default="", help="khóa ghi sai, ví dụ ngay_hieu_luc; sai trong phần bài thì bỏ")
    correcting.add_argument("--sau", default="", help="nay sửa thành gì; danh sách thì cách nhau bằng dấu phẩy")
    correcting.add_argument("--truoc", default="", help="trước ghi gì; có --khoa thì máy tự đọc")
    correcting.add_argument("--noi-dung", default="", help="sửa điều gì, một câu cho người đọc")

    removing = add("go-tin", "gỡ tin: trang còn lại với lời báo", _remove)
    removing.add_argument("--ly-do", default="", help="vì sao gỡ, một câu cho người đọc")
    removing.add_argument("--thay-bang", default="", help="mã của tin đăng thay")
    removing.add_argument("--xoa-noi-dung", action="store_true", help="xóa mọi chữ của tin khỏi trang")

    returning = add("dang-lai", "đăng lại tin đã gỡ", _restore)
    returning.add_argument("--noi-dung", default="", help="vì sao đăng lại, một câu cho người đọc")

    moving = add("doi-dia-chi", "chuyển tệp của tin, hoặc cho địa chỉ cũ dẫn về tin", _move)
    moving.add_argument("moi", nargs="?", default="", help="<đơn vị>/<năm>; tin chưa đăng thì cũng có thể là mã mới")
    moving.add_argument("--dia-chi-cu", default="", help="đường dẫn trước đây trên trang, nay dẫn về tin này")

    erasing = add("go-khan", "xóa ngay nội dung tin khỏi trang và các bản lưu", _erase_now)
    erasing.add_argument("--ly-do", default="", help="vì sao gỡ, không nhắc lại điều bị lộ")
    erasing.add_argument("--ban-luu", action="append", default=[], help="thư mục một bản trang đã lưu; nhiều lần được")
    erasing.add_argument("--trang", help="thư mục trang; không ghi thì site/")


def _add_before_release(commands: argparse._SubParsersAction[_Parser]) -> None:
    comparing = commands.add_parser(
        "truoc-khi-dang", help="lần đăng này thêm, đổi, gỡ, làm mất gì so với lần trước", add_help=False
    )
    _add_help(comparing)
    comparing.add_argument("so", nargs="+", help="sổ cũ rồi sổ mới (so-cong-khai.json); lần đầu thì chỉ sổ mới")
    comparing.add_argument("--lan-dau", action="store_true", help="chưa từng đăng lần nào, không có sổ cũ")
    comparing.add_argument("--trang", help="thư mục trang mới đã dựng; không ghi thì là thư mục chứa sổ mới")
    forms = sorted(before_release.FORMATS)
    comparing.add_argument("--dinh-dang", choices=forms, default="van-ban", help="dạng kết quả")
    comparing.set_defaults(run=_before_release)


def _add_mirror(commands: argparse._SubParsersAction[_Parser]) -> None:
    comparing = commands.add_parser(
        "doi-chieu-cong", help="cổng lấy tin của Sở thiếu gì, sai gì, còn hiện gì đã gỡ", add_help=False
    )
    _add_help(comparing)
    comparing.add_argument("cong", help="tệp RSS, Atom hoặc trang HTML đã lưu của cổng, hoặc địa chỉ http(s)")
    comparing.add_argument("--so", help="sổ công khai để so; không ghi thì site/du-lieu/so-cong-khai.json")
    comparing.add_argument("--dinh-dang", choices=["csv", "json", "van-ban"], default="van-ban", help="dạng kết quả")
    comparing.add_argument("--ra", help="tệp ghi kết quả; không ghi thì in ra màn hình")
    comparing.add_argument("--tat-ca", action="store_true", help="cổng phải có cả tin ngoài cửa sổ của nguồn tin")
    comparing.add_argument("--so-tin", type=int, help="cổng chỉ hiện từng này tin mới nhất, ví dụ khối 10 tin")
    comparing.add_argument("--cong-chung", action="store_true", help="cổng hiện cả tin của nơi khác, không coi là sai")
    comparing.add_argument("--dia-chi-trang", help="địa chỉ trang của Sở; không ghi thì theo rss.xml cạnh sổ")
    comparing.add_argument("--dia-chi-cong", help="địa chỉ của tệp đã lưu, để hiểu liên kết viết tắt trong tệp")
    comparing.add_argument("--cho-phep-mang-rieng", action="store_true", help="đọc cả địa chỉ trong mạng nội bộ")
    comparing.set_defaults(run=_compare_mirror)


def _add_review(commands: argparse._SubParsersAction[_Parser]) -> None:
    reviewing = commands.add_parser("ra-soat", help="tin, đơn vị, văn bản nào cần xem lại", add_help=False)
    _add_help(reviewing)
    reviewing.add_argument("--dinh-dang", choices=["csv", "json", "van-ban"], default="van-ban", help="dạng kết quả")
    reviewing.add_argument("--den", help="kể cả việc đến hạn cho tới ngày này, ví dụ 31/12/2026; không ghi thì hôm nay")
    reviewing.add_argument("--thu-nguon", action="store_true", help="mở thử từng địa chỉ bản gốc (cần mạng)")
    reviewing.add_argument("--muc-17", action="store_true", help="chỉ xem điểm nào phải công khai chưa có tin")
    reviewing.set_defaults(run=_review)


def _add_form(commands: argparse._SubParsersAction[_Parser]) -> None:
    trying = commands.add_parser(
        "quan-tri", help="thử biểu mẫu gửi tin trong trình duyệt, trên máy này", add_help=False
    )
    _add_help(trying)
    trying.add_argument("--chi-tai", action="store_true", help="chỉ tải bộ biểu mẫu về để dựng, không chạy thử")
    trying.add_argument("--cong", type=int, default=8000, help="cổng của trang, thường là 8000")
    trying.add_argument("--cong-luu", type=int, default=8081, help="cổng của máy chủ lưu tin, thường là 8081")
    trying.set_defaults(run=_form)


def _add_forge(commands: argparse._SubParsersAction[_Parser]) -> None:
    commenting = commands.add_parser("nhan-xet", help="lời nhận xét cho một đề nghị sửa (pull request)", add_help=False)
    _add_help(commenting)
    commenting.add_argument("so", nargs="*", help="sổ cũ rồi sổ mới (so-cong-khai.json); chưa dựng được thì bỏ trống")
    commenting.add_argument("--lan-dau", action="store_true", help="không có sổ cũ, chỉ ghi sổ mới")
    commenting.add_argument("--trang", help="thư mục trang mới đã dựng; không ghi thì là thư mục chứa sổ mới")
    commenting.add_argument("--tep-doi", help="tệp ghi các đường dẫn đã đổi, mỗi dòng một đường dẫn")
    commenting.set_defaults(run=_comment)

    deriving = commands.add_parser("tep-kho", help="viết lại các tệp của kho do máy làm ra", add_help=False)
    _add_help(deriving)
    deriving.add_argument("--to-chuc", help="tên tổ chức trên GitHub hoặc nhóm trên GitLab, nơi có các nhóm duyệt")
    deriving.add_argument("--kiem-tra", action="store_true", help="chỉ xem tệp nào đã cũ")
    deriving.set_defaults(run=_repository_files)


def _add_help(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-h", "--tro-giup", action="help", help="hiện lời hướng dẫn này")


def _check(called: argparse.Namespace) -> int:
    root = find_root(Path.cwd())
    wanted = [_inside(root, given) for given in called.duong_dan]
    report = check(root, now_or_refuse())
    found = [*report.problems, *cli_office.problems_of(root, report.catalogue)]
    shown = [p for p in found if not wanted or any(_lies_in(p.path, w) for w in wanted)]
    _print_problems(shown, called.dinh_dang)
    if called.dinh_dang == "van-ban":
        entries = report.catalogue.entries if report.catalogue else ()
        read = sum(1 for e in entries if not wanted or any(_lies_in(e.file.path, w) for w in wanted))
        print(summary(shown, read))
    return PROBLEMS if any(p.is_error for p in shown) else WELL


def _inside(root: Path, given: str) -> str:
    path = Path(given).absolute()
    if not path.exists():
        raise WrongCall(f"không có tệp hoặc thư mục «{given}»")
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        raise WrongCall(f"«{given}» nằm ngoài dự án") from None


def _lies_in(path: str, wanted: str) -> bool:
    return wanted == "." or path == wanted or path.startswith(wanted + "/") or _belongs_to(path, wanted)


def _belongs_to(path: str, wanted: str) -> bool:
    """Whether `wanted` is a file of the entry at `path`: checking an attachment checks its entry."""
    return path.endswith(".md") and wanted.startswith(path.removesuffix(".md").removesuffix("/index") + "/")


def _print_problems(problems: Sequence[Problem], form: str) -> None:
    if form == GITLAB:
        print(as_gitlab(problems))
        return
    write = FORMATS[form]
    for shown in problems:
        print(write(shown))
        if form == "van-ban":
            print()


def _explain(called: argparse.Namespace) -> int:
    root = find_root(Path.cwd())
    report = check(root, now_or_refuse(), preview=True)
    if report.catalogue is None:
        raise WrongCall(report.problems[0].as_text())
    catalogue: Catalogue = report.catalogue
    entry = catalogue.find(called.ma)
    if entry is None:
        near = nearest(called.ma, catalogue.by_id)
        raise WrongCall(f"không có tin nào mang mã «{called.ma}»" + (f"; có phải «{near}»?" if near else ""))
    print(why(entry, catalogue))
    own = [p for p in report.problems if p.path == entry.file.path]
    for shown in own:
        print(f"  {shown.severity.value}[{shown.code}] dòng {shown.line}: {shown.words.what}")
    return PROBLEMS if any(p.severity is Severity.ERROR for p in own) else WELL


def _ask(given: str, option: str, question: str) -> str:
    """A value that the command needs: as given, or typed at a terminal. Raises WrongCall elsewhere."""
    if given.strip():
        return given
    answer = ""
    if sys.stdin.isatty() and sys.stdout.isatty():
        with suppress(EOFError, KeyboardInterrupt):
            answer = input(f"{question}: ").strip()
    if not answer:
        raise WrongCall(f"còn thiếu {option}: {question}")
    return answer


def _workplace() -> lifecycle.Workplace:
    root = find_root(Path.cwd())
    try:
        return lifecycle.Workplace(root, now_or_refuse())
    except lifecycle.Refusal as refused:
        raise WrongCall(str(refused)) from None


def _carry_out(step: Callable[[], lifecycle.Done]) -> int:
    """Do it, show what was changed, and say what remains; a refusal leaves every file as it was."""
    try:
        done = step()
    except lifecycle.WouldBreak as refused:
        _print_problems(refused.problems, "van-ban")
        print(f"Không đổi gì: {refused}.")
        return PROBLEMS
    except lifecycle.Refusal as refused:
        raise WrongCall(str(refused)) from None
    except OSError as fault:
        raise WrongCall(f"không ghi được: {fault.strerror}") from None
    print(f"Đã sửa {done.path}:")
    for line in done.changes:
        print(f"  {line}")
    if done.problems:
        print()
        _print_problems(done.problems, "van-ban")
    if any(p.is_error for p in done.problems):
        print("Tệp đã ghi; còn phải duyệt lại nội dung mới rồi ghi ma_bam trước khi dựng trang.")
        return PROBLEMS
    return WELL


def _entry_of(place: lifecycle.Workplace, entry_id: str) -> Entry:
    try:
        return place.entry(entry_id)
    except lifecycle.Refusal as refused:
        raise WrongCall(str(refused)) from None


def _correct(called: argparse.Namespace) -> int:
    place = _workplace()
    entry = _entry_of(place, called.ma)
    after = _ask(called.sau, "--sau", "nay sửa thành gì")
    before, text = called.truoc, called.noi_dung
    if not called.khoa:
        before = _ask(before, "--truoc", "trước ghi gì (hoặc --khoa: khóa nào ghi sai)")
        text = _ask(text, "--noi-dung", "sửa điều gì")
    return _carry_out(lambda: lifecycle.correct(place, entry, called.khoa, before, after, text))


def _remove(called: argparse.Namespace) -> int:
    place = _workplace()
    entry = _entry_of(place, called.ma)
    reason = "" if entry.policy.status is Status.REMOVED else _ask(called.ly_do, "--ly-do", "vì sao gỡ tin")
    code = _carry_out(lambda: lifecycle.take_down(place, entry, reason, called.thay_bang, erase=called.xoa_noi_dung))
    if code == WELL and called.xoa_noi_dung:
        print(f"Trang đang đăng còn nguyên tới lần dựng sau; xóa ngay: chinhsach go-khan {entry.id}")
    return code


def _restore(called: argparse.Namespace) -> int:
    place = _workplace()
    entry = _entry_of(place, called.ma)
    text = _ask(called.noi_dung, "--noi-dung", "vì sao đăng lại")
    return _carry_out(lambda: lifecycle.put_back(place, entry, text))


def _move(called: argparse.Namespace) -> int:
    place = _workplace()
    entry = _entry_of(place, called.ma)
    if called.dia_chi_cu:
        if called.moi:
            raise WrongCall("mỗi lần một việc: chỗ mới của tệp, hoặc --dia-chi-cu")
        return _carry_out(lambda: lifecycle.add_former_path(place, entry, called.dia_chi_cu))
    target = _ask(called.moi, "<moi>", "chỗ mới của tệp, ví dụ van-phong-so/2026")
    return _carry_out(lambda: lifecycle.move(place, entry, target))


def _erase_now(called: argparse.Namespace) -> int:
    from . import emergency  # reads whole sites: no other command needs it

    place = _workplace()
    entry = _entry_of(place, called.ma)
    site = Path(called.trang) if called.trang else place.root / "site"
    kept = [Path(folder) for folder in called.ban_luu]
    missing = next((folder for folder in kept if not folder.is_dir()), None)
    if missing is not None:
        raise WrongCall(f"không có thư mục bản lưu «{missing}»")
    words = emergency.words_of(entry)
    if not entry.policy.is_erased:
        reason = "" if entry.policy.status is Status.REMOVED else _ask(called.ly_do, "--ly-do", "vì sao gỡ tin")
        code = _carry_out(lambda: lifecycle.take_down(place, entry, reason, "", erase=True))
        if code != WELL:
            return code
    try:
        report = emergency.publish(place.root, entry, words, site, kept)
    except emergency.NotPublished as fault:
        print(f"Tin đã đánh dấu xóa nội dung nhưng TRANG CHƯA ĐỔI, nội dung vẫn còn trên trang.\n{fault}")
        return PROBLEMS
    print(emergency.as_text(report, entry, place.catalogue))
    return PROBLEMS if report.leftovers else WELL


def _before_release(called: argparse.Namespace) -> int:
    found = _compared(called)
    text = before_release.FORMATS[called.dinh_dang](found)
    if text:
        print(text)
    return PROBLEMS if found.has_errors else WELL


def _compared(called: argparse.Namespace) -> before_release.Comparison:
    """The comparison of the ledgers that a command names. Raises WrongCall."""
    if len(called.so) != (1 if called.lan_dau else 2):
        raise WrongCall("gọi lệnh chưa đúng: cần <sổ cũ> <sổ mới>; chưa đăng lần nào thì --lan-dau <sổ mới>")
    try:
        if called.lan_dau:
            old = ledger.Ledger("", ())
        else:
            old = _ledger(called.so[0], "chưa đăng lần nào thì gọi chinhsach truoc-khi-dang --lan-dau <sổ mới>")
        new = _ledger(called.so[-1], "hãy dựng trang: mkdocs build ghi sổ vào site/du-lieu/so-cong-khai.json")
        return before_release.compare(old, new, now_or_refuse(), _new_site(called), relations_here(), _due(called))
    except ledger.LedgerError as fault:
        raise WrongCall(str(fault)) from None


def _ledger(given: str, fix: str) -> ledger.Ledger:
    if not Path(given).exists():
        raise WrongCall(f"không có tệp «{given}»; {fix}")
    return ledger.read(Path(given))


def _comment(called: argparse.Namespace) -> int:
    from . import request_comment

    root = find_root(Path.cwd())
    report = check(root, now_or_refuse(), preview=True)
    compared = _compared(called) if called.so else None
    changed = None
    if called.tep_doi:
        try:
            lines = Path(called.tep_doi).read_text("utf-8", "replace").splitlines()
        except OSError:
            raise WrongCall(f"không đọc được «{called.tep_doi}»") from None
        changed = frozenset(line.strip() for line in lines if line.strip())
    print(request_comment.comment(report, compared, request_comment.Request(changed)), end="")
    return PROBLEMS if report.has_errors or (compared is not None and compared.has_errors) else WELL


def _repository_files(called: argparse.Namespace) -> int:
    from . import repository_files

    root = find_root(Path.cwd())
    teams = called.to_chuc or repository_files.organisation(root)
    if not repository_files.is_organisation(teams):
        raise WrongCall(
            f"«{teams}» không phải tên tổ chức: chỉ chữ không dấu, số, gạch nối, ví dụ so-tai-chinh-lang-son"
        )
    wanted = repository_files.files(
        vocabularies_of(root),
        teams,
        repository_files.request_template(root),
        repository_files.server_configuration(root),
    )
    if called.kiem_tra:
        old = repository_files.stale(root, wanted)
        print("\n".join(f"đã cũ: {path}; chạy: chinhsach tep-kho" for path in old) or "Mọi tệp đều mới.")
        return PROBLEMS if old else WELL
    try:
        written = repository_files.write(root, wanted)
    except OSError as fault:
        raise WrongCall(f"không ghi được: {fault.strerror}") from None
    print("\n".join(f"Đã viết {path}" for path in written) or "Mọi tệp đều mới, không viết gì.")
    return WELL


def _new_site(called: argparse.Namespace) -> ledger.Site | None:
    if called.trang is None:
        return ledger.beside(Path(called.so[-1]))
    if not (Path(called.trang) / "du-lieu" / "chinh-sach").is_dir():
        raise WrongCall(f"«{called.trang}» không phải trang đã dựng: không có du-lieu/chinh-sach/ trong đó")
    return ledger.Site(Path(called.trang))


def _due(called: argparse.Namespace) -> list[before_release.Due]:
    """The entries whose time has come, where the new ledger is the project's own; what is wrong is for the check."""
    try:
        root = find_root(Path.cwd())
    except WrongCall:
        return []
    if not Path(called.so[-1]).absolute().is_relative_to(root):
        return []
    return due_entries(root, now_or_refuse())


def _compare_mirror(called: argparse.Namespace) -> int:
    from . import mirror, mirror_report  # their libraries would slow every other command

    root, now = find_root(Path.cwd()), now_or_refuse()
    if called.so_tin is not None and called.so_tin < 1:
        raise WrongCall("--so-tin phải là số từ 1 trở lên")
    path = Path(called.so) if called.so else root / "site" / ledger.PLACE
    try:
        ours = ledger.read(path)
        days = vocabulary.load_calendar(root)
    except ledger.LedgerError as fault:
        hint = "" if called.so else "; hãy dựng trang trước, hoặc chỉ sổ bằng --so"
        raise WrongCall(f"{fault}{hint}") from None
    except vocabulary.VocabularyFault as broken:
        raise WrongCall(problem(broken.path, broken.fault).as_text()) from None
    content, address, kind = _mirror_bytes(called.cong, called.cho_phep_mang_rieng)
    reading = mirror.parse(content, called.dia_chi_cong or address, kind)
    own = mirror.own_side(ours, ledger.beside(path), called.dia_chi_trang or "")
    wish = mirror.Wish(called.tat_ca, called.so_tin, called.cong_chung)
    rows = mirror.compare(reading, own, days, now, wish)
    named = called.so or f"site/{ledger.PLACE}"
    result = mirror_report.Result(called.cong, named, now, reading, len(ours.lines), bool(own.address), tuple(rows))
    _give(mirror_report.FORMATS[called.dinh_dang](result), called.ra)
    if called.ra:
        print(mirror_report.summary(result))
    return PROBLEMS if result.differs else WELL


def _review(called: argparse.Namespace) -> int:
    from . import review, review_report

    now = now_or_refuse()
    until = _until(called.den, now.date())
    root = find_root(Path.cwd())
    report = check(root, now, preview=True, notes=False)
    if report.catalogue is None:
        raise WrongCall(report.problems[0].as_text())
    catalogue = report.only_valid() if report.has_errors else report.catalogue
    if report.has_errors:
        wrong = {p.path for p in report.problems if p.is_error}
        print(f"{len(wrong)} tệp có lỗi nên không được xét; hãy chạy chinhsach kiem-tra", file=sys.stderr)
    if called.muc_17:
        print(cli_readers.points_of_law(catalogue, called.dinh_dang), end="")
        return WELL
    told = cli_readers.review_rows(root, catalogue, until)
    rows = review.review(catalogue, until, _ask_address if called.thu_nguon else None, told)
    result = review_report.Result(now.date(), until, rows, catalogue.vocabularies)
    print(review_report.FORMATS[called.dinh_dang](result), end="")
    return PROBLEMS if result.is_due else WELL


def _form(called: argparse.Namespace) -> int:
    from . import form_trial, vendored

    root = find_root(Path.cwd())
    try:
        if called.chi_tai:
            vendored.provide(root)
            print(f"Bộ biểu mẫu nằm ở {vendored.FOLDER}. Dựng: CHINHSACH_QUAN_TRI=1 mkdocs build")
        else:
            form_trial.run(root, called.cong, called.cong_luu, lambda text: print(text, flush=True))
    except (vendored.NotVendored, form_trial.CannotTry) as fault:
        raise WrongCall(str(fault)) from None
    return WELL


def _until(given: str | None, today: date) -> date:
    """The day that a list looks ahead to: `--den`, otherwise today."""
    if given is None:
        return today
    try:
        until = parse_date(given)
    except InvalidDate as fault:
        raise WrongCall(f"--den {fault}; ví dụ: --den {fault.example}") from None
    if until < today:
        raise WrongCall(f"--den «{given}» đã qua; hãy ghi từ hôm nay trở đi")
    return until


def _ask_address(url: str) -> str:
    """Why an address cannot be opened, "" where it can; on a terminal each one is named while it is asked."""
    from . import fetch

    if sys.stderr.isatty():
        print(f"mở thử {url}", file=sys.stderr)
    try:
        fetch.probe(url)
    except fetch.FetchError as fault:
        return str(fault)
    return ""


def _mirror_bytes(given: str, private_too: bool) -> tuple[bytes, str, str]:
    """The bytes of a mirror's file or address, with the address and the stated type; both "" for a file."""
    from . import fetch

    most = fetch.Limits().size
    if "://" in given:
        try:
            got = fetch.fetch(given, permits=fetch.anywhere if private_too else fetch.is_public)
        except fetch.PrivateNetwork as fault:
            raise WrongCall(f"{fault}; nếu đúng là cổng cần đọc, thêm --cho-phep-mang-rieng") from None
        except fetch.FetchError as fault:
            raise WrongCall(str(fault)) from None
        return got.body, got.url, got.content_type
    try:
        with open(given, "rb") as file:
            content = file.read(most + 1)
    except (OSError, ValueError) as fault:
        detail = (fault.strerror if isinstance(fault, OSError) else None) or "tên tệp không dùng được"
        raise WrongCall(f"không đọc được «{given}»: {detail}") from None
    if len(content) > most:
        raise WrongCall(f"«{given}» lớn quá {most // (1024 * 1024)} MB")
    return content, "", ""


def _give(text: str, target: str | None) -> None:
    """Print a result, or write it into a file."""
    if target is None:
        print(text, end="")
        return
    try:
        Path(target).write_bytes(text.encode("utf-8"))
    except (OSError, ValueError):
        raise WrongCall(f"không ghi được vào «{target}»") from None


if __name__ == "__main__":
    sys.exit(main())
