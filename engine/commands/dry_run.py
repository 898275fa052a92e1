"""What a render would do and take, without doing it: `render --dry-run`."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import Any

from engine import checkpoint, devices, masks, networks, preparation
from engine.choices import Optimizer
from engine.colours import description
from engine.costs import forecast, frugal, probe
from engine.costs.forecast import available, duration, gigabytes
from engine.costs.workload import Workload
from engine.job import Forecast, Guidance, Job, NetworkInfo, Started
from engine.recipes.report import Report
from engine.settings import Settings
from engine.stylise import stylise


@dataclass(frozen=True, slots=True)
class Plan:
    """A render that is not done.

    Attributes:
        asked: the settings as they were left.
        work: what there is to do.
        guidance: which style goes where.
        network: by name and description; its file was not read.
        download: MB to be downloaded first.
        threads: of the CPU.
        expected: what it will take.
        available: bytes of memory that there are.
        colours: what is done to the pictures' colours, a line each.
    """

    asked: Settings
    work: Workload
    guidance: Guidance
    network: NetworkInfo
    download: int
    threads: int
    expected: Forecast
    available: int
    colours: tuple[str, ...]

    @property
    def text(self) -> str:
        """For people, a few lines."""
        lines: tuple[str, ...] = (
            self._network,
            self._device,
            self._sizes,
            self._masks,
            self._layers,
            *self.colours,
            self._rule,
            self._memory,
            self._time,
        )
        return "\n".join(filter(None, lines))

    def record(self, report: Report) -> dict[str, Any]:
        """For scripts: what a report of the render would say, as far as it is known before."""
        work = self.work
        started = Started(
            work.settings, work.scales, self.network, work.device, self.threads, self.guidance
        )
        report.add(started)
        record = report.as_dict("planned", None)
        record["scales"] = [
            {
                "width": scale.width,
                "height": scale.height,
                "steps": scale.steps,
                "tiles": work.stages(scale)[0].tiles.total(),
            }
            for scale in work.scales
        ]
        record["forecast"] = {
            "bytes": self.expected.bytes,
            "parts": dict(self.expected.parts),
            "available_bytes": self.available,
            "fits": self._fits,
            "seconds": self.expected.seconds,
        }
        return record

    @property
    def _network(self) -> str:
        first = f"; {self.download} MB are downloaded first" if self.download else ""
        return f"network {self.network.name}: {self.network.description}{first}"

    @property
    def _device(self) -> str:
        device, precision = self.work.device, self.work.settings.precision
        return f"device {device.name}: {device.label}, {precision}, {self.threads} threads"

    @property
    def _sizes(self) -> str:
        scales = self.work.scales
        sizes = " → ".join(f"{scale.width}×{scale.height}" for scale in scales)
        steps = " + ".join(str(scale.steps) for scale in scales)
        tiles = self.work.stages(scales[-1])[0].tiles.total()
        pieces = f"{tiles} tiles of at most {self.work.settings.tile} px"
        return f"sizes {sizes}, {steps} steps, {pieces if tiles > 1 else 'in one piece'}"

    @property
    def _masks(self) -> str:
        regions = self.work.regions
        plural = "" if regions == 1 else "s"
        return f"{masks.described(self.guidance)}: {regions} region{plural}" if regions else ""

    @property
    def _layers(self) -> str:
        settings = self.work.settings
        style = ", ".join(f"{name} {weight:.3g}" for name, weight in settings.style_layers or ())
        by = f" (detail {settings.detail:g})" if self.asked.style_layers is None else ""
        return f"layers {settings.content_layer} for the content, {style} for the style{by}"

    @property
    def _rule(self) -> str:
        settings = self.work.settings
        is_lbfgs = settings.optimizer is Optimizer.LBFGS
        remembered = f" that remembers {settings.history} steps" if is_lbfgs else ""
        rule = f"optimiser {settings.optimizer}{remembered}, objective {settings.objective}"
        remark = frugal.remark(self.asked, settings)
        return f"{rule}\n{remark}" if remark else rule

    @property
    def _memory(self) -> str:
        parts = sorted(self.expected.parts.items(), key=lambda part: -part[1])
        where = ", ".join(f"{name} {gigabytes(size)}" for name, size in parts if size >= 1e6)
        needed = f"memory ≈ {gigabytes(self.expected.bytes)} ({where})"
        if self._fits:
            return f"{needed} of {gigabytes(self.available)} that are there"
        remedy = "choose a smaller tile, the optimiser adam or a smaller size"
        return f"{needed}, and only {gigabytes(self.available)} are there: {remedy}"

    @property
    def _time(self) -> str:
        seconds = self.expected.seconds
        return f"time {'unknown' if seconds is None else f'≈ {duration(seconds)}'}"

    @property
    def _fits(self) -> bool:
        return self.expected.bytes <= self.available


def planned(job: Job) -> Plan:
    """Find out what a job would do and take; measures the machine's speed if it is not known.

    Raises:
        EngineError: what the job itself would raise before it loads anything.
    """
    with closing(stylise(job)) as messages:
        next(messages)  # by now it has refused what it refuses
    header = checkpoint.read_header(job.resume) if job.resume else None
    guidance, _ = preparation.settled(job, header)
    work = _workload(job, header, masks.guided(guidance, len(job.styles)))
    rate = probe.rate_now(work)
    entry = networks.chosen(job.settings.network)
    download = entry.published.megabytes if entry.published and not entry.available else 0
    info = NetworkInfo(entry.name, entry.description, "")
    threads = work.settings.threads or devices.ALL_THREADS
    there = available(work.device)
    expected, colours = forecast.of(work, rate), description.lines(work.settings, job)
    return Plan(job.settings, work, guidance, info, download, threads, expected, there, colours)


def _workload(job: Job, header: checkpoint.Header | None, regions: int) -> Workload:
    work = forecast.planned(
        job.settings,
        job.content.size,
        tuple(style.size for style in job.styles),
        devices.choose(job.settings.device),
        start=job.start.size if job.start else None,
        regions=regions,
    )
    return work if header is None else work.after(header.scale, header.step)
