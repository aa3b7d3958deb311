"""The only module that knows MkDocs: hands it a checked catalogue's pages and takes its frame. No decisions here."""

from __future__ import annotations

import logging
import shutil
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from chinhsach import app, release, text
from chinhsach.outputs.view import GOC

log = logging.getLogger("mkdocs.hooks.chinhsach")
_run: dict[str, Any] = {"serving": False}


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether pages are served: a preview that raises looks stuck."""
    _run["serving"] = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check everything before MkDocs empties any folder; build beside the last good site."""
    root = Path(config.config_file_path).parent
    try:
        project = app.open_project(root, config.site_url, config.extra, lenient=_run["serving"], log=log.warning)
    except app.Refused as refused:
        raise BuildError(str(refused)) from refused
    _run.update(project=project, site=Path(config.site_dir))
    config.extra["muc_them"] = app.menu(project)
    config.mdx_configs["toc"]["slugify"] = lambda heading, _: text.slug(heading)
    if not _run["serving"]:
        _run["folder"] = release.workspace(Path(config.site_dir))
        config.site_dir = str(_run["folder"])
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out what the theme brings and what lies beside our templates: no page loads any of it (docs/adr/003)."""
    for file in list(files):
        if file.src_dir != config.docs_dir:
            files.remove(file)
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Let the theme draw the frame of each section; MkDocs keeps nothing of ours in memory."""
    template = env.get_template("main.html")

    def frame(section: str) -> str:
        context = get_context(Navigation([], []), files, config, base_url=GOC)
        return template.render({**context, "khung": True, "goc_khung": GOC, "muc_hien_tai": section})

    _run["frame"] = frame
    return env


def on_post_build(config: MkDocsConfig) -> None:
    """Write our pages beside those of MkDocs, then put the finished release in place."""
    folder = Path(config.site_dir)
    (folder / "sitemap.xml.gz").unlink(missing_ok=True)  # lists MkDocs' own pages only
    app.write_site(_run["project"], folder, _run["frame"])
    if not _run["serving"]:
        config.site_dir = str(release.replace(folder, _run["site"]))


def on_build_error(error: Exception) -> None:
    """Throw away the unfinished release; the last good site stays as it is."""
    if "folder" in _run:
        shutil.rmtree(_run["folder"], ignore_errors=True)
