"""The workflows of both forges: of the right form, pinned, and a fork gets no secret and none of its code runs with one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from support import ROOT, write_entry

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
BY_NAME = {path.stem: path for path in WORKFLOWS}
SCHEMAS = [
    *((path, "vendor.github-workflows") for path in WORKFLOWS),
    (ROOT / ".github" / "ISSUE_TEMPLATE" / "gui-tin.yml", "vendor.github-issue-forms"),
    (ROOT / ".github" / "ISSUE_TEMPLATE" / "config.yml", "vendor.github-issue-config"),
    (ROOT / ".gitlab-ci.yml", "vendor.gitlab-ci"),
]


def read(path: Path) -> dict[str, Any]:
    told: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    return told


def jobs(path: Path) -> Iterator[dict[str, Any]]:
    yield from read(path)["jobs"].values()


def steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in jobs(path):
        yield from job["steps"]


@pytest.mark.parametrize(("path", "schema"), SCHEMAS, ids=lambda value: getattr(value, "name", value))
def test_a_forge_reads_the_file_as_it_is_meant(path: Path, schema: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    if schema.endswith("gitlab-ci"):
        command += ["--data-transform", "gitlab-ci"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_each_action_is_pinned_to_a_commit(path: Path) -> None:
    used = re.findall(r"uses: (.*)", path.read_text("utf-8"))
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v[0-9.]+", one) for one in used), used


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_workflow_uses_a_secret_or_puts_others_words_into_a_command(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "secrets." not in text
    assert "pull_request_target" not in text
    for step in steps(path):
        assert "${{" not in step.get("run", ""), "chữ của người gửi vào lệnh phải qua biến môi trường"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_each_job_has_a_limit_of_time_and_says_its_rights(path: Path) -> None:
    assert "permissions" in read(path)
    assert all("timeout-minutes" in job for job in jobs(path))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_each_command_is_right_for_its_shell(path: Path) -> None:
    for step in steps(path):
        if step.get("shell") == "python":
            compile(step["run"], path.name, "exec")
        elif "run" in step:
            done = subprocess.run(["bash", "-n"], input=step["run"], capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr


def test_a_request_is_checked_with_reading_rights_only() -> None:
    told = read(BY_NAME["kiem-tra"])
    assert set(told["on"]) == {"pull_request", "workflow_dispatch"}
    assert told["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in jobs(BY_NAME["kiem-tra"]))
    checkouts = [step for step in steps(BY_NAME["kiem-tra"]) if "checkout@" in step.get("uses", "")]
    assert all(step["with"]["persist-credentials"] == "false" for step in checkouts)
    assert os.access(ROOT / ".ci" / "truoc-khi-dang", os.X_OK)


def test_the_workflow_that_writes_comments_takes_no_code_of_the_request() -> None:
    told = read(BY_NAME["nhan-xet"])
    assert set(told["on"]) == {"workflow_run"}
    (job,) = jobs(BY_NAME["nhan-xet"])
    assert job["permissions"] == {"actions": "read", "pull-requests": "write"}
    assert not any("uses" in step for step in job["steps"])
    assert read(BY_NAME["kiem-tra"])["name"] in told["on"]["workflow_run"]["workflows"]


def test_uploads_are_taken_in_by_the_main_branch_s_code_on_branches_of_this_repository_only() -> None:
    told = read(BY_NAME["tiep-nhan"])
    assert set(told["on"]) == {"push"}
    assert told["on"]["push"]["branches-ignore"] == ["main"]
    places = [step["with"] for step in steps(BY_NAME["tiep-nhan"]) if "checkout@" in step.get("uses", "")]
    assert [(place["path"], "default_branch" in place["ref"]) for place in places] == [("ma", True), ("nhanh", False)]
    installed = [step["run"] for step in steps(BY_NAME["tiep-nhan"]) if "pip install" in step.get("run", "")]
    assert len(installed) == 1
    assert "nhanh" not in installed[0]


def script_of(name: str, step_name: str) -> str:
    return next(step["run"] for step in steps(BY_NAME[name]) if step.get("name", "").startswith(step_name))


def test_a_forged_comment_is_only_words(tmp_path: Path) -> None:
    """The file comes from a run that a fork may have changed."""
    (tmp_path / "nhan-xet").mkdir()
    forged = (
        "<!-- chinhsach nhan-xet -->\n## Đạt\n@ai-do xem ![x](https://xau.example/a.png) <img src=x> <!--"
        + "a" * 99_999
    )
    (tmp_path / "nhan-xet/nhan-xet.md").write_text(forged, encoding="utf-8")
    subprocess.run([sys.executable, "-c", script_of("nhan-xet", "Làm sạch")], cwd=tmp_path, check=True)
    clean = (tmp_path / "sach.md").read_text("utf-8")
    assert clean.startswith("<!-- chinhsach nhan-xet -->\n\n## Đạt")
    assert len(clean) < 65_536, "GitHub nhận lời nhận xét tới 65 536 ký tự"
    rest = clean.removeprefix("<!-- chinhsach nhan-xet -->")
    assert "<" not in rest
    assert "@ai-do" not in rest
    assert "https://" not in rest
    assert "](" not in rest
    assert rest.rstrip().endswith("người duyệt vẫn phải đọc chính tệp đã đổi.*")


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=Ví dụ", "-c", "user.email=vi-du@example.org", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def request_of_a_fork(tmp_path: Path) -> Path:
    """The runner's folder after both checkouts: the main branch's code, and the fork's tree with code of its own."""
    theirs = tmp_path / "goc"
    (theirs / "policies").mkdir(parents=True)
    (theirs / "hooks").mkdir()
    (theirs / "hooks" / "ma.py").write_text("# của kho\n", encoding="utf-8")
    write_entry(theirs, "vi-du-cu")
    git(theirs, "init", "-q", "-b", "main")
    git(theirs, "add", ".")
    git(theirs, "commit", "-q", "-m", "gốc")
    work = tmp_path / "lam"
    git(tmp_path, "clone", "-q", str(theirs), str(work))
    git(work, "clone", "-q", str(theirs), ".de-nghi")
    fork = work / ".de-nghi"
    (fork / "hooks" / "ma.py").write_text("raise SystemExit('mã của fork')\n", encoding="utf-8")
    write_entry(fork, "vi-du-mới")
    shutil.rmtree(fork / "policies" / "van-phong-so" / "2023" / "khong-co", ignore_errors=True)
    git(fork, "add", ".")
    git(fork, "commit", "-q", "-m", "đề nghị")
    return work


def test_of_a_fork_only_the_entries_are_taken(request_of_a_fork: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "TU_FORK": "true", "NHANH_CHINH": "main", "RUNNER_TEMP": str(tmp_path)}
    script = "set -e\n" + script_of("kiem-tra", "Ghi tệp nào đổi")
    subprocess.run(["bash", "-c", script], cwd=request_of_a_fork, env=environment, check=True)
    assert (request_of_a_fork / "hooks" / "ma.py").read_text("utf-8") == "# của kho\n"
    assert (request_of_a_fork / "policies" / "van-phong-so" / "2023" / "vi-du-mới.md").is_file()
    assert not (request_of_a_fork / ".de-nghi").exists()
    assert (tmp_path / "tep-doi.txt").read_text("utf-8").splitlines() == [
        "hooks/ma.py",
        "policies/van-phong-so/2023/vi-du-mới.md",
    ]


def test_gitlab_does_what_github_does() -> None:
    told = read(ROOT / ".gitlab-ci.yml")
    checking = "\n".join(told["kiem-tra"]["script"])
    for command in (
        "kiem-tra --dinh-dang gitlab",
        ".ci/truoc-khi-dang",
        "CHINHSACH_XEM_TRUOC=1",
        "CHINHSACH_NHAN_XET=",
    ):
        assert command in checking
    artifacts = told["kiem-tra"]["artifacts"]
    assert artifacts["reports"]["codequality"] == "gl-code-quality-report.json"
    assert re.fullmatch(r"[A-Za-z0-9_][-A-Za-z0-9_ ]*", artifacts["expose_as"]), "GitLab chỉ nhận chữ không dấu ở đây"
    assert "tiep-nhan --dinh-dang markdown" in "\n".join(told["tiep-nhan"]["script"])
    for name in ("nhan-xet", "tiep-nhan"):
        assert all("$CHINHSACH_THE" in rule["if"] for rule in told[name]["rules"]), (
            "việc cần thẻ chỉ chạy khi kho có thẻ"
        )
    assert "SOURCE_PROJECT_ID == $CI_PROJECT_ID" in told["nhan-xet"]["rules"][0]["if"]
