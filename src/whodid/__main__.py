"""``python -m whodid``."""

from whodid.cli import main

if __name__ == "__main__":
    main()
