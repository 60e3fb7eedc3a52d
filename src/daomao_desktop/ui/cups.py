"""Printing through CUPS: the very bytes go to the queue, so that letters and lines stay vectors.

Every function waits for another program and therefore runs in the worker.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence

from daomao_desktop.errors import FileProblem

SECONDS = 60  # for one document to reach the queue; a local one takes 0.05 s

# At 100 % on A4 whatever the queue's own defaults are: a queue of another paper would shift the
# page, one that fits to the page would shrink it. Copies are collated by CUPS itself, because a
# driver that only hands the number on makes one copy, or first all the first pages.
AS_IT_IS = ("media=A4", "print-scaling=none", "number-up=1", "collate=true")


def available() -> bool:
    """Whether documents can be handed to CUPS here: never on Windows, and not without ``lp``."""
    return sys.platform != "win32" and shutil.which("lp") is not None


def refuse_stopped(queue: str) -> None:
    """Raises FileProblem when the queue is paused or takes no documents: nothing would come out.

    A queue that CUPS does not know passes; ``send`` says so.
    """
    name = queue.split("/")[0]  # "queue/instance": the instance only has options of its own
    _code, said, _errors = _run(["lpstat", "-p", name, "-a", name], queue)
    lines = said.splitlines()
    if any(line.startswith(f"printer {name} disabled") for line in lines):
        raise FileProblem(
            f"打印机「{queue}」已暂停，请在系统的打印机设置里恢复，或者换一台打印机。"
        )
    if any(line.startswith(f"{name} not accepting") for line in lines):
        raise FileProblem(
            f"打印机「{queue}」不接收打印任务，请在系统的打印机设置里恢复，或者换一台打印机。"
        )


def send(
    queue: str,
    title: str,
    pdf: bytes,
    *,
    copies: int = 1,
    duplex: bool = False,
    pages: Sequence[int] = (),
) -> None:
    """Hands one document to the queue as a job of its own, all its pages or ``pages``, from 1.

    A wide page is turned by CUPS so that its top lies on the sheet's left edge, on both sides:
    where GB/T 9704-2012 wants the head of a table bound into a document.
    Raises FileProblem when it does not get there.
    """
    words = ["lp", "-d", queue, "-n", str(copies), "-t", _job_name(title)]
    for option in (*AS_IT_IS, f"sides={'two-sided-long-edge' if duplex else 'one-sided'}"):
        words += ["-o", option]
    if pages:
        words += ["-P", _ranges(pages)]
    code, _said, errors = _run(words, queue, pdf)
    if code == 0:
        return
    if "does not exist" in errors or "No such file" in errors:
        raise FileProblem(
            f"找不到打印机「{queue}」，请检查它是否还在、打印服务是否开着，或者换一台打印机。"
        )
    raise FileProblem(
        f"没有送到打印机「{queue}」，请在系统的打印机设置里检查它，或者换一台打印机。",
        tuple(line.strip() for line in errors.splitlines() if line.strip()),
    )


def _ranges(pages: Sequence[int]) -> str:
    """1,3-5: as ``lp`` wants them."""
    firsts = [page for page in pages if page - 1 not in pages]
    lasts = [page for page in pages if page + 1 not in pages]
    runs = zip(firsts, lasts, strict=True)
    return ",".join(str(one) if one == end else f"{one}-{end}" for one, end in runs)


def _job_name(title: str) -> str:
    """At most 255 bytes, which is what a job's name may have; never empty, never on two lines."""
    plain = " ".join(title.split()) or "公文"
    return plain.encode()[:255].decode(errors="ignore")


def _run(words: list[str], queue: str, fed: bytes = b"") -> tuple[int, str, str]:
    """Return code, output and errors, in English whatever language the PC speaks."""
    import subprocess  # only when something is printed

    try:
        done = subprocess.run(
            words,
            input=fed,  # no copy of the document lies in a folder
            capture_output=True,
            timeout=SECONDS,
            env=os.environ | {"LC_ALL": "C"},
            start_new_session=True,  # without a terminal: it cannot wait for a password there
            check=False,
        )
    except (FileNotFoundError, PermissionError) as error:
        raise FileProblem(
            f"这台电脑的打印命令 {words[0]} 用不了，请安装 cups-client，或者打印到文件。"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise FileProblem(
            f"打印机「{queue}」一直没有回应，请检查它是否开着、网络是否连着，然后再打印。"
        ) from error
    said, errors = (one.decode(errors="replace") for one in (done.stdout, done.stderr))
    return done.returncode, said, errors
