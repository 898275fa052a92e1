"""What a job leaves open is decided here, and what cannot be done refused, before anything is."""

from __future__ import annotations

import secrets

from engine import checkpoint, defaults, devices, live, masks, networks, vgg
from engine.blends import portions
from engine.choices import Objective, Statistic
from engine.costs import forecast, frugal
from engine.errors import SettingsError
from engine.job import DeviceInfo, Guidance, Job
from engine.settings import Settings


def resolved(job: Job, device: DeviceInfo) -> Settings:
    """The job's settings with nothing left open that the result depends on.

    Raises:
        SettingsError: they do not suit the job's pictures, or each other.
        EngineError: as `networks.chosen`.
    """
    settings = job.settings
    check(job, settings)
    start = job.start.size if job.start else None
    if start is not None:
        settings = defaults.for_start(settings, max(start), device)
    sizes = job.content.size, tuple(style.size for style in job.styles)
    there = forecast.available(device)
    regions = masks.guided(job.guidance, len(job.styles))
    frugally = frugal.decided(settings, *sizes, device, there, start=start, regions=regions)
    return _decided(frugally, device)


def resumed(job: Job, saved: checkpoint.Header, device: DeviceInfo) -> Settings:
    """The settings that the checkpoint was written under, to be computed where the job says."""
    assert job.resume is not None
    checkpoint.check_sources(job.resume, saved, job)
    asked = checkpoint.continued(saved.settings, dict(job.settings))
    settings = live.merged(asked, saved.settings)
    return _decided(settings, device).replace(device=device.name)


def settled(job: Job, saved: checkpoint.Header | None) -> tuple[Guidance, tuple[str, ...]]:
    """Which style goes where, from the start or since the checkpoint; and what to say of it.

    Raises:
        MaskError: the job's masks cannot be used.
    """
    size, styles = job.content.size, len(job.styles)
    asked = masks.settled(job.guidance, size, styles)  # refused now, not once it goes on
    if saved is None:
        return asked
    held = saved.guidance.guidance() if saved.guidance else Guidance()
    return masks.settled(held, size, styles)


def check(job: Job, settings: Settings) -> None:
    """Refuse settings that a job cannot be done by.

    Raises:
        SettingsError: they do not suit its pictures, or each other.
    """
    settings = defaults.for_objective(settings)
    if not job.styles and settings.style_weight:
        raise SettingsError("no style picture is named", "name one, or set the style weight to 0")
    if not job.styles and settings.init == "style":
        raise SettingsError("init: there is no style to start from", "name a style picture")
    if job.styles:
        portions.check(settings, job.styles)
    is_picture = settings.init not in ("content", "style", "noise")
    if is_picture and job.start is None and job.resume is None:
        raise SettingsError(
            f"init: there is no start {settings.init!r}",
            "choose content, style, noise, or name a picture file",
        )
    if settings.objective is Objective.PAPER and settings.statistic is not Statistic.GRAM:
        raise SettingsError(
            "the paper's objective is defined by Gram matrices alone",
            "choose statistic gram, or the objective balanced",
        )


def deepest(settings: Settings) -> str:
    """The deepest layer that the loss looks at."""
    needed = [name for name, _ in settings.style_layers or ()] if settings.style_weight else []
    if settings.content_weight and settings.content_layer:
        needed.append(settings.content_layer)
    return vgg.deepest_of(needed)


def _decided(settings: Settings, device: DeviceInfo) -> Settings:
    return defaults.resolved(
        settings,
        device,
        threads=devices.ALL_THREADS,
        seed=secrets.randbelow(2**32),
        layers=networks.chosen(settings.network).layers,
    )
