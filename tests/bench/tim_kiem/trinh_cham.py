#!/usr/bin/env python3
"""Grade a site's search box in a real browser.

  trinh_cham.py SITE --queries q.tsv [options] > result.json

SITE is a built directory (served here over loopback, with gzip) or a base URL.
q.tsv, UTF-8, tab-separated, '#' lines ignored:
  kind <TAB> query <TAB> relevant
  kind      free label: toned, untoned, typo, number, abbreviation, question, facet, none ...
  relevant  'path[=grade]' parted by spaces; grade 1..3, default 1 (grade >= --min-grade counts as
            relevant for success/recall/MRR; nDCG uses the grade, gain 2^g-1). A path is compared after the
            base path, 'index.html', the fragment and the query string are dropped and percent-escapes decoded.
            '-' alone means that nothing must be found: success is then an empty list.
The page SITE + --page (default tim-kiem/?q={q}) must show its results as --result (default [data-ket-qua]):
an <a href> or an element holding one. A page is finished when --done matches (give one: it is exact), else
when the list of results has not changed for --quiet ms. Repeated links (sub-results) count once.

Metrics per kind: success@1, success@3, recall@10 (of at most 10), MRR@10, nDCG@10, mean hits, median and p95
ms from navigation to the finished list (warm cache). 'first_query' is measured on its own with a fresh, cold
profile for each --cold query: every response body as sent (gzip), headers excluded, workers included.
Exit 1 when a --require bound is missed (e.g. --require 'untoned.success@1>=0.9' --require
'first_query.bytes<=400000'), 2 on a usage error, 3 when a query never finished or the page raised an error.
"""

import argparse
import contextlib
import gzip
import http.server
import json
import math
import mimetypes
import os
import re
import statistics
import sys
import threading
import time
from urllib.parse import quote, unquote, urljoin, urlsplit

SQUEEZE = {".html", ".css", ".js", ".mjs", ".json", ".xml", ".svg", ".txt", ".csv", ".wasm", ".map", ".webmanifest"}


class Site(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, root, prefix, csp):
        self.root, self.prefix, self.csp = os.path.realpath(root), prefix, csp
        self.log, self.lock, self.cache = [], threading.Lock(), {}
        super().__init__(("127.0.0.1", 0), Handler)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        s = self.server
        path = unquote(urlsplit(self.path).path)
        if not path.startswith(s.prefix):
            return self.reply(404, b"", {})
        full = os.path.realpath(os.path.join(s.root, path[len(s.prefix) :]))
        if full != s.root and not full.startswith(s.root + os.sep):
            return self.reply(404, b"", {})
        if os.path.isdir(full):
            if not path.endswith("/"):
                return self.reply(301, b"", {"Location": quote(path) + "/"})
            full = os.path.join(full, "index.html")
        if not os.path.isfile(full):
            return self.reply(404, b"", {})
        ext = os.path.splitext(full)[1].lower()
        packed = ext in SQUEEZE and "gzip" in self.headers.get("Accept-Encoding", "")
        with s.lock:
            body = s.cache.get((full, packed))
        if body is None:
            with open(full, "rb") as f:
                body = f.read()
            if packed:
                body = gzip.compress(body, 6, mtime=0)
            with s.lock:
                s.cache[full, packed] = body
        kind = {".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm"}.get(ext)
        head = {
            "Content-Type": kind or mimetypes.guess_type(full)[0] or "application/octet-stream",
            "Cache-Control": "max-age=600",
        }
        rng = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        code = 200
        if packed:
            head["Content-Encoding"] = "gzip"
        elif rng:
            a, b = int(rng[1]), int(rng[2] or len(body) - 1)
            head["Content-Range"] = f"bytes {a}-{min(b, len(body) - 1)}/{len(body)}"
            body, code = body[a : b + 1], 206
        if s.csp:
            head["Content-Security-Policy"] = s.csp
        self.reply(code, body, head)

    do_HEAD = do_GET

    def reply(self, code, body, head):
        with self.server.lock:
            self.server.log.append((self.path, code, len(body)))
        self.send_response(code)
        for k, v in {**head, "Content-Length": str(len(body)), "Accept-Ranges": "bytes"}.items():
            self.send_header(k, v)
        self.end_headers()
        if self.command != "HEAD":
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                self.wfile.write(body)

    def log_message(self, *a):
        pass


def canon(url, base):
    p = unquote(urlsplit(urljoin(base, url)).path)
    b = urlsplit(base).path
    p = p[len(b) :] if p.startswith(b) else p.lstrip("/")
    return re.sub(r"(^|/)index\.html$", r"\1", p).lstrip("/")


def read_queries(path):
    out = []
    with open(path, encoding="utf-8-sig") as f:
        for n, line in enumerate(f, 1):
            line = line.rstrip("\r\n")
            if not line.strip() or line.startswith("#"):
                continue
            col = line.split("\t")
            if len(col) < 3:
                sys.exit(f"{path}:{n}: needs kind, query, relevant (tab-separated)")
            rel = {}
            for r in col[2].split():
                if r == "-":
                    continue
                p, _, g = r.rpartition("=") if re.search(r"=\d$", r) else (r, "", "1")
                rel[canon(p, "http://x/")] = int(g)
            out.append((col[0].strip(), col[1], rel))
    if not out:
        sys.exit(f"{path}: no query")
    return out


READ = """sel => [...document.querySelectorAll(sel)].map(e => {
  const a = e.matches('a[href]') ? e : e.querySelector('a[href]'); return a ? a.href : null}).filter(Boolean)"""


def results(page, url, a):
    """-> (hrefs or None when it never finished, ms)"""
    t = time.perf_counter()
    try:
        answer = page.goto(url, wait_until="commit", timeout=a.timeout)
        if answer and answer.status >= 400:
            return None, (time.perf_counter() - t) * 1000
    except Exception:
        return None, (time.perf_counter() - t) * 1000
    end = t + a.timeout / 1000
    last, since = None, time.perf_counter()
    while time.perf_counter() < end:
        try:
            if a.done and page.query_selector(a.done):
                return page.evaluate(READ, a.result), (time.perf_counter() - t) * 1000
            now = page.evaluate(READ, a.result)
        except Exception as e:  # the document is still being replaced
            if "context" not in str(e) and "navigat" not in str(e):
                raise
            now = None
        if now != last:
            last, since = now, time.perf_counter()
        elif not a.done and now and (time.perf_counter() - since) * 1000 >= a.quiet:
            return now, (since - t) * 1000
        elif not a.done and now == [] and (time.perf_counter() - since) * 1000 >= a.empty:
            return [], (since - t) * 1000
        time.sleep(0.01)
    return None, a.timeout


def score(got, rel, min_grade):
    if got is None:  # never finished: a failure of every measure, also where nothing was to be found
        return dict.fromkeys(("success@1", "success@3", *(("recall@10", "mrr@10", "ndcg@10") if rel else ())), 0.0)
    want = {p for p, g in rel.items() if g >= min_grade}
    if not rel:
        return {"success@1": float(not got), "success@3": float(not got)}
    top = got[:10]
    dcg = sum((2 ** rel.get(p, 0) - 1) / math.log2(i + 2) for i, p in enumerate(top))
    ideal = sum((2**g - 1) / math.log2(i + 2) for i, g in enumerate(sorted(rel.values(), reverse=True)[:10]))
    rank = next((i for i, p in enumerate(top, 1) if p in want), 0)
    return {
        "success@1": float(rank == 1),
        "success@3": float(0 < rank <= 3),
        "recall@10": sum(p in want for p in top) / max(1, min(10, len(want))),
        "mrr@10": 1 / rank if rank else 0.0,
        "ndcg@10": dcg / ideal if ideal else 0.0,
    }


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("site")
    ap.add_argument("--queries", required=True)
    ap.add_argument("--page", default="tim-kiem/?q={q}")
    ap.add_argument("--result", default="[data-ket-qua]")
    ap.add_argument("--done", default="", help="selector that matches once the list is final, e.g. [data-xong]")
    ap.add_argument("--prefix", default="/", help="sub-path to serve a directory under, e.g. /chinh-sach/")
    ap.add_argument("--csp", default="", help="Content-Security-Policy to send with every answer")
    ap.add_argument("--cold", action="append", help="query for the cold measurement (may repeat; default: the first)")
    ap.add_argument("--require", action="append", default=[], metavar="KIND.METRIC>=X")
    ap.add_argument("--min-grade", type=int, default=1)
    ap.add_argument("--limit", type=int, default=0, help="at most this many queries of each kind")
    ap.add_argument("--chromium", default=os.environ.get("CHROMIUM", "/usr/bin/chromium"))
    ap.add_argument("--timeout", type=int, default=30000)
    ap.add_argument("--quiet", type=int, default=300)
    ap.add_argument("--empty", type=int, default=2500)
    ap.add_argument("--misses", type=int, default=5, help="worst queries listed for each kind")
    a = ap.parse_args()
    from playwright.sync_api import sync_playwright

    queries = read_queries(a.queries)
    if a.limit:
        n = {}
        queries = [q for q in queries if n.setdefault(q[0], 0) < a.limit and not n.update({q[0]: n[q[0]] + 1})]
    server = None
    if re.match(r"https?://", a.site):
        base = a.site.rstrip("/") + "/"
    else:
        if not os.path.isdir(a.site):
            ap.error(f"{a.site}: not a directory")
        prefix = "/" + a.prefix.strip("/") + "/" if a.prefix.strip("/") else "/"
        server = Site(a.site, prefix, a.csp)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}{prefix}"

    def url(q):
        return base + a.page.replace("{q}", quote(q))

    errors, unfinished, per, cold = [], [], {}, []
    with sync_playwright() as pw:
        br = pw.chromium.launch(executable_path=a.chromium, args=["--no-sandbox", "--disable-background-networking"])

        def context():
            c = br.new_context(locale="vi-VN")
            p = c.new_page()
            p.on("pageerror", lambda e: errors.append(str(e)[:300]))
            p.on(
                "console",
                lambda m: (
                    errors.append(m.text[:300]) if m.type == "error" and "favicon" not in str(m.location) else None
                ),
            )
            return c, p

        for q in a.cold or [queries[0][1]]:
            c, p = context()
            if server:  # what was sent, workers included; a remote site is counted by the browser instead
                mark, sizes = len(server.log), None
            else:
                sizes = []
                p.on("requestfinished", lambda r, s=sizes: s.append((r.url, r.sizes()["responseBodySize"])))
            got, ms = results(p, url(q), a)
            sent = [(x, n) for x, code, n in server.log[mark:] if "favicon" not in x] if server else sizes
            if got is None:
                unfinished.append(q)
            cold.append(
                {
                    "query": q,
                    "bytes": sum(n for _, n in sent),
                    "requests": len(sent),
                    "ms": round(ms),
                    "hits": len(got or []),
                    "largest": [[x.split("?")[0][-60:], n] for x, n in sorted(sent, key=lambda y: -y[1])[:6]],
                }
            )
            c.close()
        c, p = context()
        for kind, q, rel in queries:
            got, ms = results(p, url(q), a)
            if got is None:
                unfinished.append(q)
            got = got and list(dict.fromkeys(canon(h, base) for h in got))
            per.setdefault(kind, []).append((q, score(got, rel, a.min_grade), len(got or []), ms, (got or [])[:3], rel))
        br.close()

    def summary(rows):
        d = {"n": len(rows)}
        for m in ("success@1", "success@3", "recall@10", "mrr@10", "ndcg@10"):
            v = [r[1][m] for r in rows if m in r[1]]
            if v:
                d[m] = round(sum(v) / len(v), 4)
        ms = sorted(r[3] for r in rows)
        d["mean_hits"] = round(sum(r[2] for r in rows) / len(rows), 1)
        d["ms_median"], d["ms_p95"] = round(statistics.median(ms)), round(ms[min(len(ms) - 1, int(len(ms) * 0.95))])
        return d

    out = {
        "first_query": max(cold, key=lambda x: x["bytes"]),
        "cold": cold,
        "kinds": {k: summary(v) for k, v in per.items()},
        "all": summary([r for v in per.values() for r in v]),
        "misses": {
            k: [
                {"query": r[0], "top": r[4], "want": sorted(r[5], key=lambda x: -r[5][x])[:3]}
                for r in sorted(v, key=lambda r: r[1].get("mrr@10", r[1]["success@1"]))[: a.misses]
                if r[1]["success@1"] < 1
            ]
            for k, v in per.items()
        },
        "unfinished": unfinished,
        "errors": sorted(set(errors))[:10],
    }
    failed = []
    for req in a.require:
        m = re.fullmatch(r"(.+)\.([\w@]+)\s*(>=|<=)\s*([\d.]+)", req)
        if not m:
            ap.error(f"--require {req!r}: KIND.METRIC>=X")
        src = out[m[1]] if m[1] in ("first_query", "all") else out["kinds"].get(m[1], {})
        v = src.get(m[2])
        if v is None or not (v >= float(m[4]) if m[3] == ">=" else v <= float(m[4])):
            failed.append(f"{req} (is {v})")
    out["failed"] = failed
    json.dump(out, sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 3 if unfinished or errors else 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
