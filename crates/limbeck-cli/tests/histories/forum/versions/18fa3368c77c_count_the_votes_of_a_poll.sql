-- Count the votes of a poll
--
-- revision: 18fa3368c77c
-- revises: e7206cfe2ec0
-- created: 2022-09-30 16:41:09

-- limbeck: upgrade
CREATE VIEW poll_result AS
SELECT poll_option.thread_id, poll_option.number, poll_option.label, count(poll_vote.voter_id) AS votes
FROM poll_option
LEFT JOIN poll_vote ON poll_vote.thread_id = poll_option.thread_id AND poll_vote.number = poll_option.number
GROUP BY poll_option.thread_id, poll_option.number, poll_option.label;

-- limbeck: downgrade
DROP VIEW poll_result;
