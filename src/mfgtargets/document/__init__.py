"""What was promised: policy documents and their targets, from YAML files."""
