-- Writes or removes a reminder with its entries in the indexes, unless the silo has been removed.
-- KEYS  1 rows, 2 index by hash, 3 names of the grain, 4 fence.
-- ARGV  silo, field, name, etag expected ('*' for any), etag of the new row ('' to remove it), the row, its hash.
if redis.call('HEXISTS', KEYS[4], ARGV[1]) == 1 then return 'removed' end
if ARGV[4] ~= '*' then
  local found = redis.call('HGET', KEYS[1], ARGV[2])
  if not found or string.sub(found, 1, 16) ~= ARGV[4] then return 'other' end
end
if ARGV[5] == '' then
  redis.call('HDEL', KEYS[1], ARGV[2])
  redis.call('ZREM', KEYS[2], ARGV[2])
  redis.call('SREM', KEYS[3], ARGV[3])
else
  redis.call('HSET', KEYS[1], ARGV[2], ARGV[5] .. ARGV[6])
  redis.call('ZADD', KEYS[2], ARGV[7], ARGV[2])
  redis.call('SADD', KEYS[3], ARGV[3])
end
return 'done'
