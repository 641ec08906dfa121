"""`python -m pex` does what the command `pex` does."""

from pex.cli import main

if __name__ == "__main__":
    main()
