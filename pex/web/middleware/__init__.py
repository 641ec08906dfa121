"""What every request goes through, in the order of `settings.base.MIDDLEWARE`."""
