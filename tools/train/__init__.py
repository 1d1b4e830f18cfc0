"""Trains rapporteur's language engine. See README.md; never needed to build, run or test the program."""
