"""Which engine this is. The same input, rule, seed and version give the same bytes."""

NAME = "raatihuone"
VERSION = "0.1.0"
