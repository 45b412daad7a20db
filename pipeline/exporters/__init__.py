"""exporters: a LocalizedDocument to the bytes of its bundle."""
