"""The application: settings, addresses, pages. It reads and changes dossiers through `pex.tracker` only."""
