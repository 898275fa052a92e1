"""Downloads through the real fetch from a real server, beside a window that goes on."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine import networks
from engine.disk.storage import locked
from engine.fetch import fetch
from engine.job import Note, Progress
from engine.networks import NetworkEntry, Published
from gui.offers.downloads import (
    SHORTEST,
    WINDOW,
    Download,
    DownloadOutcome,
    Ending,
    Meter,
    Stage,
    Transfer,
    part_size,
)
from tests.engine.web import Answer, Site
from tests.gui.offers.published import DATA, NAME, publishing

Result = TypeVar("Result")


class Log:
    """What a download says, in its order."""

    def __init__(self, download: Download) -> None:
        self.said: list[object] = []
        self.notes: list[str] = []
        download.began.connect(lambda _: self.said.append("began"))
        download.progressed.connect(self.said.append)
        download.noted.connect(self.notes.append)
        download.ended.connect(self.said.append)

    @property
    def transfers(self) -> list[Transfer]:
        return [each for each in self.said if isinstance(each, Transfer)]

    @property
    def outcomes(self) -> list[DownloadOutcome]:
        return [each for each in self.said if isinstance(each, DownloadOutcome)]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with publishing(tmp_path, monkeypatch) as served:
        yield served


@pytest.fixture
def download() -> Iterator[Download]:
    download = Download()
    yield download
    assert download.stop()


@pytest.fixture
def log(download: Download) -> Log:
    return Log(download)


def vgg19() -> NetworkEntry:
    return networks.chosen("vgg19")


def finish(work: Generator[object, None, Result]) -> Result:
    while True:
        try:
            next(work)
        except StopIteration as done:
            result: Result = done.value
            return result


def bytes_here(log: Log, count: int) -> bool:
    return bool(log.transfers) and log.transfers[-1].done == count


def test_a_whole_file_arrives_and_is_checked(
    qtbot: QtBot, site: Site, download: Download, log: Log
) -> None:
    entry = vgg19()
    with qtbot.waitSignal(download.ended):
        download.start(entry)
    path = networks.cache_folder() / NAME
    assert log.outcomes == [DownloadOutcome(Ending.FINISHED, entry, path)]
    assert path.read_bytes() == DATA
    assert log.said[0] == "began"
    assert log.said[-1] == log.outcomes[0]
    assert [each.stage for each in log.transfers][-1] is Stage.CHECKING
    assert {each.stage for each in log.transfers} == {Stage.DOWNLOADING, Stage.CHECKING}
    assert {each.total for each in log.transfers} == {len(DATA)}
    assert download.entry is None


def test_a_cancel_keeps_what_came_and_the_next_start_goes_on_from_there(
    qtbot: QtBot, site: Site, download: Download, log: Log
) -> None:
    site.answers = [Answer(stall=300_000), Answer()]
    download.start(vgg19())
    qtbot.waitUntil(lambda: bytes_here(log, 300_000))
    start = time.perf_counter()
    with qtbot.waitSignal(download.ended):
        download.cancel()
    assert time.perf_counter() - start < 1
    assert log.outcomes == [DownloadOutcome(Ending.CANCELLED, vgg19())]
    assert part_size(vgg19()) == 300_000
    with qtbot.waitSignal(download.ended) as ended:
        download.start(vgg19())
    assert ended.args[0].path.read_bytes() == DATA
    assert site.ranges == [None, "bytes=300000-"]
    assert part_size(vgg19()) == 0


def test_a_cancel_in_the_moment_of_the_start_asks_no_server(
    qtbot: QtBot, site: Site, download: Download, log: Log
) -> None:
    download.began.connect(download.cancel)
    with qtbot.waitSignal(download.ended):
        download.start(vgg19())
    assert [each.ending for each in log.outcomes] == [Ending.CANCELLED]
    assert site.ranges == []


def test_a_second_start_while_one_runs_does_nothing(
    qtbot: QtBot, site: Site, download: Download, log: Log
) -> None:
    site.answers = [Answer(stall=1000)]
    download.start(vgg19())
    download.start(vgg19())
    qtbot.waitUntil(lambda: bytes_here(log, 1000))
    with qtbot.waitSignal(download.ended):
        download.cancel()
    assert log.said.count("began") == 1
    assert len(log.outcomes) == 1
    assert len(site.ranges) == 1


def test_the_window_goes_on_while_nothing_comes(
    qtbot: QtBot, site: Site, download: Download, log: Log
) -> None:
    site.answers = [Answer(stall=200_000)]
    ticks: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    download.start(vgg19())
    qtbot.waitUntil(lambda: bytes_here(log, 200_000))
    timer.start(5)
    qtbot.waitUntil(lambda: len(ticks) >= 40)
    assert download.entry is not None
    assert ticks[-1] - ticks[0] < 2  # 0.2 s, and what a busy machine adds


def test_a_broken_connection_is_taken_up_and_noted(
    qtbot: QtBot, site: Site, download: Download, log: Log
) -> None:
    site.answers = [Answer(cut=200_000), Answer()]
    with qtbot.waitSignal(download.ended):
        download.start(vgg19())
    assert [each.ending for each in log.outcomes] == [Ending.FINISHED]
    assert len(log.notes) == 1
    assert "The connection broke" in log.notes[0]


def test_a_server_without_ranges_begins_anew(
    qtbot: QtBot, site: Site, download: Download, log: Log
) -> None:
    site.answers = [Answer(cut=200_000, ranges=False), Answer(ranges=False)]
    with qtbot.waitSignal(download.ended) as ended:
        download.start(vgg19())
    assert ended.args[0].path.read_bytes() == DATA
    assert all(0 <= each.done <= each.total for each in log.transfers)


def test_a_wrong_file_fails_with_cause_and_remedy_and_a_retry_can_succeed(
    qtbot: QtBot, site: Site, download: Download, log: Log
) -> None:
    site.answers = [Answer(flip=77), Answer()]
    with qtbot.waitSignal(download.ended) as ended:
        download.start(vgg19())
    trouble = ended.args[0].trouble
    assert "damaged and was thrown away" in trouble.cause
    assert "fetch it again" in trouble.remedy
    assert trouble.details == ""
    with qtbot.waitSignal(download.ended):
        download.start(vgg19())
    assert [each.ending for each in log.outcomes] == [Ending.FAILED, Ending.FINISHED]


def test_a_full_disk_fails_before_the_server_is_asked(
    qtbot: QtBot, site: Site, download: Download, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(networks, "VGG19", Published(networks.VGG19.url, 2**60))
    with qtbot.waitSignal(download.ended) as ended:
        download.start(vgg19())
    assert "too little space" in ended.args[0].trouble.cause
    assert site.ranges == []


def test_without_a_network_the_failure_says_so(
    qtbot: QtBot, site: Site, download: Download, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(networks, "VGG19", Published("http://127.0.0.1:9/vgg19-00000000.pth", 1))
    with qtbot.waitSignal(download.ended) as ended:
        download.start(vgg19())
    assert "no connection to 127.0.0.1:9" in ended.args[0].trouble.cause
    assert "connect to the internet" in ended.args[0].trouble.remedy


def test_without_a_length_the_published_size_is_the_total(
    qtbot: QtBot, site: Site, download: Download, log: Log
) -> None:
    site.answers = [Answer(length=-1, stall=1000)]
    download.start(vgg19())
    qtbot.waitUntil(lambda: bytes_here(log, 1000))
    assert log.transfers[-1].total == len(DATA)


def test_an_unexpected_failure_ends_in_one_signal_with_its_details(
    qtbot: QtBot, site: Site
) -> None:
    def broken(entry: NetworkEntry) -> Generator[Progress | Note, None, Path]:
        yield Progress("downloading it")
        raise ZeroDivisionError("oh\nno")

    download = Download(broken)
    log = Log(download)
    with qtbot.waitSignal(download.ended):
        download.start(vgg19())
    (outcome,) = log.outcomes
    assert outcome.trouble is not None
    assert outcome.trouble.cause == "Unexpected ZeroDivisionError: oh"
    assert "test_downloads.py" in outcome.trouble.details


def test_quitting_during_a_download_takes_less_than_a_second(
    qtbot: QtBot, site: Site, download: Download, log: Log
) -> None:
    site.answers = [Answer(stall=300_000)]
    download.start(vgg19())
    qtbot.waitUntil(lambda: bytes_here(log, 300_000))
    start = time.perf_counter()
    assert download.stop()
    assert time.perf_counter() - start < 1
    assert log.said[-1] == DownloadOutcome(Ending.CANCELLED, vgg19())
    count = len(log.said)
    download.start(vgg19())  # what the first thread still had to say must not end the second
    qtbot.waitUntil(lambda: len(log.said) > count + 1)
    assert download.entry is not None
    assert download.stop()
    assert len(log.outcomes) == 2


def test_after_the_end_nothing_more_is_said(qtbot: QtBot, site: Site) -> None:
    asked_on = threading.Event()

    def chatty(entry: NetworkEntry) -> Generator[Progress | Note, None, Path]:
        yield Progress("downloading it", 1, 3)
        yield Note("still there")
        asked_on.set()
        while True:
            yield Progress("downloading it", 2, 3)

    download = Download(chatty)
    log = Log(download)
    download.start(vgg19())
    assert asked_on.wait(5)  # and all of that lies in the window's queue when it stops
    assert download.stop()
    QApplication.processEvents()
    assert log.said == ["began", DownloadOutcome(Ending.CANCELLED, vgg19())]
    assert log.notes == []


def test_a_stop_that_nothing_runs_for_is_none(download: Download, log: Log) -> None:
    assert download.stop()
    assert log.said == []


def test_the_time_left_follows_from_the_speed(qtbot: QtBot, site: Site) -> None:
    def steady(entry: NetworkEntry) -> Generator[Progress | Note, None, Path]:
        for done in range(0, 1001, 100):
            yield Progress("downloading it", done, 1000)
        return Path("here")

    seconds = iter(range(100))
    download = Download(steady, clock=lambda: next(seconds))
    log = Log(download)
    with qtbot.waitSignal(download.ended):
        download.start(vgg19())
    first, second, *_, last = log.transfers
    assert (first.speed, first.seconds_left) == (None, None)
    assert (second.speed, second.seconds_left) == (100, 9)
    assert (last.speed, last.seconds_left) == (100, 0)


def test_a_stalled_transfer_has_no_speed_and_no_end(qtbot: QtBot, site: Site) -> None:
    site.answers = [Answer(stall=300_000)]
    seconds = iter(range(10_000))
    download = Download(partial(fetch, patience=60), clock=lambda: next(seconds))
    log = Log(download)
    download.start(vgg19())
    qtbot.waitUntil(lambda: bool(log.transfers) and log.transfers[-1].speed == 0)
    assert log.transfers[-1].seconds_left is None
    assert download.stop()


def test_the_window_loads_no_http_library_before_a_download() -> None:
    code = "import sys, gui.offers.network_banner; sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_it_says_when_another_impasto_works_on_the_network(
    qtbot: QtBot, site: Site, download: Download, log: Log
) -> None:
    with finish(locked(networks.cache_folder() / "vgg19")):
        download.start(vgg19())
        qtbot.waitUntil(lambda: len(log.transfers) > 0)
        assert log.transfers[0].stage is Stage.WAITING
    with qtbot.waitSignal(download.ended) as ended:
        pass
    assert ended.args[0].ending is Ending.FINISHED


@given(
    rate=st.floats(1, 1e9),
    gaps=st.lists(st.floats(0.01, 3), min_size=2, max_size=60),
    rest=st.floats(0, 1e9),
)
def test_a_steady_rate_is_measured_however_it_is_sampled(
    rate: float, gaps: list[float], rest: float
) -> None:
    meter, now = Meter(), 0.0
    for gap in gaps:
        now += gap
        meter.add(round(rate * now * 1000), now)
    if now - gaps[0] < SHORTEST:
        assert meter.speed is None
        assert meter.seconds_left(10**12) is None
        return
    assert meter.speed == pytest.approx(1000 * rate, rel=0.01)
    total = round(rate * now * 1000 + rest)
    assert meter.seconds_left(total) == pytest.approx(rest / (1000 * rate), rel=0.02, abs=0.01)


@given(st.lists(st.tuples(st.floats(0, 10), st.integers(0, 1000)), max_size=50))
def test_whatever_comes_neither_speed_nor_time_is_negative(
    samples: list[tuple[float, int]],
) -> None:
    meter, now = Meter(), 0.0
    for gap, done in samples:
        now += gap
        meter.add(done, now)
        assert meter.speed is None or meter.speed >= 0
        left = meter.seconds_left(500)
        assert left is None or left >= 0


def test_an_old_speed_is_forgotten() -> None:
    meter = Meter()
    meter.add(0, 0.0)
    meter.add(1000, 1.0)
    assert meter.speed == 1000
    meter.add(1000, 1.0 + WINDOW)
    assert meter.speed == 0


def test_a_file_that_begins_anew_is_timed_afresh() -> None:
    meter = Meter()
    meter.add(0, 0.0)
    meter.add(1000, 2.0)
    meter.add(10, 3.0)
    assert meter.speed is None
