"""Forms: fields, and how a draft gets in, is checked and comes out."""
