"""A built site and wrk in, how the example nginx serves it while new releases are published out.

    python -m tests.bench.phat_tai --trang site [--giay 20] [--ket-noi 64] [--it-nhat 100000] [--so-ban 5]

Needs wrk and nginx (apt-get install wrk nginx). All on one machine over loopback: wrk, nginx and the publications share
its processors, so the figures are a floor. Exit 1 where a request failed, a reader met a mixed release, or there were
fewer requests than wished. A reader of its own asks for page after page over one connection and knows every release: a
body that belongs to none, or to an earlier one than the reader has seen already, is a mixed release.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))

from may_chu import AROUND, configured, free_port, wait_for

from chinhsach import release
from chinhsach.ledger import PLACE

ROOT = Path(__file__).resolve().parents[2]
MARKED = 24
_SCRIPT = """
local paths = {%s}
local n = 0
request = function()
  n = n %% #paths + 1
  return wrk.format("GET", paths[n])
end
done = function(summary, latency, requests)
  io.write(string.format(
    '{"requests": %%d, "seconds": %%.3f, "bytes": %%d, "status": %%d, "connect": %%d, "read": %%d, "write": %%d, ' ..
    '"timeout": %%d, "p50": %%.3f, "p99": %%.3f, "max": %%.3f}\\n',
    summary.requests, summary.duration / 1e6, summary.bytes, summary.errors.status, summary.errors.connect,
    summary.errors.read, summary.errors.write, summary.errors.timeout, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, latency.max / 1e3))
end
"""


class Releases:
    """Releases of one site that differ in some pages of every kind, and what each of these pages is in each."""

    def __init__(self, site: Path, work: Path, target: Path) -> None:
        self.site, self.work, self.target = site, work, target
        kinds = ("*.html", "chinh-sach/*/index.html", "don-vi/*/*.html", "*.xml", "assets/*.css")
        found = [p for kind in kinds for p in sorted(site.glob(kind))[: MARKED // 4] if p.name != "404.html"]
        self.paths = [p.relative_to(site).as_posix() for p in found][:MARKED]
        self.known: dict[tuple[str, str], int] = {}
        self.count = 0
        self.seconds: list[float] = []

    def publish(self) -> None:
        """The next release, by the command."""
        self.count += 1
        build = self.work / "trang"
        shutil.rmtree(build, ignore_errors=True)
        shutil.copytree(self.site, build, copy_function=os.link)
        for path in self.paths:
            mark = f"/* {self.count} */" if path.endswith(".css") else f"<!-- {self.count} -->"
            content = (self.site / path).read_bytes() + mark.encode()
            (build / path).unlink()
            (build / path).write_bytes(content)
            self.known[path, hashlib.sha256(content).hexdigest()] = self.count
        (build / release.MANIFEST).unlink()
        release.write_manifest(build, {})
        began = time.monotonic()
        first = ["--lan-dau"] if self.count == 1 else []
        command = [sys.executable, "-m", "chinhsach.cli", "xuat-ban", *first, "--giu", "3", build, self.target]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        self.seconds.append(time.monotonic() - began)


class Reader(threading.Thread):
    """Asks for one marked page after the other over one connection until told to stop."""

    def __init__(self, port: int, releases: Releases) -> None:
        super().__init__(daemon=True)
        self.port, self.releases, self.stop = port, releases, threading.Event()
        self.asked = self.mixed = 0
        self.answers: list[tuple[str, int, str]] = []

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while not self.stop.is_set():
            path = self.releases.paths[self.asked % len(self.releases.paths)]
            connection.request("GET", "/" + path)
            answer = connection.getresponse()
            self.answers.append((path, answer.status, hashlib.sha256(answer.read()).hexdigest()))
            self.asked += 1

    def judged(self) -> tuple[int, int]:
        """How many answers were of no release or of one before that seen last, and how many releases were seen."""
        newest, wrong, seen = 0, 0, set()
        for path, status, digest in self.answers:
            number = self.releases.known.get((path, digest), 0) if status == 200 else 0
            wrong += number < max(newest, 1)
            newest = max(newest, number)
            seen.add(number)
        return wrong, len(seen)


def load(port: int, work: Path, site: Path, seconds: int, connections: int) -> dict[str, float]:
    """What wrk tells of a run over every page and feed of the site."""
    paths = sorted(p.relative_to(site).as_posix() for p in site.rglob("*") if p.suffix in (".html", ".xml", ".css"))
    asked = ", ".join(json.dumps("/" + re.sub(r"index\.html$", "", path)) for path in paths if path != "404.html")
    (work / "hoi.lua").write_text(_SCRIPT % asked, encoding="utf-8")
    command = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(work / "hoi.lua")]
    done = subprocess.run([*command, f"http://127.0.0.1:{port}/"], capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(next(line for line in done.stdout.splitlines() if line.startswith("{")))
    return told


def main(arguments: list[str]) -> int:
    """Serve, load and publish at the same time; print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trang", type=Path, default=ROOT / "site", help="trang đã dựng")
    parser.add_argument("--giay", type=int, default=20, help="đo bao nhiêu giây mỗi lượt")
    parser.add_argument("--ket-noi", type=int, default=64, help="số kết nối cùng lúc")
    parser.add_argument("--it-nhat", type=int, default=100_000, help="cần ít nhất bao nhiêu lượt hỏi trong lúc đăng")
    parser.add_argument("--so-ban", type=int, default=5, help="cần ít nhất bao nhiêu bản đăng trong lúc đo")
    wanted = parser.parse_args(arguments)
    if not (wanted.trang / PLACE).is_file():
        parser.error(f"không có trang đã dựng ở {wanted.trang}")
    with tempfile.TemporaryDirectory(prefix="phat-tai-") as folder:
        work = Path(folder)
        site = work / "goc"
        shutil.copytree(wanted.trang, site)
        releases = Releases(site, work, work / "dich")
        releases.publish()
        port = free_port()
        listen, root = f"listen 127.0.0.1:{port};", work / "dich" / "hien-tai"
        text = configured(work, root, listen, "/", "https://cong.example")
        (work / "chinhsach.conf").write_text(text, encoding="utf-8")
        user = "worker_processes auto; user root;" if os.geteuid() == 0 else "worker_processes auto;"
        (work / "nginx.conf").write_text(AROUND.format(home=work, user=user), encoding="utf-8")
        command = ["nginx", "-p", str(work), "-c", str(work / "nginx.conf")]
        with (work / "loi.txt").open("wb") as said:
            nginx = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        try:
            wait_for(port, nginx, work / "loi.txt")
            alone = load(port, work, site, wanted.giay, wanted.ket_noi)
            reader = Reader(port, releases)
            reader.start()
            under, stopped = {}, threading.Event()

            def keep_publishing() -> None:
                while not stopped.is_set():
                    releases.publish()

            publisher = threading.Thread(target=keep_publishing)
            publisher.start()
            under = load(port, work, site, wanted.giay, wanted.ket_noi)
            while under["requests"] < wanted.it_nhat or releases.count - 1 < wanted.so_ban:
                more = load(port, work, site, wanted.giay, wanted.ket_noi)
                under = {key: max(under[key], more[key]) if key[0] in "pm" else under[key] + more[key] for key in more}
            stopped.set()
            publisher.join()
            reader.stop.set()
            reader.join()
        finally:
            nginx.terminate()
            nginx.wait(timeout=30)
        errors = [line for line in (work / "error.log").read_text("utf-8", "replace").splitlines() if "[error]" in line]
    mixed, seen = reader.judged()
    failed = sum(int(under[key]) for key in ("status", "connect", "read", "write", "timeout"))
    for name, told in (("không đăng gì", alone), ("trong lúc đăng liên tục", under)):
        print(
            f"{name}: {told['requests']:.0f} lượt hỏi, {told['requests'] / told['seconds']:.0f}/giây, "
            f"{told['bytes'] / told['seconds'] / 1e6:.0f} MB/giây, p50 {told['p50']:.1f} ms, p99 {told['p99']:.1f} ms, "
            f"lâu nhất {told['max']:.0f} ms"
        )
    longest = sorted(releases.seconds)
    print(f"lần đăng: {releases.count - 1} trong lúc đo, mỗi lần {longest[len(longest) // 2]:.2f} giây (trung vị)")
    print(f"lượt hỏi hỏng: {failed}; nginx báo lỗi: {len(errors)}")
    print(f"người đọc riêng: {reader.asked} lượt, thấy {seen} bản, trang lẫn bản: {mixed}")
    return 1 if failed or mixed or under["requests"] < wanted.it_nhat else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
