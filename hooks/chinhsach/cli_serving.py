"""`chinhsach may-chu`: `_headers` for hosts that take one, of the same table as nginx's configuration."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from . import serving
from .cli_base import WELL, WrongCall


def add_commands(add: Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]) -> None:
    """Register the command; `add(name, help, run)` makes its parser."""
    host = add("may-chu", "in tệp _headers cho nơi giữ trang kiểu Netlify, Cloudflare", print_headers)
    host.add_argument("--cong", action="append", default=[], metavar="ĐỊA_CHỈ", help="cổng được đặt khung /nhung/")
    host.add_argument("--duong-dan", default="/", help="trang nằm dưới đường dẫn con nào, ví dụ /tin/")


def print_headers(called: argparse.Namespace) -> int:
    """Print `_headers` for the portals and the path that were named."""
    for portal in called.cong:
        if not serving.is_portal(portal):
            raise WrongCall(f"«{portal}» không phải tên một cổng; ghi như https://cong.example, không có gì phía sau")
    if not serving.is_base(called.duong_dan):
        raise WrongCall(f"«{called.duong_dan}» không phải đường dẫn con; ghi như /tin/, có dấu / ở hai đầu")
    print(serving.headers_file(called.cong, called.duong_dan), end="")
    return WELL
