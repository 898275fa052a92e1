"""The choices among the settings, each an enum whose values are what users write."""

from enum import StrEnum


class Objective(StrEnum):
    """What is minimised."""

    BALANCED = "balanced"
    PAPER = "paper"


class Statistic(StrEnum):
    """Which statistic of the features stands for the style."""

    GRAM = "gram"
    WASSERSTEIN = "wasserstein"


class Pooling(StrEnum):
    """How the network halves its grid between blocks."""

    AVERAGE = "average"
    MAX = "max"


class Padding(StrEnum):
    """What the network sees beyond the picture's edges."""

    ZEROS = "zeros"
    REPLICATE = "replicate"


class Optimizer(StrEnum):
    """The update rule."""

    LBFGS = "lbfgs"
    ADAM = "adam"
    GRADIENT = "gradient"


class StyleFit(StrEnum):
    """How the style picture is brought to the content's size."""

    WHOLE = "whole"
    COVER = "cover"
    STRETCH = "stretch"


class Precision(StrEnum):
    """The number format of the features; statistics and losses are float32 always.

    `mixed` is bfloat16 until the last steps, which are float32: see `engine.run`.
    """

    FLOAT32 = "float32"
    BFLOAT16 = "bfloat16"
    MIXED = "mixed"


class ExifKept(StrEnum):
    """What a result keeps of the camera's data (EXIF) of the content."""

    NONE = "none"
    WITHOUT_POSITION = "without-position"
    ALL = "all"


class WeightsInput(StrEnum):
    """Which input a weights file was trained for."""

    TORCHVISION = "torchvision"
    CAFFE = "caffe"


class Spacing(StrEnum):
    """What is even from frame to frame of a timelapse."""

    STEP = "step"
    CHANGE = "change"
