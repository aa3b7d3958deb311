"""The configuration in, `/kenh-chinh-thuc/` out: what the department announced as its own; unknown is said unknown."""

from __future__ import annotations

from ..site_config import SiteConfig
from .head import page_head
from .view import GOC, Page, link

PATH = "kenh-chinh-thuc/"
TITLE = "Kênh chính thức"


def page(config: SiteConfig) -> Page:
    """The page of official channels."""
    mark = config.mark
    shown = {"href": f"{GOC}assets/{mark.file}", "mo_ta": mark.text, "cong_bo": mark.announced} if mark else None
    view = {
        "goc": GOC,
        "duong_dan": [link("Trang đầu", GOC)],
        "co_quan": config.department,
        "chinh_thuc": config.is_official,
        "dia_chi": config.site_url,
        "phu_trach": config.keeper_note,
        "kenh": [{"ten": c.name, "dia_chi": c.address, "cong_bo": c.announced} for c in config.channels],
        "dau_hieu": shown,
        "lien_he": list(config.contact),
    }
    told = f"Những nơi {config.department} đã công bố là của mình, và cách nhận biết."
    return Page(PATH, "", page_head(config, PATH, TITLE, told), "kenh-chinh-thuc.html", view)
