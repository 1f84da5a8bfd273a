"""What is found out, as people and programs read it: tables, notes, JSON, CSV, workbooks."""
