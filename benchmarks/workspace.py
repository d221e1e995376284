"""A stored workspace of made-up reports, for what is measured at size: `python -m benchmarks.workspace FOLDER N`."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from benchmarks.material import records
from granskning_ai.pipeline import versions
from granskning_ai.requirements import load_catalogues
from granskning_ai.settings import load_settings
from granskning_ai.store import Store


def fill(folder: Path, passages: int) -> None:
    """Stores reports with so many passages, without their files and without an index."""
    with Store.open(load_settings(arbetsyta=folder)) as store:
        for record in records(passages, versions=versions(load_catalogues(None))):
            store.save(record)


if __name__ == "__main__":
    started = time.perf_counter()
    fill(Path(sys.argv[1]), int(sys.argv[2]))
    print(f"{sys.argv[2]} passages stored in {time.perf_counter() - started:.0f} s")
