"""The verbs of diagnosis and co-creation."""

from tequio.cocreation.workflows.loading import keep_what_was_drawn, load_diagnosis
from tequio.cocreation.workflows.tree_importing import import_list
from tequio.cocreation.workflows.tree_reviews import (
    accept_review,
    answer_comment,
    comment_tree,
    credit_reviewer,
    finish_review,
    forget_credits,
    invite_reviewer,
    make_final,
    reopen_tree,
    reviewer_of_token,
    send_to_review,
    uncredit_reviewer,
    withdraw_reviewer,
)
from tequio.cocreation.workflows.tree_turns import Overtaken
from tequio.cocreation.workflows.tree_undoing import undo_change
from tequio.cocreation.workflows.trees import (
    Spot,
    add_node,
    begin_tree,
    move_node,
    remove_node,
    restore_node,
    shift_node,
    write_node,
)

__all__ = [
    "Overtaken",
    "Spot",
    "accept_review",
    "add_node",
    "answer_comment",
    "begin_tree",
    "comment_tree",
    "credit_reviewer",
    "finish_review",
    "forget_credits",
    "import_list",
    "invite_reviewer",
    "keep_what_was_drawn",
    "load_diagnosis",
    "make_final",
    "move_node",
    "remove_node",
    "reopen_tree",
    "restore_node",
    "reviewer_of_token",
    "send_to_review",
    "shift_node",
    "uncredit_reviewer",
    "undo_change",
    "withdraw_reviewer",
    "write_node",
]
