"""A size in px, cm or inches: what is typed on paper are so many pixels, and the shape stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from engine.geometry import fitted
from engine.print_size import CM_PER_INCH, Unit
from gui.look.size_row import SizeRow
from gui.main_window import MainWindow
from gui.worker import Trouble
from tests.gui.acts import click, drop, save
from tests.gui.conftest import MakeWindow
from tests.gui.fake_engine import CPU, FakeEngine
from tests.gui.test_window import settle

MANY = hypothesis_settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PAPER = st.sampled_from([Unit.CM, Unit.INCH])


def typed(field: QLineEdit, text: str) -> None:
    field.setText(text)
    field.editingFinished.emit()


def choose(row: SizeRow, unit: Unit) -> None:
    row.unit_box.setCurrentIndex(row.unit_box.findData(unit))
    row.unit_box.activated.emit(row.unit_box.currentIndex())


@pytest.fixture
def row(qtbot: QtBot) -> SizeRow:
    row = SizeRow()
    qtbot.addWidget(row)
    return row


@MANY
@given(
    shape=st.tuples(st.integers(100, 4000), st.integers(100, 4000)),
    unit=PAPER,
    dpi=st.integers(30, 1200),
    size=st.integers(64, 20_000),
    tenths=st.integers(20, 400),
    which=st.sampled_from([0, 1]),
)
def test_a_side_on_paper_is_that_long_to_half_a_pixel(
    row: SizeRow,
    shape: tuple[int, int],
    unit: Unit,
    dpi: int,
    size: int,
    tenths: int,
    which: int,
) -> None:
    asked: list[tuple[int, int]] = []
    refused: list[Trouble] = []
    row.asked.connect(lambda *given: asked.append(given))
    row.refused.connect(refused.append)
    row.set_unit(unit)
    shown = fitted(shape, size)
    row.show_size(shown, dpi)
    field = (row.width_field, row.height_field)[which]
    text = f"{tenths / 10:g}"
    if field.text() == text:
        return  # nothing is asked for that holds already
    typed(field, text)
    inches = tenths / 10 / (CM_PER_INCH if unit is Unit.CM else 1)
    pixels = inches * dpi * max(shown) / shown[which]
    if not asked:
        assert len(refused) == 1
        assert not 32 <= round(pixels) <= 32768
        return
    assert asked == [(asked[0][0], dpi)]
    assert abs(asked[0][0] - pixels) <= 0.5 + 1e-9 * pixels


@MANY
@given(unit=PAPER, dpi=st.integers(30, 1200), other=st.integers(30, 1200))
def test_other_dots_per_inch_keep_the_size_on_paper(
    row: SizeRow, unit: Unit, dpi: int, other: int
) -> None:
    asked: list[tuple[int, int]] = []
    row.asked.connect(lambda *given: asked.append(given))
    row.set_unit(unit)
    row.show_size((2000, 1000), dpi)
    typed(row.dpi_field, str(other))
    assert asked == ([] if other == dpi else [(round(2000 / dpi * other), other)]) or (
        2000 / dpi * other > 32768
    )


@pytest.mark.parametrize("text", ["", "many", "nan", "inf", "-3", "0"])
@pytest.mark.parametrize("unit", list(Unit))
def test_what_is_no_size_is_refused_in_words_and_the_field_goes_back(
    row: SizeRow, text: str, unit: Unit
) -> None:
    troubles: list[Trouble] = []
    row.refused.connect(troubles.append)
    row.asked.connect(lambda *_: pytest.fail("asked for"))
    row.set_unit(unit)
    row.show_size((600, 400), 300)
    before = row.width_field.text()
    typed(row.width_field, text)
    assert len(troubles) == 1
    assert troubles[0].cause
    assert troubles[0].remedy
    assert row.width_field.text() == before


def test_a_decimal_comma_is_understood(row: SizeRow) -> None:
    asked: list[tuple[int, int]] = []
    row.asked.connect(lambda *given: asked.append(given))
    row.set_unit(Unit.INCH)
    row.show_size((600, 400), 300)
    typed(row.width_field, "12,5")
    assert asked == [(3750, 300)]


# In the look panel


@pytest.fixture
def window(
    qtbot: QtBot, make_window: MakeWindow, engine: FakeEngine, pictures: tuple[Path, Path]
) -> MainWindow:
    window = make_window(engine)
    window.session._prepared((CPU,))
    drop(window, *pictures)
    settle(qtbot, window)
    return window


def test_both_sides_of_the_next_render_are_shown_also_where_the_size_is_auto(
    window: MainWindow,
) -> None:
    row = window.look.size_row
    assert [row.width_field.text(), row.height_field.text()] == ["640", "480"]
    window.session.set(size=200)
    assert [row.width_field.text(), row.height_field.text()] == ["200", "150"]
    typed(row.height_field, "300")
    assert window.session.state.settings.size == 400


def test_without_a_picture_only_the_long_side_is_known_and_it_is_said_why(
    make_window: MakeWindow, engine: FakeEngine
) -> None:
    window = make_window(engine)
    row = window.look.size_row
    for field in (row.width_field, row.height_field):
        assert not field.isEnabled()
        assert field.toolTip()
    window.session._prepared((CPU,))
    assert row.width_field.text() == "640"
    assert row.height_field.text() == ""
    assert not row.height_field.isEnabled()
    assert row.height_field.toolTip() == "Known once there is a content picture"
    typed(row.width_field, "500")
    assert window.session.state.settings.size == 500


def test_a_print_size_is_painted_and_its_dots_per_inch_are_in_the_saved_file(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine, tmp_path: Path
) -> None:
    row, session = window.look.size_row, window.session
    choose(row, Unit.CM)
    assert session.state.settings.dpi == 300
    assert session.state.settings.size is None
    typed(row.width_field, "20")
    typed(row.dpi_field, "200")
    assert session.state.settings.size == round(20 / 2.54 * 200)
    assert row.height_field.text() == "15"
    engine.free = True
    with qtbot.waitSignal(session.run_ended):
        click(qtbot, window.run_bar.render_button)
    assert engine.jobs[-1].settings.size == 1575
    save(qtbot, window, tmp_path / "out.png")
    with Image.open(tmp_path / "out.png") as saved:
        assert saved.info["dpi"] == pytest.approx((200, 200), abs=0.1)


def test_the_unit_is_remembered_and_the_size_that_it_says_can_be_undone(
    make_window: MakeWindow, window: MainWindow
) -> None:
    choose(window.look.size_row, Unit.INCH)
    typed(window.look.size_row.width_field, "5")
    assert window.session.state.settings.size == 1500
    window.session.undo()
    assert window.look.size_row.width_field.text() == "2.1"  # 640 px at 300 dpi
    another = make_window(FakeEngine())
    assert another.look.size_row.dpi_field.text() == ""  # none is written until one is chosen
    assert another.look.size_row.dpi_field.placeholderText() == "300"
    assert another.look.size_row.unit_box.currentData() == Unit.INCH
    assert another.look.size_row.dpi_field.isVisibleTo(another.look)


def test_a_size_that_no_render_may_have_is_told_in_the_window(window: MainWindow) -> None:
    choose(window.look.size_row, Unit.CM)
    typed(window.look.size_row.width_field, "900")
    assert window.message.isVisible()
    assert "cm at 300 dpi are" in window.message.text
    assert window.session.state.settings.size is None


def test_a_render_that_goes_on_from_a_picture_has_its_size(
    qtbot: QtBot, window: MainWindow, engine: FakeEngine
) -> None:
    engine.free = True
    with qtbot.waitSignal(window.session.run_ended):
        click(qtbot, window.run_bar.render_button)
    assert window.session.state.from_result
    assert window.look.size_row.width_field.text() == "32"
    window.session.start_from_result(False)
    assert window.look.size_row.width_field.text() == "640"
