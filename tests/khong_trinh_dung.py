"""`python tests/khong_trinh_dung.py <project> <site>`: the whole site with no generator, what a change of one costs."""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import jinja2
import markdown
import yaml

from chinhsach import app, text
from chinhsach.outputs.site import way_back
from chinhsach.outputs.view import GOC

TOC = {"toc": {"slugify": lambda heading, _: text.slug(heading)}}
yaml.SafeLoader.add_constructor("!ENV", lambda loader, node: os.environ.get(*loader.construct_sequence(node)))


def build(project: Path, site: Path) -> None:
    """Write the whole site into a new folder. Raises app.Refused as any build does."""
    config: dict[str, Any] = yaml.safe_load((project / "mkdocs.yml").read_text("utf-8"))
    checked = app.open_project(project, config["site_url"], config["extra"], lenient=False, log=print)
    config["extra"]["muc_them"] = app.menu(checked)
    docs, address = project / "docs", checked.config.site_url
    frames = jinja2.Environment(loader=jinja2.FileSystemLoader(docs / "templates"))
    main, missing = frames.get_template("main.html"), frames.get_template("404.html")
    shutil.copytree(docs, site, ignore=shutil.ignore_patterns("*.md", "templates", "adr"))
    for title, name in (pair for row in config["nav"] for pair in row.items()):
        reader = markdown.Markdown(extensions=["meta", "toc", "tables", "fenced_code"], extension_configs=TOC)
        html = reader.convert((docs / name).read_text("utf-8"))
        html = re.sub(r'(?<=href=")[^":]+\.md', lambda found, base=name: link(base, found[0]), html)
        meta, folder = {key: " ".join(value) for key, value in reader.Meta.items()}, folder_of(name)
        page = {"title": title, "content": html, "meta": meta, "canonical_url": address + folder}
        whole = main.render(config=config, page=page, base_url=way_back(folder).rstrip("/"))
        (site / folder).mkdir(parents=True, exist_ok=True)
        (site / folder / "index.html").write_text(whole, "utf-8")
    (site / "404.html").write_text(missing.render(config=config, base_url="/" + address.split("/", 3)[3]), "utf-8")
    app.write_site(checked, site, lambda at: main.render(config=config, khung=True, goc_khung=GOC, muc_hien_tai=at))


def folder_of(name: str) -> str:
    """Where a hand-written file's page stands: `huong-dan/` and `lien-he/`."""
    return name.removesuffix("index.md") if name.endswith("index.md") else name.removesuffix(".md") + "/"


def link(name: str, target: str) -> str:
    """A link from one hand-written file to another, as a link between their pages."""
    aim = folder_of(posixpath.normpath(posixpath.join(posixpath.dirname(name), target)))
    return posixpath.relpath("/" + aim, "/" + folder_of(name)) + "/"


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
