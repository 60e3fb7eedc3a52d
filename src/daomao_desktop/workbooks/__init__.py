"""Excel in and out: plain dataclasses and files, no database."""

import os

# openpyxl takes lxml where it finds it, and Word copies bring it: workbooks would then be written
# in other bytes (Chinese as &#32852;) and read by another parser. Only asked on its first import.
os.environ["OPENPYXL_LXML"] = "False"
