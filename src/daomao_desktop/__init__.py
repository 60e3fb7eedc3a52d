"""The group leaders' desk: an offline program for village offices and their town office."""

__version__ = "0.1.0"
