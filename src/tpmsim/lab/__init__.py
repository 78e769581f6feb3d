"""Many runs: policies and batches."""
