"""`/kiem-tra-tin/`: what a citizen pasted is found, said with its dates, and never called false."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import OpenPage, Served
from du_an_mau import ADDRESS, png
from playwright.sync_api import Page

from chinhsach.outputs import lookup

pytestmark = [pytest.mark.trinh_duyet, pytest.mark.dung_trang]

DETECTOR = """
globalThis.BarcodeDetector = class {
  static async getSupportedFormats() { return ['qr_code']; }
  async detect(picture) { return picture.width === 3 ? [] : [{ rawValue: %s }]; }
};
"""
"""What a browser that reads QR codes offers: Chromium on Linux does not."""


def ask(page: Page, text: str) -> str:
    """Paste a text and check it; the words of the answer."""
    page.fill("#kt-chu", text)
    page.click(".kt-o button[type=submit]")
    page.wait_for_selector("[data-kt-kq][data-xong]")
    return page.locator("[data-kt-kq]").inner_text()


def found(page: Page) -> list[str]:
    return [a.get_attribute("data-ma") or "" for a in page.locator("a[data-ket-qua]").all()]


@pytest.fixture
def page(states: Served, open_page: OpenPage) -> Page:
    opened = open_page(states.address("kiem-tra-tin/"))
    opened.wait_for_selector("[data-kt-o]:visible")
    return opened


@pytest.mark.parametrize(
    "text",
    [
        "901/2026/QĐ-UBND", "901/2026/qd-ubnd", "số 901 / 2026 / QĐ - UBND", "901 2026 QD UBND", "0901/2026/QĐ–UBND",
        "Quyết định 901/2026/QĐ-UBND - về việc ví dụ, ban hành ngày 1/7/2026",
        ADDRESS + "chinh-sach/vi-du-thuong/",
        ADDRESS + "chinh-sach/vi-du-thuong/toan-van/?utm_source=zalo&fbclid=abc#dieu-1",
        "vi-du.example/tin/chinh-sach/vi-du-thuong", "chinh-sach/vi-du-thuong/", "vi-du-thuong",
        "Xem ngay (https://vi-du.example/tin/chinh-sach/vi-du-thuong/).",
    ],
)  # fmt: skip
def test_a_number_or_an_address_is_found_however_it_is_written(text: str, page: Page) -> None:
    said = ask(page, text)
    assert found(page) == ["vi-du-thuong"], said
    assert f"Địa chỉ trên trang này: {ADDRESS}chinh-sach/vi-du-thuong/" in said
    assert re.search(r"Sở đăng ngày \d+/\d+/2026", said)


def test_a_forwarded_message_gives_its_entries_and_what_is_not_here(page: Page) -> None:
    said = ask(
        page,
        "📢 TIN NÓNG, gửi cho 10 người!\n"
        "Từ 01/7/2026 - Quyết định số 901/2026/QĐ-UBND và công văn 99999/UBND-KGVX, gọi 0912-345-678\n"
        "Chi tiết: https://vi-du.example.evil.example/tin/chinh-sach/vi-du-sua/ hoặc bit.example/abc",
    )
    assert "vi-du-thuong" in found(page)
    assert "số 99999/UBND-KGVX" in said
    assert "Địa chỉ không thuộc trang này" in said
    assert "evil.example" in said
    assert "Không tìm thấy không có nghĩa là tin sai" in said
    assert "0912" not in said
    assert "01/7/2026-" not in said


def test_the_department_s_own_message_leads_to_its_entry(real_site: Served, open_page: OpenPage) -> None:
    """The layout of `soan-kenh` for a messenger: headline, summary, citation, address."""
    ledger = json.loads((real_site.folder / "du-lieu/so-cong-khai.json").read_text(encoding="utf-8"))
    (line,) = [entry for entry in ledger["entries"] if entry["ma"] == "59-2020-qh14"]
    message = (
        f"{line['title']}\nLuật nói ai được lập doanh nghiệp, theo khoản 2 Điều 17.\n"
        "Luật số 59/2020/QH14 ngày 17/6/2020 của Quốc hội: Luật Doanh nghiệp. Có hiệu lực từ 01/01/2021.\n"
        f"https://example.org/{line['url']}"
    )
    page = open_page(real_site.address("kiem-tra-tin/"))
    page.wait_for_selector("[data-kt-o]:visible")
    said = ask(page, message)
    assert found(page) == ["59-2020-qh14"]
    assert "Trang này có 1 tin khớp" in said
    for clue in ("địa chỉ https://example.org/", "số 59/2020/QH14", "dòng " + line["title"][:40]):
        assert clue in said
    assert "Không tìm thấy" not in said


def test_a_headline_without_diacritics_is_found(page: Page, states: Served) -> None:
    data = json.loads((states.folder / "du-lieu/chinh-sach/vi-du-thuong.json").read_text(encoding="utf-8"))
    for line in (data["tieu_de"], data["tieu_de"].upper(), f"🔔 {data['tieu_de']}!"):
        ask(page, f"{line}\nMời bà con xem.")
        assert found(page) == ["vi-du-thuong"], line


def test_another_host_with_the_same_path_is_not_called_ours(page: Page) -> None:
    for address in (
        "https://vi-du-example.example/tin/chinh-sach/vi-du-thuong/",
        "https://vi-du.example@xau.example/tin/chinh-sach/vi-du-thuong/",
        "http://vi-du.example.xau.example/chinh-sach/vi-du-thuong/",
    ):
        said = ask(page, address)
        assert "Địa chỉ không thuộc trang này" in said
        assert "tin khớp" not in said
        assert "Trang này ở vi-du.example/tin/" in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("chinh-sach/vi-du-da-go/", "Sở đã gỡ tin này ngày"),
        ("chinh-sach/vi-du-xoa/", "Sở đã gỡ tin này ngày"),
        ("chinh-sach/vi-du-dinh-chinh/", "Tin đã đính chính · 18/11/2026"),
        ("chinh-sach/vi-du-du-thao/", "Đang lấy ý kiến · còn 20 ngày, đến hết 14/12/2026"),
        ("chinh-sach/vi-du-bi-ngung/", "Ngưng hiệu lực · tạm ngưng bởi 915/2026/QĐ-UBND"),
    ],
)
def test_the_state_of_today_is_said(text: str, words: str, page: Page) -> None:
    assert words in ask(page, text)


def test_the_day_is_the_reader_s_in_vietnam(states: Served, open_page: OpenPage) -> None:
    for moment, words in (("2026-10-31T23:59:00+07:00", "Có hiệu lực từ"), ("2026-11-01T00:00:00+07:00", "Ngưng")):
        page = open_page(states.address("kiem-tra-tin/"), now=moment, timezone="America/New_York")
        page.wait_for_selector("[data-kt-o]:visible")
        ask(page, "chinh-sach/vi-du-bi-ngung/")
        assert page.locator("[data-kt-kq] .hieu-luc b").inner_text().startswith(words)


@pytest.mark.parametrize(
    "text", ["12345/XYZ-ABC", "hội nghị ngày mai", "<img src=x onerror=alert(1)>", "__proto__", "   "]
)
def test_nothing_found_is_never_called_false(text: str, page: Page) -> None:
    said = ask(page, text)
    assert found(page) == []
    assert not re.search(r"\bgiả\b|lừa đảo|sai sự thật", said, re.I)
    assert "Không tìm thấy" in said or "Chưa có gì để kiểm tra" in said
    assert page.locator("[data-kt-kq] img").count() == 0


def test_only_the_official_site_calls_its_address_official(page: Page) -> None:
    assert "chính thức" not in ask(page, "901/2026/QĐ-UBND")
    page.evaluate("document.querySelector('[data-kiem-tra]').dataset.chinhThuc = ''")
    html = page.content()
    page.route("**/kiem-tra-tin/", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.reload()
    page.wait_for_selector("[data-kt-o]:visible")
    assert f"Địa chỉ chính thức: {ADDRESS}chinh-sach/vi-du-thuong/" in ask(page, "901/2026/QĐ-UBND")


def test_data_that_does_not_load_is_not_an_answer(page: Page) -> None:
    page.route("**/kiem-tra-tin/du-lieu/**", lambda route: route.abort())
    said = ask(page, "901/2026/QĐ-UBND")
    assert "Chưa kiểm tra được" in said
    assert "Không tìm thấy" not in said


def test_only_files_of_the_site_are_asked_for_and_the_text_stays_here(page: Page, states: Served) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    ask(page, f"matzqx 901/2026/QĐ-UBND https://la.example/x {ADDRESS}chinh-sach/vi-du-thuong/")
    assert asked
    assert all(
        re.fullmatch(re.escape(states.home) + r"kiem-tra-tin/du-lieu/1/(khoa|tin)-\d+\.json", url) for url in asked
    )
    assert "matzqx" not in page.url


def test_browser_and_package_make_the_same_keys(page: Page, states: Served) -> None:
    texts = (
        "07/CT-TTg", "Số 1/2017/QH14", "66.17/NĐ-CP", "0000/A", "ĐẶC BIỆT 30a/2008/NQ-CP", "Ðề án 12", "ÀÁẢÃẠ", "",
        "Ví dụ: «một» tiêu đề dài hơn hai mươi chữ để phải cắt bớt ở chữ thứ tám mươi, hoà và hóa — 100%",
    )  # fmt: skip
    addresses = (
        "https://www.vi-du.example/A/b/?b=2&a=1&utm_source=x", "http://vi-du.example/%C4%91?q=%20x&fbclid=1",
        "https://vi-du.example", "https://vi-du.example:8080/x//#y",
    )  # fmt: skip
    made = page.evaluate(
        """async ([module, texts, addresses]) => {
          const m = await import(module);
          return [texts.map(m.numberKey), texts.map(m.headlineKey), addresses.map((a) => m.addressKey(new URL(a))),
            texts.map((t) => m.place(t, 1024))];
        }""",
        [states.address("assets/kiem-tra-tin.js"), list(texts), list(addresses)],
    )
    assert made == [
        [lookup.number_key(t) for t in texts],
        [lookup.headline_key(t) for t in texts],
        [lookup.address_key(a) for a in addresses],
        [lookup._place(t, 1024) for t in texts],
    ]


def test_a_photo_s_qr_code_is_read_where_the_browser_can(states: Served, open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(own=True)
    page.add_init_script(DETECTOR % json.dumps(ADDRESS + "chinh-sach/vi-du-thuong/?utm_medium=to-roi"))
    page.goto(states.address("kiem-tra-tin/"))
    page.wait_for_selector("#kt-anh:visible")
    assert not page.locator("[data-kt-khong-qr]").is_visible()
    for side, name in ((3, "khong-ma.png"), (40, "co-ma.png")):
        (tmp_path / name).write_bytes(png(side))
    page.set_input_files("#kt-anh", tmp_path / "khong-ma.png")
    page.get_by_text("Không thấy mã QR trong ảnh").wait_for()
    page.set_input_files("#kt-anh", tmp_path / "co-ma.png")
    page.wait_for_selector("a[data-ket-qua]")
    assert found(page) == ["vi-du-thuong"]
    (tmp_path / "hong.png").write_bytes(b"khong phai anh")
    page.set_input_files("#kt-anh", tmp_path / "hong.png")
    page.get_by_text("Không thấy mã QR trong ảnh").wait_for()


def test_a_browser_that_reads_no_qr_code_says_so(page: Page) -> None:
    page.wait_for_selector("[data-kt-khong-qr]:visible")
    assert not page.locator("#kt-anh").is_visible()


def test_without_script_the_page_leads_to_the_list(states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address("kiem-tra-tin/"), script=False)
    assert not page.locator(".kt-o").is_visible()
    page.get_by_role("link", name="Tìm trong danh sách theo số ký hiệu").click()
    assert page.url == states.address("van-ban/")


@pytest.mark.parametrize("width", [360, 1280])
def test_an_answer_is_readable_by_all_and_within_its_width(width: int, states: Served, open_page: OpenPage) -> None:
    from axe_playwright_python.base import AXE_SCRIPT

    page = open_page(states.address("kiem-tra-tin/"), width=width)
    page.wait_for_selector("[data-kt-o]:visible")
    ask(
        page,
        "901/2026/QĐ-UBND chinh-sach/vi-du-da-go/ chinh-sach/vi-du-du-thao/ chinh-sach/vi-du-dinh-chinh/ 9999/UBND-KGVX\n"
        f"https://la.example/{'a' * 200}",
    )
    assert page.evaluate("document.activeElement.className") == "kt-tong"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.evaluate(AXE_SCRIPT)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [(v["id"], v["nodes"][0]["target"]) for v in result["violations"]] == []
