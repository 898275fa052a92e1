"""What can go wrong, in the words the user reads: one line of cause and one of remedy."""

from typing import ClassVar


class EngineError(Exception):
    """An expected failure.

    Attributes:
        cause: what happened, one line, no trailing full stop needed by the reader.
        remedy: what the user can do about it, one line.
        exit_code: what the command line ends with (2: wrong input or usage, 1: anything else).
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, cause: str, remedy: str) -> None:
        """Keep the cause and the remedy, each a single line."""
        super().__init__(cause)
        self.cause = cause
        self.remedy = remedy


class InputError(EngineError):
    """Something that the user named is wrong: the remedy is to name something else."""

    exit_code = 2


class SettingsError(InputError):
    """A setting is unknown, out of range or contradicts another."""


class PictureError(InputError):
    """A picture cannot be read, or is too small or too large to be used."""


class MaskError(InputError):
    """A mask is empty, of another shape than the content, or missing."""


class RecipeError(InputError):
    """A file holds no recipe, or none that can be followed."""


class RecipeNetworkError(RecipeError):
    """The network that a recipe names is not on this machine."""


class NetworkError(InputError):
    """A network's weights are missing, damaged, of another shape or not deep enough."""


class OutputError(InputError):
    """The result cannot be written where the user asked."""


class DeviceError(InputError):
    """The device asked for is not there or cannot do what is asked."""


class CheckpointError(InputError):
    """A checkpoint is damaged, of another version, or of another job."""


class DiskFullError(EngineError):
    """No space is left where the result was to be written; the picture is still in memory."""


class OutOfMemoryError(EngineError):
    """The device ran out of memory; the last picture is kept."""


class DivergedError(EngineError):
    """The loss stays non-finite however small the step; the last good picture is kept."""


class DeviceFaultError(EngineError):
    """The device failed while computing; the last picture is kept."""
