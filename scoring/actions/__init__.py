from scoring.actions.corrections import (
    BadRatingsError,
    correct_response,
    delete_responses,
    hold_response,
    hold_responses,
    move_response,
    release_response,
    release_responses,
)
from scoring.actions.making import MovedMeanwhileError, make_block, make_due_blocks
from scoring.actions.pending import score_all_pending, score_pending
from scoring.actions.recounting import check_cells, recount
from scoring.cells import CellsDisagreeError

__all__ = [
    "BadRatingsError",
    "CellsDisagreeError",
    "MovedMeanwhileError",
    "check_cells",
    "correct_response",
    "delete_responses",
    "hold_response",
    "hold_responses",
    "make_block",
    "make_due_blocks",
    "move_response",
    "recount",
    "release_response",
    "release_responses",
    "score_all_pending",
    "score_pending",
]
