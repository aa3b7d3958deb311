"""«Cách đọc», the keyboard, screen readers' names, large letters, forced colours: what axe does not see."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from conftest import BASE, NOW, OpenPage, Readers, Served
from pages import SCRIPTLESS, TEMPLATES
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.trinh_duyet, pytest.mark.dung_trang]

ENTRY = "chinh-sach/vi-du-trang-day/"
KINDS = sorted({*TEMPLATES.values()} - {*SCRIPTLESS})
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
REACHABLE = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter((e) => {
  const s = getComputedStyle(e);
  return e.checkVisibility({ visibilityProperty: true }) && !e.disabled && s.pointerEvents !== 'none' && e.tabIndex >= 0
    && !(e.type === 'radio' && !e.checked && document.querySelector(`input[name="${e.name}"]:checked`));
}).length"""
HERE = """() => {
  const e = document.activeElement;
  if (e === document.body) return null;
  const s = getComputedStyle(e), r = e.getBoundingClientRect();
  window.walked ||= new Map();
  if (!window.walked.has(e)) window.walked.set(e, window.walked.size);
  const middle = document.elementFromPoint(r.x + Math.min(r.width / 2, 20), r.y + r.height / 2);
  return {
    id: window.walked.get(e),
    parts: e.type === 'date',
    what: `${e.tagName} ${e.textContent.trim().slice(0, 40)}`,
    outline: s.outlineStyle === 'none' ? 0 : parseFloat(s.outlineWidth),
    inView: r.width > 0 && r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth,
    hidden: Boolean(e.closest('[aria-hidden="true"]')),
    covered: Boolean(middle) && !e.contains(middle) && !middle.contains(e) && !e.closest('label')?.contains(middle),
  };
}"""


MOST_STEPS = 80


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest, readers: Readers, states: Served) -> Iterator[Page]:
    """Each kind of page, opened once by a reader who did not ask for less motion."""
    page = readers.take(timezone_id="Asia/Ho_Chi_Minh", reduced_motion="no-preference")
    page.clock.set_fixed_time(NOW)
    page.goto(states.address(request.param))
    page.wait_for_timeout(100)
    yield page
    readers.give_back(page)


def test_the_keyboard_alone_reaches_everything_once_and_is_always_seen(kind: Page) -> None:
    expected = min(kind.evaluate(REACHABLE), MOST_STEPS)
    steps: list[dict[str, object]] = []
    for _ in range(expected + 6):
        kind.keyboard.press("Tab")
        step = kind.evaluate(HERE)
        if step is None or (steps and step["id"] == 0):
            break
        if step["parts"] and steps and steps[-1]["id"] == step["id"]:
            continue  # day, month and year of a field are steps of their own
        steps.append(step)
    assert [s["what"] for s in steps if not s["outline"] or not s["inView"] or s["hidden"] or s["covered"]] == []
    assert steps[0]["what"] == "A Đến nội dung chính"
    ids = [s["id"] for s in steps]
    assert ids == sorted(set(ids)), "the walk goes back, or stays in a trap"
    assert len(steps) >= expected, "something cannot be reached"


def nodes(page: Page) -> list[dict[str, str]]:
    """Chromium's accessibility tree, as a screen reader is given it: role and name of each node that is not ignored."""
    session = page.context.new_cdp_session(page)
    tree = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        {"role": node["role"]["value"], "name": node.get("name", {}).get("value", "")}
        for node in tree
        if not node.get("ignored") and "role" in node
    ]


NAMED = {
    "link",
    "button",
    "searchbox",
    "textbox",
    "combobox",
    "checkbox",
    "radio",
    "navigation",
    "region",
    "form",
    "image",
    "DisclosureTriangle",
    "search",
    "heading",
    "Date",
}
VAGUE = re.compile(r"^(xem|ở đây|tại đây|bấm|link|xem thêm|chi tiết|\W*)$", re.I)


def test_a_screen_reader_hears_a_name_for_everything_and_each_landmark_once(kind: Page) -> None:
    heard = nodes(kind)
    nameless = [n for n in heard if n["role"] in NAMED and not n["name"].strip()]
    assert nameless == []
    assert [
        n
        for n in heard
        if n["role"] in ("link", "button") and VAGUE.match(n["name"].strip()) and not re.match(r"\d|[A-ZĐ]$", n["name"])
    ] == []
    roles = [n["role"] for n in heard]
    for landmark in ("main", "banner", "contentinfo"):
        assert roles.count(landmark) == 1, landmark
    landmarks = [n["name"] for n in heard if n["role"] == "navigation"]
    assert len(landmarks) == len(set(landmarks)), landmarks
    assert kind.evaluate("document.documentElement.lang") == "vi"


def test_an_entry_is_told_in_this_order(states: Served, open_page: OpenPage) -> None:
    heard = nodes(open_page(states.address(ENTRY)))
    names = [n["name"] for n in heard if n["role"] == "heading"]
    assert names[0].startswith("Ví dụ")
    assert (
        names.index("Điểm chính")
        < names.index("Thông tin văn bản")
        < names.index("Tệp và bản gốc")
        < names.index("Lịch sử tin")
    )
    said = [(n["role"], n["name"]) for n in heard]
    for known in (
        ("link", "Đến nội dung chính"),
        ("search", "Tìm trên trang"),
        ("searchbox", "Số ký hiệu hoặc từ khóa"),
        ("button", "Cách đọc"),
        ("navigation", "Mục chính"),
        ("navigation", "Đường dẫn"),
        ("complementary", "Thông tin văn bản"),
        ("button", "In trang này"),
    ):
        assert known in said, known


def test_nothing_moves_by_itself_for_anybody(kind: Page) -> None:
    assert (
        kind.evaluate("""() => [...document.querySelectorAll('*')].filter((e) => {
      const s = getComputedStyle(e);
      return s.animationName !== 'none' || s.transitionDuration.split(',').some((d) => parseFloat(d) > 0) || s.scrollBehavior === 'smooth';
    }).length""")
        == 0
    )
    assert kind.evaluate("document.getAnimations().length") == 0


def test_a_page_at_four_hundred_per_cent_scrolls_one_way_and_hides_nothing(kind: Page) -> None:
    kind.set_viewport_size({"width": 320, "height": 256})  # 1280 × 1024 at 400 %, WCAG 1.4.10
    assert kind.evaluate(WIDE) <= 0
    fixed = kind.evaluate("""() => [...document.querySelectorAll('body *')].filter((e) => ['fixed', 'sticky'].includes(getComputedStyle(e).position) && e.checkVisibility())
      .reduce((sum, e) => sum + e.getBoundingClientRect().height, 0)""")
    assert fixed < 256 / 3, "what stays on the screen leaves no room to read"


@pytest.mark.parametrize("path", [ENTRY, "chinh-sach/trang-2/", "tim-kiem/?q=vi+du", "./"])
def test_in_forced_colours_buttons_fields_and_the_present_place_keep_an_edge(
    states: Served, open_page: OpenPage, path: str
) -> None:
    page = open_page(states.address(path), forced_colors="active")
    page.wait_for_timeout(100)
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    edgeless = page.evaluate("""() => [...document.querySelectorAll('.nut, .o-tim input, .o-tim button, .phan-trang [aria-current]')]
      .filter((e) => e.checkVisibility({ visibilityProperty: true }) && parseFloat(getComputedStyle(e).borderBottomWidth) < 1).map((e) => e.outerHTML.slice(0, 80))""")
    assert edgeless == []
    page.keyboard.press("Tab")
    assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2


# «Cách đọc»


def opened(page: Page) -> Page:
    page.get_by_role("button", name="Cách đọc").click()
    expect(page.get_by_role("region", name="Cách đọc")).to_be_visible()
    return page


def test_the_panel_is_loaded_only_when_it_is_asked_for(states: Served, open_page: OpenPage) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(states.address(ENTRY))
    page.wait_for_timeout(100)
    assert not [url for url in asked if url.endswith("cach-doc.js")]
    opened(page)
    assert len([url for url in asked if url.endswith("cach-doc.js")]) == 1


def test_the_panel_goes_by_keyboard_and_gives_the_place_back(states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address(ENTRY))
    button = page.get_by_role("button", name="Cách đọc")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Nhỏ hơn")).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("region", name="Cách đọc")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 1280])
def test_letters_grow_to_double_stay_so_on_the_next_page_and_nothing_becomes_too_wide(
    states: Served, open_page: OpenPage, width: int
) -> None:
    page = opened(open_page(states.address(ENTRY), width=width))
    before = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.dan')).fontSize)")
    for _ in range(7):
        page.get_by_role("button", name="To hơn").click()
    expect(page.get_by_role("status").filter(has_text="200 %")).to_be_visible()
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.dan')).fontSize)") == pytest.approx(
        2 * before
    )
    for path in (ENTRY, "chinh-sach/", "chinh-sach/vi-du-toan-van/toan-van/", "tim-kiem/?q=vi+du", "./"):
        page.goto(states.address(path))
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.style.fontSize") == "200%"
        assert page.evaluate(WIDE) <= 0, path
    opened(page).get_by_role("button", name="Như cũ").click()
    assert page.evaluate("document.documentElement.style.fontSize") == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_night_and_day_are_chosen_against_the_machine_and_kept(
    states: Served, open_page: OpenPage, scheme: str
) -> None:
    page = opened(open_page(states.address(ENTRY), color_scheme=scheme))
    back = "getComputedStyle(document.body).backgroundColor"
    of_the_machine = page.evaluate(back)
    other = "Nền tối" if scheme == "light" else "Nền sáng"
    page.get_by_role("button", name=other).click()
    expect(page.get_by_role("button", name=other)).to_have_attribute("aria-pressed", "true")
    chosen = page.evaluate(back)
    assert {chosen, of_the_machine} == {"rgb(255, 255, 255)", "rgb(21, 24, 27)"}
    page.goto(states.address("chinh-sach/"))
    assert page.evaluate(back) == chosen
    page.emulate_media(media="print")
    assert page.evaluate(back) == "rgb(255, 255, 255)"
    page.emulate_media(media="screen")
    opened(page).get_by_role("button", name="Theo máy").click()
    assert page.evaluate(back) == of_the_machine


VOICES = """(() => {
  const said = window.said = [];
  const voices = %s;
  const engine = { getVoices: () => voices, cancel() {}, pause() { said.push('[dừng]'); }, resume() { said.push('[tiếp]'); },
    speak(u) { said.push(u.text); if (said.length < 5) setTimeout(() => u.onend && u.onend(), 0); }, addEventListener() {} };
  Object.defineProperty(window, 'speechSynthesis', { value: engine, configurable: true });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
})()"""
"""A machine with voices: the browser of these tests has none of its own."""


def test_reading_aloud_is_hidden_where_no_voice_is_vietnamese_and_on_the_machine(
    states: Served, open_page: OpenPage
) -> None:
    page = opened(open_page(states.address(ENTRY)))
    expect(page.get_by_role("button", name="Nghe", exact=True)).to_be_hidden()
    page = open_page(own=True)
    page.add_init_script(VOICES % "[{lang: 'en-US', localService: true}, {lang: 'vi-VN', localService: false}]")
    page.goto(states.address(ENTRY))
    expect(opened(page).get_by_role("button", name="Nghe", exact=True)).to_be_hidden()


def test_an_entry_is_read_aloud_from_its_title_and_stops(states: Served, open_page: OpenPage) -> None:
    page = open_page(own=True)
    page.add_init_script(VOICES % "[{lang: 'vi-VN', localService: true}]")
    page.goto(states.address(ENTRY))
    opened(page).get_by_role("button", name="Nghe", exact=True).click()
    page.wait_for_function("() => said.length === 5")  # where the voice of this test falls silent
    said = page.evaluate("said")
    whole = " ".join(said)
    assert page.locator("h1").inner_text().split()[:3] == next(s for s in said if s.startswith("Ví dụ")).split()[:3]
    assert "Mục chính" not in whole
    assert "Trang đầu" not in whole
    assert max(len(piece) for piece in said) <= 201
    page.get_by_role("button", name="Tạm dừng").click()
    expect(page.get_by_role("button", name="Đọc tiếp")).to_be_visible()
    assert page.evaluate("said.at(-1)") == "[dừng]"
    page.get_by_role("button", name="Dừng", exact=True).click()
    expect(page.get_by_role("button", name="Nghe", exact=True)).to_be_focused()


def test_without_script_there_is_no_button_that_does_nothing(states: Served, open_page: OpenPage) -> None:
    page = open_page(states.address(ENTRY), script=False)
    for name in ("Cách đọc", "Nghe", "Giữ tin"):
        assert page.get_by_role("button", name=name).count() == 0


def test_axe_finds_nothing_in_the_panel(states: Served, open_page: OpenPage) -> None:
    from axe_playwright_python.base import AXE_SCRIPT

    page = opened(open_page(states.address(ENTRY)))
    page.evaluate(AXE_SCRIPT)
    for scheme in ("Nền sáng", "Nền tối"):
        page.get_by_role("button", name=scheme).click()
        found = page.evaluate("() => axe.run('.cach-doc')")
        assert found["passes"]
        assert [v["id"] for v in found["violations"]] == []


def test_the_site_below_a_path_finds_its_scripts(states: Served, open_page: OpenPage) -> None:
    assert states.home.endswith(BASE)
    opened(open_page(states.address("khong-co-trang-nay/hai/")))
