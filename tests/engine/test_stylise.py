"""The algorithm as a whole: determinism, seeds, steering, cancel, and what it is told to do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from engine import devices, optimise, weights
from engine import stylise as module
from engine.errors import NetworkError, SettingsError
from engine.job import Frame, Job, Note, Picture, Progress, Started
from engine.optimise import LBFGS, Point
from engine.settings import Settings
from engine.stylise import stylise
from tests.engine.support import frames, paint, picture


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("net") / "seeded.pth"
    torch.save(weights.seeded(0, "conv2_1", width=16), path)
    return path


def job(net: Path, **values: object) -> Job:
    small = {
        "network": str(net),
        "content_layer": "conv2_1",
        "style_layers": "conv1_1,conv2_1",
        "size": 48,
        "steps": 4,
        "threads": 1,
        "device": "cpu",
        **values,
    }
    return Job(picture(36, 48), (picture(40, 40, 1),), Settings.of(small))


def test_started_comes_first_and_says_what_was_decided(net: Path) -> None:
    messages = [m for m in stylise(job(net)) if not isinstance(m, Progress)]
    started = messages[0]
    assert isinstance(started, Started)
    assert started.settings.seed is not None
    assert started.settings.init == "content"
    assert started.network.name == net.name
    assert started.device.name == "cpu"
    assert started.threads == 1
    assert started.scales[-1].width == 48


def test_a_frame_for_the_start_and_one_for_every_iteration(net: Path) -> None:
    seen = paint(net, steps=6, scales=(32, 48))
    assert [(f.step, f.scale) for f in seen] == [
        (0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (4, 1), (5, 1), (6, 1)
    ]  # fmt: skip
    assert seen[-1].size == (48, 36)
    assert seen[-1].evaluations >= 8
    assert [f.size for f in seen] == 5 * [(32, 24)] + 3 * [(48, 36)]
    # Also a coarse scale's frame is the whole picture: the start with what that scale changes.
    assert all(f.pixels.shape == f.snapshot().shape == (36, 48, 3) for f in seen)


def test_a_scale_begins_with_the_contents_own_detail(net: Path) -> None:
    seen = paint(net, steps=8, scales=(32, 48))
    last_coarse = next(f for f in reversed(seen) if f.scale == 0)
    first_fine = next(f for f in seen if f.scale == 1)
    assert np.array_equal(last_coarse.pixels, first_fine.pixels)
    kept = paint(net, steps=8, scales=(32, 48), style_weight=0.0, tv_weight=0.0)
    assert [f.losses.total for f in kept] == [0.0] * len(kept)


@pytest.mark.parametrize("optimizer", ["lbfgs", "adam", "gradient"])
@pytest.mark.parametrize("objective", ["balanced", "paper"])
def test_the_loss_falls(net: Path, optimizer: str, objective: str) -> None:
    seen = paint(net, optimizer=optimizer, objective=objective, steps=12, seed=3)
    assert seen[-1].losses.total < 0.9 * seen[0].losses.total


def test_the_losses_of_a_frame_are_those_of_its_picture(net: Path) -> None:
    last = paint(net, steps=3, precision="float32")[-1]
    again = Picture(last.pixels, "again")
    settings = job(net, steps=0, precision="float32").settings
    (frame,) = frames(stylise(Job(picture(36, 48), (picture(40, 40, 1),), settings, again)))
    assert frame.losses.total == pytest.approx(last.losses.total, rel=2e-2)  # 8-bit rounding
    assert np.array_equal(frame.pixels, last.pixels)


@pytest.mark.parametrize("init", ["content", "noise"])
@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_the_same_job_gives_the_same_bytes(net: Path, init: str, precision: str) -> None:
    results = [paint(net, init=init, seed=7, precision=precision)[-1] for _ in range(2)]
    assert results[0].snapshot().tobytes() == results[1].snapshot().tobytes()
    assert results[0].losses == results[1].losses


def test_from_content_or_style_the_seed_changes_no_byte(net: Path) -> None:
    for init in ("content", "style"):
        a, b = (paint(net, init=init, seed=seed)[-1].snapshot() for seed in (1, 2))
        assert a.tobytes() == b.tobytes()


def test_another_seed_gives_another_picture_of_similar_loss(net: Path) -> None:
    a, b = (paint(net, init="noise", seed=seed, steps=60)[-1] for seed in (1, 2))
    assert np.abs(a.snapshot() - b.snapshot()).mean() > 0.01
    assert a.losses.total == pytest.approx(b.losses.total, rel=0.25)


def test_a_seed_that_is_not_given_is_drawn_afresh_and_recorded(net: Path) -> None:
    seeds = set()
    for _ in range(3):
        started = next(m for m in stylise(job(net)) if isinstance(m, Started))
        seeds.add(started.settings.seed)
    assert len(seeds) == 3


def test_a_job_with_fewer_threads_leaves_the_next_one_all(net: Path) -> None:
    all_of_them = Settings.of({**dict(job(net).settings), "threads": None})
    few, all_again = (
        next(
            m for m in stylise(Job(picture(36, 48), (picture(40, 40, 1),), s)) if type(m) is Started
        )
        for s in (job(net, threads=1).settings, all_of_them)
    )
    assert few.threads == 1
    assert all_again.threads == devices.ALL_THREADS


def test_recorded_settings_repeat_the_picture(net: Path) -> None:
    messages = list(stylise(job(net, init="noise")))
    started = next(m for m in messages if isinstance(m, Started))
    first = [m for m in messages if isinstance(m, Frame)][-1]
    again = frames(stylise(Job(picture(36, 48), (picture(40, 40, 1),), started.settings)))[-1]
    assert first.snapshot().tobytes() == again.snapshot().tobytes()


def test_pixels_stay_in_range_during_the_optimisation(net: Path) -> None:
    for frame in paint(net, style_weight=1e6, steps=8):
        assert 0 <= frame.snapshot().min() <= frame.snapshot().max() <= 1


def test_texture_synthesis_and_content_reconstruction_run(net: Path) -> None:
    texture = paint(net, content_weight=0, init="noise", seed=0, steps=30)
    assert texture[-1].losses.content == 0
    assert sum(texture[-1].losses.style.values()) < 0.2 * sum(texture[0].losses.style.values())
    rebuilt = paint(
        net, style_weight=0, tv_weight=0, init="noise", seed=0, steps=60, content_layer="conv1_1"
    )
    assert rebuilt[-1].losses.content < 0.02 * rebuilt[0].losses.content


def test_content_reconstruction_needs_no_style_picture(net: Path) -> None:
    settings = job(net, style_weight=0).settings
    assert frames(stylise(Job(picture(36, 48), (), settings)))
    with pytest.raises(SettingsError, match="no style picture"):
        next(stylise(Job(picture(36, 48), (), settings.replace(style_weight=None))))


def test_closing_cancels_and_the_last_picture_stays(net: Path) -> None:
    messages = stylise(job(net, steps=1000))
    last = next(m for m in messages if isinstance(m, Frame) and m.step == 2)
    messages.close()
    assert last.snapshot().shape == (36, 48, 3)
    assert np.abs(last.snapshot() * 255 - last.pixels).max() <= 0.51


def test_signs_of_life_come_between_the_tiles_and_layers_of_one_iteration(
    net: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PROGRESS_EVERY", 0.0)
    messages = list(stylise(job(net, size=320, scales=(320,), tile=128, steps=1)))
    at = [index for index, m in enumerate(messages) if isinstance(m, Frame)]
    between = messages[at[0] + 1 : at[1]]
    assert sum(isinstance(m, Progress) for m in between) > 3 * 6 * 3  # tiles × layers × walks


def test_a_live_change_is_taken_up_before_the_next_iteration(net: Path) -> None:
    messages = stylise(job(net, steps=30, precision="float32"))
    frame = next(m for m in messages if isinstance(m, Frame) and m.step == 10)
    settings = job(net).settings.replace(style_weight=1000.0)
    reply = messages.send(settings)
    after = [m for m in [reply, *messages] if isinstance(m, Frame)]
    weights_changed = after[0].losses
    assert weights_changed.total > 2 * frame.losses.total
    assert after[-1].losses.total < weights_changed.total
    style = [sum(f.losses.style.values()) for f in (frame, after[-1])]
    assert style[1] < style[0]


def test_a_live_change_clears_what_lbfgs_learnt_of_the_old_loss(
    net: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = []

    def watched(settings: Settings) -> LBFGS:
        rules.append(LBFGS(settings.history or 20, 1e-6))
        return rules[-1]

    monkeypatch.setattr(optimise, "update_rule", watched)
    messages = stylise(job(net, steps=30, precision="float32"))
    next(m for m in messages if isinstance(m, Frame) and m.step == 10)
    assert len(rules[0]._pairs) > 5
    note = messages.send(job(net).settings.replace(style_weight=1000.0))
    assert isinstance(note, Note)
    assert note.text == "style weight 30 → 1000; L-BFGS's memory is cleared"
    next(m for m in messages if isinstance(m, Frame))
    assert len(rules[0]._pairs) <= 1


def test_settings_that_are_not_live_are_not_taken_up(net: Path) -> None:
    plain = paint(net, steps=6)[-1]
    messages = stylise(job(net, steps=6))
    seen = []
    for message in messages:
        if isinstance(message, Frame):
            seen.append(message)
            break
    reply = messages.send(job(net, steps=6, pooling="max").settings)
    seen += [m for m in [reply, *messages] if isinstance(m, Frame)]
    assert seen[-1].snapshot().tobytes() == plain.snapshot().tobytes()


def test_a_start_picture_is_gone_on_from_at_its_own_size(net: Path) -> None:
    start = picture(54, 72, 5)
    settings = job(net, size=None, steps=0).settings
    (frame,) = frames(stylise(Job(picture(36, 48), (picture(40, 40, 1),), settings, start)))
    assert frame.size == (72, 54)
    assert np.array_equal(frame.pixels, start.pixels)


def test_going_on_from_a_picture_keeps_its_detail_and_its_size_from_the_first_frame_on(
    net: Path,
) -> None:
    start = picture(128, 128, 5)
    asked = job(net, size=None, scales=(32, 64, 128), steps=8, style_weight=0.0)
    own = Job(start, (picture(40, 40, 1),), asked.settings.replace(tv_weight=0.0), start)
    for frame in frames(stylise(own)):  # its content is its start: nothing is to be changed
        assert frame.pixels.shape == (128, 128, 3)
        assert np.abs(frame.pixels.astype(int) - start.pixels).max() <= 1
        assert frame.snapshot().shape == (128, 128, 3)


def test_going_on_from_a_picture_changes_it_at_the_coarse_scales_already(net: Path) -> None:
    start = picture(128, 128, 5)
    settings = job(net, size=None, scales=(32, 64, 128), steps=14, style_weight=3000.0).settings
    seen = frames(stylise(Job(picture(128, 128), (picture(40, 40, 1),), settings, start)))
    coarse = [frame for frame in seen if frame.scale == 0]
    changed = np.abs(coarse[-1].pixels.astype(float) - start.pixels).mean()
    assert changed > 2
    before, after = coarse[-1], next(frame for frame in seen if frame.scale == 1)
    assert np.abs(before.pixels.astype(int) - after.pixels).mean() < 0.5  # no jump in between


def test_a_run_that_goes_on_is_coarse_to_fine_and_shorter_by_itself(net: Path) -> None:
    settings = job(net, size=None, scales=None, steps=None).settings
    asked = Job(picture(300, 640), (picture(40, 40, 1),), settings, picture(300, 640, 5))
    started = next(m for m in stylise(asked) if isinstance(m, Started))
    assert [scale.width for scale in started.scales] == [160, 320, 640]
    assert started.settings.steps == 75
    paper = replace(asked, settings=settings.replace(objective="paper"))
    started = next(m for m in stylise(paper) if isinstance(m, Started))
    assert [scale.width for scale in started.scales] == [640]


def test_the_preview_of_a_coarse_scale_stays_small_however_large_the_result(net: Path) -> None:
    seen = paint(net, steps=2, scales=(32, 320), size=320)
    coarse = [frame for frame in seen if frame.scale == 0]
    assert {frame.pixels.shape for frame in coarse} == {(96, 128, 3)}
    assert {frame.snapshot().shape for frame in coarse} == {(240, 320, 3)}


def test_several_styles_blend(net: Path) -> None:
    a, b = picture(40, 40, 1), picture(40, 40, 2)
    settings = job(net, precision="float32", steps=0).settings

    def style(*styles: Picture) -> float:
        (frame,) = frames(stylise(Job(picture(36, 48), styles, settings)))
        return sum(frame.losses.style.values())

    assert style(a, b) == pytest.approx(style(b, a), rel=1e-4)
    assert style(a, b) != pytest.approx(style(a), rel=1e-3)


def test_layers_deeper_than_the_file_name_the_missing_layer(net: Path) -> None:
    with pytest.raises(NetworkError, match="no layer conv4_2: it ends at conv2_1"):
        list(stylise(job(net, content_layer="conv4_2")))


def test_untrained_filters_are_never_picked_silently(net: Path) -> None:
    with pytest.raises(NetworkError, match="no network and no weights file 'seeded'"):
        list(stylise(job(net, network="seeded")))


def test_an_unknown_start_and_a_wasserstein_paper_are_refused(net: Path) -> None:
    with pytest.raises(SettingsError, match="no start 'sunset'"):
        list(stylise(job(net, init="sunset")))
    with pytest.raises(SettingsError, match="Gram"):
        list(stylise(job(net, objective="paper", statistic="wasserstein")))


def test_a_reconstruction_that_starts_at_its_goal_stays_there(net: Path) -> None:
    same = picture(36, 48)
    settings = job(net, style_weight=0, tv_weight=0, steps=5).settings
    seen = frames(stylise(Job(same, (same,), settings)))
    assert [frame.losses.total for frame in seen] == [0.0] * 6
    assert np.array_equal(seen[-1].pixels, same.pixels)


def test_where_no_step_lowers_the_loss_the_scale_ends_early_and_says_so(
    net: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def uphill(_: LBFGS, at: Point) -> Tensor:
        return at.evaluation.gradient * 1e6

    monkeypatch.setattr(LBFGS, "_direction", uphill)
    messages = list(stylise(job(net, steps=40, precision="float32")))
    assert [m.step for m in messages if isinstance(m, Frame)] == [0, 1]
    assert any(isinstance(m, Note) and "falls no further" in m.text for m in messages)
