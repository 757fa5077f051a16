"""``python -m softpower``."""

from softpower.cli import run

if __name__ == "__main__":
    run()
