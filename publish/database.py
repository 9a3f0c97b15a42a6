"""Plans -> one SQLite file with tables, links, indexes, full-text search and views; each build changes it in one piece.

A build looks for what has changed since the last one and reads only that. Few changes are made in the file that stands,
in one transaction; more of them in a copy, which takes its place; most, or a new program, make a new file. Whatever is
killed, readers see the old database or the new one, and the next build goes on with what was read.
"""

import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import chain, tee
from pathlib import Path

from extract import EXTRACTOR
from publish.building.finding import Finding
from publish.building.packing import pack
from publish.building.staging import Readers, Staging
from publish.building.standing import Standing, known_record, writer
from publish.building.workplace import NEW, STAGING, workplace
from publish.building.writing import write
from publish.exchange.content import Content
from publish.exchange.inputs import read_packages
from publish.inputs import Failure
from publish.limits import Limits
from publish.ours import NotOurDatabase, check_ours, layout_version
from publish.reading import read_all
from publish.remote.location import Location

__all__ = ["BuildReport", "NotOurDatabase", "build", "check_ours", "layout_version"]

Progress = Callable[[int, int, Location], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `written` is false where no input gave a record: what stood before still stands."""

    plans: int
    extracted: int
    reused: int
    written: bool
    failures: tuple[Failure, ...] = ()
    skipped: tuple[Location, ...] = ()
    duplicates: tuple[Location, ...] = ()
    unmatched: int = 0


def build(  # noqa: PLR0913  (what the command offers)
    paths: Iterable[Location],
    db: Path,
    *,
    limits: Limits | None = None,
    on_progress: Progress | None = None,
    on_wait: Callable[[], None] | None = None,
    cluster: str | None = None,
    again: bool = False,
) -> BuildReport:
    """Make `db` hold exactly the plans of `paths`; unchanged files are not read again.

    Those that failed before are tried again where `again` says so, or where something else than the file has changed
    too. Another build of the same database is waited for, after a call of `on_wait`. Raises NotOurDatabase where `db`
    is a file of another kind.
    """
    check_ours(db, missing_is_fine=True)
    limits = limits or Limits()
    with workplace(db, on_wait or (lambda: None)) as folder:
        standing = Standing(db)
        with closing(Staging(folder / STAGING, _readers(limits, again=again))) as staging:
            staging.know(standing.inputs())
            finding = Finding(db.resolve().parent, staging.kind_before)
            total = staging.list(finding.find(iter(paths)), finding.unreachable)
            brought = _read(staging, standing, limits, cluster, _Telling(on_progress, staging.known, total))
            write(standing, staging, brought, folder / NEW)
            return BuildReport(
                plans=staging.plans,
                extracted=staging.extracted,
                reused=staging.plans - staging.extracted,
                written=staging.plans > 0,
                failures=(*finding.failures, *staging.failures()),
                skipped=tuple(finding.skipped),
                duplicates=staging.duplicates(),
                unmatched=standing.unmatched() if staging.plans else 0,
            )


def _readers(limits: Limits, *, again: bool) -> Readers:
    """The extractor, with all else that may be why a file could not be read."""
    tools = [name for name in ("tesseract", "soffice", "libreoffice") if shutil.which(name)]
    attempt = f"{EXTRACTOR} {limits.memory} {limits.seconds} {' '.join(tools)}"
    return Readers(EXTRACTOR, f"{attempt} {os.getpid()}" if again else attempt, writer())


def _read(
    staging: Staging, standing: Standing, limits: Limits, cluster: str | None, tell: Callable[[Location], None]
) -> Content:
    """Read what has to be read into the staging file; gives what files of many records hold besides."""
    brought = Content()
    with standing.open() as held:
        known = partial(known_record, held) if held else None
        for _ in range(2):  # what is read may show that another file has to be
            parts = staging.unread()
            for some in parts if cluster is None else [chain.from_iterable(parts)]:
                files, again = tee(some)
                outcomes = read_all((f for _, f in files), known=known, limits=limits, cluster=cluster, shape=pack)
                for outcome, (path, file) in zip(outcomes, again, strict=True):
                    staging.save(path, [outcome])
                    tell(file.path)
            for path, file in chain.from_iterable(staging.unread(packages=True)):
                plans = [one if isinstance(one, Failure) else pack(one) for one in read_packages([file], brought)]
                staging.save(path, plans or [None])
                tell(file.path)
            if staging.settle():
                break
    return brought


class _Telling:
    """Tells how many files of all are done."""

    def __init__(self, on_progress: Progress | None, done: int, total: int) -> None:
        self._on_progress, self._done, self._total = on_progress, done, total

    def __call__(self, path: Location) -> None:
        self._done = min(self._done + 1, self._total)
        if self._on_progress:
            self._on_progress(self._done, self._total, path)
