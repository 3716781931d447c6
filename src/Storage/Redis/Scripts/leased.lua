-- Saves bytes of a job while its lease is current.
-- KEYS  1 jobs, 2 data of the job, 3 fence.  ARGV  silo, id, token (epoch and nonce as in the record), field, bytes.
if redis.call('HEXISTS', KEYS[3], ARGV[1]) == 1 then return 'removed' end
local record = redis.call('HGET', KEYS[1], ARGV[2])
if not record or string.byte(record, 29) ~= 3 or string.sub(record, 17, 28) ~= ARGV[3] then return 'other' end
redis.call('HSET', KEYS[2], ARGV[4], ARGV[5])
return 'done'
