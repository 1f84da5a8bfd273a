"""Tables of series, without a document: a table in, the same table with answers out."""
