"""A timelapse of a run on the command line: recorded along with it, written at its end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from engine.errors import OutputError
from engine.job import Frame, Note, Picture
from engine.timelapse.animation import Animation, Options
from engine.timelapse.export import check_target, write
from engine.timelapse.recorder import Recorder


@dataclass(slots=True)
class Filming:
    """One timelapse that was asked for.

    Attributes:
        path: where it goes; the ending says the format.
        options: how it is to be.
    """

    path: Path
    options: Options
    _recorder: Recorder = field(init=False)
    _begins_at: int | None = None

    def __post_init__(self) -> None:
        self._recorder = Recorder(side=self.options.side)

    def check(self, *, overwrite: bool) -> None:
        """Find out before the run whether it can be made.

        Raises:
            EngineError: it cannot.
        """
        self.options.check()
        check_target(self.path, overwrite=overwrite)

    def add(self, frame: Frame) -> Note | None:
        """Take in the next frame; says what went wrong."""
        self._begins_at = frame.step if self._begins_at is None else self._begins_at
        return self._recorder.add(frame)

    def animation(self, photograph: Picture) -> Animation:
        """What was recorded, cut to its length.

        Raises:
            OutputError: what was recorded cannot be read.
        """
        try:
            return Animation(self._recorder.film(), self.options, photograph)
        except OSError as error:
            cause = f"the timelapse cannot be made: {error.strerror or error}"
            raise OutputError(cause, "free some space for temporary files") from error

    def write(self, animation: Animation, frames: Iterable[Image.Image], *, overwrite: bool) -> str:
        """Write it.

        Args:
            animation: of `animation`.
            frames: its frames, passed on by whoever counts them.
            overwrite: whether a file that is there is replaced.

        Returns:
            What was written, in words.

        Raises:
            EngineError: it cannot be written.
        """
        write(self.path, animation, frames, overwrite=overwrite)
        width, height = animation.size
        begun = f", from step {self._begins_at} on" if self._begins_at else ""
        return (
            f"{self.path}: {len(animation.stills)} frames of {width}×{height} px, "
            f"{animation.milliseconds / 1000:g} s{begun}"
        )

    def close(self) -> None:
        """Forget what was recorded."""
        self._recorder.close()
