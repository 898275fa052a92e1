"""The account of a render's memory: what it knows of the pictures."""

from __future__ import annotations

from engine.costs import memory
from engine.costs.workload import Size, Workload
from engine.job import DeviceInfo
from engine.settings import Settings
from tests.engine.support import PLAIN_CPU

SIDE = 4096
FLOATS = 12 * SIDE**2
CARD = DeviceInfo("cuda:0", "a card", 2**34, bfloat16=True)


def pictures(content: Size, device: DeviceInfo = PLAIN_CPU) -> int:
    """Bytes of pictures at the peak of a large render in tiles, whose content is computed anew."""
    asked = {"network": "sketch", "scales": str(SIDE), "precision": "float32", "optimizer": "adam"}
    work = Workload.of(Settings.of(asked), content, ((512, 512),), device)
    return memory.peak(work)["pictures"]


def test_a_photograph_of_the_results_size_stays_in_its_bytes() -> None:
    read, style = 3 * SIDE**2, 3 * 512**2
    assert pictures((SIDE, SIDE)) == read + style + 2 * FLOATS


def test_a_photograph_of_another_size_is_kept_in_floats_of_the_results() -> None:
    read, style = 3 * 2048**2, 3 * 512**2
    assert pictures((2048, 2048)) == read + style + 3 * FLOATS


def test_a_card_holds_a_photograph_of_the_results_size_in_bytes() -> None:
    assert pictures((SIDE, SIDE), CARD) == 2.25 * FLOATS
    assert pictures((2048, 2048), CARD) == 3 * FLOATS
