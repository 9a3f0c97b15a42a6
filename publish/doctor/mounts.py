"""A folder -> the kind of file system that it lies on, where the system says so."""

import re
from pathlib import Path

from publish.doctor.finding import Finding, ok, warning

# Over a network locks come late or never, and SQLite loses data without them (https://www.sqlite.org/faq.html#q5).
_NETWORK = {
    "9p", "afs", "afpfs", "beegfs", "ceph", "cifs", "davfs", "glusterfs", "gpfs", "lustre", "nfs", "nfs4", "smb3",
    "smbfs", "vboxsf", "virtiofs", "vmhgfs",
}  # fmt: skip
_BY_NETWORK = ("fuse.sshfs", "fuse.s3fs", "fuse.rclone", "fuse.glusterfs", "fuse.gcsfuse", "fuse.ceph", "fuse.davfs")
_MOUNTS = Path("/proc/self/mounts")
_OCTAL = re.compile(r"\\([0-7]{3})")  # a space in the name of a folder is "\040"


def check_file_system(folder: Path, mounts: str | None = None) -> Finding:
    """Whether the database lies on a disk of this machine; `mounts` is like /proc/self/mounts."""
    kind = file_system(folder, _mounts() if mounts is None else mounts)
    if kind in _NETWORK or (kind or "").startswith(_BY_NETWORK):
        message = f"{folder} ở trên hệ tệp mạng ({kind}); SQLite có thể hỏng khi hai máy cùng ghi"
        return warning("file-system", message, "Để tệp .db trên ổ đĩa của máy; tệp kế hoạch thì để trên mạng được")
    return ok("file-system", f"{folder} ở trên ổ đĩa của máy" + (f" ({kind})" if kind else ""))


def file_system(folder: Path, mounts: str) -> str | None:
    r"""The kind of the file system that is mounted nearest above a folder; of two at one place the later.

    >>> file_system(Path("/data/a b/c"), "sda / ext4 rw\nsrv:/x /data/a\\040b nfs4 rw\n")
    'nfs4'
    """
    found: tuple[int, str | None] = (-1, None)
    for line in mounts.splitlines():
        _, place, kind, *_ = line.split(" ")
        path = Path(_OCTAL.sub(lambda code: chr(int(code[1], 8)), place))
        if folder.is_relative_to(path) and len(path.parts) >= found[0]:
            found = len(path.parts), kind
    return found[1]


def _mounts() -> str:
    try:
        return _MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:  # not Linux
        return ""
