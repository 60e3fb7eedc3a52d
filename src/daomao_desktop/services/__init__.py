"""What a clerk does: one function, one transaction; frozen dataclasses in and out."""
