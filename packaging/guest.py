"""A Linux of our own with a FAT32 stick in it, for what this machine's kernel cannot mount.

QEMU computes the whole PC, so it works in any container, some ten times slower than the machine.
Its root is this machine's, read only; one folder is shared with it for writing; the stick is a
file. Switching it off is a power cut: what its kernel had not yet written is lost.

Needs Debian's qemu-system-x86, busybox-static, kmod, cpio, dosfstools; fetches Debian's kernel.
"""

from __future__ import annotations

import gzip
import shlex
import shutil
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from bundle_checks import Result, must, run

MODULES = "virtio_pci virtio_blk 9pnet_virtio 9p vfat nls_cp437 nls_utf8 nls_ascii"
STICK = Path("/mnt/stick")  # where the guest's programs find it
MEGABYTES = 256
SECONDS = 900  # until a guest that hangs is switched off

INIT = """#!/bin/busybox sh
b=/bin/busybox
$b mount -t proc proc /proc
$b mount -t devtmpfs dev /dev
for module in /modules/*; do $b insmod $module; done
share="-t 9p -o trans=virtio,version=9p2000.L,msize=262144"
$b mount $share,ro,cache=loose host /host
$b mount -t proc proc /host/proc
$b mount -t tmpfs tmpfs /host/run
$b mount -t tmpfs tmpfs /host/mnt
$b mount --bind /dev /host/dev
$b mkdir -p /host/dev/shm /host/run/home {stick}
$b mount -t tmpfs tmpfs /host/dev/shm
$b mount $share ours {folder}
$b mount -t vfat -o utf8,codepage=437,iocharset=utf8,errors=remount-ro /dev/vda {stick}
echo ready
while read -r number && [ "$number" != off ]; do
    $b chroot /host /bin/sh {jobs}/$number.sh >{host_jobs}/$number.out 2>&1 </dev/null
    echo $? >{host_jobs}/$number.code
    echo done $number
done
$b umount {stick}
$b poweroff -f
"""


class Guest:
    """What all starts of it share: kernel, modules, the stick, a ``folder`` to fill."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stick = folder / "stick.img"
        self._jobs = folder / "jobs"
        self._jobs.mkdir()
        with self.stick.open("wb") as file:
            file.truncate(MEGABYTES * 2**20)
        must(run(["/sbin/mkfs.vfat", "-F", "32", self.stick], seconds=30))
        self.kernel, modules = _kernel(folder)
        self.first_files = folder / "first-files.gz"
        self.first_files.write_bytes(self._first_files(modules))
        self.started = 0

    def _first_files(self, modules: list[Path]) -> bytes:
        root = self.folder / "first-files"
        for name in ("bin", "dev", "host", "modules", "proc"):
            (root / name).mkdir(parents=True)
        shutil.copy("/bin/busybox", root / "bin")
        for at, module in enumerate(modules):
            shutil.copy(module, root / "modules" / f"{at:02}-{module.name}")
        names = {
            "stick": f"/host{STICK}",
            "folder": shlex.quote(f"/host{self.folder}"),
            "jobs": shlex.quote(str(self._jobs)),
            "host_jobs": shlex.quote(f"/host{self._jobs}"),
        }
        init = root / "init"
        init.write_text(INIT.format(**names), "utf-8")
        init.chmod(0o755)
        listing = subprocess.run(["find", "."], cwd=root, check=True, capture_output=True).stdout
        packed = subprocess.run(
            ["cpio", "-o", "-H", "newc", "--quiet"],
            cwd=root, check=True, input=listing, capture_output=True,
        )  # fmt: skip
        return gzip.compress(packed.stdout)


class Running:
    """The guest from switching it on to switching it off; used by ``with``."""

    def __init__(self, guest: Guest) -> None:
        self._guest = guest
        share = "security_model=none,multidevs=remap"
        self._process = subprocess.Popen(
            [
                "qemu-system-x86_64", "-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "2",
                "-m", "2048", "-nic", "none", "-nographic", "-no-reboot", "-monitor", "none",
                "-kernel", guest.kernel, "-initrd", guest.first_files,
                "-append", "console=ttyS0 quiet loglevel=0 panic=-1 mitigations=off",
                "-drive", f"file={guest.stick},format=raw,if=virtio",
                "-virtfs", f"local,path=/,mount_tag=host,readonly=on,{share}",
                "-virtfs", f"local,path={guest.folder},mount_tag=ours,{share}",
            ],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self._watch = threading.Timer(SECONDS, self._process.kill)
        self._watch.start()
        self._wait_for("ready")

    def __enter__(self) -> Running:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if kind is None and self.on():  # the stick is taken out properly
            self._say("off")
            self._process.wait(timeout=60)
        self.cut()

    def begin(self, words: list[str | Path], environment: Mapping[str, str]) -> int:
        """Starts a program in it; returns the number by which to ask for its end."""
        guest = self._guest
        guest.started += 1
        settings = {"HOME": "/run/home", "TMPDIR": "/run", "LC_ALL": "C.UTF-8", **environment}
        lines = [f"export {key}={shlex.quote(value)}" for key, value in settings.items()]
        lines.append(shlex.join(str(word) for word in words))
        script = guest.folder / "jobs" / f"{guest.started}.sh"
        script.write_text("\n".join(lines) + "\n", "utf-8")
        self._say(str(guest.started))
        return guest.started

    def ended(self, number: int) -> Result:
        """Waits for the end of a program; what it wrote and its code."""
        self._wait_for(f"done {number}")
        jobs = self._guest.folder / "jobs"
        code = int((jobs / f"{number}.code").read_text())
        return Result(code, (jobs / f"{number}.out").read_text("utf-8", "replace"))

    def on(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def cut(self) -> None:
        """The power goes."""
        self._watch.cancel()
        self._process.kill()
        self._process.wait()

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        self._process.stdin.flush()

    def _wait_for(self, words: str) -> None:
        assert self._process.stdout is not None
        said = ""
        for line in self._process.stdout:
            said += line.decode("utf-8", "replace")
            if said.rstrip().endswith(words):
                return
        raise AssertionError(f"the guest ended without «{words}»: {said[-2000:]}")


def _kernel(folder: Path) -> tuple[Path, list[Path]]:
    """Debian's kernel, unpacked, and the modules in the order in which they load."""
    depends = must(run(["apt-cache", "depends", "linux-image-amd64"], seconds=60))
    package = depends.partition("Depends: ")[2].split()[0]
    fetched = folder / "kernel"
    fetched.mkdir()
    subprocess.run(["apt-get", "download", "-qq", package], cwd=fetched, check=True,
                   stderr=subprocess.DEVNULL)  # fmt: skip
    [archive] = fetched.glob("*.deb")
    must(run(["dpkg-deb", "-x", archive, fetched], seconds=120))
    archive.unlink()
    [version] = [path.name for path in (fetched / "lib/modules").iterdir()]
    must(run(["/sbin/depmod", "-b", fetched, version], seconds=120))
    order: dict[Path, None] = {}
    for module in MODULES.split():
        show = ["/sbin/modprobe", "-d", fetched, "-S", version, "--show-depends", module]
        for line in must(run(show, seconds=30)).splitlines():
            if line.startswith("insmod "):
                order[Path(line.split(maxsplit=1)[1].strip())] = None
    return fetched / "boot" / f"vmlinuz-{version}", list(order)
