"""How people write numbers: units and their conversion, cells, periods."""
