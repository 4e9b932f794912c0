"""Large documents are set by a process of their own: Typst keeps what it has laid out for its next runs, which is a
megabyte for each card, and only the end of a process gives all of that back.
"""

from __future__ import annotations

import json
import subprocess
import sys
from threading import Lock
from typing import Any

from press.typesetting import ROOT, Refused, pdf

# Far more than any part takes, on a machine that is busy with something else.
LONGEST_SECONDS = 120
REFUSED_CODE = 3
# However many ask, one press runs at a time in each server process.
_one_at_a_time = Lock()


class TookTooLong(Exception):
    """The document was not ready in time; its process was ended."""


def pdf_by_itself(template: str, **inputs: Any) -> bytes:
    """As `typesetting.pdf`, in a process of its own. Raises Refused, TookTooLong."""
    order = json.dumps([template, inputs]).encode()
    command = [sys.executable, "-m", "press.alone"]
    with _one_at_a_time:
        try:
            made = subprocess.run(  # noqa: S603 (our own module, with nothing of anybody's in the command)
                command, input=order, capture_output=True, cwd=ROOT, timeout=LONGEST_SECONDS, check=False
            )
        except subprocess.TimeoutExpired as late:
            raise TookTooLong from late
    if made.returncode == REFUSED_CODE:
        raise Refused
    if made.returncode:
        raise RuntimeError(made.stderr.decode(errors="replace")[-2000:])
    return made.stdout


def main() -> int:
    """Read one order and write one file; nothing of Django is loaded."""
    template, inputs = json.load(sys.stdin.buffer)
    try:
        made = pdf(template, **inputs)
    except Refused:
        return REFUSED_CODE
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
