"""thieu-khoa: a key that must stand there and does not."""

from ..problems import Words
from .base import Rule, Values, leaf


def explain(values: Values) -> Words:
    """`khoa`, `vi_du`, `nghia`: the key, an example, what it holds; `khi`: when it is demanded, if not always."""
    key, example, meaning = values["khoa"], values["vi_du"], values["nghia"]
    name = leaf(key)
    what = f"thiếu khóa «{key}»" + (f" ({meaning})" if meaning else "")
    if name != key:
        parent = key.removesuffix(f".{name}")
        return Words(what, f"{parent} chưa đủ nghĩa khi thiếu {name}", f"thêm vào {parent} khóa {name}: {example}")
    return Words(what, required(values), f"thêm vào giữa hai dòng --- một dòng, ví dụ {name}: {example}")


def required(values: Values) -> str:
    """The sentence that says in which case the key is demanded."""
    case = values.get("khi", "")
    if not case:
        return "khóa này bắt buộc với mọi tin"
    return "khóa này bắt buộc" + case.removeprefix("có") if case.startswith("có,") else f"khóa này bắt buộc {case}"


RULE = Rule(
    code="thieu-khoa",
    title="Thiếu khóa bắt buộc",
    explain=explain,
    bad="so_ky_hieu: 643/UBND-KGVX\nngay_ban_hanh: 30/5/2023",
    good="so_ky_hieu: 643/UBND-KGVX\nngay_ban_hanh: 30/5/2023\ntrich_yeu: Tăng cường công tác truyền thông chính sách",
    waits=True,
    sample={
        "khoa": "trich_yeu",
        "vi_du": "Tăng cường công tác truyền thông chính sách",
        "nghia": "trích yếu như in trên văn bản, bỏ «V/v»",
        "khi": "khi văn bản đã ban hành",
    },
)
