"""Following dossiers: Django models and the functions that pages and commands call. No HTTP, no HTML here."""
