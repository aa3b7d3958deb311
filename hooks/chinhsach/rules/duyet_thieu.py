"""duyet-thieu: a step of approval that is required was not taken."""

from collections.abc import Iterator

from ..catalogue import Catalogue, Entry
from ..dates import format_date
from ..problems import Fault, Words
from .base import Rule, Values, at, usable


def check(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    """quy-trinh.yml says which steps an entry must have by its day of publication; one message names all missing."""
    if not usable(entry, "duyet", "ngay_dang"):
        return
    day = entry.policy.published.date()
    taken = {approval.step for approval in entry.policy.approvals}
    missing = [
        step
        for step in catalogue.vocabularies.approval_steps.values()
        if step.is_required_on(day) and step.id not in taken
    ]
    if missing:
        key = "duyet" if "duyet" in entry.policy.lines else "ngay_dang"
        values = {
            "buoc": ", ".join(step.id for step in missing),
            "ten": "; ".join(step.name for step in missing),
            "ngay": format_date(day),
        }
        yield Fault("duyet-thieu", at(entry, key), values=values)


def explain(values: Values) -> Words:
    """`buoc`, `ten`: the missing steps; `ngay`: the day of publication that asks for them."""
    return Words(
        f"duyet chưa có bước «{values['buoc']}»",
        f"quy trình của Sở (quy-trinh.yml) đòi tin đăng ngày {values['ngay']} phải qua: {values['ten']}",
        "làm xong bước đó rồi thêm vào duyet một mục: {buoc: "
        + values["buoc"].partition(",")[0]
        + ", chuc_vu: <chức vụ>, don_vi: <mã đơn vị>, ngay: <ngày>, hinh_thuc: <ký trên phiếu, …>}",
    )


RULE = Rule(
    code="duyet-thieu",
    title="Thiếu bước duyệt",
    explain=explain,
    check=check,
    waits=True,
    bad="ngay_dang: 5/6/2027      # quy-trinh.yml đòi bước phe-duyet từ 1/1/2027",
    good="ngay_dang: 5/6/2027\nduyet:\n  - {buoc: phe-duyet, chuc_vu: Trưởng phòng, don_vi: phong-dkkd, …}",
    sample={"buoc": "phe-duyet", "ten": "Phê duyệt", "ngay": "5/6/2027"},
)
