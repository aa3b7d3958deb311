"""`chinhsach tep-kho`, `quan-tri`: the files of the repository that are derived, and the form that writes into it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from .cli_base import PROBLEMS, WELL, WrongCall, find_root, vocabularies_of


def add_commands(add: Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]) -> None:
    """Register the commands; `add(name, help, run)` makes a parser."""
    deriving = add("tep-kho", "viết lại các tệp của kho do máy làm ra", _repository_files)
    deriving.add_argument("--to-chuc", help="tên tổ chức trên GitHub hoặc nhóm trên GitLab, nơi có các nhóm duyệt")
    deriving.add_argument("--kiem-tra", action="store_true", help="chỉ xem tệp nào đã cũ")

    trying = add("quan-tri", "thử biểu mẫu gửi tin trong trình duyệt, trên máy này", _form)
    trying.add_argument("--chi-tai", action="store_true", help="chỉ tải bộ biểu mẫu về để dựng, không chạy thử")
    trying.add_argument("--cong", type=int, default=8000, help="cổng của trang, thường là 8000")
    trying.add_argument("--cong-luu", type=int, default=8081, help="cổng của máy chủ lưu tin, thường là 8081")


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
