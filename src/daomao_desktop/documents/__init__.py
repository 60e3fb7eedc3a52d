"""What gets printed: fonts, the typesetting engine, and one file per kind of document."""
