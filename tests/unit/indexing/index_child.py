"""Run as a process of its own, to be killed: `index_child.py begin FOLDER`, or `index_child.py lock FILE`."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from granskning_ai.indexing import Indexer, StaticEmbedder
from granskning_ai.indexing.lock import writers_lock

if sys.argv[1] == "begin":
    Indexer(Path(sys.argv[2]), StaticEmbedder()).begin()
    # Here the document is stored; the process is killed before it is indexed.
    os.kill(os.getpid(), signal.SIGKILL)
else:
    with writers_lock(Path(sys.argv[2])):
        sys.stdout.write("taken\n")
        sys.stdout.flush()
        time.sleep(60)
