"""Settings for all tests: hypothesis profiles, and where the shared corpora lie if they are there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import rashomon

settings.register_profile("fast", max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("deep", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("deep" if os.environ.get("RASHOMON_DEEP") else "fast")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def kuril() -> Path:
    """The worked study."""
    return ROOT / "examples" / "kuril"


@pytest.fixture(scope="session")
def worked(kuril: Path) -> rashomon.Study:
    """The worked study, opened once for all tests that only ask it: it keeps what it measured and played, which takes long."""
    return rashomon.open(kuril)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The corpora that are not part of the project; tests that need them are skipped without."""
    place = ROOT.parent / "shared"
    if not place.is_dir():
        pytest.skip("needs the corpora of ../shared/, which are not part of the project")
    return place
