-- Subscribe once to a thread or board
--
-- revision: 07bc7799f6b0
-- revises: ed4bbf6a1de6
-- created: 2022-06-29 11:44:36

-- limbeck: upgrade
CREATE UNIQUE INDEX uq_subscription_thread ON subscription (user_id, thread_id) WHERE thread_id IS NOT NULL;
CREATE UNIQUE INDEX uq_subscription_board ON subscription (user_id, board_id) WHERE board_id IS NOT NULL;

-- limbeck: downgrade
DROP INDEX uq_subscription_board;
DROP INDEX uq_subscription_thread;
