"""thieu-phan: an entry for citizens or businesses lacks parts that they look for."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..policy import Status
from ..problems import Fault, Severity, Words
from ..text import slug
from .base import Rule, Values, at, usable

_PARTS = ("Điểm chính", "Ai cần biết", "Từ khi nào", "Cần làm gì", "Làm ở đâu, hạn nào", "Hỏi ai")
_ANCHORS = {part: slug(part) for part in _PARTS}
_READERS = frozenset(
    ("nguoi-dan", "ho-kinh-doanh", "doanh-nghiep", "doanh-nghiep-nho-va-vua", "hop-tac-xa", "nha-dau-tu", "nha-thau")
)


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """The parts that DESIGN §2 recommends; one message names all that are missing."""
    policy = entry.policy
    if policy.is_draft or policy.no_original or policy.status is Status.REMOVED:
        return
    if not usable(entry, "doi_tuong", "giai_doan", "trang_thai", "chua_co_ban_goc"):
        return
    if not _READERS & set(catalogue.audience_ids(policy)):
        return
    present = {heading.id for heading in entry.body.headings}
    missing = [part for part, anchor in _ANCHORS.items() if anchor not in present]
    if missing:
        values = {"thieu": "; ".join(missing), "mau": " và ".join(f"«## {part}»" for part in missing[:2])}
        yield Fault("thieu-phan", at(entry, "doi_tuong"), values=values)


def explain(values: Values) -> Words:
    """`thieu`: the missing parts; `mau`: how the first of them are typed."""
    return Words(
        f"bài chưa có phần: «{values['thieu']}»",
        "người dân, doanh nghiệp tìm chính các phần này trong một tin chính sách",
        f"thêm dòng đề mục, ví dụ {values['mau']}, rồi viết nội dung ở dưới; văn bản không nói tới thì bỏ qua",
    )


RULE = Rule(
    code="thieu-phan",
    title="Thiếu phần nên có",
    explain=explain,
    check=check,
    severity=Severity.NOTE,
    bad="## Điểm chính\n\n…",
    good="## Điểm chính\n\n…\n\n## Ai cần biết\n\n…\n\n## Từ khi nào\n\n…",
    sample={"thieu": "Ai cần biết; Từ khi nào", "mau": "«## Ai cần biết» và «## Từ khi nào»"},
)
