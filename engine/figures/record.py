"""A figure's file: a PNG with its title, what it shows in words, and how it was made."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PIL import Image, PngImagePlugin

from engine import imageio
from engine.disk import files
from engine.errors import OutputError
from engine.figures.captions import headline
from engine.figures.order import FigureOrder
from engine.figures.panels import Panel, Shows
from engine.figures.text import plain
from engine.imageio import colour, xmp
from engine.recipes import report
from engine.series.messages import Made

if TYPE_CHECKING:
    from engine.job import Picture

PROPERTY: Final = "figure"
"""Under which the file holds how it was made."""


def check_writable(path: Path, *, overwrite: bool = False) -> None:
    """Find out before a figure is made whether it can be written.

    Raises:
        OutputError: as `imageio.check_writable`, or it is no PNG.
    """
    if path.suffix.lower() != ".png":
        raise OutputError(f"“{path.name}”: figures are saved as PNG", "end the name in .png")
    imageio.check_writable(path, overwrite=overwrite)


def write(
    path: Path,
    image: Image.Image,
    order: FigureOrder,
    made: Mapping[int, Made],
    *,
    overwrite: bool = False,
) -> None:
    """Write a figure; the file appears whole or not at all.

    Args:
        path: where it goes, `.png`.
        image: the figure.
        order: by which it was made.
        made: its renders, by the index of their panel.
        overwrite: whether an existing file is replaced.

    Raises:
        OutputError: see `check_writable`.
        DiskFullError: no space; nothing is left behind.
    """
    check_writable(path, overwrite=overwrite)
    text = PngImagePlugin.PngInfo()
    text.add_itxt("Title", title(order))
    text.add_itxt("Description", described(order, made))
    packet = xmp.packet(PROPERTY, json.dumps(how_made(order, made)))
    if len(packet) <= xmp.LARGEST_PACKET:
        text.add_itxt("XML:com.adobe.xmp", packet.decode())
    file = io.BytesIO()
    image.save(file, "PNG", icc_profile=colour.srgb_profile(), pnginfo=text)
    files.write_bytes(path, file.getvalue(), overwrite=overwrite)


def title(order: FigureOrder) -> str:
    """A line that names the figure."""
    return headline(order.figure.number, order.figure.title)


def described(order: FigureOrder, made: Mapping[int, Made]) -> str:
    """What is to be seen, in words, for those who do not see it."""
    figure = order.figure
    panels = "; ".join(_words(order, i, panel, made) for i, panel in enumerate(order.panels))
    return f"{plain(figure.caption)} Panels, row by row: {panels}."


def how_made(order: FigureOrder, made: Mapping[int, Made]) -> dict[str, Any]:
    """All that it takes to make it again."""
    given = {name: getattr(order.given, name) for name in order.given.model_fields_set}
    network = next((each.started.network for each in made.values()), None)
    versions = report.versions()
    del versions["platform"]  # changes with every update of the system
    return {
        "form": 1,
        "figure": order.figure.number,
        "content": _named(order.content),
        "styles": [_named(style) for style in order.styles],
        "settings": json.loads(order.given.model_dump_json(include=set(given))),
        "network": None if network is None else {"name": network.name, "sha256": network.sha256},
        "renders": [_render(order.panels[index], each) for index, each in made.items()],
        "versions": versions,
    }


def _words(order: FigureOrder, index: int, panel: Panel, made: Mapping[int, Made]) -> str:
    what = {
        Shows.CONTENT: f"the content, {order.content.name}",
        Shows.STYLE: f"the style, {order.styles[panel.style].name}",
        Shows.RENDER: "a result" if index in made else "left out",
        Shows.MAPS: f"feature maps of {_whose(panel.of)} at {panel.layer}",
        Shows.GRAM: f"the Gram matrix of {_whose(panel.of)} at {panel.layer}",
    }[panel.shows]
    if panel.inset:
        what += f" in the style of {order.styles[panel.style].name}, which is inset"
    is_named = panel.shows in (Shows.RENDER, Shows.CONTENT, Shows.STYLE)
    name = f"{panel.letter} {plain(panel.label)}".strip() if is_named else ""
    return f"{name}: {what}" if name else what


def _whose(of: Shows) -> str:
    return {Shows.STYLE: "the style", Shows.RENDER: "the result"}.get(of, "the content")


def _render(panel: Panel, made: Made) -> dict[str, Any]:
    name = f"{panel.letter} {plain(panel.label)}".strip()
    asked = made.job.settings
    explicit = asked.model_dump_json(include=set(asked.model_fields_set))
    loss = {"total": made.losses.total, "content": made.losses.content}
    return {
        "panel": name,
        "settings": json.loads(explicit),
        "step": made.step,
        "losses": loss | {"style": dict(made.losses.style)},
    }


def _named(picture: Picture) -> dict[str, str]:
    return {"name": picture.name.rpartition("/")[2], "sha256": picture.sha256}
