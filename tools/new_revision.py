"""Writes the next schema revision: what the tables say now against what the revisions build.

    python tools/new_revision.py 0002 "meetings"

The result is a draft: read it, complete it by hand, then set ``NEWEST`` in store/migrations.
"""

from __future__ import annotations

import argparse

from alembic import command
from sqlalchemy import create_engine

from daomao_desktop.store.base import Base
from daomao_desktop.store.engine import load_tables
from daomao_desktop.store.migrations import configuration


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("revision", help="its number, four digits")
    parser.add_argument("subject", help="a few words, they name the file")
    arguments = parser.parse_args()
    load_tables()
    with create_engine("sqlite://").begin() as connection:
        config = configuration(connection, metadata=Base.metadata)
        command.upgrade(config, "head")
        command.revision(config, arguments.subject, autogenerate=True, rev_id=arguments.revision)


if __name__ == "__main__":
    main()
