"""Makes a .deb and a tarball of the folder that PyInstaller made.

    python packaging/linux/build.py [--folder build/dist/impasto] [--to build/packages]

Needs dpkg-deb and xz; see README.md one folder up for what comes before.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
HERE: Final = Path(__file__).parent
sys.path.insert(0, str(ROOT))

from engine import __version__  # noqa: E402 (found only then)

ID: Final = "io.github.impasto.Impasto"
ARCHITECTURES: Final = {"x86_64": "amd64", "aarch64": "arm64"}
DEPENDS: Final = (
    "libc6 (>= 2.28)",
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0 | libglib2.0-0t64",
    "libx11-6",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon0",
    "libxkbcommon-x11-0",
    "fonts-dejavu-core | fonts-noto-core | fonts-liberation",
)
"""What Qt loads of the system; the folder brings all else."""

CONTROL: Final = """\
Package: impasto
Version: {version}
Architecture: {architecture}
Maintainer: The Impasto developers <impasto@localhost>
Installed-Size: {size}
Depends: {depends}
Recommends: fonts-noto-cjk
Section: graphics
Priority: optional
Description: repaint a photograph in the style of another picture
 Impasto optimises the pixels of a photograph until it has the style of a
 painting, on your own machine, while you watch and steer. It brings a small
 network of its own and example pictures, and works without the internet.
"""


def main() -> None:
    """Build both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "dist" / "impasto")
    parser.add_argument("--to", type=Path, default=ROOT / "build" / "packages")
    arguments = parser.parse_args()
    arguments.to.mkdir(parents=True, exist_ok=True)
    machine = platform.machine()
    name = f"impasto-{__version__}-linux-{machine}"
    for path in (
        make_deb(arguments.folder, arguments.to, ARCHITECTURES[machine]),
        make_tarball(arguments.folder, arguments.to / f"{name}.tar.xz", name),
    ):
        sys.stdout.write(f"{path} {path.stat().st_size / 1e6:.0f} MB\n")


def make_deb(folder: Path, to: Path, architecture: str) -> Path:
    """Lay out the root as it will be installed, and pack it."""
    root = ROOT / "build" / "deb"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(folder, root / "usr" / "lib" / "impasto", symlinks=True)
    programs = root / "usr" / "bin"
    programs.mkdir(parents=True)
    (programs / "impasto").symlink_to("../lib/impasto/impasto")
    lay_out_share(root / "usr" / "share")
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file()) // 1024
    control = root / "DEBIAN" / "control"
    control.parent.mkdir()
    control.write_text(
        CONTROL.format(
            version=__version__, architecture=architecture, size=size, depends=", ".join(DEPENDS)
        )
    )
    path = to / f"impasto_{__version__}_{architecture}.deb"
    options = ("--root-owner-group", "-Zxz", "-z6", "--build")
    subprocess.run(["dpkg-deb", *options, str(root), str(path)], check=True)
    return path


def lay_out_share(share: Path) -> None:
    """Desktop entry, metainfo, icons and the licence."""
    for source, target in (
        (HERE / "impasto.desktop", share / "applications"),
        (HERE / f"{ID}.metainfo.xml", share / "metainfo"),
    ):
        target.mkdir(parents=True)
        shutil.copy(source, target)
    for icon in (ROOT / "build" / "icons").glob("impasto-*.png"):
        size = icon.stem.partition("-")[2]
        target = share / "icons" / "hicolor" / f"{size}x{size}" / "apps"
        target.mkdir(parents=True)
        shutil.copy(icon, target / "impasto.png")
    scalable = share / "icons" / "hicolor" / "scalable" / "apps"
    scalable.mkdir(parents=True)
    shutil.copy(ROOT / "resources" / "icons" / "impasto.svg", scalable)
    licence = share / "doc" / "impasto"
    licence.mkdir(parents=True)
    shutil.copy(ROOT / "LICENSE", licence / "copyright")


def make_tarball(folder: Path, path: Path, name: str) -> Path:
    """The folder with what a desktop wants beside it, to be put anywhere."""
    share = ROOT / "build" / "share"
    shutil.rmtree(share, ignore_errors=True)
    lay_out_share(share)
    with (
        path.open("wb") as file,
        subprocess.Popen(["xz", "-6", "-T0"], stdin=subprocess.PIPE, stdout=file) as packer,
    ):
        assert packer.stdin is not None
        with tarfile.open(fileobj=packer.stdin, mode="w|") as archive:
            archive.add(folder, arcname=name, filter=owned_by_root)
            archive.add(share, arcname=f"{name}/share", filter=owned_by_root)
        packer.stdin.close()
    if packer.returncode:
        raise subprocess.CalledProcessError(packer.returncode, packer.args)
    return path


def owned_by_root(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out who built it."""
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    return member


if __name__ == "__main__":
    main()
