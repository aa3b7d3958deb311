"""co-quan-la: an issuing body that the vocabulary does not know yet."""

from ..mending import setting
from ..problems import Severity, Words
from .base import Rule, Values


def explain(values: Values) -> Words:
    """`khoa`, `gia_tri`; `gan_nhat`: the known name nearest to it, or nothing."""
    near = values["gan_nhat"]
    fix = "tên in trên văn bản đúng như vậy thì đề nghị Văn phòng Sở thêm vào policies/_danh-muc/co-quan.yml"
    if near:
        fix = f"nếu là {near} thì ghi đúng tên ấy; {fix}"
    return Words(
        f"{values['khoa']} «{values['gia_tri']}» chưa có trong danh mục cơ quan",
        "tin vẫn đăng với tên này, nhưng không vào danh sách của cơ quan nào",
        fix,
    )


RULE = Rule(
    code="co-quan-la",
    title="Cơ quan chưa có trong danh mục",
    explain=explain,
    bad="co_quan_ban_hanh: Bộ Tài chánh",
    good="co_quan_ban_hanh: Bộ Tài chính",
    severity=Severity.NOTE,
    mend=setting("co_quan_ban_hanh", "gan_nhat"),
    sample={"khoa": "co_quan_ban_hanh", "gia_tri": "Bộ Tài chánh", "gan_nhat": "Bộ Tài chính"},
)
