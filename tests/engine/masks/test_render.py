"""Masks in a render: everywhere is none, live, resumed, replayed, and what stays untouched."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from engine import checkpoint, cli, geometry, imageio, weights
from engine.errors import CheckpointError, MaskError, RecipeError
from engine.job import Frame, Guidance, Job, Mask, Message, Note, Rewind, Started
from engine.live import Change, Wish
from engine.masks import EmbeddedGuidance, are_same
from engine.recipes import recipe
from engine.settings import Settings
from engine.stylise import stylise
from tests.engine.pictures import gradient
from tests.engine.resumed import assert_same_end, saved_at
from tests.engine.support import frames, picture

SMALL = {
    "content_layer": "conv2_1",
    "style_layers": "conv1_1,conv2_1",
    "scales": (32, 48),
    "steps": 7,
    "threads": 1,
    "device": "cpu",
    "seed": 3,
}


def half(*, left: bool = True, width: int = 64) -> Mask:
    values = np.zeros((3 * width // 4, width), np.uint8)
    values[:, : width // 2] = 255
    return Mask(values if left else 255 - values, "left.png" if left else "right.png")


LEFT, RIGHT = half(), half(left=False)
GREY = Mask(np.tile(np.arange(40, 240, 5, dtype=np.uint8), (30, 1)), "grey.png")


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("net") / "seeded.pth"
    torch.save(weights.seeded(0, "conv2_1", width=16), path)
    return path


def job(net: Path, guidance: Guidance = Guidance(), styles: int = 2, **values: object) -> Job:  # noqa: B008
    settings = Settings.of({"network": str(net), **SMALL, **values})
    paintings = tuple(picture(40, 40, seed) for seed in range(1, styles + 1))
    return Job(picture(36, 48), paintings, settings, guidance=guidance)


def steered(asked: Job, changes: dict[int, Change]) -> list[Message]:
    """Run a job and send a change at some of its steps."""
    seen: list[Message] = []
    messages, reply = stylise(asked), None
    while True:
        try:
            message = messages.send(reply)
        except StopIteration:
            return seen
        seen.append(message)
        reply = changes.pop(message.step, None) if isinstance(message, Frame) else None


def notes(messages: list[Message]) -> list[Note]:
    return [message for message in messages if isinstance(message, Note)]


def frames_of(messages: list[Message]) -> list[Frame]:
    return [message for message in messages if isinstance(message, Frame)]


def test_a_mask_over_everything_is_no_mask_to_the_last_bit(net: Path) -> None:
    white = Mask(np.full((9, 12), 255, np.uint8), "white.png")
    messages = list(stylise(job(net, Guidance((white, None), white))))
    assert_same_end(Path(), frames(stylise(job(net))), frames_of(messages))
    assert sum("“white.png” is white everywhere" in note.text for note in notes(messages)) == 2


def test_masks_that_part_two_styles_differ_from_both_everywhere(net: Path) -> None:
    parted = frames(stylise(job(net, Guidance((LEFT, RIGHT)))))[-1].snapshot()
    swapped = frames(stylise(job(net, Guidance((RIGHT, LEFT)))))[-1].snapshot()
    assert np.abs(parted - swapped).mean() > 0.005


@pytest.mark.parametrize("near", [512, 40], ids=["alone", "held by a smaller one"])
def test_where_no_mask_and_no_strength_reaches_the_picture_stays_as_it_was(
    net: Path, monkeypatch: pytest.MonkeyPatch, near: int
) -> None:
    monkeypatch.setattr(geometry, "ANCHOR", near)
    # L-BFGS steps by waves, which spread.
    values: dict[str, Any] = {
        "content_weight": 0,
        "tv_weight": 0,
        "scales": (32, 96),
        "optimizer": "adam",
    }
    asked = job(net, Guidance((LEFT, LEFT)), **values)
    start, *_, end = (frame.snapshot() for frame in frames(stylise(asked)))
    changed = np.abs(end - start).max((0, 2))
    beyond = 48 + 3 * (geometry.reach("conv2_1") + 6)  # px of the coarse scale, which are large
    assert changed[:48].min() > 0
    assert changed[beyond:].max() == 0
    by_strength = replace(asked, guidance=Guidance(strength=LEFT))
    assert (frames(stylise(by_strength))[-1].snapshot() == end).all()


def test_a_refused_mask_ends_the_job_before_it_begins(net: Path) -> None:
    with pytest.raises(MaskError):
        next(stylise(job(net, Guidance((LEFT,)))))


# Live


@pytest.mark.parametrize("optimizer", ["lbfgs", "adam"])
def test_new_masks_act_from_the_next_iteration_on_and_that_is_said(
    net: Path, optimizer: str
) -> None:
    asked, new = (
        job(net, Guidance((LEFT, RIGHT)), optimizer=optimizer),
        Guidance((None, RIGHT), GREY),
    )
    messages = steered(asked, {2: new})
    (change,) = (note for note in notes(messages) if note.guidance)
    assert change.guidance is not None
    assert are_same(change.guidance, new)
    assert "masks none, right.png; strength map grey.png" in change.text
    assert ("L-BFGS's memory is cleared" in change.text) == (optimizer == "lbfgs")
    before, after = (frames_of(run) for run in (list(stylise(asked)), messages))
    assert [f.losses for f in before[:3]] == [f.losses for f in after[:3]]
    assert before[3].losses != after[3].losses


def test_a_live_change_goes_on_as_a_job_begun_with_those_masks(net: Path) -> None:
    """At the first frame nothing was learnt yet, so that both ways are the same."""
    new = Guidance((RIGHT, None))
    changed = frames_of(steered(job(net, Guidance((LEFT, RIGHT))), {0: new}))
    afresh = frames(stylise(job(net, new)))
    assert (changed[-1].snapshot() == afresh[-1].snapshot()).all()


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (Guidance((LEFT,)), "the number of masks, 1, is not that of the styles, 2"),
        (Guidance((LEFT, Mask(LEFT.values * 0, "b"))), "“b” is empty"),
        (Guidance((LEFT, Mask(LEFT.values[:9], "b"))), "of another shape"),
    ],
    ids=["too few", "empty", "shape"],
)
def test_bad_masks_change_nothing_and_that_is_said(net: Path, bad: Guidance, words: str) -> None:
    asked = job(net, Guidance((LEFT, RIGHT)))
    messages = steered(asked, {3: bad})
    (refused,) = (note for note in notes(messages) if words in note.text)
    assert refused.text.startswith("the masks were not taken up")
    assert refused.guidance is None
    assert_same_end(Path(), frames(stylise(asked)), frames_of(messages))


def test_the_same_masks_again_change_nothing(net: Path) -> None:
    asked = job(net, Guidance((LEFT, RIGHT)))
    copy = Guidance((half(), half(left=False)))
    messages = steered(asked, {3: copy, 5: asked.settings.replace()})
    assert_same_end(Path(), frames(stylise(asked)), frames_of(messages))


# Resumed


def test_a_resumed_run_holds_its_masks_and_ends_in_the_same_bytes(
    net: Path, tmp_path: Path
) -> None:
    asked = job(net, Guidance((LEFT, GREY), GREY))
    whole = saved_at(asked, 5, tmp_path / "c", scale=1)
    settings = checkpoint.read_header(tmp_path / "c").settings
    for guidance in (Guidance(), asked.guidance):  # the masks' files may be gone
        again = replace(asked, settings=settings, resume=tmp_path / "c", guidance=guidance)
        messages = list(stylise(again))
        started = next(m for m in messages if isinstance(m, Started))
        assert are_same(started.guidance, asked.guidance)
        assert_same_end(tmp_path / "c", whole, frames_of(messages))


def test_after_a_live_change_it_ends_in_the_same_bytes(net: Path, tmp_path: Path) -> None:
    asked, seen = job(net, Guidance((LEFT, RIGHT))), []
    messages, reply = stylise(asked), None
    while True:
        try:
            message = messages.send(reply)
        except StopIteration:
            break
        reply = None
        if isinstance(message, Frame):
            seen.append(message)
            reply = Guidance((RIGHT, GREY)) if message.step == 2 else None
            if message.step == 5:
                message.state.write(tmp_path / "c", whole=True)
    settings = checkpoint.read_header(tmp_path / "c").settings
    again = replace(asked, settings=settings, resume=tmp_path / "c", guidance=Guidance())
    assert_same_end(tmp_path / "c", seen, frames(stylise(again)))


def test_other_masks_named_on_resuming_are_taken_up_as_a_live_change(
    net: Path, tmp_path: Path
) -> None:
    asked = job(net, Guidance((LEFT, RIGHT)))
    saved_at(asked, 5, tmp_path / "c")
    settings = checkpoint.read_header(tmp_path / "c").settings
    other = Guidance((RIGHT, LEFT))
    again = replace(asked, settings=settings, resume=tmp_path / "c", guidance=other)
    (change,) = (note for note in notes(list(stylise(again))) if note.guidance)
    assert change.text.startswith("masks right.png, left.png")


def test_tampered_masks_in_a_checkpoint_are_found(net: Path, tmp_path: Path) -> None:
    saved_at(job(net, Guidance((LEFT, RIGHT))), 2, tmp_path / "c")
    data = (tmp_path / "c").read_bytes()
    embedded = EmbeddedGuidance.of(Guidance((LEFT,)))
    assert embedded is not None and embedded.masks[0] is not None
    png = embedded.masks[0].png.encode()
    assert png in data
    (tmp_path / "c").write_bytes(data.replace(png, b"A" * len(png)))
    with pytest.raises(CheckpointError, match="guidance"):
        checkpoint.read_header(tmp_path / "c")


# Recipes and the command line


@pytest.fixture
def folder(net: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(net, tmp_path)
    for index in range(3):
        Image.fromarray(np.roll(gradient(48, 64), 9 * index, 1)).save(tmp_path / f"{index}.png")
    for mask in (LEFT, GREY):
        Image.fromarray(mask.values).save(tmp_path / mask.name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def painted(*more: str) -> int:
    return cli.run([
        "render", "0.png", "1.png", "2.png", "--network", "seeded.pth",
        "--content-layer", "conv2_1", "--style-layers", "conv1_1,conv2_1",
        "--size", "48", "--steps", "2", "--device", "cpu", "--seed", "1", *more,
    ])  # fmt: skip


MASKED = ("--mask", "left.png", "--mask", "rest", "--strength-map", "grey.png")


@pytest.mark.parametrize("ending", ["png", "jpg", "webp", "tif"])
def test_a_recipe_holds_its_masks_and_paints_the_same_again(folder: Path, ending: str) -> None:
    result, again = f"result.{ending}", f"again.{ending}"
    assert painted(*MASKED, "-o", result, "--report", "report.json") == 0
    for mask in (LEFT, GREY):
        (folder / mask.name).unlink()
    assert cli.run(["render", "--recipe", result, "-o", again]) == 0
    assert (folder / result).read_bytes() == (folder / again).read_bytes()
    told = json.loads((folder / "report.json").read_text())
    assert [mask["name"] for mask in told["masks"]] == ["left.png", "rest"]
    assert [mask["covers"] for mask in told["masks"]] == [0.5, 0.5]
    assert told["strength_map"]["name"] == "grey.png"


def test_masks_named_go_before_those_of_the_recipe(folder: Path) -> None:
    assert painted(*MASKED, "-o", "result.png") == 0
    follow = ["render", "--recipe", "result.png", "-o", "again.png"]
    assert cli.run([*follow, "--mask", "none", "--mask", "left.png"]) == 0
    held = recipe.read(folder / "again.png").masks
    assert held.masks[0] is None
    assert held.masks[1] is not None
    assert (held.masks[1].values == LEFT.values).all()
    assert held.strength is not None


def test_without_masks_a_recipe_says_nothing_of_them(folder: Path) -> None:
    assert painted("-o", "result.png") == 0
    text = imageio.read_property(folder / "result.png", recipe.PROPERTY)
    assert text is not None
    assert "guidance" not in text
    assert recipe.read(folder / "result.png").masks.is_everywhere


def test_tampered_masks_in_a_recipe_are_found(folder: Path) -> None:
    assert painted(*MASKED, "-o", "result.png") == 0
    held = json.loads(recipe.read(folder / "result.png").to_json())
    held["guidance"]["masks"][0]["png"] = "AAAA"
    with pytest.raises(RecipeError, match=r"guidance\.masks\.0\.png"):
        recipe.Recipe.from_json(json.dumps(held), "result.png")


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--mask", "left.png"], "the number of masks, 1, is not that of the styles, 2"),
        (["--mask", "left.png", "--mask", "gone.png"], "there is no file gone.png"),
        (["--mask", "alpha", "--mask", "none"], "“0.png” has no transparency"),
        (["--mask", "rest", "--mask", "none"], "“rest” is what other masks leave"),
        (["--strength-map", "tall.png"], "of another shape than the content"),
    ],
)
def test_bad_masks_are_refused_before_anything_is_done(
    folder: Path, capsys: pytest.CaptureFixture[str], flags: list[str], words: str
) -> None:
    Image.fromarray(LEFT.values[:, :20]).save(folder / "tall.png")
    assert painted(*flags, "-o", "result.png") == 2
    assert words in capsys.readouterr().err
    assert not (folder / "result.png").exists()


def test_a_rehearsal_says_what_masks_there_are(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert painted(*MASKED, "--dry-run") == 0
    assert "masks left.png, rest; strength map grey.png: 2 regions" in capsys.readouterr().out


# With shares


def test_a_style_without_a_share_takes_its_mask_with_it(net: Path) -> None:
    both = job(net, Guidance((LEFT, GREY)), style_shares="1,0", scales=(48,))
    alone = job(net, Guidance((LEFT,)), 1, scales=(48,))
    one, other = (frames(stylise(asked))[-1] for asked in (both, alone))
    assert (one.snapshot() == other.snapshot()).all()


def test_shares_decide_how_styles_of_one_mask_are_blended_and_may_change(net: Path) -> None:
    asked = job(net, Guidance((LEFT, LEFT)), style_shares="1,3")
    apart = job(net, Guidance((LEFT, LEFT)), style_shares="3,1")
    messages = steered(asked, {0: apart.settings})
    one, other = frames_of(messages)[-1], frames(stylise(apart))[-1]
    assert (one.snapshot() == other.snapshot()).all()
    assert (one.snapshot() != frames(stylise(asked))[-1].snapshot()).any()


# Steered back


@pytest.mark.parametrize("first", [Guidance((LEFT, RIGHT)), Guidance()])
def test_a_run_that_goes_back_takes_its_masks_along(
    net: Path, tmp_path: Path, first: Guidance
) -> None:
    asked, path, seen = job(net, first), tmp_path / "c", list[Message]()
    messages, reply = stylise(asked), None
    wishes: list[Wish] = [Guidance((RIGHT, GREY)), Rewind(path, asked.settings)]
    while True:
        try:
            seen.append(messages.send(reply))
        except StopIteration:
            break
        reply, last = None, seen[-1]
        if isinstance(last, Frame) and last.step >= 2 and wishes:
            if len(wishes) == 2:
                last.state.write(path, whole=True)
            reply = wishes.pop(0)
    (back,) = (note for note in notes(seen) if note.text.startswith("back at step 2"))
    assert back.guidance is not None
    assert are_same(back.guidance, first)
    end, undisturbed = frames_of(seen)[-1], frames(stylise(asked))[-1]
    assert end.losses == undisturbed.losses
    assert (end.snapshot() == undisturbed.snapshot()).all()
