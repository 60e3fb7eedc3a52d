"""Schema revisions. ``NEWEST`` is what this program writes; Alembic loads only to get there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

NEWEST = "0001"


def configuration(connection: Connection, **attributes: Any) -> Config:
    """Alembic's configuration for this folder, working on the caller's connection."""
    from alembic.config import Config  # only an upgrade needs Alembic, and it is slow to load

    config = Config(attributes={"connection": connection, **attributes})
    folder = str(Path(__file__).parent).replace("%", "%%")
    config.set_main_option("script_location", folder)
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.set_main_option("output_encoding", "utf-8")
    return config
