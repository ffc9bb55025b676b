"""`python -m pushtui` is the `pushtui` command."""

from pushtui.cli.main import run

if __name__ == "__main__":
    run()
