"""Truths about renders in several styles: what shares, scales and crops come to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from engine import geometry, pyramid, tiling, weights
from engine.blends import portions
from engine.choices import StyleFit
from engine.costs.workload import Workload
from engine.errors import EngineError, SettingsError
from engine.job import Frame, Job, Note, Picture, Started
from engine.losses import Moments, StyleTarget
from engine.recipes import recipe
from engine.settings import Settings
from engine.stylise import stylise
from tests.engine.support import PLAIN_CPU, finish, frames, network, noise, picture, resolved
from tests.engine.test_live import frames_of, job, notes_of, steered

A, B, C = picture(30, 50, 1), picture(40, 40, 2), picture(64, 36, 3)


def blended(net: Path, *styles: Picture, **values: object) -> Job:
    return replace(job(net, **{"steps": 3, **values}), styles=styles)


def pixels(asked: Job) -> bytes:
    return frames(stylise(asked))[-1].snapshot().tobytes()


def style_loss(asked: Job) -> float:
    return sum(frames(stylise(asked))[0].losses.style.values())


@pytest.fixture
def wild(tmp_path: Path) -> Path:
    """A network whose filters are scaled by the pictures of the job, as activations are far off."""
    state = weights.seeded(0, "conv2_1", width=16)
    torch.save({name: 3 * tensor for name, tensor in state.items()}, tmp_path / "wild.pth")
    return tmp_path / "wild.pth"


# What shares come to


@pytest.mark.parametrize("values", [{}, {"tile": 128, "scales": (160,), "size": 160}], ids=str)
def test_a_share_of_all_equals_that_style_alone_to_the_bit(
    net: Path, values: dict[str, object]
) -> None:
    alone = {index: pixels(blended(net, style, **values)) for index, style in enumerate((A, B))}
    for index, shares in enumerate(((1, 0), (0, 1))):
        assert pixels(blended(net, A, B, style_shares=shares, **values)) == alone[index]
    assert alone[0] != alone[1]


def test_a_style_without_a_share_does_not_even_scale_the_filters(wild: Path) -> None:
    alone = pixels(blended(wild, A))
    assert pixels(blended(wild, A, B, style_shares=(1, 0))) == alone
    assert pixels(blended(wild, A, B, style_shares=(1, 1e-9))) != alone


def test_a_start_from_the_style_is_from_one_that_has_a_share(net: Path) -> None:
    both = blended(net, A, B, style_shares=(0, 1), init="style")
    assert pixels(both) == pixels(blended(net, B, init="style"))


def test_equal_shares_are_the_default_and_only_ratios_count(net: Path) -> None:
    default = pixels(blended(net, A, B))
    assert default == pixels(blended(net, A, B, style_shares=(1, 1)))
    assert default == pixels(blended(net, A, B, style_shares=(50, 50)))
    assert default != pixels(blended(net, A, B, style_shares=(3, 1)))


def test_the_order_of_three_styles_does_not_matter(net: Path) -> None:
    one = style_loss(blended(net, A, B, C, style_shares=(5, 3, 2)))
    other = style_loss(blended(net, C, A, B, style_shares=(2, 5, 3)))
    assert one == pytest.approx(other, rel=1e-6)


def test_a_blend_is_the_weighted_mean_of_the_statistics() -> None:
    generator = torch.Generator().manual_seed(4)
    maps = [torch.rand(1, 3, h, w, generator=generator) for h, w in ((4, 5), (7, 3), (2, 2))]
    means = [m.double().mean(dim=(2, 3))[0] for m in maps]
    grams = [torch.einsum("nahw,nbhw->ab", m.double(), m.double()) / m[0, 0].numel() for m in maps]
    target = StyleTarget.blend([Moments.of(m) for m in maps], (6, 0, 2))
    torch.testing.assert_close(target.mean.double(), 0.75 * means[0] + 0.25 * means[2])
    torch.testing.assert_close(target.second.double(), 0.75 * grams[0] + 0.25 * grams[2])


def test_a_picture_in_two_styles_costs_least_against_their_own_blend(net: Path) -> None:
    """The content itself is one style; the more of it is asked for, the less is to be changed."""
    own = picture(36, 48)
    losses = [
        style_loss(replace(blended(net, own, B, style_shares=shares), content=own))
        for shares in ((1, 0), (3, 1), (1, 1), (1, 3), (0, 1))
    ]
    assert losses[0] < 1e-6 < min(losses[1:])
    assert losses[1] < losses[2] < losses[3], losses


def test_tiled_equals_whole() -> None:
    net, p = network("conv3_1", width=8), noise(200, 290).float()
    styles = [noise(60, 80, 1).float(), noise(190, 270, 2).float()]
    whole = resolved(content_layer="conv3_1", style_layers="conv1_1,conv3_1", tile=1024)
    results = []
    for settings in (whole, whole.replace(tile=128)):
        goal = finish(tiling.targets(net, p, styles, settings, (0.25, 0.75)))
        results.append(finish(tiling.evaluate(net, p, goal, settings)))
    assert results[0].losses.total == pytest.approx(results[1].losses.total, rel=1e-5)
    torch.testing.assert_close(results[0].gradient, results[1].gradient, rtol=1e-3, atol=1e-7)


# Scales and crops


def test_a_scale_of_its_own_is_the_stroke_size_of_that_style(net: Path) -> None:
    own = pixels(blended(net, A, style_scales=(0.5,)))
    assert own == pixels(blended(net, A, style_scale=0.5))
    assert own == pixels(blended(net, A, style_scale=0.25, style_scales=(2,)))
    assert own != pixels(blended(net, A))


def test_a_crop_is_that_part_of_the_picture_alone(net: Path) -> None:
    part = replace(A, pixels=A.pixels[15:30, 10:50])
    large = replace(A, pixels=np.repeat(np.repeat(A.pixels, 2, 0), 2, 1))
    cropped = blended(net, large, B, style_crops=((0.2, 0.5, 1, 1), None))
    twice = replace(part, pixels=np.repeat(np.repeat(part.pixels, 2, 0), 2, 1))
    assert pixels(cropped) == pixels(blended(net, twice, B))
    assert pixels(cropped) != pixels(blended(net, large, B))


def test_a_whole_crop_is_no_crop(net: Path) -> None:
    assert pixels(blended(net, A, style_crops=((0, 0, 1, 1),))) == pixels(blended(net, A))


@pytest.mark.parametrize("fit", StyleFit)
@pytest.mark.parametrize("scale", [0.5, 1, 2])
def test_the_forecast_counts_the_styles_at_the_sizes_they_are_looked_at(
    fit: StyleFit, scale: float
) -> None:
    settings = Settings.of({"network": "sketch", "size": 200, "scales": (200,), "style_fit": fit})
    settings = settings.replace(style_scales=(1, scale), style_crops=(None, (0, 0, 0.5, 1)))
    work = Workload.of(settings, (300, 200), ((80, 80), (400, 100)), PLAIN_CPU)
    content = work.scales[0].width, work.scales[0].height
    drawn = [
        pyramid.style_resized(torch.zeros(side_y, side_x, 3), content, fit, size)
        for (side_x, side_y), size in (((80, 80), 1), ((200, 100), scale))
    ]
    sizes = [(each.shape[1], each.shape[0]) for each in drawn]
    assert [(p.width, p.height) for p in work.paintings(work.scales[0])] == sizes


def test_what_is_not_looked_at_costs_nothing() -> None:
    settings = Settings.of({"network": "sketch", "size": 200})
    sizes = ((80, 80), (90, 70), (400, 100))
    all_, one = (
        Workload.of(asked, (300, 200), sizes, PLAIN_CPU)
        for asked in (settings, settings.replace(style_shares=(1, 0, 0)))
    )
    alone = Workload.of(settings, (300, 200), sizes[:1], PLAIN_CPU)
    last = one.scales[-1]
    assert one.flops_of_looking(last) == alone.flops_of_looking(last)
    assert all_.flops_of_looking(last) > one.flops_of_looking(last)


# While it runs, afterwards, again


def test_a_live_change_makes_the_second_style_the_only_one(net: Path) -> None:
    asked = replace(blended(net, A, B, style_shares=(1, 0)), content=picture(36, 48))
    changed = asked.settings.replace(style_shares=(0, 1))
    seen = steered(asked, changed, at=1)
    (note,) = notes_of(seen)
    assert note == "style shares 1,0 → 0,1; L-BFGS's memory is cleared"
    last = next(frame for frame in frames_of(seen) if frame.step == 2)
    # The filters stay as they were scaled at the start: near, but not to the bit.
    start = Picture((last.snapshot() * 65535 + 0.5).astype(np.uint16), "here")
    there = replace(blended(net, B, steps=0, init="here"), start=start)
    assert sum(last.losses.style.values()) == pytest.approx(style_loss(there), rel=0.05)


def test_a_resumed_run_ends_in_the_same_bytes_after_a_style_was_brought_in(
    wild: Path, tmp_path: Path
) -> None:
    asked = blended(wild, A, B, style_shares=(1, 0))
    changed = asked.settings.replace(style_shares=(0.5, 0.5))
    messages, reply, bytes_ = stylise(asked), None, b""
    while True:
        try:
            message = messages.send(reply)
        except StopIteration:
            break
        reply = None
        if isinstance(message, Frame):
            bytes_ = message.snapshot().tobytes()
            reply = changed if message.step == 1 else None
            if message.step == 2:
                message.state.write(tmp_path / "run.ckpt", whole=True)
    resumed = replace(asked, settings=changed, resume=tmp_path / "run.ckpt")
    assert frames(stylise(resumed))[-1].snapshot().tobytes() == bytes_


def test_a_recipe_says_how_the_styles_were_blended_and_paints_the_same_again(net: Path) -> None:
    asked = blended(
        net, A, B, style_shares=(3, 1), style_scales=(1, 0.5), style_crops=(None, (0, 0, 0.5, 1))
    )
    messages = stylise(asked)
    started = next(message for message in messages if isinstance(message, Started))
    painted = frames(messages)[-1].snapshot().tobytes()
    made = recipe.Recipe.from_json(recipe.Recipe.of(asked, started, 3).to_json(), "a file")
    assert made.settings.style_crops == (None, (0, 0, 0.5, 1))
    again = made.settings.replace(network=asked.settings.network)
    assert pixels(replace(asked, settings=again)) == painted


def test_the_recipe_of_one_style_says_nothing_of_blends(net: Path) -> None:
    asked = blended(net, A)
    started = next(message for message in stylise(asked) if isinstance(message, Started))
    assert not any(name in recipe.Recipe.of(asked, started, 3).to_json() for name in portions.NAMES)


# What is refused, and what is not


def refusal(asked: Job) -> EngineError:
    with pytest.raises(SettingsError) as refused:
        next(stylise(asked))
    return refused.value


@pytest.mark.parametrize(
    ("values", "cause"),
    [
        ({"style_shares": (1, 1, 1)}, "the number of style_shares is 3, that of the styles 2"),
        ({"style_scales": (1,)}, "the number of style_scales is 1, that of the styles 2"),
        (
            {"style_crops": (None,) * 3},
            "the number of style_crops is 3, that of the styles 2",
        ),
    ],
)
def test_another_number_than_there_are_styles_is_refused_with_the_remedy(
    net: Path, values: dict[str, object], cause: str
) -> None:
    error = refusal(blended(net, A, B, **values))
    assert error.cause == cause
    (name,) = values
    assert f"say --{name.replace('_', '-')} auto" in error.remedy


def test_a_crop_below_the_smallest_side_is_refused_with_its_size(net: Path) -> None:
    error = refusal(blended(net, A, B, style_crops=(None, (0, 0, 0.25, 1))))
    assert error.cause == "the crop of “picture-2” has 10×40 px, and a side takes 16 px at least"


def test_scales_that_multiply_to_too_large_a_style_are_refused(net: Path) -> None:
    error = refusal(blended(net, A, B, style_scale=4, style_scales=(1, 4)))
    assert "“picture-2” would be 16 times as large" in error.cause


def test_a_refused_live_change_is_said_and_the_run_goes_on(net: Path) -> None:
    asked = blended(net, A, B)
    seen = steered(asked, asked.settings.replace(style_crops=(None, (0, 0, 0.01, 1))), at=1)
    (note,) = (message.text for message in seen if isinstance(message, Note))
    assert note.startswith("the change was not taken up: the crop of “picture-2”")
    assert len(frames_of(seen)) == 4


def test_a_start_from_no_style_is_refused(net: Path) -> None:
    assert "no style to start from" in refusal(blended(net, init="style", style_weight=0)).cause


def test_twenty_styles_of_unlike_size_and_depth_blend(net: Path) -> None:
    styles = [picture(16 + 3 * seed, 60 - 2 * seed, seed) for seed in range(20)]
    deep = styles[5].pixels.astype(np.uint16) * 257
    styles[5] = replace(styles[5], pixels=deep)
    shares = tuple(range(20))
    seen = frames(stylise(blended(net, *styles, style_shares=shares)))
    assert seen[-1].losses.total < seen[0].losses.total
    assert np.isfinite(seen[-1].snapshot()).all()


def test_the_depth_of_a_style_does_not_matter(net: Path) -> None:
    deep = replace(B, pixels=B.pixels.astype(np.uint16) * 257)
    assert style_loss(blended(net, A, deep)) == pytest.approx(style_loss(blended(net, A, B)))


def test_a_cropped_or_scaled_style_is_never_drawn_below_the_smallest_side() -> None:
    assert geometry.style_size((400, 16), (64, 48), StyleFit.WHOLE, 0.1) == (28, 16)
