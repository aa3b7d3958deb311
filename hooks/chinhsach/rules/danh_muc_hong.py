"""danh-muc-hong: a vocabulary that cannot be used."""

from ..problems import Words
from .base import Rule, Values
from .yaml_hong import read_error


def explain(values: Values) -> Words:
    """`ly_do`: what is wrong, in Vietnamese; `loi`: the YAML parser's English message, where it stopped there."""
    fix = "sửa chỗ vừa nói, hoặc lấy lại bản trước của tệp; cách ghi xem policies/_danh-muc/DOC-TOI.md"
    reason = values["ly_do"]
    if "loi" in values:
        reading = read_error(values["loi"])
        reason, fix = f"{reason}, {reading.reason}", f"{reading.fix}; không chắc thì lấy lại bản trước của tệp"
    return Words(f"danh mục hỏng: {reason}", "mọi tin dựa vào danh mục, nên chưa tin nào được đọc", fix)


RULE = Rule(
    code="danh-muc-hong",
    title="Danh mục dùng chung hỏng",
    explain=explain,
    bad="- id: dau-thau\n  ten: Đấu thầu\n- id: dau-thau",
    good="- id: dau-thau\n  ten: Đấu thầu\n- id: ppp",
    sample={"ly_do": "mã «dau-thau» ghi hai lần"},
)
