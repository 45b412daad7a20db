"""benchmarks: how fast the pipeline is, beside its peers; `make bench`."""
