"""The bundled pictures: all there, large enough, and made by the scripts beside them."""

from __future__ import annotations

import numpy as np
import pytest

from engine import examples, imageio
from engine.errors import InputError
from resources.examples import paintings, scenes


@pytest.mark.parametrize("name", [*examples.CONTENTS, *examples.STYLES])
def test_every_name_is_a_picture_of_at_least_1024_px(name: str) -> None:
    pair = examples.named(name)
    picture = imageio.read(pair.content if name in examples.CONTENTS else pair.style)
    assert max(picture.size) >= 1024
    assert not picture.notes


def test_there_are_at_least_four_contents_and_eight_styles_each_with_a_script() -> None:
    assert len(examples.CONTENTS) >= 4
    assert len(examples.STYLES) >= 8
    assert set(examples.CONTENTS) == set(scenes.SCENES)
    assert set(examples.STYLES) == set(paintings.PAINTINGS)
    assert set(examples.CONTENTS.values()) <= set(examples.STYLES)


def test_pairs_are_named_by_content_style_or_both() -> None:
    assert examples.named("").name == "harbour+impasto"
    assert examples.named("street").content.name == "street.jpg"
    assert examples.named("woodcut").style.name == "woodcut.jpg"
    both = examples.named("mountains+ink_wash")
    assert (both.content.name, both.style.name) == ("mountains.jpg", "ink_wash.jpg")


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match="no example content 'harbor'") as refusal:
        examples.named("harbor")
    assert "did you mean harbour?" in refusal.value.remedy
    with pytest.raises(InputError, match="no example style 'gouache'"):
        examples.named("street+gouache")


@pytest.mark.slow
@pytest.mark.parametrize("name", paintings.PAINTINGS)
def test_a_painting_is_the_same_whenever_it_is_painted(name: str) -> None:
    one, other = paintings.paint(name, 96), paintings.paint(name, 96)
    np.testing.assert_array_equal(one, other)
    assert one.shape == (96, 96, 3)
    assert one.std() > 0.02


@pytest.mark.slow
@pytest.mark.parametrize("name", scenes.SCENES)
def test_a_scene_is_the_same_whenever_it_is_rendered(name: str) -> None:
    one, other = scenes.render(name, 32, 24), scenes.render(name, 32, 24)
    np.testing.assert_array_equal(one, other)
    assert one.shape == (24, 32, 3)
    assert 0.02 < one.mean() < 0.98
