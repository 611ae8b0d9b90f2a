-- Jobs that wait for the same wait in one lane: those bound to a provider in that one's, the others in one for each kind of work
-- and each choice of who may do it. So that nothing that can be done waits behind what can't.
DROP INDEX jobs_waiting_for;
ALTER TABLE jobs DROP COLUMN provider;
ALTER TABLE jobs ADD COLUMN lane TEXT GENERATED ALWAYS AS (
  CASE
    WHEN json_extract(request, '$.provider') IS NOT NULL AND coalesce(json_extract(request, '$.wishes.orOther'), 0) = 0
    THEN json_extract(request, '$.provider')
    ELSE json_array(
      json_extract(request, '$.operation'), json_extract(request, '$.provider'), json_extract(request, '$.model'),
      json_extract(request, '$.wishes.localOnly'), json_extract(request, '$.wishes.providers'))
  END
) VIRTUAL;
CREATE INDEX jobs_waiting_in ON jobs (lane, position) WHERE state = 'queued';

-- How long a pause was to be, in milliseconds: a clock that is set back lengthens none.
ALTER TABLE standings ADD COLUMN pause_ms INTEGER;
