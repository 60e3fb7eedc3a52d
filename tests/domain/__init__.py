"""The rules of the scheme: worked cases, edges and properties."""
