"""The tour: every control of the real program pressed once, then a hand that presses at random."""
