"""What the Linux packages tell desktops is whole and agrees with the program."""

from __future__ import annotations

import configparser
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from engine import __version__

ROOT = Path(__file__).parents[2]
LINUX = ROOT / "packaging" / "linux"
METAINFO = LINUX / "io.github.impasto.Impasto.metainfo.xml"


@pytest.fixture(scope="module")
def entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(LINUX / "impasto.desktop", "utf-8")
    return parser["Desktop Entry"]


def test_the_desktop_entry_starts_the_program_with_pictures(
    entry: configparser.SectionProxy,
) -> None:
    assert entry["Exec"] == "impasto %F"
    assert {"image/png", "image/jpeg", "image/tiff"} <= set(entry["MimeType"].split(";"))
    assert entry["Icon"] == "impasto"


def test_the_metainfo_names_the_entry_the_program_and_this_version() -> None:
    root = ElementTree.parse(METAINFO).getroot()
    assert root.findtext("launchable") == "impasto.desktop"
    assert root.findtext("provides/binary") == "impasto"
    release = root.find("releases/release")
    assert release is not None
    assert release.get("version") == __version__


def test_what_is_said_in_english_is_said_in_chinese(entry: configparser.SectionProxy) -> None:
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    root = ElementTree.parse(METAINFO).getroot()
    for tag in ("summary", "description/p", "description/ul/li"):
        both = [each.get(lang) for each in root.findall(tag)]
        assert both.count(None) == both.count("zh-CN") > 0, tag
    for key in ("GenericName", "Comment", "Keywords"):
        assert entry[f"{key}[zh_CN]"] != entry[key]


def test_icons_of_every_size_are_made_of_the_one_drawing(tmp_path: Path) -> None:
    make = (
        "import sys; from pathlib import Path; from PySide6.QtGui import QGuiApplication;"
        "sys.path.insert(0, 'packaging'); import icons;"
        "application = QGuiApplication([]); icons.make(Path(sys.argv[1]))"
    )
    subprocess.run([sys.executable, "-c", make, str(tmp_path)], cwd=ROOT, check=True, timeout=60)
    sizes = set()
    for path in tmp_path.glob("impasto-*.png"):
        with Image.open(path) as icon:
            sizes.add(icon.size)
    assert {(16, 16), (48, 48), (256, 256), (512, 512)} <= sizes
    with Image.open(tmp_path / "impasto.ico") as ico:
        assert {(16, 16), (32, 32), (256, 256)} <= set(ico.info["sizes"])
    with Image.open(tmp_path / "impasto-16.png") as small:
        red, _, blue = np.moveaxis(np.asarray(small.convert("RGB"), dtype=int), 2, 0)
    assert (blue > red + 30).sum() > 40  # the ground
    assert (red > blue + 60).sum() > 20  # the stroke, still to be seen
