"""Opening strangers' files: only regular ones, so much, nothing packed; names found inside content (Y09)."""

import bz2
import gzip
import io
import lzma
import os
import tarfile
import zipfile

import pytest

from tpmsim.errors import InputRefused
from tpmsim.scenario.source import member, read_bytes


def refused(path, **options):
    with pytest.raises(InputRefused) as caught:
        read_bytes(path, **options)
    return caught.value


def test_reads_all_bytes(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: 1\r\n" * 1000)
    assert read_bytes(path) == b"a: 1\r\n" * 1000
    assert read_bytes(path, 6000) == path.read_bytes()


def test_one_byte_over_the_limit(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"x" * 11)
    assert refused(path, limit=10).code == "TPM603"
    assert refused(path, limit=10).exit_code == 3


def test_empty_file(tmp_path):
    (tmp_path / "a").touch()
    assert read_bytes(tmp_path / "a") == b""


def test_missing_and_impossible_names(tmp_path):
    error = refused(tmp_path / "a\x1b[31m.yaml")
    assert error.code == "TPM601"
    assert "\x1b" not in str(error)
    assert refused("a\0b").code == "TPM601"


def test_a_folder(tmp_path):
    assert refused(tmp_path).code == "TPM602"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_a_pipe_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe").code == "TPM602"


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no devices in folders here")
def test_a_device():
    assert refused("/dev/zero").code == "TPM602"


def test_a_file_that_grows_is_bounded(tmp_path, monkeypatch):
    path = tmp_path / "a"
    path.write_bytes(b"x" * 100)
    real = os.fstat

    def small(descriptor):
        status = list(real(descriptor))
        status[6] = 1
        return os.stat_result(status)

    monkeypatch.setattr(os, "fstat", small)
    assert refused(path, limit=50).code == "TPM603"


def packed():
    data = b"format: 1\n" * 100
    archive, tar = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.yaml", data)
    with tarfile.open(fileobj=tar, mode="w") as file:
        file.addfile(tarfile.TarInfo("a.yaml"))
    return {
        "gzip": gzip.compress(data),
        "bz2": bz2.compress(data),
        "xz": lzma.compress(data),
        "lzma": lzma.compress(data, lzma.FORMAT_ALONE),
        "zip": archive.getvalue(),
        "tar": tar.getvalue(),
        "zstd": b"\x28\xb5\x2f\xfd\x24\x00",
        "7z": b"7z\xbc\xaf\x27\x1c\x00\x04",
    }


@pytest.mark.parametrize("kind", ["gzip", "bz2", "xz", "lzma", "zip", "tar", "zstd", "7z"])
def test_packed_files(tmp_path, kind):
    path = tmp_path / "a.yaml"
    path.write_bytes(packed()[kind])
    assert refused(path).code == "TPM604"


def test_links_are_followed_only_for_the_user(tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    try:
        (tmp_path / "link").symlink_to(tmp_path / "a")
    except OSError:
        pytest.skip("no rights to make links")
    assert read_bytes(tmp_path / "link") == b"x"
    if hasattr(os, "O_NOFOLLOW"):
        assert refused(tmp_path / "link", follow_links=False).code == "TPM602"


@pytest.mark.parametrize("name", ["words.en.yaml", "a.yml", "x-1_2.yaml", "a" * 64 + ".yaml"])
def test_names_of_members(tmp_path, name):
    assert member(tmp_path, name) == tmp_path / name


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "../x.yaml",
        "/etc/passwd",
        "/etc/x.yaml",
        ".//x.yaml",
        ".///etc/x.yaml",
        "a\0b",
        "a\0b.yaml",
        "C:\\x",
        "C:x.yaml",
        "\\\\host\\x.yaml",
        "a.yaml\n",
        "sub/a.yaml",
        "A.yaml",
        "a.json",
        "a.e.yaml",
        ".yaml",
        "",
        "con.yaml",
        "nul.en.yaml",
        "x" * 65 + ".yaml",
        "file:///a.yaml",
        "a.yaml:stream",
    ],
)
def test_names_that_lead_elsewhere(tmp_path, name):
    with pytest.raises(InputRefused) as caught:
        member(tmp_path, name, "whale.yaml", 3, 9)
    assert caught.value.code == "TPM605"
    assert "whale.yaml:3:9" in str(caught.value)
    assert "\0" not in str(caught.value)


def test_a_link_out_is_refused_unopened(tmp_path, monkeypatch):
    outside = tmp_path / "outside.yaml"
    outside.write_text("secret: 1\n")
    folder = tmp_path / "scenario"
    folder.mkdir()
    try:
        (folder / "words.yaml").symlink_to(outside)
    except OSError:
        pytest.skip("no rights to make links")
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("opened"))
    with pytest.raises(InputRefused) as caught:
        member(folder, "words.yaml")
    assert caught.value.code == "TPM606"


def test_the_folder_itself_may_be_behind_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.yaml").write_text("a: 1\n")
    try:
        (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    except OSError:
        pytest.skip("no rights to make links")
    assert read_bytes(member(tmp_path / "link", "a.yaml"), follow_links=False) == b"a: 1\n"
