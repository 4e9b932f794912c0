"""The colours of static/css/tokens.css, for pictures that no style sheet reaches."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Palette:
    paper: str
    ink: str
    ink_soft: str
    ink_faint: str
    rule: str
    rule_strong: str
    band: str  # what is usual in a trend
    ratings: tuple[str, str, str, str, str]
    on_ratings: tuple[str, str, str, str, str]
    quality: str
    speed: str
    convenience: str
    knowledge: str
    overall: str
    higher: str
    lower: str
    heat: str

    def dimension(self, name: str) -> str:
        return str(getattr(self, name))

    def verdict(self, verdict: str) -> str:
        return {"higher": self.higher, "lower": self.lower}.get(verdict, self.ink_soft)


LIGHT = Palette(
    paper="#fbfaf8",
    ink="#1f1d1a",
    ink_soft="#4d4942",
    ink_faint="#6a645b",
    rule="#e3dfd8",
    rule_strong="#8c867b",
    band="#efece6",
    ratings=("#a34700", "#e79a55", "#d8d4cc", "#8bb4db", "#1d5a9e"),
    on_ratings=("#ffffff", "#1f1d1a", "#1f1d1a", "#1f1d1a", "#ffffff"),
    quality="#248daa",
    speed="#ab3a5f",
    convenience="#ad8522",
    knowledge="#4d48a8",
    overall="#3a3733",
    higher="#1d5a9e",
    lower="#a34700",
    heat="#a34700",
)
DARK = Palette(
    paper="#161513",
    ink="#edeae4",
    ink_soft="#c4bfb6",
    ink_faint="#a09a8f",
    rule="#34312d",
    rule_strong="#7d776d",
    band="#24221f",
    ratings=("#f6a96b", "#c07a39", "#57534c", "#5b92c4", "#93c4f0"),
    on_ratings=("#151412", "#151412", "#ffffff", "#151412", "#151412"),
    quality="#58bed5",
    speed="#dd667d",
    convenience="#c9ad52",
    knowledge="#8a78d6",
    overall="#e0dcd4",
    higher="#93c4f0",
    lower="#f6a96b",
    heat="#c07a39",
)
PRINT = replace(LIGHT, paper="#ffffff")
PALETTES = {"light": LIGHT, "dark": DARK, "print": PRINT}
