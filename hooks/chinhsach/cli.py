"""`chinhsach`: the commands for people. Exit: 0 well, 1 problems found, 2 the call was wrong (DESIGN §6)."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from . import (
    cli_before_release,
    cli_create,
    cli_import,
    cli_intake,
    cli_kit,
    cli_life,
    cli_mirror,
    cli_office,
    cli_pack,
    cli_publish,
    cli_readers,
    cli_report,
    cli_repository,
    cli_review,
    cli_serving,
    cli_sign,
)
from .check import check
from .cli_base import (
    GITLAB,
    PROBLEMS,
    WELL,
    WRONG_CALL,
    WrongCall,
    find_root,
    now_or_refuse,
    print_problems,
    read_or_refuse,
)
from .explain import why
from .problems import FORMATS, Severity, summary
from .text import nearest


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

    explaining = commands.add_parser("vi-sao", help="vì sao trang nói như vậy về một tin", add_help=False)
    _add_help(explaining)
    explaining.add_argument("ma", help="mã tin")
    explaining.set_defaults(run=_explain)
    for module in (
        cli_create,
        cli_import,
        cli_intake,
        cli_kit,
        cli_office,
        cli_pack,
        cli_readers,
        cli_report,
        cli_serving,
        cli_sign,
        cli_life,
        cli_before_release,
        cli_mirror,
        cli_review,
        cli_repository,
        cli_publish,
    ):
        module.add_commands(lambda name, said, run: _add_command(commands, name, said, run))
    return parser


def _add_command(
    commands: argparse._SubParsersAction[_Parser], name: str, said: str, run: Callable[[argparse.Namespace], int]
) -> _Parser:
    command: _Parser = commands.add_parser(name, help=said, add_help=False)
    _add_help(command)
    command.set_defaults(run=run)
    return command


def _add_help(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-h", "--help", "--tro-giup", action="help", help="hiện lời hướng dẫn này")


def _check(called: argparse.Namespace) -> int:
    root = find_root(Path.cwd())
    wanted = [_inside(root, given) for given in called.duong_dan]
    report = check(root, now_or_refuse())
    found = [*report.problems, *cli_office.problems_of(root, report.catalogue)]
    shown = [p for p in found if not wanted or any(_lies_in(p.path, w) for w in wanted)]
    print_problems(shown, called.dinh_dang)
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


def _explain(called: argparse.Namespace) -> int:
    root = find_root(Path.cwd())
    report = check(root, now_or_refuse(), preview=True)
    catalogue = read_or_refuse(report)
    entry = catalogue.find(called.ma)
    if entry is None:
        near = nearest(called.ma, catalogue.by_id)
        raise WrongCall(f"không có tin nào mang mã «{called.ma}»" + (f"; có phải «{near}»?" if near else ""))
    print(why(entry, catalogue))
    own = [p for p in report.problems if p.path == entry.file.path]
    for shown in own:
        print(f"  {shown.severity.value}[{shown.code}] dòng {shown.line}: {shown.words.what}")
    return PROBLEMS if any(p.severity is Severity.ERROR for p in own) else WELL


if __name__ == "__main__":
    sys.exit(main())
