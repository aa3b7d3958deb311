"""Coverage and plan in, what the office sends and keeps out: letters, a report, a workbook, a page for the head."""
