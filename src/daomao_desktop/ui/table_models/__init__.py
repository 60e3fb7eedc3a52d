"""Rows, columns, sorting and filtering of the tables; no window needed."""
