"""What the scheme says: pure rules and value types; no Qt, no database, no files."""
