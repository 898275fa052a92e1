"""Devices: what is there, and how a lack of memory is told."""

from __future__ import annotations

from types import SimpleNamespace

import psutil
import pytest
import torch

from engine import devices
from engine.errors import DeviceError, OutOfMemoryError
from engine.gpus import Build
from tests.engine.support import PLAIN_CPU


def test_the_cpu_is_always_there_and_last() -> None:
    cpu = devices.list_devices()[-1]
    assert cpu.name == "cpu"
    assert cpu.label
    assert cpu.memory > 2**28


def test_auto_is_the_first_and_names_choose() -> None:
    assert devices.choose("auto") == devices.list_devices()[0]
    assert devices.choose("cpu").name == "cpu"


def test_an_absent_device_is_refused_with_those_there_are() -> None:
    with pytest.raises(DeviceError, match="no device 'cuda:99'") as refusal:
        devices.choose("cuda:99")
    assert "cpu" in refusal.value.remedy


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB"),
        RuntimeError("[enforce fail at alloc_cpu.cpp:127] DefaultCPUAllocator: not enough memory"),
        MemoryError(),
    ],
)
def test_every_way_to_run_out_of_memory_is_one_error(error: Exception) -> None:
    with (
        pytest.raises(OutOfMemoryError, match="not enough memory"),
        devices.explaining_faults(PLAIN_CPU),
    ):
        raise error


def test_the_cpus_own_allocator_is_understood() -> None:
    with pytest.raises(OutOfMemoryError), devices.explaining_faults(PLAIN_CPU):
        torch.empty(2**60, dtype=torch.uint8)


def test_other_runtime_errors_pass_unchanged() -> None:
    with pytest.raises(RuntimeError, match="shapes"), devices.explaining_faults(PLAIN_CPU):
        raise RuntimeError("shapes do not match")


def test_a_card_is_told_by_what_torch_says_of_it() -> None:
    nvidia = SimpleNamespace(name="GeForce GTX 970", major=5, minor=2)
    assert devices._gpu(nvidia, Build("2.14.1", cuda="13.0")).architecture == "sm_52"
    amd = SimpleNamespace(name="MI250X", gcnArchName="gfx90a:sramecc+:xnack-")
    assert devices._gpu(amd, Build("2.14.1", hip="7.0")).architecture == "gfx90a"


def test_this_torchs_build_is_read() -> None:
    build = devices._build()
    assert build.version == torch.__version__
    assert build.cuda == torch.version.cuda
    assert list(build.architectures) == torch.cuda.get_arch_list()


@pytest.mark.skipif(devices._trim() is None, reason="only glibc can be asked to")
def test_tidying_gives_the_system_back_what_was_freed_between_other_blocks() -> None:
    blocks = [torch.ones(2**14) for _ in range(4000)]  # of 64 kB, from the C library's own store
    own, kept = psutil.Process(), blocks[::100]
    del blocks
    before = own.memory_info().rss
    devices.tidy()
    assert before - own.memory_info().rss > 4000 * 2**16 / 2
    assert all(bool((block == 1).all()) for block in kept)
