"""Update rules on losses whose minimum is known."""

from __future__ import annotations

from collections.abc import Callable, Generator

import pytest
import torch
from torch import Tensor

from engine.errors import DivergedError
from engine.job import Losses
from engine.optimise import LBFGS, Adam, Evaluate, GradientDescent, Point, Taken, UpdateRule
from engine.tiling import Evaluation
from tests.engine.support import finish, noise

RULES: list[Callable[[], UpdateRule]] = [
    lambda: LBFGS(10, 1e-6),
    lambda: Adam(0.02),
    lambda: GradientDescent(None),
    lambda: GradientDescent(0.1),
]


def quadratic(goal: Tensor, curvature: Tensor) -> Evaluate:
    """½ Σ c (x − goal)², which has its minimum over 0 … 1 at the goal brought into range."""
    return quadratic_of(goal, lambda difference: curvature * difference)


def quadratic_of(goal: Tensor, bent: Callable[[Tensor], Tensor]) -> Evaluate:
    """½ (x − goal)ᵀ C (x − goal), where `bent` is the product with C."""

    def evaluate(x: Tensor) -> Generator[None, None, Evaluation]:
        yield
        difference = x - goal
        gradient = bent(difference)
        total = 0.5 * float((gradient * difference).sum())
        return Evaluation(Losses(total, total, {}, 0.0), gradient)

    return evaluate


def start(evaluate: Evaluate, x: Tensor) -> Point:
    return Point(x, finish(evaluate(x)))


def run(rule: UpdateRule, evaluate: Evaluate, x: Tensor, steps: int) -> tuple[Point, list[Taken]]:
    point, takens = start(evaluate, x), []
    for _ in range(steps):
        taken = finish(rule.step(point, evaluate))
        takens.append(taken)
        point = taken.point
    return point, takens


def test_lbfgs_finds_the_minimum_within_the_range() -> None:
    goal = noise(8, 9) * 2 - 0.5  # a part of it lies outside
    curvature = noise(8, 9, 1) * 100 + 0.1
    evaluate = quadratic(goal, curvature)
    point, takens = run(LBFGS(10, 1e-12), evaluate, noise(8, 9, 2), 80)
    torch.testing.assert_close(point.picture, goal.clamp(0, 1), atol=1e-3, rtol=0)
    assert sum(taken.evaluations for taken in takens) < 140


def test_lbfgs_never_raises_the_loss() -> None:
    evaluate = quadratic(noise(6, 6) * 3 - 1, noise(6, 6, 1) * 1000)
    point = start(evaluate, noise(6, 6, 2))
    rule = LBFGS(5, 0.0)
    for _ in range(30):
        taken = finish(rule.step(point, evaluate))
        assert taken.point.evaluation.losses.total <= point.evaluation.losses.total
        point = taken.point


@pytest.mark.parametrize("make", RULES)
def test_every_rule_lowers_the_loss_and_keeps_the_range(make: Callable[[], UpdateRule]) -> None:
    evaluate = quadratic(noise(8, 8) * 3 - 1, torch.ones(8, 8, 3, dtype=torch.float64))
    x = noise(8, 8, 2)
    point, _ = run(make(), evaluate, x, 25)
    assert point.evaluation.losses.total < 0.7 * start(evaluate, x).evaluation.losses.total
    assert float(point.picture.min()) >= 0
    assert float(point.picture.max()) <= 1


def test_gradient_is_the_plain_step() -> None:
    evaluate = quadratic(noise(4, 4), torch.ones(4, 4, 3, dtype=torch.float64))
    x = noise(4, 4, 1)
    before = start(evaluate, x)
    after = finish(GradientDescent(0.25).step(before, evaluate)).point
    torch.testing.assert_close(after.picture, x - 0.25 * before.evaluation.gradient)


def test_adams_first_step_has_the_rates_length_everywhere() -> None:
    evaluate = quadratic(noise(4, 4) + 5, noise(4, 4, 1))
    x = noise(4, 4, 2) * 0.5
    after = finish(Adam(0.01).step(start(evaluate, x), evaluate)).point
    torch.testing.assert_close(after.picture, x + 0.01, rtol=0, atol=1e-6)


def test_the_picture_before_a_step_is_left_as_it_was() -> None:
    evaluate = quadratic(noise(4, 4) * 2, noise(4, 4, 1))
    for make in RULES:
        before = start(evaluate, noise(4, 4, 2))
        kept = before.picture.clone()
        finish(make().step(before, evaluate))
        assert torch.equal(before.picture, kept)


def failing_first(evaluate: Evaluate, times: int) -> Evaluate:
    """Non-finite for the first so many evaluations."""
    left = [times]

    def wrapped(x: Tensor) -> Generator[None, None, Evaluation]:
        result = yield from evaluate(x)
        if left[0] <= 0:
            return result
        left[0] -= 1
        return Evaluation(Losses(float("nan"), 0, {}, 0), result.gradient * float("nan"))

    return wrapped


@pytest.mark.parametrize("make", RULES)
def test_a_non_finite_loss_is_gone_back_from_with_a_smaller_step(
    make: Callable[[], UpdateRule],
) -> None:
    good = quadratic(noise(6, 6), torch.ones(6, 6, 3, dtype=torch.float64))
    before = start(good, noise(6, 6, 1))
    plain = finish(make().step(before, good)).point.picture - before.picture
    taken = finish(make().step(before, failing_first(good, 2)))
    assert taken.retreats == 2
    assert taken.evaluations == 3
    assert taken.point.evaluation.losses.total < before.evaluation.losses.total
    shorter = (taken.point.picture - before.picture).norm() / plain.norm()
    assert float(shorter) == pytest.approx(0.01, rel=1e-3)


def test_a_loss_that_stays_non_finite_ends_in_an_error_or_a_stall() -> None:
    good = quadratic(noise(4, 4), torch.ones(4, 4, 3, dtype=torch.float64))
    before = start(good, noise(4, 4, 1))
    with pytest.raises(DivergedError):
        finish(Adam(0.1).step(before, failing_first(good, 1000)))
    taken = finish(LBFGS(5, 1e-6).step(before, failing_first(good, 1000)))
    assert taken.stalled
    assert taken.point is before


def test_at_the_minimum_lbfgs_stays_there() -> None:
    goal = noise(4, 4)
    evaluate = quadratic(goal, torch.ones(4, 4, 3, dtype=torch.float64))
    point, _ = run(LBFGS(5, 1e-6), evaluate, goal, 3)
    assert torch.equal(point.picture, goal)


@pytest.mark.parametrize("factor", [1e-3, 1e3])
def test_when_the_loss_is_scaled_adam_and_gradient_take_the_same_steps(factor: float) -> None:
    curvature = torch.ones(6, 6, 3, dtype=torch.float64)
    plain, scaled = quadratic(noise(6, 6), curvature), quadratic(noise(6, 6), curvature * factor)
    for rule, other in ((Adam(0.02), Adam(0.02)), (GradientDescent(None), GradientDescent(None))):
        before, _ = run(rule, plain, noise(6, 6, 1), 5)
        run(other, plain, noise(6, 6, 1), 5)
        new = start(scaled, before.picture)
        other.follow(before.evaluation.gradient, new.evaluation.gradient)
        changed = finish(other.step(new, scaled)).point.picture
        if isinstance(rule, Adam):
            kept = finish(rule.step(before, plain)).point.picture
            torch.testing.assert_close(changed, kept, atol=1e-6, rtol=0)
        assert finish(scaled(changed)).losses.total < new.evaluation.losses.total
