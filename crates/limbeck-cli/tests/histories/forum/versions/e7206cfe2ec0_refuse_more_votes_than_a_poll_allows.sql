-- Refuse more votes than a poll allows
--
-- revision: e7206cfe2ec0
-- revises: 5c4668433ff6
-- created: 2022-09-15 14:21:58

-- limbeck: upgrade (sqlite)
CREATE TRIGGER poll_vote_limit BEFORE INSERT ON poll_vote
WHEN (SELECT count(*) FROM poll_vote WHERE thread_id = NEW.thread_id AND voter_id = NEW.voter_id)
    >= (SELECT votes_each FROM poll WHERE thread_id = NEW.thread_id)
BEGIN
    SELECT CASE WHEN 1 THEN RAISE(ABORT, 'no votes left') END;
END;

-- limbeck: upgrade (postgresql)
CREATE FUNCTION limit_votes() RETURNS trigger AS $_$
BEGIN
    IF (SELECT count(*) FROM poll_vote WHERE thread_id = NEW.thread_id AND voter_id = NEW.voter_id)
        >= (SELECT votes_each FROM poll WHERE thread_id = NEW.thread_id)
    THEN
        RAISE EXCEPTION 'no votes left' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $_$ LANGUAGE plpgsql;

CREATE TRIGGER poll_vote_limit BEFORE INSERT ON poll_vote FOR EACH ROW EXECUTE FUNCTION limit_votes();

-- limbeck: downgrade (sqlite)
DROP TRIGGER poll_vote_limit;

-- limbeck: downgrade (postgresql)
DROP TRIGGER poll_vote_limit ON poll_vote;
DROP FUNCTION limit_votes();
