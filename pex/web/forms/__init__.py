"""Forms: what people type, read by the same readers as files, refused in the same French words."""
