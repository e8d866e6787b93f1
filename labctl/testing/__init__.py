"""What tests of a lab's package stand on: the pytest plugin `labctl` and what it shows."""
