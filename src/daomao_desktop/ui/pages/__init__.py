"""The pages of the main window, one file per business area."""
