-- What counts at a version. raw_NAME is every row of the table NAME; raw_retired names the things whose rows no longer
-- count if an earlier version than `before` wrote them.

CREATE VIEW retired_reports AS
  SELECT id, max(before) AS before FROM raw_retired WHERE kind = 'report' GROUP BY id;

-- reports whose claims were replaced by others, too
CREATE VIEW retired_claims AS
  SELECT id, max(before) AS before FROM raw_retired WHERE kind IN ('report', 'claims') GROUP BY id;

CREATE VIEW retired_events AS
  SELECT id, max(before) AS before FROM raw_retired WHERE kind = 'event' GROUP BY id;

CREATE VIEW reports AS
  SELECT r.* FROM raw_reports r ANTI JOIN retired_reports x ON x.id = r.id AND x.before > r.since;

-- the last event of each claim that has changed it since it was stored
CREATE VIEW moved AS
  SELECT claim_id, arg_max(event_id, since) AS event_id, max(since) AS since
  FROM raw_members WHERE NOT "first" GROUP BY claim_id;

-- with those that people rejected
CREATE VIEW stored_claims AS
  SELECT c.* FROM raw_claims c ANTI JOIN retired_claims x ON x.id = c.report_id AND x.before > c.since;

CREATE VIEW claims AS
  SELECT c.* REPLACE (coalesce(m.event_id, c.event_id) AS event_id)
  FROM stored_claims c LEFT JOIN moved m ON m.claim_id = c.id AND m.since > c.since
  WHERE c.checked <> 'rejected';

-- every claim as the coder made it, whatever people say of it
CREATE VIEW coded_claims AS
  SELECT id, report_id, checked, coalesce(machine, record) AS record FROM stored_claims;

CREATE VIEW events AS
  SELECT e.* FROM raw_events e ANTI JOIN retired_events x ON x.id = e.id AND x.before > e.since;

CREATE VIEW statements AS
  SELECT s.* FROM raw_statements s ANTI JOIN retired_claims x ON x.id = s.report_id AND x.before > s.since;

CREATE VIEW features AS
  SELECT f.* FROM raw_features f ANTI JOIN retired_claims x ON x.id = f.report_id AND x.before > f.since;

CREATE VIEW rejections AS
  SELECT j.* FROM raw_rejections j
  ANTI JOIN (
    SELECT id, max(before) AS before FROM raw_retired WHERE kind IN ('report', 'rejections') GROUP BY id
  ) x ON x.id = j.report_id AND x.before > j.since;

CREATE VIEW runs AS
  SELECT * FROM raw_runs QUALIFY row_number() OVER (PARTITION BY id ORDER BY since DESC) = 1;

CREATE VIEW retired AS SELECT * FROM raw_retired;

CREATE VIEW groups AS
  SELECT report_id, arg_max(group_id, since) AS group_id, max(since) AS since FROM raw_groups GROUP BY report_id;

-- an id that was given once and is no event now, and the event at the end of its chain; a later link of a chain was
-- always made after the one before it, so no chain is a ring
CREATE VIEW redirects AS
  WITH RECURSIVE last AS (
    SELECT old_id, arg_max(new_id, since) AS new_id
    FROM raw_redirects ANTI JOIN events ON events.id = raw_redirects.old_id
    GROUP BY old_id
  ), step AS (
    SELECT old_id, new_id, 1 AS steps FROM last
    UNION ALL
    SELECT s.old_id, l.new_id, s.steps + 1 FROM step s JOIN last l ON l.old_id = s.new_id
  )
  SELECT old_id, arg_max(new_id, steps) AS new_id FROM step GROUP BY old_id;

CREATE VIEW judgements AS
  SELECT * FROM raw_judgements QUALIFY row_number() OVER (PARTITION BY "left", "right" ORDER BY since DESC) = 1;

-- the links of events as their claims are fused now; a tie that is older than a claim was found for what this told then
CREATE VIEW links AS
  SELECT c.event_id, t.kind, o.event_id AS to_id, t.claim_id, t.other_id, t.report_id, t.words, t."start", t."end"
  FROM raw_ties t
  JOIN claims c ON c.id = t.claim_id AND c.since <= t.since
  JOIN claims o ON o.id = t.other_id AND o.since <= t.since
  WHERE c.event_id <> o.event_id
  QUALIFY row_number() OVER (PARTITION BY t.kind, t.claim_id, t.other_id ORDER BY t.words IS NULL, t.since DESC) = 1;

CREATE VIEW corrections AS SELECT * FROM raw_corrections;
