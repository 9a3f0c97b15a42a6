"""What tests share: the shared plans where there are any, our own samples, and hypothesis made repeatable."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]

# No deadline an example: a busy machine is not a bug. In CI the same examples every time.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the shared plans and their gold; a test that needs it is skipped where there is none."""
    folder = Path(os.environ.get("KEHOACH_SHARED") or ROOT.parent / "shared")
    if not (folder / "corpus").is_dir():
        pytest.skip(f"no shared plans at {folder}; KEHOACH_SHARED=... says where they are")
    return folder


@pytest.fixture(scope="session")
def sample_plans() -> list[Path]:
    """The plans of our own corpus."""
    return sorted((ROOT / "corpus" / "plans").iterdir())
