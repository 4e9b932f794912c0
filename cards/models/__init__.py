from cards.models.batches import Batch
from cards.models.keying import Card, Keying
from cards.models.printing import PrintRun
from cards.models.rules import ClerkShare, KeyerMonth, KeyingRule

__all__ = ["Batch", "Card", "ClerkShare", "KeyerMonth", "Keying", "KeyingRule", "PrintRun"]
