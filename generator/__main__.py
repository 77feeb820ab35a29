"""The command line, as `maatwerkatlas` and as `python -m generator`. What it imports is made to stay."""

from generator.heap import made_to_stay


def main() -> None:
    """Run the command that was given."""
    with made_to_stay():  # half a second less of looking for garbage, of which there is none among modules
        from generator.cli import main as run
    run()


if __name__ == "__main__":
    main()
