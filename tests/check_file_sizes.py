"""Fails when a source file has outgrown its name: 400 lines is where two modules hide in one."""

from __future__ import annotations

import sys
from pathlib import Path

LIMIT = 400
EXCEPTIONS: dict[str, int] = {}
"""Files that may be longer, and how long. The list may only shrink."""


def main() -> int:
    root = Path(__file__).resolve().parents[1]
    long = []
    for path in sorted((root / "src").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > EXCEPTIONS.get(name, LIMIT):
            long.append(f"{name}: {lines} lines (at most {EXCEPTIONS.get(name, LIMIT)})")
    sys.stderr.write("\n".join(long) + "\n" if long else "")
    return 1 if long else 0


if __name__ == "__main__":
    sys.exit(main())
