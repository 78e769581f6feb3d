"""Work in a process of its own, whose news are heard here: keys answer as ever, and leaving ends it at once."""

import multiprocessing
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr

from tpmsim.tui.evaluating import Job, News, Refused, child

PATIENCE = 0.1
"""Seconds between two looks at whether anybody still wants to know."""

CUT_SHORT = Refused("The evaluation was ended from outside. Leave this page and open it again.")

Gone = Callable[[], bool]
"""Whether nobody wants to know any more."""


def heard(job: Job, gone: Gone) -> Iterator[News]:
    """The news of a process that does a job; it is ended when nobody wants them any more."""
    context = multiprocessing.get_context("spawn")
    line, far = context.Pipe()
    process = context.Process(target=child, args=(far, job))
    with redirect_stderr(sys.__stderr__):  # processes inherit it, and that of Textual is no file
        process.start()
    far.close()
    try:
        while not gone():
            if line.poll(PATIENCE):
                news = line.recv()
                if isinstance(news, Exception):
                    raise news
                if news is None:
                    return
                yield news
    except EOFError:
        yield CUT_SHORT
    finally:
        process.terminate()
        process.join()
        line.close()
