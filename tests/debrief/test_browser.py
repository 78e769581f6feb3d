"""The report in a real browser, where one is installed: it opens without a network, on screens and on paper."""

import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from judged import NASTY, poisonous, sheet
from tpmsim.debrief.html import html

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no browser is installed")


def opened(page: str, folder: Path, *asked: str) -> subprocess.CompletedProcess[str]:
    """What a browser makes of a page."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    command = [str(BROWSER), *QUIET, f"--user-data-dir={folder / 'profile'}", *asked, file.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)


@pytest.mark.parametrize(("width", "height"), [(1280, 1600), (500, 1600)])
def test_it_opens_on_a_screen(tmp_path: Path, width: int, height: int) -> None:
    shot = tmp_path / "shot.png"
    opened(html(sheet()), tmp_path, f"--window-size={width},{height}", f"--screenshot={shot}")
    data = shot.read_bytes()
    assert struct.unpack(">II", data[16:24]) == (width, height)
    assert len(data) > 40_000, "the page is blank"


def test_it_prints(tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    opened(html(sheet()), tmp_path, f"--print-to-pdf={paper}")
    data = paper.read_bytes()
    assert data.startswith(b"%PDF")
    assert len(data) > 40_000


@pytest.mark.parametrize("text", NASTY)
def test_nothing_that_a_stranger_wrote_runs(tmp_path: Path, text: str) -> None:
    shown = opened(html(poisonous(text)), tmp_path, "--dump-dom").stdout
    assert "<script" not in shown
    assert "onload=" not in shown.replace("onload=alert(1)&gt;", "")
    assert "</html>" in shown
