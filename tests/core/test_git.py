from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from sphinx_repodoc.core import git
from sphinx_repodoc.core.history import read_history

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Repository

    Make = Callable[[str], Repository]


def names(root: Path) -> list[str]:
    return sorted(file.path for file in git.list_files(root) or ())


def test_worktree_root_is_found_from_below(repository: Repository) -> None:
    """Any folder of a work tree leads to its top."""
    repository.write("a/b/c.py")
    assert git.worktree_root(repository.root / "a" / "b") == repository.root
    assert git.worktree_root(repository.root) == repository.root
    assert git.prefix(repository.root / "a" / "b") == "a/b/"
    assert git.prefix(repository.root) == ""


def test_no_work_tree_gives_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a work tree, and in a folder that does not exist, git says nothing."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    for folder in (tmp_path, tmp_path / "missing"):
        assert git.worktree_root(folder) is None
        assert git.list_files(folder) is None
        assert git.head_commit(folder) is None
        assert git.remote_url(folder) is None
        assert git.prefix(folder) == ""
        assert list(git.iter_commits(folder)) == []
        assert not git.is_shallow(folder)
        assert not git.is_ignored(folder, folder / "x")


def test_no_git_binary_gives_nothing(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without git is a machine without work trees."""
    repository.write("a.py")
    repository.commit()
    monkeypatch.setenv("PATH", "")
    assert git.worktree_root(repository.root) is None
    assert git.list_files(repository.root) is None
    assert list(git.iter_commits(repository.root)) == []


def test_lists_tracked_and_untracked_but_not_ignored(repository: Repository) -> None:
    """Modes come from the index; untracked files have none."""
    repository.write(".gitignore", "*.log\n/build/\n")
    repository.write("a.py")
    repository.write("run.sh").chmod(0o755)
    (repository.root / "link").symlink_to("a.py")
    repository.commit()
    repository.write("new.py")
    repository.write("x.log")
    repository.write("build/out.py")
    files = {file.path: file for file in git.list_files(repository.root) or ()}
    assert sorted(files) == [".gitignore", "a.py", "link", "new.py", "run.sh"]
    assert files["a.py"].mode == 0o100644
    assert files["run.sh"].mode == 0o100755
    assert files["link"].mode == git.LINK_MODE
    assert files["new.py"].mode == 0


def test_paths_are_relative_to_the_folder_asked_about(repository: Repository) -> None:
    """Only what lies below it is listed."""
    repository.write("top.py")
    repository.write("sub/a.py")
    repository.commit()
    repository.write("sub/deep/new.py")
    assert names(repository.root / "sub") == ["a.py", "deep/new.py"]


def test_odd_names_come_back_as_they_are(repository: Repository) -> None:
    """Names need no quoting, whatever they hold."""
    odd = ["-dash", "new\nline", "quo'te\"s", "sp ace ", "tab\t", "ünï", "🦊", ":(glob)*", "*?[a]"]
    for name in odd:
        repository.write(name)
    repository.commit()
    assert names(repository.root) == sorted(odd)


def test_submodules_and_nested_repositories(make_repository: Make) -> None:
    """A submodule has its pinned commit; another repository inside is listed, not entered."""
    inner = make_repository("inner")
    inner.write("x.py")
    commit = inner.commit()
    outer = make_repository("outer")
    outer.git("submodule", "add", "-q", str(inner.root), "libs/inner")
    outer.commit()
    shutil.copytree(inner.root, outer.root / "nested")
    files = {file.path: file for file in git.list_files(outer.root) or ()}
    assert sorted(files) == [".gitmodules", "libs/inner", "nested"]
    assert files["libs/inner"].mode == git.SUBMODULE_MODE
    assert files["libs/inner"].object == commit
    assert files["nested"].mode == git.SUBMODULE_MODE


def test_files_in_conflict_are_listed_once(repository: Repository) -> None:
    """The stages of a merge are one file."""
    repository.write("a.py", "1\n")
    repository.commit()
    repository.git("checkout", "-q", "-b", "other")
    repository.write("a.py", "2\n")
    repository.commit()
    repository.git("checkout", "-q", "main")
    repository.write("a.py", "3\n")
    repository.commit()
    with pytest.raises(subprocess.CalledProcessError):
        repository.git("merge", "other")
    assert names(repository.root) == ["a.py"]


def test_ignored_folders_are_known(repository: Repository) -> None:
    """The ignore rules are those of the work tree; a tracked file is never ignored."""
    repository.write(".gitignore", "out/\n*.py\n")
    repository.write("out/x.txt")
    repository.write("a.py")
    repository.git("add", "-f", "a.py")
    assert git.is_ignored(repository.root, repository.root / "out")
    assert git.is_ignored(repository.root, repository.root / "-b.py")
    assert not git.is_ignored(repository.root, repository.root / "a.py")
    assert not git.is_ignored(repository.root, repository.root.parent)


def test_head_commit(repository: Repository) -> None:
    """A repository without commits has no head."""
    assert git.head_commit(repository.root) is None
    assert list(git.iter_commits(repository.root)) == []
    commit = repository.commit()
    assert git.head_commit(repository.root) == commit


def test_remote_url_is_origin_or_the_only_one(repository: Repository) -> None:
    """Two remotes without an origin say nothing."""
    root = repository.root
    assert git.remote_url(root) is None
    repository.git("remote", "add", "up", "https://example.org/up.git")
    assert git.remote_url(root) == "https://example.org/up.git"
    repository.git("remote", "add", "other", "https://example.org/other.git")
    assert git.remote_url(root) is None
    repository.git("remote", "add", "origin", "https://example.org/origin.git")
    assert git.remote_url(root) == "https://example.org/origin.git"


def test_shallow_clones_have_no_history(make_repository: Make, tmp_path: Path) -> None:
    """Their dates would be those of the cut, so there are none."""
    origin = make_repository("origin")
    for content in "12":
        origin.write("a.py", content)
        origin.commit()
    command = ["git", "clone", "-q", "--depth=1", f"file://{origin.root}", "clone"]
    subprocess.run(command, cwd=tmp_path, check=True)
    assert git.is_shallow(tmp_path / "clone")
    assert list(git.iter_commits(tmp_path / "clone")) == []
    assert not git.is_shallow(origin.root)


def test_broken_history_says_nothing(repository: Repository) -> None:
    """A log that breaks off is no history: half of it would be false."""
    repository.write("a.py", "1\n")
    first = repository.commit()
    repository.write("a.py", "2\n")
    repository.commit()
    (repository.root / ".git" / "objects" / first[:2] / first[2:]).unlink()
    assert read_history(repository.root, {"a.py"}) == {}


def test_hostile_configuration_runs_nothing(repository: Repository, tmp_path: Path) -> None:
    """File system monitor, hooks, pager, diff programs, signatures and aliases of a repository stay unused."""
    trap = tmp_path / "trap"
    script = tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch '{trap}'\nexit 0\n")
    script.chmod(0o755)
    repository.write("a.py", "1\n")
    repository.write(".gitattributes", "* diff=evil filter=evil\n")
    repository.commit()
    hooks = repository.root / "hooks"
    for hook in ("post-index-change", "reference-transaction", "post-checkout", "fsmonitor-watchman"):
        repository.write(f"hooks/{hook}", script.read_bytes()).chmod(0o755)
    for key in (
        *("core.fsmonitor", "core.pager", "pager.log", "core.askPass", "core.sshCommand", "diff.external"),
        *(
            "diff.evil.command",
            "diff.evil.textconv",
            "filter.evil.clean",
            "filter.evil.process",
            "gpg.program",
        ),
        *("credential.helper", "core.editor", "uploadpack.packObjectsHook"),
    ):
        repository.git("config", key, str(script))
    for alias in ("log", "ls-files", "rev-parse", "config", "check-ignore"):
        repository.git("config", f"alias.{alias}", f"!{script}")
    repository.git("config", "core.hooksPath", str(hooks))
    repository.git("config", "log.showSignature", "true")
    os.utime(repository.root / "a.py", (1, 1))
    trap.unlink(missing_ok=True)
    root = repository.root
    assert git.worktree_root(root) == root
    assert "a.py" in names(root)
    assert git.head_commit(root)
    assert "a.py" in {path for commit in git.iter_commits(root) for path in commit.paths}
    assert not git.is_ignored(root, root / "a.py")
    assert git.remote_url(root) is None
    assert not trap.exists()


def test_partial_clone_is_not_completed(repository: Repository, tmp_path: Path) -> None:
    """Missing objects are not fetched, for the remote may name any command."""
    trap = tmp_path / "trap"
    script = tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch '{trap}'\n")
    script.chmod(0o755)
    repository.write("a.py", "1\n")
    commit = repository.commit()
    tree = repository.git("rev-parse", f"{commit}^{{tree}}").strip()
    repository.write("a.py", "2\n")
    repository.commit()
    for key, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.url": f"ext::{script}",
        "remote.origin.promisor": "true",
        "protocol.ext.allow": "always",
        "protocol.allow": "always",
    }.items():
        repository.git("config", key, value)
    (repository.root / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    assert read_history(repository.root, {"a.py"}) == {}
    assert not trap.exists()


def test_work_tree_elsewhere_is_refused(make_repository: Make) -> None:
    """A repository cannot claim a folder above its own, nor another repository."""
    one, other = make_repository("one"), make_repository("other")
    one.git("config", "core.worktree", str(one.root.parent))
    assert git.worktree_root(one.root) is None
    one.git("config", "core.worktree", str(other.root))
    assert git.worktree_root(one.root) is None


def test_bare_repository_inside_is_not_obeyed(repository: Repository) -> None:
    """Files that look like a repository are files of the one around them, whatever their configuration says."""
    bare = repository.root / "bare.d"
    subprocess.run(["git", "init", "-q", "--bare", str(bare)], check=True)
    for key, value in {"core.bare": "false", "core.worktree": str(repository.root)}.items():
        subprocess.run(["git", "config", "-f", str(bare / "config"), key, value], check=True)
    assert git.worktree_root(bare) == repository.root
    assert "bare.d/HEAD" in names(repository.root)


def test_variables_of_a_running_hook_are_ignored(
    make_repository: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build inside a hook has ``GIT_DIR`` and more set for another repository."""
    one, other = make_repository("one"), make_repository("other")
    one.write("a.py")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.root / "index"))
    assert git.worktree_root(one.root) == one.root
    assert names(one.root) == ["a.py"]


def shown(root: Path) -> set[str]:
    """Everything that we take from git for a folder: listing, history, remote, commit."""
    listed = {file.path for file in git.list_files(root) or ()}
    history = {f"{commit.name} {path}" for commit in git.iter_commits(root) for path in commit.paths}
    return listed | history | {str(git.remote_url(root)), str(git.head_commit(root))} - {"None"}


def is_refused(root: Path) -> bool:
    """Whether nothing is taken from git, and one line says why."""
    reason = git.refusal(root)
    if not reason:
        return False
    assert git.worktree_root(root) is None
    assert git.list_files(root) is None
    assert read_history(root, {"a.py"}) == {}
    return "\n" not in reason


@pytest.fixture
def private(make_repository: Make) -> Repository:
    """A repository of the same user that nobody has asked us to show."""
    other = make_repository("private")
    other.git("config", "user.name", "Nobody")
    other.write("a.py")
    other.git("remote", "add", "origin", "https://user:secret@example.org/private.git")
    other.commit()
    return other


def fresh(path: Path) -> Path:
    path.mkdir()
    (path / "a.py").write_text("x\n")
    return path


def test_git_file_that_names_another_repository_is_refused(private: Repository, tmp_path: Path) -> None:
    """A file, a link, or a folder that shares everything: none shows the history of another."""
    theirs = private.root / ".git"
    by_file, by_link = fresh(tmp_path / "file"), fresh(tmp_path / "link")
    (by_file / ".git").write_text(f"gitdir: {theirs}\n")
    assert is_refused(by_file)
    (by_file / ".git").write_text("gitdir: ../private/.git\n")
    assert is_refused(by_file)
    (by_link / ".git").symlink_to(theirs)
    assert is_refused(by_link)
    for shared in (("commondir",), ("objects", "refs"), ("refs",), ("objects",)):
        root = fresh(tmp_path / "-".join(shared))
        subprocess.run(["git", "init", "-q"], cwd=root, check=True)
        for name in shared:
            if name == "commondir":
                (root / ".git" / name).write_text(f"{theirs}\n")
            else:
                shutil.rmtree(root / ".git" / name)
                (root / ".git" / name).symlink_to(theirs / name)
        assert is_refused(root), shared


@pytest.mark.parametrize("name", ["HEAD", "index", "refs/heads", "refs/heads/main"])
def test_links_inside_a_git_folder_are_refused(private: Repository, tmp_path: Path, name: str) -> None:
    """With the objects of another repository beside its own, one link would be enough."""
    root = fresh(tmp_path / "copy")
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=root, check=True)
    place = root / ".git" / name
    if place.is_dir():
        shutil.rmtree(place)
    place.unlink(missing_ok=True)
    place.symlink_to(private.root / ".git" / name)
    assert is_refused(root)


def test_borrowed_objects_are_refused(private: Repository, tmp_path: Path) -> None:
    """Beside the objects of another repository, the name of a commit in HEAD would show its history."""
    root = fresh(tmp_path / "thief")
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=root, check=True)
    commit = private.git("rev-parse", "HEAD").strip()
    (root / ".git/HEAD").write_text(f"{commit}\n")
    (root / ".git/objects/info/alternates").write_text(f"{private.root}/.git/objects\n")
    assert is_refused(root)
    (root / ".git/objects/info/alternates").unlink()
    assert not is_refused(root)


def test_forged_work_tree_is_refused(private: Repository, tmp_path: Path) -> None:
    """What a linked work tree needs can be written by anyone, but not into the repository that it names."""
    root = fresh(tmp_path / "forged")
    inside = root / "fake/worktrees/x"
    inside.mkdir(parents=True)
    for name, text in {"HEAD": "ref: refs/heads/main", "gitdir": f"{root}/.git"}.items():
        (inside / name).write_text(f"{text}\n")
    (inside / "commondir").write_text(f"{private.root}/.git\n")
    (root / ".git").write_text("gitdir: fake/worktrees/x\n")
    assert is_refused(root)
    private.git("worktree", "add", "-q", str(tmp_path / "real"))
    (root / ".git").write_text((tmp_path / "real/.git").read_text())
    assert is_refused(root)


def test_git_folder_of_another_submodule_is_refused(private: Repository, make_repository: Make) -> None:
    """A folder in a work tree cannot take the git folder of one of its submodules."""
    outer = make_repository("outer")
    outer.git("submodule", "add", "-q", str(private.root), "libs/private")
    outer.commit()
    root = fresh(outer.root / "unpacked")
    (root / ".git").write_text("gitdir: ../.git/modules/libs/private\n")
    assert is_refused(root)


def test_work_trees_and_submodules_belong(private: Repository, make_repository: Make, tmp_path: Path) -> None:
    """Linked work trees, of bare repositories and of submodules too, submodules in submodules, moved folders."""
    private.git("worktree", "add", "-q", str(tmp_path / "linked"))
    bare = tmp_path / "bare.git"
    subprocess.run(["git", "clone", "-q", "--bare", str(private.root), str(bare)], check=True)
    private.git("--git-dir", str(bare), "worktree", "add", "-q", str(tmp_path / "of-bare"), "-b", "x")
    middle, outer = make_repository("middle"), make_repository("outer")
    middle.git("submodule", "add", "-q", str(private.root), "deep")
    middle.write("a.py")
    middle.commit()
    outer.git("submodule", "add", "-q", str(middle.root), "libs/middle")
    outer.git("submodule", "update", "-q", "--init", "--recursive")
    outer.commit()
    sub = outer.root / "libs/middle"
    outer.git("-C", str(sub), "worktree", "add", "-q", str(tmp_path / "of-submodule"))
    separate = fresh(tmp_path / "separate")
    outer.git(
        "clone", "-q", "--separate-git-dir", str(separate / ".real"), str(private.root), str(separate / "in")
    )
    shutil.move(separate / "in/.git", separate / ".git")
    (separate / ".git").write_text("gitdir: .real\n")
    for root in (
        *(tmp_path / "linked", tmp_path / "of-bare", sub, sub / "deep", tmp_path / "of-submodule", separate),
    ):
        assert git.refusal(root) == ""
        assert git.worktree_root(root) == root
        assert any(path.endswith(" a.py") for path in shown(root)), root
    outer.root.rename(tmp_path / "moved")
    assert "A a.py" in shown(tmp_path / "moved/libs/middle")


def test_configuration_of_a_repository_reads_nothing_outside(repository: Repository, tmp_path: Path) -> None:
    """Whatever its settings name is neither read nor obeyed; those of the user are."""
    root, outside = repository.root, tmp_path / "outside"
    outside.mkdir()
    (outside / "mailmap").write_text("Mapped <m@example.org> <a@example.org>\n")
    (outside / "ignore").write_text("*.py\n")
    (outside / "config").write_text(
        f'[remote "origin"]\nurl = https://example.org/secret.git\n[core]\nexcludesFile = {outside}/ignore\n'
        f"[mailmap]\nfile = {outside}/mailmap\n"
    )
    repository.write("a.py")
    repository.commit()
    repository.write("new.py")
    plain = shown(root)
    for key, value in {
        "include.path": f"{outside}/config",
        f"includeIf.gitdir:{root}/.path": f"{outside}/config",
        "mailmap.file": f"{outside}/mailmap",
        "core.excludesFile": f"{outside}/ignore",
        "core.attributesFile": f"{outside}/ignore",
        "core.worktree": str(root),
        "i18n.logOutputEncoding": "UTF-16",
        "log.mailmap": "false",
        "log.excludeDecoration": "x",
    }.items():
        repository.git("config", key, value)
    assert shown(root) == plain == {"a.py", "new.py", "A a.py", str(git.head_commit(root))}
    assert git.remote_url(root) is None
    for name in ("config", "mailmap", "ignore"):  # what is opened and never answers
        (outside / name).unlink()
        os.mkfifo(outside / name)
    assert shown(root) == plain


def test_configuration_of_the_user_counts(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ignore rules and names of authors that the user has set up are used as everywhere."""
    (tmp_path / "mailmap").write_text("Mapped <m@example.org> <a@example.org>\n")
    (tmp_path / "ignore").write_text("*.log\n")
    (tmp_path / "gitconfig").write_text(
        f"[core]\nexcludesFile = {tmp_path}/ignore\n[mailmap]\nfile = {tmp_path}/mailmap\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    repository.write("a.py")
    repository.commit()
    repository.write("x.log")
    assert shown(repository.root) == {"a.py", "Mapped a.py", str(git.head_commit(repository.root))}


def test_rules_and_forms_of_a_repository_are_kept(make_repository: Make, tmp_path: Path) -> None:
    """Its own exclude file, packed references, a split index, SHA-256, a branch that another names."""
    repository = make_repository("kept")
    repository.write("a.py")
    commit = repository.commit()
    repository.write("x.tmp")
    repository.write(".git/info/exclude", "*.tmp\n")
    repository.git("pack-refs", "--all")
    repository.git("update-index", "--split-index")
    repository.git("symbolic-ref", "refs/heads/alias", "refs/heads/main")
    repository.git("symbolic-ref", "HEAD", "refs/heads/alias")
    assert shown(repository.root) == {"a.py", "A a.py", commit}
    modern = fresh(tmp_path / "sha256")
    subprocess.run(["git", "init", "-q", "--object-format=sha256"], cwd=modern, check=True)
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "add", "a.py"], cwd=modern, check=True)
    subprocess.run(["git", *identity, "commit", "-q", "-m", "x"], cwd=modern, check=True)
    assert "A a.py" in shown(modern)
    assert len(git.head_commit(modern) or "") == 64


def test_format_of_the_future_is_refused(repository: Repository) -> None:
    """What an unknown extension means for the objects is not guessed."""
    repository.write("a.py")
    repository.commit()
    repository.git("config", "core.repositoryFormatVersion", "1")
    repository.git("config", "extensions.somethingNew", "true")
    assert is_refused(repository.root)
    assert "extensions.somethingnew" in git.refusal(repository.root)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_repository_of_another_owner(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is used when safe.directory names it, as git has it; else one line says why it is not."""
    repository.write("sub/a.py")
    repository.commit()
    root = repository.root
    for place in (root, *root.rglob("*")):
        os.chown(place, 12345, 12345, follow_symlinks=False)
    monkeypatch.delenv("SUDO_UID", raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))

    def used(*values: str) -> bool:
        lines = "".join(f'directory = "{value}"\n' for value in values)
        (tmp_path / "gitconfig").write_text(f"[safe]\n{lines}")
        is_used = git.worktree_root(root / "sub") == root
        assert is_used is (git.refusal(root) == "")
        return is_used

    assert not used()
    assert is_refused(root)
    assert "safe.directory" in git.refusal(root / "sub")
    assert used(str(root))
    assert used("*")
    assert used("/elsewhere", str(root), "/other")
    assert used(f"{tmp_path}/*")
    assert not used("*", "")
    assert not used(str(root / "sub"))
    assert not used(str(tmp_path))
    monkeypatch.setenv("SUDO_UID", "12345")
    assert used()


@pytest.mark.parametrize(
    "name",
    ["config", "HEAD", "index", "packed-refs", "info/exclude", "objects/pack/pack-1.idx", "objects/aa/x"],
)
def test_pipes_in_a_git_folder_are_not_waited_for(repository: Repository, name: str) -> None:
    """Reading one would never end. The folder is refused, or does without that file."""
    repository.write("a.py")
    repository.commit()
    place = repository.root / ".git" / name
    place.unlink(missing_ok=True)
    place.parent.mkdir(exist_ok=True)
    os.mkfifo(place)
    assert is_refused(repository.root) or name in {"config", "packed-refs", "info/exclude"}
