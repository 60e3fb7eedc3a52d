"""Qt: pages, forms, dialogs, table models and widgets."""
