"""What users see: results as records, tables, JSON and explanations, in Chinese and English."""
