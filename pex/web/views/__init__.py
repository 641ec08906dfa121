"""One module a page: read the request, call `pex.tracker` or the pure functions of pex, show."""
