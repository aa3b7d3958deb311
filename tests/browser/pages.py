"""The pages that the browser tests visit: one of each template, and the entry in each of its states."""

from __future__ import annotations

TEMPLATES = {
    "main.html": "tro-nang/",
    "404.html": "khong-co-trang-nay/",
    "trang-chu.html": "./",
    "tin.html": "chinh-sach/vi-du-trang-day/",
    "toan-van.html": "chinh-sach/vi-du-toan-van/toan-van/",
    "danh-sach.html": "chinh-sach/trang-2/",
    "danh-muc.html": "don-vi/",
    "hieu-luc.html": "hieu-luc/moi-co/",
    "van-ban.html": "van-ban/",
    "thay-doi.html": "thay-doi/",
    "gop-y.html": "gop-y/",
    "nguon-tin.html": "rss/",
    "luu-tru.html": "luu-tru/",
    "nhung.html": "nhung/moi-nhat.html",
    "du-lieu.html": "du-lieu/",
    "tim-kiem.html": "tim-kiem/?q=vi+du",
    "kiem-tra-tin.html": "kiem-tra-tin/",
    "huong-dan-khoa.html": "huong-dan/khoa/",
    "huong-dan-loi.html": "huong-dan/loi/",
    "su-kien.html": "su-kien/",
    "bao-chi.html": "bao-chi/",
    "thong-tin-cong-khai.html": "thong-tin-cong-khai/",
    "kenh-chinh-thuc.html": "kenh-chinh-thuc/",
}
"""A page of each template on the site of made-up entries."""

PARTS = frozenset(("bieu-tuong.html", "dieu-nhac.html", "dong.html", "head.html", "phan.html"))
"""Templates that are parts of others."""

SCRIPTLESS = ("nhung/moi-nhat.html",)
"""Pages for a frame of another site, which carry no script (DESIGN §5)."""

FORM = "quan-tri.html"
"""Decap's own page, in no public build: tests/browser/test_quan_tri.py opens it."""
PACKAGE = "dong-goi.html"
"""The first page of a package of a year: tests/browser/test_dong_goi.py opens it from the disk."""
REDIRECT = "chuyen-huong.html"
"""Nobody dwells on a redirect: it has a test of its own."""

STATES = (
    "chinh-sach/vi-du-thuong/",
    "chinh-sach/vi-du-bi-sua/",
    "chinh-sach/vi-du-bi-ngung/",
    "chinh-sach/vi-du-bi-thay/",
    "chinh-sach/vi-du-dinh-chinh/",
    "chinh-sach/vi-du-du-thao/",
    "chinh-sach/vi-du-du-thao-xong/",
    "chinh-sach/vi-du-da-go/",
    "chinh-sach/vi-du-xoa/",
    "chinh-sach/vi-du-chua-co-ban-goc/",
    "chinh-sach/vi-du-sua-toan-van/",
    "chinh-sach/vi-du-bi-ngung/?ngay=1/8/2027",
    "hieu-luc/",
    "chinh-sach/vi-du-tep/",
    "chinh-sach/vi-du-tep/toan-van/",
    "linh-vuc/oda/",
    "huong-dan/",
    "huong-dan/cong-tinh/",
    "lien-he/",
)
"""The entry's other states, an empty list, and the pages that people write."""

MADE_UP = (*TEMPLATES.values(), *STATES)

REAL = (
    "./",
    "chinh-sach/",
    "chinh-sach/04-2017-qh14/",
    "chinh-sach/04-2017-qh14/toan-van/",
    "chinh-sach/61-2020-qh14/",
    "don-vi/phong-dkkd/",
    "su-kien/",
    "thong-tin-cong-khai/",
)
"""Pages of the project's own site, where texts are longer than any made up."""
