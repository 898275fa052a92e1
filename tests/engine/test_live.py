"""Live changes: every setting marked live acts from the next iteration on, and the loss falls."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from engine import live, optimise, weights
from engine.job import Frame, Job, Losses, Message, Note
from engine.optimise import Adam, UpdateRule
from engine.settings import KNOBS, Settings
from engine.stylise import stylise
from tests.engine.support import frames, picture

CHANGES: dict[str, object] = {
    "content_weight": 5.0,
    "style_weight": 900.0,
    "tv_weight": 40.0,
    "content_layer": "conv1_2",
    "style_layers": "conv1_1=2,conv1_2",
    "statistic": "wasserstein",
    "style_scale": 0.5,
    "style_fit": "stretch",
    "style_shares": (0.9, 0.1),
    "style_scales": (1.0, 0.5),
    "style_crops": (None, (0.0, 0.0, 1.0, 0.6)),
    "learning_rate": 0.2,
    "history": 1,
    "tile": 128,
}


def job(net: Path, **values: object) -> Job:
    small = {
        "network": str(net),
        "content_layer": "conv2_1",
        "style_layers": "conv1_1,conv2_1",
        "scales": (48,),
        "steps": 20,
        "threads": 1,
        "device": "cpu",
        "seed": 3,
        "precision": "float32",
        "tile": 1024,
        **values,
    }
    return Job(picture(36, 48), (picture(30, 50, 1),), Settings.of(small))


def steered(asked: Job, settings: Settings, *, at: int, scale: int = 0) -> list[Message]:
    """Run a job and send settings at one of its frames."""
    seen: list[Message] = []
    messages, reply = stylise(asked), None
    while True:
        try:
            message = messages.send(reply)
        except StopIteration:
            return seen
        seen.append(message)
        here = isinstance(message, Frame) and (message.step, message.scale) == (at, scale)
        reply = settings if here else None


def frames_of(messages: list[Message]) -> list[Frame]:
    return [message for message in messages if isinstance(message, Frame)]


def notes_of(messages: list[Message]) -> list[str]:
    return [message.text for message in messages if isinstance(message, Note)]


def total(losses: Losses, settings: Settings) -> float:
    """What the losses of a picture come to under other weights."""
    style = sum(weight * losses.style[name] for name, weight in settings.style_layers or ())
    assert settings.style_weight is not None
    assert settings.tv_weight is not None
    return (
        settings.content_weight * losses.content
        + settings.style_weight * style
        + settings.tv_weight * losses.tv
    )


def test_these_are_all_the_settings_that_are_live() -> None:
    assert set(CHANGES) == {name for name, knob in KNOBS.items() if knob.live} == set(live.LIVE)


@pytest.mark.parametrize("name", CHANGES)
def test_every_live_setting_is_taken_up_and_said(net: Path, name: str) -> None:
    optimizer = "adam" if name == "learning_rate" else "lbfgs"
    size = {"scales": (160,), "size": 160, "steps": 8} if name == "tile" else {}
    asked = job(net, optimizer=optimizer, **size)
    if name in ("style_shares", "style_scales", "style_crops"):
        asked = replace(asked, styles=(*asked.styles, picture(40, 40, 2)))
    plain = frames(stylise(asked))
    at = plain[-1].step // 2
    seen = steered(asked, asked.settings.replace(**{name: CHANGES[name]}), at=at)
    (note,) = notes_of(seen)
    assert note.startswith(KNOBS[name].label.lower())
    assert ("L-BFGS's memory is cleared" in note) == (
        name not in ("learning_rate", "history", "tile")
    )
    changed = frames_of(seen)
    same = [
        a.snapshot().tobytes() == b.snapshot().tobytes()
        for a, b in zip(plain, changed, strict=False)
    ]
    assert all(same[: at + 1])
    assert not same[-1]


@pytest.mark.parametrize("optimizer", ["lbfgs", "adam", "gradient"])
@pytest.mark.parametrize(
    "change",
    [
        {"style_weight": 3000.0},
        {"style_weight": 0.3},
        {"content_weight": 200.0},
        {"tv_weight": 500.0},
        {"style_layers": "conv1_1=30,conv2_1=0.1"},
    ],
    ids=str,
)
def test_after_a_change_of_weights_the_loss_falls_within_a_few_iterations(
    net: Path, optimizer: str, change: dict[str, object]
) -> None:
    asked = job(net, optimizer=optimizer, steps=25)
    settings = asked.settings.replace(**{"style_weight": 30.0, "tv_weight": 1.0, **change})
    seen = frames_of(steered(asked, settings, at=15))
    before = total(seen[15].losses, settings)
    after = [frame.losses.total for frame in seen[16:]]
    assert after[0] == pytest.approx(total(seen[16].losses, settings), rel=1e-5)
    assert min(after[:5]) < before
    assert after[-1] < before


def test_a_learning_rate_keeps_what_adam_has_learnt(
    net: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules: list[Adam] = []
    real = optimise.update_rule

    def watched(settings: Settings) -> UpdateRule:
        rule = real(settings)
        assert isinstance(rule, Adam)
        rules.append(rule)
        return rule

    monkeypatch.setattr(optimise, "update_rule", watched)
    asked = job(net, optimizer="adam")
    steered(asked, asked.settings.replace(learning_rate=0.001), at=10)
    (rule,) = rules
    assert rule.rate == 0.001
    assert rule._steps == 20


def test_a_change_at_the_first_frame_of_a_scale_is_not_lost(net: Path) -> None:
    asked = job(net, scales=(32, 48), steps=9)
    settings = asked.settings.replace(style_weight=900.0)
    for at, scale in ((0, 0), (6, 1)):
        seen = frames_of(steered(asked, settings, at=at, scale=scale))
        place = next(i for i, f in enumerate(seen) if (f.step, f.scale) == (at, scale))
        losses = seen[place + 1].losses
        weights = settings.replace(tv_weight=1.0)
        assert losses.total == pytest.approx(total(losses, weights), rel=1e-5)


def test_a_change_at_the_last_frame_of_a_scale_holds_for_the_next(net: Path) -> None:
    asked = job(net, scales=(32, 48), steps=9)
    settings = asked.settings.replace(style_weight=900.0, tv_weight=1.0)
    seen = frames_of(steered(asked, settings, at=6, scale=0))
    assert len(seen) == 11
    assert seen[-1].losses.total == pytest.approx(total(seen[-1].losses, settings), rel=1e-5)


def test_auto_goes_back_to_the_default(net: Path) -> None:
    asked = job(net, style_weight=900.0)
    seen = steered(asked, asked.settings.replace(style_weight=None), at=3)
    assert notes_of(seen) == ["style weight 900 → 30; L-BFGS's memory is cleared"]


def test_a_weight_that_was_zero_brings_its_layers_back(net: Path) -> None:
    asked = job(
        net, content_weight=0, content_layer="conv2_1", style_layers="conv1_1", init="noise"
    )
    seen = frames_of(steered(asked, asked.settings.replace(content_weight=50.0), at=10))
    assert seen[10].losses.content == 0
    assert 0 < seen[-1].losses.content < seen[11].losses.content


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"content_layer": "conv4_2"}, "no layer conv4_2"),
        ({"statistic": "wasserstein"}, "Gram"),
    ],
)
def test_a_change_that_cannot_be_is_refused_in_words_and_the_run_goes_on(
    net: Path, change: dict[str, object], words: str
) -> None:
    asked = job(net, objective="paper", init="content")
    seen = steered(asked, asked.settings.replace(**change), at=10)
    (note,) = notes_of(seen)
    assert note.startswith("the change was not taken up: ")
    assert words in note
    assert (
        frames_of(seen)[-1].snapshot().tobytes() == frames(stylise(asked))[-1].snapshot().tobytes()
    )


def test_a_style_weight_without_a_style_picture_is_refused(net: Path) -> None:
    alone = Job(picture(36, 48), (), job(net, style_weight=0).settings)
    seen = steered(alone, alone.settings.replace(style_weight=3.0), at=5)
    assert "no style picture is named" in notes_of(seen)[0]
    assert len(frames_of(seen)) == 21


def test_what_is_not_live_changes_no_byte_and_nothing_is_said(net: Path) -> None:
    asked = job(net)
    seen = steered(asked, asked.settings.replace(pooling="max", seed=9, steps=7), at=5)
    assert notes_of(seen) == []
    assert (
        frames_of(seen)[-1].snapshot().tobytes() == frames(stylise(asked))[-1].snapshot().tobytes()
    )


def test_the_filters_are_the_same_whichever_layers_are_in_use(net: Path, tmp_path: Path) -> None:
    # Scaled for one layer alone, the others would be others once a live change brings them in.
    torch.save(weights.seeded(0, "conv2_1", width=16), tmp_path / "n.pth")
    deep = job(tmp_path / "n.pth", style_layers="conv1_1,conv2_1", steps=0)
    shallow = Job(deep.content, deep.styles, deep.settings.replace(style_layers="conv1_1=0.5"))
    a, b = (frames(stylise(asked))[0].losses.style["conv1_1"] for asked in (deep, shallow))
    assert a == b
