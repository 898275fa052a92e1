"""How soon the first render shows something, and how long it takes: bundled pictures, no flags.

    python -m tests.benchmarks.first_render [--repeats 3]

Each repeat is a new process, as a user starts it. Printed are medians: seconds from the start of
the process to the first optimised picture, and of the whole process.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

MAIN = Path(__file__).parents[2] / "main.py"


def render(folder: Path) -> tuple[float, dict[str, Any]]:
    """Paint the default example once.

    Returns:
        Seconds of the process, and its report.
    """
    output, report = folder / "result.png", folder / "report.json"
    places = ["-o", str(output), "--overwrite", "--report", str(report)]
    begun = time.monotonic()
    subprocess.run([sys.executable, str(MAIN), "render", *places], check=True, capture_output=True)
    return time.monotonic() - begun, json.loads(report.read_text())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--repeats", type=int, default=3)
    repeats = parser.parse_args().repeats
    with tempfile.TemporaryDirectory() as folder:
        runs = [render(Path(folder)) for _ in range(repeats)]
    first = median(report["first_picture_seconds"] for _, report in runs)
    report = runs[0][1]
    whole = median(seconds for seconds, _ in runs)
    sys.stdout.write(
        f"network {report['network']['name']}, {report['settings']['size']} px, "
        f"{report['settings']['steps']} steps, {report['device']['label']}\n"
        f"first optimised picture after {first:.1f} s (goal 4 s)\n"
        f"whole render {whole:.1f} s (goal 90 s)\n"
    )


if __name__ == "__main__":
    main()
