"""An iteration leaves a graphics card to its work: it hardly ever waits for a number of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode

from engine.job import Frame, Job
from engine.settings import Settings
from engine.stylise import stylise
from tests.engine.support import picture

WAITING = {"_local_scalar_dense", "equal", "is_nonzero", "item", "masked_select", "nonzero"}
"""Operations whose result the host has to know."""

AT_MOST = 2
"""Whether the direction leads down, and whether the loss has fallen by enough."""


class Calls(TorchDispatchMode):
    """Counts what is asked of torch."""

    def __init__(self) -> None:
        super().__init__()
        self.counted: Counter[str] = Counter()

    def __torch_dispatch__(
        self,
        func: torch._ops.OpOverload,
        types: Sequence[type],
        args: Sequence[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        self.counted[func.overloadpacket.__name__] += 1
        return func(*args, **(kwargs or {}))


@pytest.mark.parametrize("optimizer", ["lbfgs", "adam", "gradient"])
@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_an_iteration_waits_for_no_more_than_its_decisions(
    net: Path, optimizer: str, precision: str
) -> None:
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
    assert max(waits) <= AT_MOST
    assert calls.counted["convolution"] == 0  # nothing was left for the end
