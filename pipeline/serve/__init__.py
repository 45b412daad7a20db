"""serve: the content API: what is current, over HTTP, read-only; `server` starts it."""
