"""Excel in and out: plain dataclasses and files, no database."""
