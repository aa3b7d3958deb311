"""dia-chi-cu-trung: an earlier address that another page has."""

from collections.abc import Iterator, Sequence

from ..catalogue import Catalogue, Entry
from ..kinds import is_entry_id
from ..mending import without_items
from ..problems import Fault, Mend, Words
from .base import Rule, Values, at

OWN_ROOTS = frozenset(
    (
        *("chinh-sach", "don-vi", "linh-vuc", "loai", "doi-tuong", "co-quan", "nam", "van-ban", "tim-kiem", "gop-y"),
        *("thay-doi", "rss", "luu-tru", "nhung", "du-lieu", "su-kien", "bao-chi", "kiem-tra-tin", "kenh-chinh-thuc"),
        *("thong-tin-cong-khai", "huong-dan", "hieu-luc", "quan-tri", "lien-he", "tro-nang", "assets"),
        *(
            "rss.xml",
            "atom.xml",
            "feed.json",
            "rss-hien-thi.xml",
            "rss-thu.xml",
            "ngoai-tuyen.js",
            "404.html",
            "sitemap.xml",
            "robots.txt",
            *(f"sitemap-{number}.xml" for number in range(1, 10)),
        ),
    )
)
"""First parts of the site's own addresses (DESIGN §4), those of the pages in docs/ among them (a test compares)."""


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """A redirect page would stand where a page of the site or of another entry stands; the later path is told."""
    for place, path in enumerate(entry.policy.former_paths):
        owner = _owner(path, place, entry, catalogue)
        if owner:
            yield Fault("dia-chi-cu-trung", at(entry, f"dia_chi_cu.{place}"), values={"dia_chi": path, "cua": owner})


def _owner(path: str, place: int, entry: Entry, catalogue: Catalogue) -> str:
    first, _, rest = path.partition("/")
    former_id = rest.partition("/")[0]
    if first == "chinh-sach" and is_entry_id(former_id):
        known = catalogue.find(former_id)
        if known is not None:
            return "là trang của chính tin này" if known.id == entry.id else f"là trang của tin {known.id}"
    elif first.lower() in OWN_ROOTS:  # some disks do not tell RSS.xml from rss.xml
        return "là địa chỉ của trang có sẵn"
    if path in entry.policy.former_paths[:place]:
        return "đã ghi ở trên"
    holder = catalogue.by_former_path[path][0]
    return f"là địa chỉ cũ của tin ở {holder.file.path}" if holder is not entry else ""


def explain(values: Values) -> Words:
    """`dia_chi`: the address; `cua`: whose it is."""
    return Words(
        f"dia_chi_cu «{values['dia_chi']}» {values['cua']}",
        "một địa chỉ chỉ dẫn tới một trang",
        "bỏ dòng này, hoặc ghi đúng địa chỉ trước đây của chính tin này",
    )


def mend(fault: Fault, lines: Sequence[str]) -> Mend | None:
    """The list without this address."""
    return without_items(lines, fault.line, [fault.values["dia_chi"]])


RULE = Rule(
    code="dia-chi-cu-trung",
    title="Địa chỉ cũ trùng với trang khác",
    explain=explain,
    check=check,
    bad="dia_chi_cu: [don-vi/van-phong-so]",
    good="dia_chi_cu: [tin/ke-hoach-2023]",
    mend=mend,
    sample={"dia_chi": "don-vi/van-phong-so", "cua": "là địa chỉ của trang có sẵn"},
)
