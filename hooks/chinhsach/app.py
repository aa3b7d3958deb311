"""A project's folder in, a checked catalogue and its written site out: what the hook and the command share."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import clock, release, vendored
from .catalogue import Catalogue
from .check import Report, check, find_problems
from .outputs import announced, browser_form, full_text_index
from .outputs.site import Shell, Site
from .outputs.view import Templates
from .problems import Problem, summary
from .site_config import ConfigError, SiteConfig

TEMPLATES = "docs/templates"
KEPT_INDEXES = ".cache/tim-kiem"
PREVIEW_VARIABLE = "CHINHSACH_XEM_TRUOC"
FORM_VARIABLE = "CHINHSACH_QUAN_TRI"
TRIAL = "thu"


class Refused(Exception):
    """The site cannot be built; the message is the whole report, as `chinhsach kiem-tra` gives it."""


@dataclass(frozen=True, slots=True)
class Project:
    """A folder whose entries were checked, with what the site is told about itself."""

    root: Path
    catalogue: Catalogue
    config: SiteConfig
    form: browser_form.FormConfig | None = None


def asked_form(extra: Mapping[str, Any]) -> browser_form.FormConfig | None:
    """Whether `/quan-tri/` was asked for: `CHINHSACH_QUAN_TRI=1`, or `thu:<port>:<branch>` for a trial on this machine.

    Raises ConfigError.
    """
    asked, _, rest = os.environ.get(FORM_VARIABLE, "").partition(":")
    if asked == TRIAL:
        port, _, branch = rest.partition(":")
        return browser_form.FormConfig(branch=branch or "main", port=int(port) if port.isdigit() else 8081)
    return browser_form.FormConfig.from_mapping(extra.get("quan_tri")) if asked == "1" else None


def is_preview() -> bool:
    """Whether working copies and scheduled entries were asked for (`CHINHSACH_XEM_TRUOC=1`)."""
    return os.environ.get(PREVIEW_VARIABLE, "") == "1"


def open_project(
    root: Path, site_url: str | None, extra: Mapping[str, Any], *, lenient: bool, log: Callable[[str], object]
) -> Project:
    """Check a project. Raises Refused on any error; when `lenient`, errors are logged and valid entries stay."""
    try:
        config = SiteConfig.from_mapping(site_url, extra)
        form = asked_form(extra)
        now = clock.now()
    except ConfigError as error:
        raise Refused(str(error)) from None
    except ValueError:
        raise Refused("SOURCE_DATE_EPOCH phải là số giây, ví dụ 1763856000") from None
    if form is not None and not vendored.is_provided(root):
        raise Refused("chưa có bộ biểu mẫu; hãy chạy: chinhsach quan-tri --chi-tai")
    with no_search_for_cycles():
        report = check(root, now, preview=lenient or is_preview(), notes=False)
    if report.catalogue is None:
        raise Refused(as_text(report))
    if report.has_errors and not lenient:  # the closing line counts the notes too, as that of the check does
        raise Refused(as_text(Report(report.catalogue, tuple(find_problems(report.catalogue)))))
    for problem in report.problems:
        log(problem.as_text())
    return Project(root, report.only_valid(), config, form)


def as_text(report: Report) -> str:
    """The errors of a report with its closing line; notes are for the check, not for a build that stops."""
    errors: list[Problem] = [problem for problem in report.problems if problem.is_error]
    entries = len(report.catalogue.entries) if report.catalogue else 0
    return "\n\n".join([*(problem.as_text() for problem in errors), summary(report.problems, entries)])


def menu(project: Project) -> list[tuple[str, str]]:
    """The parts of the site that stand in the menu only while something is in them: folder and words."""
    return announced.menu(project.catalogue)


def write_site(project: Project, folder: Path, frame: Shell) -> None:
    """Write the package's part of the site into `folder`, and the list of every file that stands there."""
    templates = Templates(project.root / TEMPLATES)
    site = Site(project.catalogue, project.config, templates, frame)
    written = sorted(page.parent.relative_to(folder).as_posix() + "/" for page in folder.rglob("*/index.html"))
    kept = full_text_index.FolderCache(project.root / KEPT_INDEXES)
    with no_search_for_cycles():
        hashes = release.write(site.files(written), folder)
        hashes |= release.write(full_text_index.files(project.catalogue, kept), folder)
        if project.form is not None:
            form = browser_form.files(
                project.catalogue.vocabularies, project.form, templates, project.root / vendored.FOLDER
            )
            hashes |= release.write(form, folder)
        release.write_manifest(folder, hashes)
    kept.prune()


@contextmanager
def no_search_for_cycles() -> Iterator[None]:
    """Nothing here makes cycles, yet the collector walks over all entries again and again: a fifth of the time.

    What stands afterwards is left out of its walks too, the one at the end of the process included, until the next
    build of a server that stays.
    """
    gc.unfreeze()
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
