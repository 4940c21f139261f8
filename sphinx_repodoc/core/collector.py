"""The garbage collector, kept out of stages that make much and drop nothing."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def paused_collector() -> Iterator[None]:
    """Keep the cyclic garbage collector from walking all facts again and again.

    Hundreds of thousands of records are made, all live on, and none of them is in a
    cycle: it would find nothing and take up to half of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
