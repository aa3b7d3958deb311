"""`chinhsach tao-khoa`, `ky`, `xac-minh`: a key made, a release signed, a release compared with what was signed."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from . import vocabulary
from .cli_base import PROBLEMS, WELL, WrongCall, find_root, now_or_refuse
from .release_keys import ReleaseKey
from .rules import problem
from .signing import PublicKey, SecretKey, SigningFault, sign

VARIABLE = "CHINHSACH_KHOA_KY"


def add_commands(add: Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]) -> None:
    """Register the commands; `add(name, help, run)` makes a parser."""
    making = add("tao-khoa", "tạo khóa ký bản phát hành, một lần", _make_key)
    making.add_argument("tep", nargs="?", default="", help=f"tệp khóa, ngoài kho; không ghi thì theo biến {VARIABLE}")

    signing = add("ky", "ký danh sách tệp của trang đã dựng", _sign)
    signing.add_argument("trang", nargs="?", default="", help="thư mục trang; không ghi thì site/")
    signing.add_argument("--khoa-ky", default="", help=f"tệp khóa ký; không ghi thì theo biến {VARIABLE}")

    checking = add("xac-minh", "trang có đúng từng tệp như lúc ký không", _verify)
    checking.add_argument("trang", nargs="?", default="", help="thư mục hoặc địa chỉ http(s) trang đầu; mặc định site/")
    checking.add_argument("--khoa", action="append", default=[], help="khóa công khai, hoặc tệp .pub; nhiều lần được")
    checking.add_argument("--khong-xet-chu-ky", action="store_true", help="chỉ so tệp với danh sách, không xét chữ ký")
    checking.add_argument("--mau", type=int, help="ở địa chỉ: chỉ xem từng này tệp, chọn ngẫu nhiên")
    checking.add_argument("--cho-phep-mang-rieng", action="store_true", help="đọc cả địa chỉ trong mạng nội bộ")


def _make_key(called: argparse.Namespace) -> int:
    path = _key_path(called.tep)
    repository = next((folder for folder in path.absolute().resolve().parents if (folder / ".git").exists()), None)
    if repository is not None:
        raise WrongCall(
            f"«{path}» nằm trong kho {repository}; khóa ký phải ở ngoài mọi kho, ví dụ /etc/chinhsach/ky.key"
        )
    try:
        key = SecretKey.make()
        text, public = key.text, key.public
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(text)
    except FileExistsError:
        raise WrongCall(f"đã có tệp «{path}»; không ghi đè khóa đang có") from None
    except OSError as fault:
        raise WrongCall(f"không ghi được «{path}»: {fault.strerror}") from None
    except SigningFault as fault:
        raise WrongCall(str(fault)) from None
    today = now_or_refuse().date().isoformat()
    print(f"Đã tạo khóa ký {path}: chỉ chủ tệp đọc được. Chép một bản cất nơi an toàn, không gửi qua mạng.")
    print(f"Dán vào cuối {vocabulary.FOLDER}/{vocabulary.RELEASE_KEYS}, dưới dòng «khoa:» (bỏ [] nếu có):\n")
    print(f"- id: {today}\n  khoa: {public.text}\n  tu: '{today}'\n  den: null\n  thu_hoi: null")
    return WELL


def _key_path(given: str) -> Path:
    named = given or os.environ.get(VARIABLE, "")
    if not named:
        raise WrongCall(f"chưa biết tệp khóa ký: ghi đường dẫn, hoặc đặt biến {VARIABLE}")
    return Path(named)


def _sign(called: argparse.Namespace) -> int:
    from . import lifecycle, release, verify

    root, moment = find_root(Path.cwd()), now_or_refuse()
    site = Path(called.trang) if called.trang else root / "site"
    path = _key_path(called.khoa_ky)
    try:
        key = SecretKey.from_text(path.read_text(encoding="ascii", errors="replace"))
        own = [known for known in _published(root) if known.public == key.public]
        refusals = [known.refusal(moment.date()) for known in own]
        if not own:
            raise WrongCall(
                f"khóa {key.public.name} chưa có trong {vocabulary.RELEASE_KEYS}; người đọc chưa kiểm được chữ ký này"
            )
        if all(refusals):
            raise WrongCall(refusals[0])
        found = verify.check_folder(site, None)
        if not found.is_whole:
            print(verify.as_text(found))
            print("Không ký: trang không đúng như lúc dựng; hãy dựng lại.")
            return PROBLEMS
        signature = sign((site / release.MANIFEST).read_bytes(), key, moment, Path(release.MANIFEST).name)
        lifecycle.write_whole(site / release.SIGNATURE, signature.text.encode())
        (site / release.SIGNATURE).chmod(0o644)  # a web server reads it under another name
    except OSError as fault:
        raise WrongCall(f"không đọc hoặc ghi được «{fault.filename}»: {fault.strerror}") from None
    except (SigningFault, verify.CannotVerify) as fault:
        raise WrongCall(str(fault)) from None
    print(f"Đã ký {found.files} tệp bằng khóa {key.public.name}: {site / release.SIGNATURE}")
    return WELL


def _verify(called: argparse.Namespace) -> int:
    from . import fetch, verify  # http and ssl: no other command needs them

    keys = None if called.khong_xet_chu_ky else _wanted_keys(called.khoa)
    given = called.trang or str(find_root(Path.cwd()) / "site")
    is_address = given.startswith(("http://", "https://"))
    if called.mau is not None and (called.mau < 1 or not is_address):
        raise WrongCall("--mau phải là số từ 1 trở lên, và chỉ dùng với địa chỉ http(s)")
    try:
        if is_address:
            permits = fetch.anywhere if called.cho_phep_mang_rieng else fetch.is_public
            found = verify.check_address(given, keys, permits=permits, sample=called.mau, say=_progress)
        else:
            found = verify.check_folder(Path(given), keys)
    except fetch.PrivateNetwork as fault:
        raise WrongCall(f"{fault}; nếu đúng là máy chủ cần xem, thêm --cho-phep-mang-rieng") from None
    except (fetch.FetchError, verify.CannotVerify) as fault:
        raise WrongCall(str(fault)) from None
    except OSError as fault:
        raise WrongCall(f"không đọc được «{fault.filename}»: {fault.strerror}") from None
    print(verify.as_text(found))
    return WELL if found.is_whole else PROBLEMS


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\rđã xem {done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)


def _wanted_keys(given: list[str]) -> tuple[ReleaseKey, ...]:
    """The keys that the call names, otherwise those that the project has published. Raises WrongCall."""
    try:
        if not given:
            keys = _published(find_root(Path.cwd()))
        else:
            texts = [Path(one).read_text("utf-8", "replace") if Path(one).is_file() else one for one in given]
            keys = tuple(ReleaseKey("--khoa", PublicKey.from_text(text)) for text in texts)
    except SigningFault as fault:
        raise WrongCall(f"--khoa: {fault}") from None
    except OSError as fault:
        raise WrongCall(f"--khoa: không đọc được tệp ({fault.strerror})") from None
    if not keys:
        raise WrongCall(
            f"Sở chưa công bố khóa nào trong {vocabulary.RELEASE_KEYS}; có khóa thì ghi --khoa, "
            "chỉ so tệp thì --khong-xet-chu-ky"
        )
    return keys


def _published(root: Path) -> tuple[ReleaseKey, ...]:
    try:
        return vocabulary.load_release_keys(root)
    except vocabulary.VocabularyFault as broken:
        raise WrongCall(problem(broken.path, broken.fault).as_text()) from None
