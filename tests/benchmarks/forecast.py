"""How right the forecast is: memory and time of whole renders, each in a process of its own.

    python -m tests.benchmarks.forecast [--quick]

For each case `render --dry-run` says what the render will take and the render itself what it
took, its memory as the operating system counts it. Printed are both and their ratio. The speed is
measured afresh. Times need a quiet machine, and are fair where a case has more than a few steps.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

MAIN = Path(__file__).parents[2] / "main.py"
WHOLE = 32768


class Case(NamedTuple):
    """A render of one scale."""

    network: str
    size: int
    precision: str
    optimizer: str
    tile: int = WHOLE
    steps: int = 3


SIZES = (256, 512, 768, 1024)
KINDS = tuple(product(("float32", "bfloat16"), ("lbfgs", "adam")))
CASES = (
    *(Case(n, size, *kind) for size in SIZES for n in ("sketch", "full") for kind in KINDS),
    Case("sketch", 512, "float32", "lbfgs", steps=40),
    Case("sketch", 768, "bfloat16", "adam", steps=15),
    Case("sketch", 2048, "float32", "lbfgs", tile=512, steps=1),
    Case("sketch", 2048, "bfloat16", "adam", tile=512, steps=1),
    Case("full", 1024, "bfloat16", "adam", tile=256, steps=1),
)
QUICK = (Case("sketch", 512, "float32", "adam"), Case("full", 512, "bfloat16", "lbfgs"))


def seeded(folder: Path) -> Path:
    """Write untrained weights of VGG-19's full width, in a process that may be forgotten."""
    path = folder / "full.safetensors"
    code = (
        "import sys, safetensors.torch; from engine import weights; "
        "safetensors.torch.save_file(weights.seeded(0), sys.argv[1])"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, cwd=MAIN.parent)
    return path


def run(case: Case, folder: Path, *more: str) -> tuple[int, dict[str, Any]]:
    """Render, or say what it would take.

    Returns:
        The peak of the process's memory, bytes, and its report.
    """
    report = folder / "report.json"
    values = case._asdict() | {"network": str(folder / "full.safetensors")}
    if case.network == "sketch":
        values["network"] = "sketch"
    values["scales"] = values.pop("size")
    flags = [part for name, value in values.items() for part in (f"--{name}", str(value))]
    places = ["-o", str(folder / "result.png"), "--overwrite", "--report", str(report)]
    fixed = ["--threads", "1", "--device", "cpu"]
    peak = peak_of([sys.executable, str(MAIN), "render", *flags, *fixed, *places, *more], folder)
    return peak, json.loads(report.read_text())


def peak_of(command: list[str], folder: Path) -> int:
    """Run a command, and return the most memory that it took, bytes."""
    environment = os.environ | {"IMPASTO_HOME": str(folder), "OMP_NUM_THREADS": "1"}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError((folder / "log").read_text())
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def compare(case: Case, folder: Path) -> str:
    """One line of the table."""
    _, planned = run(case, folder, "--dry-run")
    peak, done = run(case, folder)
    expected = planned["forecast"]
    memory, seconds = expected["bytes"], expected["seconds"]
    tile = str(case.tile) if case.tile < WHOLE else "-"
    return (
        f"{case.network:7} {case.size:4} {tile:>4} {case.precision:8} {case.optimizer:5} "
        f"{case.steps:5} {memory / 1e6:9.0f} {peak / 1e6:6.0f} {memory / peak:5.2f} "
        f"{seconds:9.1f} {done['seconds']:6.1f} {seconds / done['seconds']:5.2f}\n"
    )


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="two cases")
    cases = QUICK if parser.parse_args().quick else CASES
    write = sys.stdout.write
    write(
        "network size tile format   rule  steps  forecast MB  took  ratio  forecast s  took ratio\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        seeded(Path(folder))
        for case in cases:
            write(compare(case, Path(folder)))
            sys.stdout.flush()


if __name__ == "__main__":
    main()
