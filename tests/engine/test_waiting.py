"""An iteration leaves a graphics card to its work: it hardly ever waits for a number of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from torch.overrides import TorchFunctionMode

from engine.job import Frame, Job
from engine.settings import Settings
from engine.stylise import stylise
from tests.engine.support import picture

WAITING = ("__bool__", "__float__", "__int__", "cpu", "item", "nonzero", "tolist")
"""What a tensor is asked for that its device has to have done by then."""


class Calls(TorchFunctionMode):
    """Counts what tensors are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.counted: Counter[str] = Counter()

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Sequence[type],
        args: Sequence[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        self.counted[getattr(func, "__name__", "")] += 1
        return func(*args, **(kwargs or {}))


@pytest.mark.parametrize(("optimizer", "decisions"), [("lbfgs", 3), ("adam", 0), ("gradient", 0)])
@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_an_iteration_waits_for_its_losses_its_preview_and_its_decisions(
    net: Path, optimizer: str, decisions: int, precision: str
) -> None:
    """L-BFGS decides whether the direction leads down, the loss fell enough, the step is kept."""
    layers = {"content_layer": "conv2_1", "style_layers": "conv1_1,conv2_1"}
    asked = {"network": str(net), "scales": (48,), "steps": 12, "threads": 1, "seed": 0}
    settings = Settings.of(asked | layers | {"optimizer": optimizer, "precision": precision})
    messages = stylise(Job(picture(36, 48), (picture(40, 40, 1),), settings))
    frames = (message for message in messages if isinstance(message, Frame))
    waits, evaluations = [], 0
    while True:
        with Calls() as calls:
            frame = next(frames, None)
        if frame is None:
            break
        if frame.evaluations == evaluations + 1 and frame.step > 1:
            waits.append(sum(calls.counted[name] for name in WAITING))
        evaluations = frame.evaluations
    assert len(waits) > 8
    assert max(waits) <= 2 + decisions
