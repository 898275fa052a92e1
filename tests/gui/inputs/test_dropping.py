"""Pictures dropped and pasted: files, data and addresses, and what is refused."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from gui.inputs.dropped import dropped_files, dropped_picture, holds_picture, only_an_address
from gui.inputs.panel import InputPanel
from gui.inputs.picture_input import RecentList
from gui.state import Role
from tests.gui.inputs.support import RED, as_png, drop, png, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def as_image(data: QMimeData) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    data.setImageData(image)


def as_html(data: QMimeData) -> None:
    body = base64.b64encode(png()).decode()
    data.setHtml(f'<p>seen<p><img alt="x" src="data:image/png;base64,{body}">')


def as_data_address(data: QMimeData) -> None:
    data.setText("data:image/png;base64," + base64.b64encode(png()).decode())


def as_browser_does(data: QMimeData) -> None:
    data.setHtml('<img src="https://example.org/pictures/sun.jpg?w=9">')
    data.setUrls([QUrl("https://example.org/pictures/sun.jpg?w=9")])
    as_image(data)


@pytest.mark.parametrize("fill", [as_png, as_image, as_html, as_data_address, as_browser_does])
@pytest.mark.parametrize("role", list(Role))
def test_picture_data_is_taken_by_drop(
    qtbot: QtBot, panel: InputPanel, fill: object, role: Role
) -> None:
    data = QMimeData()
    fill(data)  # type: ignore[operator]
    drop(panel.target(role), data)
    settle(qtbot, panel)
    picture = panel._session.state.picture(role)
    assert picture is not None
    assert picture.size == (40, 30)
    assert (picture.pixels == RED).all()
    assert panel.input(role).caption[1] == "40 × 30"


def test_a_picture_from_a_browser_keeps_its_name() -> None:
    data = QMimeData()
    as_browser_does(data)
    picture = dropped_picture(data)
    assert picture is not None
    assert picture[1] == "sun.jpg"


def test_a_file_is_taken_as_it_is_rather_than_its_image(tmp_path: Path) -> None:
    data = files(tmp_path / "a.png")
    as_image(data)
    assert dropped_files(data) == [tmp_path / "a.png"]
    both = QMimeData()
    as_image(both)
    as_png(both)
    assert dropped_picture(both) == (png(), "unnamed picture")


@pytest.mark.parametrize("html", ['<img src="https://example.org/a.png">', "<p>text</p>"])
def test_a_web_address_is_never_fetched_and_the_reason_is_said(
    qtbot: QtBot, panel: InputPanel, html: str
) -> None:
    notes: list[str] = []
    panel.noted.connect(notes.append)
    data = QMimeData()
    data.setHtml(html)
    data.setUrls([QUrl("https://example.org/a.png")])
    assert dropped_picture(data) is None
    drop(panel.target(Role.CONTENT), data)
    assert not panel._session.state.reading
    assert panel._session.state.content is None
    (note,) = notes
    assert "Impasto fetches nothing" in note


def test_a_drop_without_a_picture_in_it_is_answered(panel: InputPanel) -> None:
    notes: list[str] = []
    panel.noted.connect(notes.append)
    data = QMimeData()
    data.setText("data:image/png;base64,")
    drop(panel.target(Role.STYLE), data)
    assert notes == ["There is no picture in what was dropped"]


ADDRESSES = st.one_of(
    st.text(max_size=40),
    st.builds(
        "data:image/{}{},{}".format,
        st.sampled_from(["png", "svg+xml", ""]),
        st.sampled_from([";base64", "", ";charset=utf-8"]),
        st.text(max_size=40),
    ),
)


@hypothesis_settings(max_examples=200, deadline=None)
@given(text=ADDRESSES, html=st.one_of(st.none(), ADDRESSES))
def test_whatever_is_dropped_gives_bytes_or_nothing(text: str, html: str | None) -> None:
    data = QMimeData()
    data.setText(text)
    if html is not None:
        data.setHtml(f'<img src="{html}"')
    found = dropped_picture(data)
    assert found is None or (found[0] and found[1])
    assert not (found and only_an_address(data))
    assert found is None or holds_picture(data)


def test_a_drag_is_welcome_only_where_there_is_something_to_say(panel: InputPanel) -> None:
    target = panel.target(Role.STYLE)

    def welcome(data: QMimeData) -> bool:
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        event = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, left, none)
        event.ignore()
        target.dragEnterEvent(event)
        return event.isAccepted()

    plain, picture = QMimeData(), QMimeData()
    plain.setText("hello")
    as_image(picture)
    assert not welcome(plain)
    assert target.property("over") != "true"
    assert welcome(picture)
    assert target.property("over") == "true"


def test_paste_takes_files_and_pictures_and_says_when_there_are_none(
    qtbot: QtBot, panel: InputPanel, pictures: tuple[Path, Path]
) -> None:
    notes: list[str] = []
    panel.noted.connect(notes.append)
    clipboard = QGuiApplication.clipboard()
    clipboard.setMimeData(files(pictures[0]))
    assert panel.paste()
    settle(qtbot, panel)
    assert panel.input(Role.CONTENT).caption == ("photo.png", "80 × 60")
    clipboard.setText("no picture")
    assert not panel.paste()
    panel.input(Role.STYLE)._paste.trigger()
    assert notes == ["There is no picture on the clipboard"]


def test_a_bad_picture_replaces_nothing(
    qtbot: QtBot, panel: InputPanel, pictures: tuple[Path, Path], recent: RecentList, tmp_path: Path
) -> None:
    panel.open(Role.CONTENT, pictures[0])
    settle(qtbot, panel)
    before = panel._session.state.content
    (tmp_path / "bad").mkdir()
    bad = tmp_path / "bad" / "photo.png"  # of the same name as the good one
    bad.write_text("no picture")
    with qtbot.waitSignal(panel._session.troubled) as troubled:
        drop(panel.target(Role.CONTENT), files(bad))
    assert "photo.png" in troubled.args[0].cause
    assert panel._session.state.content is before
    assert panel.target(Role.CONTENT).picture is before
    assert panel.input(Role.CONTENT).caption == ("photo.png", "80 × 60")
    assert recent.paths() == (pictures[0],)


def test_two_files_dropped_at_once_are_a_pair_and_more_are_further_styles(
    qtbot: QtBot, panel: InputPanel, pictures: tuple[Path, Path]
) -> None:
    assert panel.take(files(*pictures))
    settle(qtbot, panel)
    state = panel._session.state
    assert state.content is not None
    assert state.style is not None
    assert (state.content.name, state.style.name) == ("photo.png", "painting.jpg")
    assert panel.take(files(*pictures, pictures[0]))
    settle(qtbot, panel)
    state = panel._session.state
    assert state.content is not None
    assert state.content.name == "photo.png"
    assert [style.name for style in state.styles] == ["painting.jpg", "photo.png"]


def test_single_pictures_fill_the_content_first_and_then_the_style(
    qtbot: QtBot, panel: InputPanel
) -> None:
    for _ in Role:
        data = QMimeData()
        as_png(data)
        assert panel.take(data)  # the first may still be read
    settle(qtbot, panel)
    assert all(panel._session.state.picture(role) for role in Role)
