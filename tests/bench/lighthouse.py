"""Five page kinds of the project's own site through Lighthouse, as a throttled phone sees them; a table on stdout.

    .venv/bin/python -m tests.bench.lighthouse [site] [--npm <folder that has node_modules/lighthouse>]

Without a folder the script installs the pinned version with npm into `.cache/lighthouse/`. The site is served from this
machine, compressed and with the cache headers of trien-khai/nginx; the phone and its line are Lighthouse's own
(«Moto G Power», 150 ms, 1.6 Mbit/s, processor four times slower), simulated, so a figure depends on this machine too.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "site")]

from chay import find_browser  # noqa: E402
from local_site import BROWSER_ARGUMENTS  # noqa: E402

VERSION = "13.5.0"
PAGES = {
    "trang đầu": "",
    "danh sách": "chinh-sach/",
    "tin": "chinh-sach/04-2017-qh14/",
    "toàn văn": "chinh-sach/59-2020-qh14/toan-van/",
    "tìm kiếm": "tim-kiem/?q=doanh+nghiep",
}
KINDS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 3
NOT_OURS = {"is-crawlable"}
"""Full texts nobody compared, and the search page, are `noindex` by the contract (DESIGN §2)."""


class Host(SimpleHTTPRequestHandler):
    """Serves a site as the nginx example does: compressed, to be asked for again after a minute."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The file, compressed where the example compresses."""
        path = Path(self.translate_path(self.path.split("?")[0]))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        packed = path.suffix in (".html", ".css", ".js", ".json", ".xml", ".svg", ".txt")
        content = gzip.compress(content, 5) if packed else content
        self.send_response(200)
        kind = self.guess_type(str(path))
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if packed else kind)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "public, max-age=60, must-revalidate")
        self.send_header(
            "Content-Security-Policy", "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
        )
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


def lighthouse(given: str | None) -> Path:
    """The command, installed with npm unless a folder has it."""
    folder = Path(given) if given else ROOT / ".cache" / "lighthouse"
    command = folder / "node_modules" / ".bin" / "lighthouse"
    if not command.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", f"lighthouse@{VERSION}"], cwd=folder, check=True)
    return command


def measure(command: Path, address: str, browser: str) -> dict[str, object]:
    """One report of Lighthouse."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "bao-cao.json"
        flags = " ".join(["--headless=new", *BROWSER_ARGUMENTS])
        subprocess.run(
            [str(command), address, "--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={flags}"],
            env={**os.environ, "CHROME_PATH": browser}, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        found: dict[str, object] = json.loads(report.read_text("utf-8"))
        return found


def score(report: dict, kind: str) -> int:
    """A category's score of 100, without the audits that the contract decides."""
    audits = [
        (ref["weight"], report["audits"][ref["id"]]["score"])
        for ref in report["categories"][kind]["auditRefs"]
        if ref["weight"] and report["audits"][ref["id"]]["score"] is not None and ref["id"] not in NOT_OURS
    ]
    return round(100 * sum(w * s for w, s in audits) / sum(w for w, _ in audits))


def failed(report: dict) -> list[str]:
    """What costs points, by audit."""
    return sorted(
        f"{ref['id']} {audit.get('displayValue', '')}".strip()
        for kind in KINDS
        for ref in report["categories"][kind]["auditRefs"]
        for audit in [report["audits"][ref["id"]]]
        if ref["weight"] and audit["score"] is not None and audit["score"] < 0.9 and ref["id"] not in NOT_OURS
    )


def main() -> int:
    """Print the table; exit 1 where a target is missed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("site", nargs="?", default=str(ROOT / "site"))
    asked.add_argument("--npm")
    asked.add_argument("--lan", type=int, default=RUNS)
    called = asked.parse_args()
    command, browser = lighthouse(called.npm), find_browser()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=called.site))
    Thread(target=server.serve_forever, daemon=True).start()
    missed = False
    print("| trang | " + " | ".join(KINDS) + " | FCP | LCP | TBT | CLS | bytes |\n|---|" + "---|" * (len(KINDS) + 5))
    for name, path in PAGES.items():
        reports = [
            measure(command, f"http://127.0.0.1:{server.server_port}/{path}", str(browser)) for _ in range(called.lan)
        ]
        scores = {kind: round(statistics.median(score(r, kind) for r in reports)) for kind in KINDS}
        middle = sorted(reports, key=lambda r: score(r, "performance"))[len(reports) // 2]
        seen = [
            middle["audits"][audit].get("displayValue", "").replace("\xa0", " ")
            for audit in (
                "first-contentful-paint",
                "largest-contentful-paint",
                "total-blocking-time",
                "cumulative-layout-shift",
            )
        ]
        weight = f"{middle['audits']['total-byte-weight']['numericValue'] / 1000:.0f} KB"
        print(f"| {name} | " + " | ".join([*(str(s) for s in scores.values()), *seen, weight]) + " |", flush=True)
        for what in failed(middle):
            print(f"  {name}: {what}", file=sys.stderr, flush=True)
        missed |= any(scores[kind] < least for kind, least in KINDS.items())
    server.shutdown()
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
