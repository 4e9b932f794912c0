"""What the first report would wait for and no customer's page needs: loaded beside the work, in the server's processes
and in the workers.
"""

from __future__ import annotations

import gc
import importlib
import threading
from functools import cache

HEAVY = (
    "pandas",
    "matplotlib.figure",
    "matplotlib.backends.backend_svg",
    "matplotlib.backends.backend_agg",
    "scipy.stats",
    "statsmodels.stats.proportion",
    "statsmodels.stats.multitest",
)


# A report is made of ten thousands of objects, all of them in use. Looked for garbage after every 2,000, it takes a
# twentieth longer.
YOUNG = 50_000


@cache
def warm_up() -> threading.Thread:
    """Begin once in each process, and do not wait: whoever comes first is served meanwhile."""
    thread = threading.Thread(target=load_heavy, name="warm-up", daemon=True)
    thread.start()
    return thread


def load_heavy() -> None:
    for name in HEAVY:
        importlib.import_module(name)
    # What is loaded stays. Looked through for garbage again and again, it costs every tenth page 100 ms.
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)
