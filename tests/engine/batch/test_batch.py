"""`impasto batch`: what is painted, skipped, said, and gone on with."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from engine import cli
from engine.batch.journal import Journal, Standing
from engine.batch.plan import Item
from engine.commands import terminal
from engine.disk import autosave
from engine.job import Frame, Note
from engine.recipes import recipe
from tests.engine.support import picture


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two photographs and two paintings; what is painted goes to `out`."""
    for index, name in enumerate(("photos/a.png", "photos/b.png", "paint/x.png", "paint/y.png")):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        Image.fromarray(picture(36, 48, index).pixels).save(path)
    return tmp_path


@pytest.fixture
def batch(folder: Path, net: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run it; returns exit code, report and what was said."""

    def run(*more: str, contents: str = "photos", steps: int = 2) -> tuple[int, Any, str]:
        report = folder / "report.json"
        report.unlink(missing_ok=True)
        code = cli.run([
            "batch", str(folder / contents), "--style", str(folder / "paint"),
            "-o", str(folder / "out"), "--report", str(report), "--network", str(net),
            "--content-layer", "conv2_1", "--style-layers", "conv1_1", "--size", "32",
            "--steps", str(steps), "--device", "cpu", "--threads", "1", "--seed", "1", *more,
        ])  # fmt: skip
        said = capsys.readouterr()
        record = json.loads(report.read_text()) if report.exists() else None
        return code, record, said.out + said.err

    return run


def painted(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (folder / "out").glob("*.png")}


ALL = {"a-x.png", "a-y.png", "b-x.png", "b-y.png"}


def test_every_photograph_is_painted_in_every_style_with_its_recipe_and_then_never_again(
    folder: Path, batch: Any
) -> None:
    code, report, _ = batch()
    assert code == 0
    assert painted(folder).keys() == ALL
    assert report["counts"] == {"done": 4, "skipped": 0, "differs": 0, "failed": 0, "left": 0}
    assert [each["steps"] for each in report["pictures"]] == [2] * 4
    made = recipe.read(folder / "out" / "b-x.png")
    assert (made.content.name, made.styles[0].name, made.step) == ("b.png", "x.png", 2)
    assert [p.name for p in (folder / "out" / ".impasto-batch").glob("*.ckpt")] == []
    before = painted(folder)
    code, report, _ = batch()
    assert code == 0
    assert report["counts"]["skipped"] == 4
    assert painted(folder) == before


def test_what_was_deleted_is_painted_again_and_nothing_else(folder: Path, batch: Any) -> None:
    batch()
    before = painted(folder)
    (folder / "out" / "a-y.png").unlink()
    code, report, _ = batch()
    assert (code, report["counts"]["done"], report["counts"]["skipped"]) == (0, 1, 3)
    after = painted(folder)
    assert {name for name in ALL if after[name] != before[name]} == {"a-y.png"}


def test_a_picture_that_fails_does_not_stop_the_others_and_is_tried_again(
    folder: Path, batch: Any
) -> None:
    (folder / "photos" / "aa.png").write_text("no picture")
    Image.new("RGB", (8, 90)).save(folder / "photos" / "b0.png")  # too narrow
    code, report, said = batch()
    assert code == 1
    assert painted(folder).keys() == ALL
    failed = [each for each in report["pictures"] if each["outcome"] == "failed"]
    assert {Path(each["content"]).name for each in failed} == {"aa.png", "b0.png"}
    assert all(each["cause"] and each["remedy"] for each in failed)
    assert failed[0]["cause"] in said
    before = painted(folder)
    shutil.copy(folder / "photos" / "a.png", folder / "photos" / "aa.png")
    (folder / "photos" / "b0.png").unlink()
    code, report, _ = batch()
    assert (code, report["counts"]["done"], report["counts"]["skipped"]) == (0, 2, 4)
    assert painted(folder).items() >= before.items()


def test_out_of_memory_is_a_failure_of_one_picture(
    folder: Path, batch: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    paint = terminal.Rendering._paint

    def short_of_memory(rendering: terminal.Rendering) -> None:
        if rendering.record.job.content.name == "a.png":
            raise MemoryError("17 GB")
        paint(rendering)

    monkeypatch.setattr(terminal.Rendering, "_paint", short_of_memory)
    code, report, _ = batch()
    assert (code, report["counts"]["failed"], report["counts"]["done"]) == (1, 2, 2)
    assert painted(folder).keys() == {"b-x.png", "b-y.png"}
    assert "MemoryError: 17 GB" in report["pictures"][0]["cause"]


def test_other_settings_and_other_pictures_are_said_and_painted_only_when_asked(
    folder: Path, batch: Any
) -> None:
    batch()
    before = painted(folder)
    code, report, said = batch(steps=3)
    assert (code, report["counts"]["differs"]) == (1, 4)
    assert "other settings" in said
    assert painted(folder) == before
    Image.fromarray(picture(36, 48, 9).pixels).save(folder / "photos" / "a.png")
    code, report, said = batch()
    assert (code, report["counts"]["differs"], report["counts"]["skipped"]) == (1, 2, 2)
    assert "another photograph" in said
    code, report, _ = batch("--overwrite")
    assert (code, report["counts"]["done"], report["counts"]["skipped"]) == (0, 2, 2)
    after = painted(folder)
    assert {name for name in ALL if after[name] != before[name]} == {"a-x.png", "a-y.png"}


def test_where_it_is_computed_makes_no_other_picture(folder: Path, batch: Any) -> None:
    batch()
    code, report, _ = batch("--threads", "2")
    assert (code, report["counts"]["skipped"]) == (0, 4)


def test_a_file_that_is_not_the_batchs_own_is_left_alone(folder: Path, batch: Any) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "a-x.png").write_text("mine")
    code, report, said = batch()
    assert (code, report["counts"]["done"], report["counts"]["differs"]) == (1, 3, 1)
    assert "not from this batch" in said
    assert (folder / "out" / "a-x.png").read_text() == "mine"
    assert batch("--overwrite")[0] == 0
    assert recipe.read(folder / "out" / "a-x.png").content.name == "a.png"


def test_pictures_beside_their_photographs_do_not_become_photographs(
    folder: Path, batch: Any
) -> None:
    for _ in range(2):
        code, report, _ = batch("-o", str(folder / "photos"))
        assert (code, len(report["pictures"])) == (0, 4)


def test_killed_between_the_file_and_the_journal_it_paints_no_picture_twice(
    folder: Path, batch: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(journal: Journal, item: Item, standing: Standing) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "end", killed)
        code, report, _ = batch()
    assert (code, report["outcome"], report["counts"]["left"]) == (130, "interrupted", 4)
    before = painted(folder)
    assert before.keys() == {"a-x.png"}
    code, report, _ = batch()
    assert (code, report["counts"]["done"], report["counts"]["skipped"]) == (0, 3, 1)
    assert painted(folder)["a-x.png"] == before["a-x.png"]


def test_interrupted_it_keeps_the_state_of_the_present_picture_and_goes_on_with_it(
    folder: Path, batch: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    add, seen = autosave.Autosave.add, list[int]()

    def interrupted(saving: autosave.Autosave, frame: Frame) -> Note | None:
        seen.append(frame.step)
        if len(seen) == 9:
            raise KeyboardInterrupt
        return add(saving, frame)

    monkeypatch.setattr(autosave.Autosave, "add", interrupted)
    code, report, said = batch(steps=5)
    assert code == 130
    assert seen == [0, 1, 2, 3, 4, 5, 0, 1, 2]
    assert painted(folder).keys() == {"a-x.png"}
    assert (report["outcome"], report["counts"]["left"]) == ("interrupted", 3)
    assert "goes on with them" in said
    code, report, _ = batch(steps=5)
    assert (code, report["counts"]["done"], report["counts"]["skipped"]) == (0, 3, 1)
    assert seen[9] == 2  # not from the start
    assert recipe.read(folder / "out" / "a-y.png").step == 5


def test_a_state_that_is_damaged_is_begun_afresh_and_said(folder: Path, batch: Any) -> None:
    batch()
    (folder / "out" / "a-x.png").unlink()
    with Journal(folder / "out") as journal:
        item = Item(folder / "photos/a.png", folder / "paint/x.png", folder / "out/a-x.png")
        entry = journal.entry(item)
        assert entry is not None
        journal.begin(item, entry.template, entry.made_of)
        journal.checkpoint(item).write_bytes(b"damaged")
    code, _, said = batch()
    assert code == 0
    assert "painted afresh" in said
    assert painted(folder).keys() == ALL


def test_the_state_of_a_finished_picture_that_a_kill_left_goes_with_the_next_batch(
    folder: Path, batch: Any
) -> None:
    batch()
    with Journal(folder / "out") as journal:
        item = Item(folder / "photos/a.png", folder / "paint/x.png", folder / "out/a-x.png")
        left = journal.checkpoint(item)
        left.write_bytes(b"left")
    code, report, _ = batch()
    assert (code, report["counts"]["skipped"]) == (0, 4)
    assert not left.exists()


def test_two_batches_do_not_paint_into_one_folder_at_once(folder: Path, batch: Any) -> None:
    with Journal(folder / "out"):
        code, _, said = batch()
    assert code == 2
    assert "another batch" in said
    assert batch()[0] == 0


def test_a_damaged_journal_is_kept_and_nothing_of_the_users_is_replaced(
    folder: Path, batch: Any
) -> None:
    batch()
    before = painted(folder)
    (folder / "out" / ".impasto-batch" / "journal.json").write_text("{")
    code, report, said = batch()
    assert (code, report["counts"]["differs"]) == (1, 4)
    assert "journal.bad" in said
    assert painted(folder) == before


def test_what_would_fail_for_all_ends_the_batch_at_once(folder: Path, batch: Any) -> None:
    code, report, said = batch("--network", "nowhere.pth")
    assert (code, report) == (2, None)
    assert "nowhere.pth" in said
    assert not (folder / "out").exists()


def test_a_dry_run_says_how_many_and_how_long_and_leaves_nothing(folder: Path, batch: Any) -> None:
    (folder / "photos" / "c.png").write_text("no picture")
    code, report, said = batch("--dry-run")
    assert (code, report) == (0, None)
    assert "6 pictures: 0 are there, 6 are to be painted" in said
    assert "time ≈" in said
    assert "“c.png” is not a picture" in said
    assert not (folder / "out").exists()


def test_the_shells_own_list_of_styles_is_taken_whole(folder: Path, batch: Any) -> None:
    styles = [str(folder / "paint" / name) for name in ("x.png", "y.png")]
    code, report, _ = batch("--style", *styles, "--overwrite", contents="photos/a.png")
    assert (code, report["counts"]["done"]) == (0, 2)


@pytest.mark.slow
def test_memory_does_not_grow_from_picture_to_picture(folder: Path, net: Path) -> None:
    peaks = []
    for count in (2, 6):
        contents = [folder / "photos" / f"{count}-{index}.png" for index in range(count)]
        for path in contents:
            shutil.copy(folder / "photos" / "a.png", path)
        report = folder / "report.json"
        subprocess.run(
            [
                *(sys.executable, "main.py", "batch", *map(str, contents)),
                *("--style", str(folder / "paint" / "x.png"), "-o", str(folder / f"out{count}")),
                *("--report", str(report), "--network", str(net), "--content-layer", "conv2_1"),
                *("--style-layers", "conv1_1", "--size", "256", "--steps", "2", "--device", "cpu"),
            ],
            cwd=Path(__file__).parents[3],
            check=True,
            capture_output=True,
        )
        peaks.append(json.loads(report.read_text())["peak_memory_bytes"])
    assert peaks[1] < peaks[0] + 2**26


def test_a_picture_that_others_are_made_from_is_not_painted_over(folder: Path, batch: Any) -> None:
    code, _, said = batch("-o", str(folder / "photos"), "--name", "{content}.png", "--overwrite")
    assert code == 2
    assert "made from" in said
