"""sources: what authors write, read into the model; one file per format."""
