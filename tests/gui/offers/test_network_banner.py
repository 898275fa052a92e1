"""The banner as its user meets it: over a real server, and over every order of events."""

from __future__ import annotations

import queue
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from engine import networks
from engine.errors import EngineError
from engine.job import Note, Progress
from engine.networks import NetworkEntry
from gui import theme
from gui.offers.downloads import Download, DownloadOutcome, Ending, Stage, Transfer
from gui.offers.network_banner import NetworkBanner
from tests.engine.web import Answer, Site
from tests.gui.offers.published import DATA, NAME, empty_folders, publishing

OFFER = (
    "Painting with sketch, Impasto's own small network. "
    "ImageNet's VGG-19 carries larger forms over: {0} MB, once."
)
ARRIVED = "VGG-19 is here: the next render uses it."
MEGABYTE = 2**20

MakeBanner = Callable[..., NetworkBanner]


class Script:
    """Stands for `fetch`: yields and ends as it is told, and gives signs of life meanwhile."""

    def __init__(self) -> None:
        self.told: queue.Queue[Progress | Note | Path | Exception] = queue.Queue()

    def __call__(self, entry: NetworkEntry) -> Generator[Progress | Note, None, Path]:
        alive = Progress("downloading it")
        while True:
            try:
                told = self.told.get(timeout=0.005)
            except queue.Empty:
                yield alive
                continue
            if isinstance(told, Exception):
                raise told
            if isinstance(told, Path):
                told.parent.mkdir(parents=True, exist_ok=True)
                told.touch()
                return told
            if isinstance(told, Progress):
                alive = told
            yield told


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return empty_folders(tmp_path, monkeypatch)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with publishing(tmp_path, monkeypatch) as served:
        yield served


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def make_banner(qtbot: QtBot) -> Iterator[MakeBanner]:
    """Put a banner at the top of a window."""
    downloads, windows = [], []

    def make(download: Download, *, dismissed: bool = False) -> NetworkBanner:
        banner, below = NetworkBanner(download, dismissed=dismissed), QWidget()
        window = QWidget()
        downloads.append(download)
        windows.append(window)
        window.resize(900, 300)
        layout = QVBoxLayout(window)
        layout.addWidget(banner)
        layout.addWidget(below, 1)
        qtbot.addWidget(window)
        window.show()
        return banner

    yield make
    for download in downloads:
        assert download.stop()


@pytest.fixture
def wear(qapp: QApplication) -> Iterator[Callable[[theme.Colours], None]]:
    """Wear colours until the end of the test."""
    palette, sheet, worn = qapp.palette(), qapp.styleSheet(), qapp.property(theme._WORN)
    yield lambda colours: theme.wear(qapp, colours)
    qapp.setProperty(theme._WORN, worn)
    qapp.setPalette(palette)
    qapp.setStyleSheet(sheet)


def press(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def buttons(banner: NetworkBanner) -> list[str]:
    """What can be pressed, in words."""
    found = banner.findChildren(QAbstractButton)
    return [each.text() for each in found if each.isVisible() and each.isEnabled()]


def test_where_the_network_is_missing_it_is_offered_with_its_size(
    home: Path, make_banner: MakeBanner
) -> None:
    banner = make_banner(Download())
    assert banner.isVisible()
    assert banner.text == OFFER.format(548)
    assert banner.accessibleName() == banner.text
    assert set(buttons(banner)) == {"Download", "Use a file …", "×"}
    assert banner.get_button.toolTip() == (
        "VGG-19 trained on ImageNet: 548 MB from download.pytorch.org"
    )
    assert banner.close_button.accessibleName() == "Not now"


def test_it_is_no_window_of_its_own(qtbot: QtBot, home: Path) -> None:
    banner = NetworkBanner(Download())
    qtbot.addWidget(banner)
    assert banner.text == OFFER.format(548)
    assert not banner.isVisible()


def test_where_it_is_here_nothing_is_offered(home: Path, make_banner: MakeBanner) -> None:
    networks.hub_folder().mkdir(parents=True)
    (networks.hub_folder() / networks.VGG19.file).touch()
    assert not make_banner(Download()).isVisible()


def test_a_network_that_arrives_by_another_way_ends_the_offer(
    home: Path, make_banner: MakeBanner
) -> None:
    banner = make_banner(Download())
    home.mkdir(parents=True)
    (home / networks.VGG19.file).touch()
    banner.refresh()
    assert not banner.isVisible()
    (home / networks.VGG19.file).unlink()
    banner.refresh()
    assert banner.text == OFFER.format(548)
    assert banner.isVisible()


def test_one_press_fetches_it_and_the_window_is_told(
    qtbot: QtBot, site: Site, make_banner: MakeBanner
) -> None:
    banner = make_banner(Download())
    assert site.ranges == []
    with qtbot.waitSignal(banner.network_arrived) as arrived:
        press(qtbot, banner.get_button)
    assert arrived.args == ["vgg19"]
    assert banner.text == banner.accessibleName() == ARRIVED
    assert buttons(banner) == ["×"]
    banner.refresh()
    assert banner.isVisible()
    with qtbot.assertNotEmitted(banner.dismissed):
        press(qtbot, banner.close_button)
    assert not banner.isVisible()
    assert networks.chosen("auto").name == "vgg19"


def test_a_cancelled_download_is_offered_with_what_is_here_and_resumed(
    qtbot: QtBot, site: Site, make_banner: MakeBanner
) -> None:
    site.answers = [Answer(stall=MEGABYTE - 100_000), Answer()]
    banner = make_banner(Download())
    press(qtbot, banner.get_button)
    qtbot.waitUntil(lambda: banner.figures.startswith("0.9 of 1 MB"))
    assert banner.text == "Downloading VGG-19"
    assert banner.accessibleName() == "Downloading VGG-19: 90 %"
    assert buttons(banner) == ["Cancel"]
    assert banner._bar.value() == pytest.approx(905, abs=1)
    press(qtbot, banner.cancel_button)
    assert banner.text == "Stopping the download of VGG-19 …"
    qtbot.waitUntil(lambda: "Resume" in buttons(banner))
    assert "1 of 1 MB of ImageNet's VGG-19" in banner.text
    assert "are here already" in banner.text
    with qtbot.waitSignal(banner.network_arrived):
        press(qtbot, banner.get_button)
    assert site.ranges == [None, f"bytes={MEGABYTE - 100_000}-"]
    assert (networks.cache_folder() / NAME).read_bytes() == DATA


def test_a_failure_says_cause_and_remedy_and_can_be_tried_again(
    qtbot: QtBot, site: Site, make_banner: MakeBanner
) -> None:
    site.answers = [Answer(status=503), Answer()]
    banner = make_banner(Download())
    press(qtbot, banner.get_button)
    qtbot.waitUntil(lambda: "Try again" in buttons(banner))
    assert "answers: 503 Service Unavailable. Try again later, or" in banner.text
    assert banner.accessibleName() == banner.text
    assert "Copy details" not in buttons(banner)
    with qtbot.waitSignal(banner.network_arrived):
        press(qtbot, banner.get_button)
    assert banner.text == ARRIVED


def test_an_unexpected_failure_has_details_to_copy(
    qtbot: QtBot, home: Path, make_banner: MakeBanner, script: Script
) -> None:
    banner = make_banner(Download(script))
    press(qtbot, banner.get_button)
    script.told.put(ZeroDivisionError("oh"))
    qtbot.waitUntil(lambda: "Copy details" in buttons(banner))
    press(qtbot, banner.copy_button)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Unexpected ZeroDivisionError: oh. What came is kept.")
    assert "Traceback" in copied


def test_speed_and_time_left_are_said(
    qtbot: QtBot, home: Path, make_banner: MakeBanner, script: Script
) -> None:
    seconds = iter(range(10_000))
    banner = make_banner(Download(script, clock=lambda: next(seconds) * 2.0))
    press(qtbot, banner.get_button)
    for done in (40, 60, 80):
        script.told.put(Progress("downloading it", done * MEGABYTE, 548 * MEGABYTE))
    seen: list[str] = []
    banner._download.progressed.connect(lambda _: seen.append(banner.figures))
    qtbot.waitUntil(lambda: "60.0 of 548 MB · 10.0 MB/s · 0:49 left" in seen)
    qtbot.waitUntil(lambda: banner.figures == "80.0 of 548 MB · waiting for the server …")


@pytest.mark.parametrize(
    ("speed", "words"), [(20 * 1024, "20 kB/s"), (0.1 * MEGABYTE, "0.1 MB/s"), (0, "waiting")]
)
def test_a_slow_line_is_told_in_kilobytes(
    home: Path, make_banner: MakeBanner, speed: float, words: str
) -> None:
    assert words in make_banner(Download())._speed(speed)


def test_not_now_is_told_and_holds_until_the_user_asks_for_the_offer(
    qtbot: QtBot, home: Path, make_banner: MakeBanner
) -> None:
    banner = make_banner(Download())
    with qtbot.waitSignal(banner.dismissed):
        press(qtbot, banner.close_button)
    banner.refresh()
    assert not banner.isVisible()
    banner.offer()
    assert banner.isVisible()
    assert banner.text == OFFER.format(548)


def test_an_offer_that_was_dismissed_before_is_not_made(
    home: Path, make_banner: MakeBanner
) -> None:
    assert not make_banner(Download(), dismissed=True).isVisible()


def test_the_offer_of_what_is_here_already_says_so(home: Path, make_banner: MakeBanner) -> None:
    home.mkdir(parents=True)
    (home / networks.VGG19.file).touch()
    banner = make_banner(Download(), dismissed=True)
    banner.offer()
    assert banner.text == ARRIVED


def test_a_file_that_is_chosen_is_passed_on_and_ends_the_offer(
    qtbot: QtBot, home: Path, make_banner: MakeBanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    banner = make_banner(Download())
    answers = iter([("", ""), ("/pictures/vgg.pth", "")])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: next(answers))
    with qtbot.assertNotEmitted(banner.file_chosen):
        press(qtbot, banner.file_button)
    assert banner.isVisible()
    with qtbot.waitSignal(banner.file_chosen) as chosen:
        press(qtbot, banner.file_button)
    assert chosen.args == [Path("/pictures/vgg.pth")]
    assert not banner.isVisible()


def test_a_figure_that_comes_after_cancel_does_not_hide_that_it_stops(
    qtbot: QtBot, home: Path, make_banner: MakeBanner, script: Script
) -> None:
    download = Download(script)
    banner = make_banner(download)
    press(qtbot, banner.get_button)
    press(qtbot, banner.cancel_button)
    download.progressed.emit(Transfer(Stage.DOWNLOADING, MEGABYTE, 548 * MEGABYTE))
    assert banner.text == "Stopping the download of VGG-19 …"
    qtbot.waitUntil(lambda: banner.text == OFFER.format(548))


def test_a_window_that_is_rebuilt_shows_the_download_that_runs(
    qtbot: QtBot, home: Path, make_banner: MakeBanner, script: Script
) -> None:
    download = Download(script)
    press(qtbot, make_banner(download).get_button)
    banner = make_banner(download, dismissed=True)
    assert banner.text == "Downloading VGG-19"
    assert buttons(banner) == ["Cancel"]
    script.told.put(Progress("downloading it", 3 * MEGABYTE, 548 * MEGABYTE))
    qtbot.waitUntil(lambda: banner.figures.startswith("3.0 of 548 MB"))


def test_the_keyboard_alone_starts_and_stops_a_download(
    qtbot: QtBot, home: Path, make_banner: MakeBanner, script: Script
) -> None:
    banner = make_banner(Download(script))
    banner.window().activateWindow()
    banner.get_button.setFocus()
    qtbot.waitUntil(banner.get_button.hasFocus)
    qtbot.keyClick(banner.get_button, Qt.Key.Key_Space)
    assert banner.cancel_button.hasFocus()
    qtbot.keyClick(banner.cancel_button, Qt.Key.Key_Space)
    qtbot.waitUntil(banner.get_button.isVisible)
    assert banner.get_button.hasFocus()


@pytest.mark.parametrize("colours", [theme.DARK, theme.LIGHT])
def test_a_window_of_900_pixels_is_not_widened_and_no_text_is_clipped(
    qtbot: QtBot,
    home: Path,
    wear: Callable[[theme.Colours], None],
    make_banner: MakeBanner,
    script: Script,
    colours: theme.Colours,
) -> None:
    wear(colours)
    banner = make_banner(Download(script))
    look_for_clipped_text(banner)
    press(qtbot, banner.get_button)
    script.told.put(Progress("waiting for another"))
    qtbot.waitUntil(lambda: banner.text.startswith("Waiting for another Impasto"))
    look_for_clipped_text(banner)
    script.told.put(ZeroDivisionError("a long reason " * 9))
    qtbot.waitUntil(lambda: "Try again" in buttons(banner))
    look_for_clipped_text(banner)


def look_for_clipped_text(banner: NetworkBanner) -> None:
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    label = banner._text
    assert banner.window().width() == 900
    assert label.height() >= label.heightForWidth(label.width())
    assert label.width() >= label.minimumSizeHint().width()


STEPS = ("get", "cancel", "close", "refresh", "offer", "note", "come", "arrive", "fail", "crash")


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.sampled_from(STEPS), max_size=12))
def test_in_every_order_of_events_the_banner_says_what_is(
    qtbot: QtBot, home: Path, make_banner: MakeBanner, steps: list[str]
) -> None:
    Walk(qtbot, make_banner, home / networks.VGG19.file).take(steps)


class Walk:
    """A user and a server, step by step; what must hold is looked at after each."""

    def __init__(self, qtbot: QtBot, make_banner: MakeBanner, file: Path) -> None:
        file.unlink(missing_ok=True)
        self.qtbot, self.file, self.script = qtbot, file, Script()
        self.download = Download(self.script)
        self.banner = make_banner(self.download)
        self.log: list[object] = []
        self.arrived: list[str] = []
        self.wanted = 0
        self.download.began.connect(self.log.append)
        self.download.progressed.connect(self.log.append)
        self.download.ended.connect(self.log.append)
        self.banner.network_arrived.connect(self.arrived.append)

    def take(self, steps: list[str]) -> None:
        for step in steps:
            getattr(self, step)()
            self.look()
        if self.download.entry is not None:
            self.cancel()
        self.look()
        self.banner.window().close()

    def get(self) -> None:
        if self.banner.get_button.isVisible():
            press(self.qtbot, self.banner.get_button)
            self.wanted += 1

    def cancel(self) -> None:
        if self.banner.cancel_button.isVisible():
            press(self.qtbot, self.banner.cancel_button)
            self.end()

    def close(self) -> None:
        if self.banner.close_button.isVisible():
            press(self.qtbot, self.banner.close_button)
            assert not self.banner.isVisible()

    def refresh(self) -> None:
        self.banner.refresh()

    def offer(self) -> None:
        self.banner.offer()
        assert self.banner.isVisible()

    def note(self) -> None:
        self.tell(Note("the connection broke"))

    def come(self) -> None:
        if self.tell(Progress("downloading it", 5 * MEGABYTE, 548 * MEGABYTE)):
            self.qtbot.waitUntil(lambda: self.banner.figures.startswith("5.0 of 548 MB"))

    def arrive(self) -> None:
        if self.tell(self.file):
            self.end()
            assert self.banner.text == ARRIVED

    def fail(self) -> None:
        if self.tell(EngineError("it is gone", "look elsewhere")):
            self.end()
            assert self.banner.text == "It is gone. Look elsewhere."

    def crash(self) -> None:
        if self.tell(ValueError("oh")):
            self.end()
            assert "Copy details" in buttons(self.banner)

    def tell(self, message: Progress | Note | Path | Exception) -> bool:
        if self.download.entry is None:
            return False
        self.script.told.put(message)
        return True

    def end(self) -> None:
        self.qtbot.waitUntil(lambda: self.download.entry is None)

    def look(self) -> None:
        banner, running = self.banner, self.download.entry is not None
        outcomes = [each for each in self.log if isinstance(each, DownloadOutcome)]
        begun = [each for each in self.log if isinstance(each, NetworkEntry)]
        finished = [each for each in outcomes if each.ending is Ending.FINISHED]
        assert len(begun) == self.wanted == len(outcomes) + running
        assert self.arrived == ["vgg19"] * len(finished)
        assert running or not isinstance(self.log[-1:] and self.log[-1], Transfer)
        assert banner.cancel_button.isVisible() == running
        assert banner._bar.isVisible() == running
        assert banner.isVisible() == bool(banner.text)
        assert banner.accessibleName().startswith(banner.text)
        assert not (self.file.exists() and banner.get_button.isVisible())
