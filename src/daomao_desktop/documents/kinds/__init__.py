"""Kinds of documents: each one file of plain data, its title and its composition."""
