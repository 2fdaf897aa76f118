"""Question forms (a drop-in folder): natural-language question → typed slots → SPARQL → answer."""
