"""`chinhsach doi-chieu-cong`: what a mirror of the feed shows against what the department published."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from . import ledger, vocabulary
from .cli_base import PROBLEMS, WELL, WrongCall, find_root, now_or_refuse, why_unread
from .rules import problem


def add_commands(add: Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]) -> None:
    """Register the command; `add(name, help, run)` makes a parser."""
    comparing = add("doi-chieu-cong", "cổng lấy tin của Sở thiếu gì, sai gì, còn hiện gì đã gỡ", _compare_mirror)
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
        raise WrongCall(f"không đọc được «{given}»: {why_unread(fault)}") from None
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
