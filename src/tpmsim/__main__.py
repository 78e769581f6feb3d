"""`python -m tpmsim`: the same as `tpmsim`."""

from tpmsim.cli.main import main

if __name__ == "__main__":
    main()
