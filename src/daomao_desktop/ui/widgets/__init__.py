"""Small parts that pages, forms and dialogs are put together from."""
