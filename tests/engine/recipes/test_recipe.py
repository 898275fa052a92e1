"""Recipes: whole round every format, and nothing believed that a stranger wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine import imageio
from engine.errors import EngineError, PictureError, RecipeError
from engine.imageio import xmp
from engine.job import DeviceInfo, Job, NetworkInfo, Picture, Scale, Started
from engine.recipes import recipe
from engine.recipes.recipe import Recipe
from engine.settings import Settings
from tests.engine.pictures import floats, gradient, quick, thorough
from tests.engine.test_settings import some_settings

HASH = "0123456789abcdef" * 4
CPU = DeviceInfo("cpu", "a CPU", 2**33, bfloat16=False)
awkward = st.text(st.characters(), min_size=1, max_size=60)
"""All of Unicode, control characters and half surrogates included."""


def made(
    name: str = "photo.jpg", values: dict[str, Any] | None = None, start: Picture | None = None
) -> Recipe:
    content = Picture(gradient(), name, HASH)
    job = Job(content, (Picture(gradient(), "painting.png", HASH[::-1]),), Settings(), start)
    network = NetworkInfo("vgg19", "a network", HASH)
    resolved = Settings.of({"steps": 300, "seed": 7, **(values or {})})
    return Recipe.of(job, Started(resolved, (Scale(60, 40, 300),), network, CPU, 2), 300)


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("suffix", imageio.SUFFIXES)
def test_a_recipe_comes_back_from_every_format(tmp_path: Path, suffix: str, depth: int) -> None:
    path = tmp_path / f"a{suffix}"
    if depth == 16 and suffix in (".jpg", ".jpeg", ".webp"):
        depth = 8
    extras = imageio.Extras(depth, xmp=xmp.packet("recipe", made().to_json()))
    assert imageio.write(path, floats(), extras) == ()
    assert recipe.read(path) == made()
    assert imageio.read(path).size == (60, 40)


def test_png_holds_it_as_plain_text_where_other_programs_look(tmp_path: Path) -> None:
    for depth in (8, 16):
        path = tmp_path / f"{depth}.png"
        imageio.write(path, floats(), imageio.Extras(depth, xmp=xmp.packet("recipe", "hello")))
        assert b"iTXtXML:com.adobe.xmp\0\0\0\0\0<?xpacket" in path.read_bytes()
        assert b"<xmp:CreatorTool>Impasto" in path.read_bytes()


def test_a_recipe_tells_what_it_takes() -> None:
    record = json.loads(made().to_json())
    assert record["settings"]["steps"] == 300
    assert record["content"] == {"name": "photo.jpg", "sha256": HASH}
    assert record["styles"] == [{"name": "painting.png", "sha256": HASH[::-1]}]
    assert record["network"] == {"name": "vgg19", "sha256": HASH}
    assert {"impasto", "torch", "numpy", "pyvips"} <= set(record["versions"])
    assert "platform" not in record["versions"]


@quick
@given(awkward)
def test_any_name_of_a_start_can_be_written_down(name: str) -> None:
    assert made(start=Picture(gradient(), name, HASH)).start


def test_a_thousand_styles_can_be_written_down() -> None:
    style = Picture(gradient(), "painting.png", HASH)
    job = Job(style, (style,) * 1000, Settings())
    started = Started(Settings(), (), NetworkInfo("vgg19", "", HASH), CPU, 1)
    assert len(Recipe.of(job, started, 0).styles) == 1000


def test_a_recipe_names_no_folder_of_its_maker() -> None:
    start = Picture(gradient(), "/home/ada/start.png", HASH)
    text = made(r"C:\Users\ada\photo.jpg", {"init": "/home/ada/start.png"}, start).to_json()
    assert "ada" not in text
    assert "photo.jpg" in text
    assert "start.png" in text


@quick
@given(awkward, some_settings)
def test_any_name_and_settings_come_back_through_the_packet(
    name: str, values: dict[str, Any]
) -> None:
    before = made(name, values)
    packet = xmp.packet("recipe", before.to_json())
    text = xmp.property_of(packet, "recipe")
    assert text is not None
    after = Recipe.from_json(text, "a.png")
    assert after.settings == before.settings
    assert after == before
    assert before.to_json().isascii()


@quick
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")))
def test_any_text_comes_back_through_the_packet(text: str) -> None:
    assert xmp.property_of(xmp.packet("recipe", text), "recipe") == (text or None)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner),
    max_leaves=20,
)


@quick
@given(st.data())
def test_a_tampered_recipe_is_refused_or_valid(data: st.DataObject) -> None:
    tamper(data)


@pytest.mark.slow
@thorough
@given(st.data())
def test_a_thousand_tampered_recipes_are_refused_or_valid(data: st.DataObject) -> None:
    tamper(data)


def tamper(data: st.DataObject) -> None:
    """Any part of a sound recipe replaced by anything that JSON can say."""
    record = json.loads(made().to_json())
    where: Any = record
    key = data.draw(st.sampled_from(sorted(record)))
    if isinstance(record[key], dict) and data.draw(st.booleans()):
        where, key = record[key], data.draw(st.sampled_from(sorted(record[key])))
    where[key] = data.draw(json_values)
    try:
        again = Recipe.from_json(json.dumps(record), "a.png")
    except RecipeError as refusal:
        assert "\n" not in refusal.cause
        assert len(refusal.cause) < 500
        assert refusal.remedy
    else:
        assert isinstance(again.settings, Settings)


@quick
@given(st.text())
def test_any_text_as_a_recipe_is_refused_in_words(text: str) -> None:
    with pytest.raises(RecipeError):
        Recipe.from_json(text, "a.png")


def changed(**changes: Any) -> str:
    return json.dumps({**json.loads(made().to_json()), **changes})


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"settings":' * 5000 + "1" + "}" * 5000,
        changed(form=2),
        changed(extra=1),
        changed(step=-1),
        changed(step=float("nan")),
        changed(styles=[{"name": "a", "sha256": HASH, "path": "/etc/passwd"}]),
        changed(content={"name": "a" * 256, "sha256": HASH}),
        changed(content={"name": "a", "sha256": "../../etc/passwd"}),
        changed(settings={"size": 10**9}),
        changed(settings={"style_weight": float("inf")}),
        changed(settings={"no_such": 1}),
        '{"form": 1',
        "null",
    ],
)
def test_a_malicious_recipe_is_refused(text: str) -> None:
    with pytest.raises(RecipeError, match="cannot be used"):
        Recipe.from_json(text, "a.png")


@pytest.mark.parametrize("depth", [0, 9])
def test_entities_are_not_expanded(depth: int) -> None:
    laughs = "".join(f'<!ENTITY a{i + 1} "{f"&a{i};" * 10}">' for i in range(depth))
    packet = xmp.packet("recipe", f"&a{depth};").replace(b"&amp;", b"&")
    bomb = packet.replace(b"?>\n", f'?>\n<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>'.encode(), 1)
    assert b"DOCTYPE" in bomb
    assert xmp.property_of(bomb, "recipe") is None


def test_a_packet_that_was_rewritten_by_another_program_is_understood() -> None:
    as_attribute = (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="{xmp._RDF}"><r:Description '
        f'xmlns:i="{xmp.NAMESPACE}" i:recipe="{{&quot;a&quot;: 1}}"/></r:RDF></x:xmpmeta>'
    )
    assert xmp.property_of(as_attribute.encode() + bytes(9), "recipe") == '{"a": 1}'


@quick
@given(st.data())
def test_a_spoilt_packet_is_nothing_or_some_text(data: st.DataObject) -> None:
    spoil(data)


@pytest.mark.slow
@thorough
@given(st.data())
def test_a_thousand_spoilt_packets_are_nothing_or_some_text(data: st.DataObject) -> None:
    spoil(data)


def spoil(data: st.DataObject) -> None:
    packet = bytearray(xmp.packet("recipe", made().to_json()))
    for _ in range(data.draw(st.integers(1, 8))):
        packet[data.draw(st.integers(0, len(packet) - 1))] = data.draw(st.integers(0, 255))
    text = xmp.property_of(bytes(packet), "recipe")
    if text is not None:
        try:
            Recipe.from_json(text, "a.png")
        except EngineError as refusal:
            assert "\n" not in refusal.cause


def test_too_long_a_recipe_is_left_out_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    (note,) = imageio.write(
        path, floats(), imageio.Extras(xmp=xmp.packet("recipe", "x" * xmp.LARGEST_PACKET))
    )
    assert "recipe is too long" in note
    with pytest.raises(RecipeError, match="holds no recipe"):
        recipe.read(path)


def test_too_long_a_packet_is_not_parsed() -> None:
    assert xmp.property_of(xmp.packet("recipe", "x" * xmp.LARGEST_READ), "recipe") is None
    assert xmp.property_of(xmp.packet("recipe", "x" * xmp.LARGEST_PACKET), "recipe")


def test_a_file_without_a_recipe_says_so(tmp_path: Path) -> None:
    Image.fromarray(gradient()).save(tmp_path / "a.png")
    with pytest.raises(RecipeError, match="holds no recipe") as refusal:
        recipe.read(tmp_path / "a.png")
    assert refusal.value.exit_code == 2


@pytest.mark.parametrize("data", [b"hello", b"", b"\x89PNG\r\n\x1a\n" + bytes(50)])
def test_no_picture_at_all_says_so(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.png").write_bytes(data)
    with pytest.raises(PictureError):
        recipe.read(tmp_path / "a.png")
    with pytest.raises(PictureError, match="there is no file"):
        recipe.read(tmp_path / "b.png")
