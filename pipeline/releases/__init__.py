"""releases: what a release is made of: its list of files, signatures, compressed variants, and their verification."""
