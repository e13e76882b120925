"""The files that the house writes and reads again: ``lottery.json``, the record of a draw."""
