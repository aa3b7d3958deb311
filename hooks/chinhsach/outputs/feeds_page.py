"""Channels in, the pages that tell people of the feeds out: `/rss/`, `/luu-tru/`, and what the trial feed needs."""

from __future__ import annotations

import uuid

from ..site_config import SiteConfig
from ..text import alphabet_key
from ..vocabulary import Unit
from .channels import Channels
from .head import page_head
from .view import GOC, Page, View, count, link

TRIAL = "rss-thu.xml"
GUIDE = "huong-dan/cong-tinh/"
_TRIALS = ("moi", "dinh-chinh", "da-go", "ky-tu")

_MAIN = (
    ("rss.xml", "Mọi tin (RSS)", "Tin mới, đính chính, gỡ tin. Hợp với hầu hết trình đọc tin và cổng thông tin."),
    ("atom.xml", "Mọi tin (Atom)", "Cùng nội dung, thêm ngày sửa mà mọi máy đọc được. Dùng khi phần mềm nhận Atom."),
    ("feed.json", "Mọi tin (JSON Feed)", "Cùng nội dung, cho người viết chương trình."),
    (
        "rss-hien-thi.xml",
        "Tin đang đăng (RSS)",
        "Cho khối chỉ hiện vài tin đầu và không lưu lại: chỉ có tin đang đăng, xếp theo ngày đăng.",
    ),
    ("gop-y/rss.xml", "Lấy ý kiến dự thảo (RSS)", "Dự thảo mở lấy ý kiến, hết hạn, có kết quả tiếp thu."),
    (
        "gop-y/lich.ics",
        "Lịch hạn góp ý (iCalendar)",
        "Thêm vào lịch trên điện thoại hoặc máy tính: mỗi đợt lấy ý kiến là một ngày hạn.",
    ),
)


def page(channels: Channels, config: SiteConfig) -> Page:
    """The page «Kênh RSS»."""
    units: list[View] = []
    fields: list[View] = []
    for home, named in channels.homes().items():
        row = {"chu": named.name, "rss": f"{GOC}{home}rss.xml", "atom": f"{GOC}{home}atom.xml"}
        (units if isinstance(named, Unit) else fields).append(row)
    fields.sort(key=lambda row: alphabet_key(row["chu"]))
    view = {
        "goc": GOC,
        "duong_dan": [link("Trang đầu", GOC)],
        "chinh": [
            {"chu": name, "mo_ta": told, "href": GOC + path, "dia_chi": config.absolute(path), "ma": f"nguon-{place}"}
            for place, (path, name, told) in enumerate(_MAIN, 1)
        ],
        "thu": link("Nguồn tin thử", GOC + TRIAL),
        "huong_dan": link("Hướng dẫn cho người quản trị cổng", GOC + GUIDE),
        "luu_tru": link("Nguồn lưu trữ theo tháng", f"{GOC}luu-tru/"),
        "nhom": [{"chu": "Theo đơn vị", "muc": units}, {"chu": "Theo lĩnh vực", "muc": fields}],
    }
    return Page("rss/", "", page_head(config, "rss/", "Kênh RSS"), "nguon-tin.html", view)


def archives_page(channels: Channels, config: SiteConfig) -> Page:
    """The page of the months' archives, newest first (RFC 5005 §4)."""
    rows = []
    for path, items, _ in reversed(channels.archives):
        year, month = path.rpartition("/")[2].split("-")
        rows.append(
            {
                "chu": f"Tháng {int(month)}/{year} · {count(len(items), 'tin')}",
                "rss": f"{GOC}{path}.xml",
                "atom": f"{GOC}{path}.atom.xml",
            }
        )
    view = {"goc": GOC, "duong_dan": [link("Trang đầu", GOC), link("Kênh RSS", f"{GOC}rss/")], "muc": rows}
    return Page("luu-tru/", "", page_head(config, "luu-tru/", "Nguồn tin theo tháng"), "luu-tru.html", view)


def trial_view(config: SiteConfig) -> View:
    """What rss-thu.xml needs; the trial items' ids come from the site's namespace, under a name no entry can have."""
    return {
        "ten_trang": config.site_name,
        "trang": config.absolute(GUIDE),
        "dia_chi": config.absolute(TRIAL),
        "guid": {name: f"urn:uuid:{uuid.uuid5(config.namespace, 'thu:' + name)}" for name in _TRIALS},
    }
