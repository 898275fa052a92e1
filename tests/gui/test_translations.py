"""The window in another language: everything is found, translated, and shown."""

from __future__ import annotations

import ast
import importlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from engine import imageio, live
from engine.errors import EngineError, PictureError
from engine.job import Progress
from engine.settings import KNOBS, Settings
from gui.language import Language, folder
from gui.texts import engine_text, phrase, plain, sentence
from resources.translations import collect, make
from tests.gui.conftest import MakeWindow

GUI = Path(__file__).parents[2] / "gui"
FILE = folder() / "impasto_zh_CN.ts"
GAP = re.compile(r"\{\d+\}")

Message = tuple[str, str, str]
"""Context, source, translation."""


def messages(path: Path = FILE) -> list[Message]:
    return [
        (
            context.findtext("name", ""),
            each.findtext("source", ""),
            each.findtext("translation", ""),
        )
        for context in ElementTree.parse(path).iter("context")
        for each in context.iter("message")
    ]


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[Language]:
    """Chinese is spoken, for as long as the test takes."""
    before, language = QLocale(), Language(qapp)
    language.speak("zh_CN")
    yield language
    language.speak("en")
    QLocale.setDefault(before)


# The files


def test_everything_is_translated() -> None:
    assert make.unfinished(FILE) == []
    assert [each for each in messages() if not each[2].strip(" ")] == []


def test_a_translation_has_the_gaps_the_mnemonic_and_the_end_of_its_source() -> None:
    for _, source, translation in messages():
        assert sorted(GAP.findall(source)) == sorted(GAP.findall(translation)), source
        letters = re.findall(r"&(\w)", source)
        assert re.findall(r"\(&(\w)\)", translation) == [letter.upper() for letter in letters]
        assert translation.count("&") == len(letters)
        assert source.endswith("…") == translation.endswith("…"), source
        assert source.endswith(".") == translation.endswith("。"), source


def test_the_compiled_file_says_the_same(qapp: QApplication) -> None:
    translator = QTranslator()
    assert translator.load(str(FILE.with_suffix(".qm")))
    for context, source, translation in messages():
        assert translator.translate(context, source) == translation


def test_the_files_are_up_to_date_and_an_update_keeps_the_translations(tmp_path: Path) -> None:
    assert (folder() / "engine_texts.py").read_text("utf-8") == make.engine_texts()
    copy = tmp_path / FILE.name
    shutil.copy(FILE, copy)
    make.scan(folder() / "engine_texts.py", copy, "zh_CN")
    assert messages(copy) == messages()


def test_a_new_text_is_named_as_not_translated(tmp_path: Path) -> None:
    listed, target = tmp_path / "listed.py", tmp_path / FILE.name
    shutil.copy(FILE, target)
    listed.write_text(make.engine_texts() + 'QT_TRANSLATE_NOOP("engine", "never heard before")\n')
    make.scan(listed, target, "zh_CN")
    assert make.unfinished(target) == ["never heard before"]
    make.compiled(target, tmp_path / "compiled.qm")
    assert (tmp_path / "compiled.qm").stat().st_size > 1000


# The sources

SHOWN = re.compile(
    r"(set(Text|ToolTip|AccessibleName|AccessibleDescription|WindowTitle|PlaceholderText|LabelText"
    r"|Suffix|Title|StatusTip|InformativeText)|add(Action|Item|Tab|Menu|Button|Row)|showMessage"
    r"|Q(Label|PushButton|CheckBox|Action|GroupBox|RadioButton)|noted\.emit|_say|note)$"
)
TRANSLATES = re.compile(r"(^|\.)(tr|translate|engine_text|phrase|sentence)$")


def parsed() -> dict[str, ast.Module]:
    """The window's modules by their names within it."""
    return {
        ".".join(path.relative_to(GUI).with_suffix("").parts): ast.parse(path.read_text("utf-8"))
        for path in sorted(GUI.rglob("*.py"))
    }


def name_of(call: ast.AST) -> str:
    return ast.unparse(call.func) if isinstance(call, ast.Call) else ""


def words_in(node: ast.AST) -> Iterator[str]:
    """Words in literals that no translator sees."""
    if TRANSLATES.search(name_of(node)) or name_of(node).endswith("setObjectName"):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from re.findall(r"[A-Za-z]{3,}", node.value)
    for child in ast.iter_child_nodes(node):
        yield from words_in(child)


def test_no_text_reaches_the_user_without_a_translator() -> None:
    found = {
        f"{module}:{call.lineno}": list(words_in(argument))
        for module, tree in parsed().items()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and SHOWN.search(name_of(call))
        for argument in call.args[:2]
    }
    assert {place: words for place, words in found.items() if words} == {}


def translated_in(module: str, node: ast.AST, of: str = "") -> Iterator[tuple[str, str]]:
    """Context and source of each text that is translated in a piece of code."""
    if isinstance(node, ast.ClassDef):
        of = node.name
    if name_of(node).endswith((".tr", "translate")) and isinstance(node, ast.Call):
        literals = [a.value if isinstance(a, ast.Constant) else None for a in node.args]
        if name_of(node) == "self.tr":
            assert issubclass(getattr(importlib.import_module(f"gui.{module}"), of), QObject), of
            literals = [of, *literals]
        if "painter" not in name_of(node):
            assert len(literals) == 2, f"{module}:{node.lineno}"
            context, source = literals
            assert isinstance(source, str), f"{module}:{node.lineno} is put together"
            assert isinstance(context, str)
            yield context, source
    for child in ast.iter_child_nodes(node):
        yield from translated_in(module, child, of)


def test_qts_scanner_finds_what_is_translated() -> None:
    trees = parsed()
    del trees["texts"]  # its texts are those of the engine
    del trees["losses.history"]  # str.translate
    written = {each for module, tree in trees.items() for each in translated_in(module, tree)}
    found = {(context, source) for context, source, _ in messages()}
    assert written - found == set()
    assert {context for context, _ in found - written} == {"engine", "Texts"}


def test_what_knobs_declare_and_what_errors_say_is_listed() -> None:
    listed = {*collect.texts(), *collect.templates()}
    assert {knob.label for knob in KNOBS.values()} <= listed
    assert "name another picture (PNG, JPEG, TIFF, WebP and most other formats are read)" in listed
    assert "“{0}” is damaged: {1}" in listed
    assert "there is a preset “{0}” already" in listed
    assert not any("xpacket" in text or "error_code" in text for text in listed)


# What the engine says


def test_in_english_the_engine_speaks_for_itself(qapp: QApplication) -> None:
    assert engine_text("Stroke size") == "Stroke size"
    assert engine_text("reading photo.png") == "reading photo.png"
    assert sentence("the disk is full") == "The disk is full."
    assert sentence("Saved!") == "Saved!"
    assert engine_text("") == ""


@pytest.mark.parametrize(
    ("said", "in_chinese"),
    [
        ("Stroke size", "笔触大小"),
        ("reading photo.png", "正在读取 photo.png"),
        ("“Size” is empty", "“Size”是空文件"),
        (
            "“a.png” cannot be written: Permission denied",
            "无法写入“a.png”：没有权限",
        ),
        (
            "the filmstrip cannot keep the picture: no space is left in /x: the file needs 3 MB, "
            "1 MB are free",
            "胶片条无法保存这张图片：/x 没有剩余空间：文件需要 3 MB，可用 1 MB",
        ),
        (
            "there is no setting 'sise'; did you mean size?",
            "没有这项设置：'sise'；是不是想写 尺寸？",
        ),
        ("what nobody knows", "what nobody knows"),
    ],
)
@pytest.mark.usefixtures("chinese")
def test_messages_are_translated_with_what_is_in_their_gaps(said: str, in_chinese: str) -> None:
    assert engine_text(said) == in_chinese


@pytest.mark.usefixtures("chinese")
def test_sentences_end_as_the_language_ends_them() -> None:
    assert sentence("check the disk") == "请检查磁盘。"
    assert phrase(Progress("checking vgg19.pth", 5 << 20, 9 << 20).text) == (
        "正在校验 vgg19.pth，5/9 MB"
    )


@pytest.mark.usefixtures("chinese")
def test_real_errors_and_notes_are_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(EngineError) as wrong:
        Settings().replace(tile=100)
    assert (
        engine_text(wrong.value.cause)
        == "分块不能为 100，应为整数，128 到 32768 px，步进 16，或自动"
    )
    (tmp_path / "x.png").write_bytes(b"no picture")
    with pytest.raises(PictureError) as unread:
        imageio.read(tmp_path / "x.png")
    assert engine_text(unread.value.cause) == "“x.png”不是可以读取的图片"
    old = Settings()
    new = old.replace(style_weight=1000, tv_weight=0, content_weight=2)
    assert engine_text(live.described(old, new)) == (
        "平滑 auto → 0，内容权重 1 → 2，风格权重 auto → 1000"
    )


@pytest.mark.usefixtures("chinese")
def test_what_a_number_may_be_is_said_without_english() -> None:
    for knob in KNOBS.values():
        if knob.type in (int, float):
            said = engine_text(knob.allowed)
            assert re.findall("[A-Za-z]{3,}", said.replace("dpi", "")) == [], knob.allowed


IN_CHINESE = {
    source: translation for context, source, translation in messages() if context == "engine"
}
anything = st.characters(exclude_categories=())
names = st.text("春夏秋冬山水0123456789", min_size=1, max_size=8)


@hypothesis_settings(deadline=None)
@given(st.sampled_from(collect.templates()), st.data())
def test_what_is_put_into_a_template_comes_out_again(template: str, data: st.DataObject) -> None:
    gaps = len(GAP.findall(template))
    parts = [data.draw(names) for _ in range(gaps)]
    language = Language(QCoreApplication.instance())  # type: ignore[arg-type]
    before = QLocale()
    language.speak("zh_CN")
    try:
        said = engine_text(template.format(*parts))
    finally:
        language.speak("en")
        QLocale.setDefault(before)
    assert said == IN_CHINESE[template].format(*parts) or _overlaps(template)


def _overlaps(template: str) -> bool:
    """Whether another template, that says more, fits the same words; or gaps touch."""
    others = (re.sub(r"\\\{\d+\\\}", "(.*?)", re.escape(each)) for each in collect.templates())
    return "}{" in template or sum(bool(re.fullmatch(each, template)) for each in others) > 1


@hypothesis_settings(deadline=None)
@given(
    st.text(anything, max_size=300) | st.lists(st.sampled_from(collect.templates())).map("; ".join)
)
def test_no_text_is_too_strange(text: str) -> None:
    before, language = QLocale(), Language(QCoreApplication.instance())  # type: ignore[arg-type]
    language.speak("zh_CN")
    try:
        assert isinstance(engine_text(text), str)
    finally:
        language.speak("en")
        QLocale.setDefault(before)
    assert engine_text(text) == text


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Save &As …", "Save As"),
        ("另存为(&A)…", "另存为"),
        ("Salt && Pepper", "Salt & Pepper"),
        ("关于 Impasto(&A)", "关于 Impasto"),
    ],
)
def test_mnemonics_are_left_out_of_plain_words(words: str, expected: str) -> None:
    assert plain(words) == expected


# The language of the window

KNOWN = re.compile(
    r"in the style of|Impasto|ImageNet|VGG|vgg19|sketch|auto|safetensors|pth|jpg|png|Ctrl|Shift|Alt"
    r"|Esc|Enter|Delete|Gram|Wasserstein|Adam|BFGS|cpu|cuda|mps|xpu|EXIF|PNG|TIFF|CPU|conv\d_\d|bfloat16|float32"
    r"|torchvision|Caffe|harbour|impasto|download\.pytorch\.org|content|style|noise"
    r"|English|JPEG|WEBP|Alt|Up|Down|(?:/[\w.-]+){2,}|\{\w+\}"
)


def shown(widget: QWidget) -> Iterator[str]:
    """Everything that a widget says to the eye and to a screen reader."""
    own = () if isinstance(widget, QLineEdit) else ("text",)  # what stands there is the user's
    for name in (*own, "title", "placeholderText", "windowTitle"):
        read = getattr(widget, name, None)
        if callable(read):
            yield read()
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(row) for row in range(widget.count()))


def test_the_window_in_chinese_says_nothing_in_english(
    make_window: MakeWindow, chinese: Language, qtbot: QtBot
) -> None:
    window = make_window()
    window.look.advanced.set_open(True)
    qtbot.waitUntil(lambda: "depth" in window.look.controls)
    window.open_preferences()
    window.show_shortcuts()
    dialogs = window.findChildren(QDialog)
    assert len(dialogs) == 2
    said = {text for each in (window, *window.findChildren(QWidget)) for text in shown(each)}
    said |= {
        text for each in window.findChildren(QAction) for text in (each.text(), each.toolTip())
    }
    for dialog in dialogs:
        dialog.close()
    english = {text for text in said if re.search("[A-Za-z]{3,}", KNOWN.sub("", text))}
    assert english == set()
    assert "渲染" in said


def test_no_button_shows_the_letter_that_chooses_a_menu_entry(
    make_window: MakeWindow, chinese: Language
) -> None:
    window = make_window()
    texts = {button.text() for button in window.canvas_bar.findChildren(QToolButton)}
    assert "变体" in texts
    assert not [text for text in texts if "(" in text]


def test_qts_own_buttons_speak_with_the_window(chinese: Language, qtbot: QtBot) -> None:
    def cancel() -> str:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        qtbot.addWidget(box)
        return box.button(QDialogButtonBox.StandardButton.Cancel).text()

    assert cancel() == "取消"
    assert QLocale().language() is QLocale.Language.Chinese
    chinese.speak("en")
    assert cancel() == "Cancel"
    assert QLocale().language() is QLocale.Language.English


def test_the_fonts_of_one_language_are_gone_with_it(chinese: Language, qapp: QApplication) -> None:
    chinese.speak("en")
    families = qapp.font().families()
    chinese.speak("zh_CN")
    chinese.speak("en")
    assert qapp.font().families() == families


@pytest.mark.skipif(sys.platform != "linux", reason="others keep their languages elsewhere")
@pytest.mark.parametrize(
    ("locale", "languages", "spoken"),
    [
        ("zh_CN.UTF-8", "", "zh_CN"),
        ("zh_SG.UTF-8", "", "zh_CN"),
        ("zh_TW.UTF-8", "", "en"),
        ("zh_TW.UTF-8", "zh_TW:zh_CN", "zh_CN"),
        ("en_GB.UTF-8", "", "en"),
        ("fr_FR.UTF-8", "", "en"),
        ("fr_FR.UTF-8", "fr:zh_CN:en", "zh_CN"),
        ("fr_FR.UTF-8", "fr:en:zh_CN", "en"),
    ],
)
def test_the_systems_language_is_spoken_where_it_is_known(
    locale: str, languages: str, spoken: str
) -> None:
    said = subprocess.run(
        [sys.executable, "-c", "from gui.language import of_system; print(of_system())"],
        env=os.environ | {"LC_ALL": locale, "LANG": locale, "LANGUAGE": languages},
        cwd=GUI.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == spoken
