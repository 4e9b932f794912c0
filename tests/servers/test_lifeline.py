import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.servers import lifeline
from tests.servers.processes import ROOT


def test_temporary_folder_is_ours_alone():
    folder = lifeline.temporary_folder("feedback-toy")

    assert folder.stat().st_mode & 0o777 == 0o700


def test_folder_for_another_user_is_where_that_user_can_go(tmp_path, monkeypatch):
    tmp_path.chmod(0o700)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    ours = lifeline.temporary_folder("feedback-toy")
    theirs = lifeline.temporary_folder("feedback-toy", os.getuid())

    assert ours.parent == tmp_path
    assert all(folder.stat().st_mode & 0o001 for folder in theirs.parents)


def test_temporary_folders_are_gone_with_all_that_is_in_them():
    script = """
from tests.servers import lifeline
folder = lifeline.temporary_folder("feedback-toy")
(folder / "deep").mkdir()
(folder / "deep/note").write_text("left")
print(folder)
"""
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)

    assert ran.stdout.strip()
    assert not Path(ran.stdout.strip()).exists()
