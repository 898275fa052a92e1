"""`sketch`: the weights that travel with the program, and the scripts that make and judge them."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import safetensors
import safetensors.torch
import torch

from engine import networks, weights
from engine.choices import Pooling
from engine.layers import LAYERS
from engine.networks import NetworkEntry
from resources.networks.sketch import measure, model, pictures, sheets, train

KEPT = LAYERS[: LAYERS.index("conv5_2") + 1]
SMOKE = train.Plan(shapes=((32, 4),), pool=6, every=1, side=64)


def batch(count: int, side: int) -> torch.Tensor:
    """Generated pictures (count, 3, side, side)."""
    found = np.stack([pictures.picture(seed, side) for seed in range(count)])
    return torch.from_numpy(found).permute(0, 3, 1, 2)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a training of four steps, interrupted in the middle."""
    folder = tmp_path_factory.mktemp("training")
    for steps in (2, 4):
        train.train(folder, SMOKE, minutes=1, steps=steps, seed=1, device="cpu", log_every=1)
    return folder


class TestTheWeightsThatTravel:
    @pytest.fixture
    def state(self) -> dict[str, torch.Tensor]:
        return safetensors.torch.load_file(networks.sketch_path())

    def test_they_are_float16_in_at_most_8_mb(self, state: dict[str, torch.Tensor]) -> None:
        assert {value.dtype for value in state.values()} == {torch.float16}
        assert networks.sketch_path().stat().st_size <= 8_000_000

    def test_they_are_vgg19_to_conv5_2_at_half_width(self, state: dict[str, torch.Tensor]) -> None:
        assert {key.partition(".")[0] for key in state} == set(KEPT)
        found = [state[f"{layer}.weight"].shape[0] for layer in KEPT]
        assert found == [32] * 2 + [64] * 2 + [128] * 4 + [256] * 6

    def test_they_answer_generated_pictures_with_a_mean_of_1(
        self, state: dict[str, torch.Tensor]
    ) -> None:
        wide = {key: value.float() for key, value in state.items()}
        for layer, features in model.features(wide, batch(16, 128)).items():
            assert 0.6 < features.mean() < 1.6, layer

    def test_they_say_how_they_were_made_and_what_they_are(self) -> None:
        with safetensors.safe_open(networks.sketch_path(), framework="pt") as file:
            facts = file.metadata()
        assert facts["input"] == "rgb01"
        assert int(facts["crops"]) > 100_000
        assert "not" in networks.chosen("sketch").description
        card = (networks.sketch_path().parent / "MODEL_CARD.md").read_text()
        assert facts["steps"] in card
        assert facts["minutes"] in card

    def test_the_engine_reads_them_without_a_guess(self) -> None:
        network = weights.load(
            networks.chosen("sketch"), pooling=Pooling.AVERAGE, weights_input=None
        )
        assert network.info.name == "sketch"
        assert "as the file says" in network.info.notes[0]
        picture = torch.from_numpy(pictures.picture(1, 64))
        *_, deepest = network.walk(picture)
        assert deepest.name == "conv5_2"
        state = safetensors.torch.load_file(networks.sketch_path())
        wide = {key: value.float() for key, value in state.items()}
        expected = model.features(wide, picture.permute(2, 0, 1)[None])["conv5_2"]
        torch.testing.assert_close(deepest.output, expected, rtol=1e-4, atol=1e-4)


class TestTheModel:
    def test_folding_the_norms_changes_nothing(self) -> None:
        torch.manual_seed(3)
        network = model.Sketch()
        network(batch(8, 32))  # so that the norms have seen something
        network.eval()
        crops = batch(2, 32)
        with torch.no_grad():
            before, after = network(crops), model.features(model.folded(network), crops)
        assert list(before) == list(after) == list(KEPT)
        for layer in KEPT:
            torch.testing.assert_close(after[layer], before[layer], rtol=1e-4, atol=1e-4)

    def test_unfolding_gives_a_network_that_answers_the_same(self) -> None:
        state = safetensors.torch.load_file(networks.sketch_path())
        wide = {key: value.float() for key, value in state.items()}
        crops, network = batch(8, 48), model.Sketch().eval()
        model.unfold(wide, network, crops)
        with torch.no_grad():
            after = network(crops)
        for layer, before in model.features(wide, crops).items():
            torch.testing.assert_close(after[layer], before, rtol=1e-2, atol=1e-2)

    def test_normalising_makes_mean_activations_1_and_keeps_what_is_seen(self) -> None:
        torch.manual_seed(4)
        state, crops = model.folded(model.Sketch().eval()), batch(6, 48)
        before = model.features(state, crops)
        after = model.features(model.normalised(state, crops), crops)
        for layer in KEPT:
            means = before[layer].mean((0, 2, 3))
            loud = means > 0.01 * means.mean()
            assert loud.any()
            scaled = before[layer][:, loud] / means[loud][None, :, None, None]
            torch.testing.assert_close(after[layer][:, loud], scaled, rtol=1e-3, atol=1e-3)

    def test_what_does_not_fit_into_float16_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="float16"):
            model.export({"conv1_1.bias": torch.tensor([1e6])}, tmp_path / "x.safetensors", {})
        assert not (tmp_path / "x.safetensors").exists()


class TestTraining:
    def test_it_goes_on_where_it_was_stopped(self, trained: Path) -> None:
        with (trained / "log.csv").open() as file:
            steps = [int(row["step"]) for row in csv.DictReader(file)]
        assert steps == [1, 2, 3, 4]
        with safetensors.safe_open(trained / "sketch.safetensors", framework="pt") as file:
            assert file.metadata()["steps"] == "4"

    def test_it_goes_on_from_exported_weights(self, trained: Path, tmp_path: Path) -> None:
        start = trained / "sketch.safetensors"
        train.train(tmp_path, SMOKE, 1, 5, 1, "cpu", log_every=1, start=start)
        with (tmp_path / "log.csv").open() as file:
            assert [int(row["step"]) for row in csv.DictReader(file)] == [5]
        with safetensors.safe_open(tmp_path / "sketch.safetensors", framework="pt") as file:
            assert file.metadata()["steps"] == "5"

    def test_it_exports_what_the_engine_reads(self, trained: Path) -> None:
        entry = NetworkEntry("new", "of the test", trained / "sketch.safetensors")
        network = weights.load(entry, pooling=Pooling.AVERAGE, weights_input=None)
        assert [convolution.name for convolution in network.convolutions] == list(KEPT)

    def test_it_learns(self) -> None:
        torch.manual_seed(0)
        student = train.Student(4 * SMOKE.pool)
        optimizer = torch.optim.AdamW(student.parameters(), 2e-3)
        pool, random = train.Pool(SMOKE, 1), np.random.default_rng(0)
        crops, labels = pool.batch(random, 32, 8)
        losses = [train.step(student, optimizer, crops, labels, 0, SMOKE) for _ in range(25)]
        assert losses[-1][0] < 0.8 * losses[0][0]
        assert losses[-1][1] < 0.9 * losses[0][1]

    def test_a_class_that_is_forgotten_is_like_a_new_one(self) -> None:
        student = train.Student(8)
        optimizer = torch.optim.AdamW(student.parameters(), 1e-2)
        crops, labels = batch(4, 32), torch.arange(4)
        train.step(student, optimizer, crops, labels, 0, SMOKE)
        student.forget(slice(0, 4), optimizer)
        for head in student.heads.values():
            weight = head[1].weight  # type: ignore[index]
            assert not weight[:4].any()
            assert weight[4:].any()
            assert not optimizer.state[weight]["exp_avg"][:4].any()

    def test_other_colours_are_other_colours_only(self) -> None:
        random = np.random.default_rng(0)
        crops = batch(4, 32)
        crops[0] = 0.5
        tinted = train.tint(crops.clone(), random)
        assert tinted.min() >= 0
        assert tinted.max() <= 1
        assert tinted[0].std((1, 2)).max() < 1e-6, "a plain crop stays plain"
        for before, after in zip(crops[1:], tinted[1:], strict=True):
            assert (before - after).abs().mean() > 0.01
            grey = torch.stack([before.mean(0).flatten(), after.mean(0).flatten()])
            assert torch.corrcoef(grey)[0, 1] > 0.3, "light stays where it was"


class TestGeneratedPictures:
    @pytest.mark.parametrize("kind", set(pictures.KINDS), ids=lambda kind: kind.__name__)
    def test_each_kind_is_a_picture_of_its_seed(self, kind: object) -> None:
        assert callable(kind)
        one, same, other = (kind(np.random.default_rng(seed), 64) for seed in (5, 5, 6))
        assert one.shape == (64, 64, 3)
        assert np.isfinite(one).all()
        np.testing.assert_array_equal(one, same)
        assert one.std() > 0.005
        assert abs(one - other).mean() > 0.01

    def test_pictures_stay_in_range(self) -> None:
        for seed in range(30):
            picture = pictures.picture(seed, 48)
            assert picture.dtype == np.float32
            assert picture.min() >= 0
            assert picture.max() <= 1

    def test_nearest_points_are_found(self) -> None:
        points = np.random.default_rng(2).uniform(0, 40, (60, 2))
        index, first, second = pictures._two_nearest(points, 40)
        y, x = np.mgrid[0:40, 0:40]
        distance = np.hypot(y[..., None] - points[:, 0], x[..., None] - points[:, 1])
        np.testing.assert_array_equal(index, distance.argmin(2))
        np.testing.assert_allclose(first, np.sort(distance, 2)[..., 0], rtol=1e-5)
        np.testing.assert_allclose(second, np.sort(distance, 2)[..., 1], rtol=1e-5)


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> measure.Judge:
    return measure.Judge(measure.wide_untrained(tmp_path_factory.mktemp("judge")))


class TestMeasures:
    def test_the_judge_knows_content_and_style(self, judge: measure.Judge) -> None:
        pair = measure.generated_pairs(1)[0]
        content, style = (
            np.divide(x.pixels, 255, dtype=np.float32) for x in (pair.content, pair.style)
        )
        nothing, everything = (judge.verdict(x, pair, 1.0) for x in (content, style))
        assert nothing.content == pytest.approx(0, abs=1e-6)
        assert nothing.style == pytest.approx(1, abs=1e-4)
        assert everything.style == pytest.approx(0, abs=1e-6)
        assert everything.content > 0.1

    def test_curves_are_read_between_their_points(self) -> None:
        points = [
            measure.Verdict(0, style, content, 0, 0) for style, content in ((1, 0), (0.01, 1))
        ]
        assert measure.style_at(points, 0.5) == pytest.approx(0.1)
        assert measure.style_at(points, 2) == pytest.approx(0.01)

    def test_artefacts_have_exact_figures(self) -> None:
        y, x = np.mgrid[0:16, 0:16]
        board = np.where((y + x) % 2, 0.4, 0.6)[..., None].repeat(3, 2).astype(np.float32)
        assert measure.checkerboard(board) == pytest.approx(0.01, rel=1e-4)
        assert measure.chroma_noise(board) == pytest.approx(0, abs=1e-9)
        red = board * np.array([1, 0, 0], np.float32)
        assert measure.chroma_noise(red) > 1e-3
        slope = (x / 16)[..., None].repeat(3, 2).astype(np.float32)
        assert measure.checkerboard(slope) == pytest.approx(0, abs=1e-9)

    def test_a_comparison_is_made_at_equal_content_loss(
        self, judge: measure.Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, value in (("SIZE", 32), ("SCALES", (32,)), ("STEPS", 2)):
            monkeypatch.setattr(measure, name, value)
        painter = measure.Painter(measure.untrained(tmp_path), networks.SKETCH_LAYERS)
        found = measure.compare(
            {"one": painter, "same": painter}, judge, measure.generated_pairs(1)
        )
        assert found.medians()["same"] == pytest.approx(1, rel=1e-3)
        assert len(found.curves[0]["one"]) == len(measure.STYLE_WEIGHTS)


class TestSheets:
    @pytest.mark.parametrize("name", sheets.TEXTURES)
    def test_textures_are_pictures(self, name: str) -> None:
        make, seed = sheets.TEXTURES[name]
        texture = make(np.random.default_rng(seed), 64)
        assert texture.shape == (64, 64, 3)
        assert texture.std() > 0.02

    def test_a_sheet_shows_every_square_where_its_caption_is(self) -> None:
        red, green = (np.full((256, 256, 3), c, np.float32) for c in ([1, 0, 0], [0, 1, 0]))
        whole = sheets.sheet(([red, green], [green, red]), ("a", "b"))
        middle = [(x, y) for y in (150, 420) for x in (130, 400)]
        colours = [whole.getpixel(place) for place in middle]
        assert colours == [(255, 0, 0), (0, 255, 0), (0, 255, 0), (255, 0, 0)]
