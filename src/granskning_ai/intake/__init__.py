"""Intake: which files are to be read, and what they really are."""

from granskning_ai.intake.archives import IntakeLimits
from granskning_ai.intake.collecting import Incoming, collect
from granskning_ai.intake.sniffing import sniff

__all__ = ["Incoming", "IntakeLimits", "collect", "sniff"]
