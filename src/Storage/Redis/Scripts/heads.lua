-- The ready job of a queue that was accepted first. Drops what no longer stands at the heads of its lists.
-- KEYS  1 jobs, 2 late, 3 suspects, 4 to 14 ready of priority 10 to 0.  ARGV  1 the queue's code.
local call, sub, byte = redis.call, string.sub, string.byte
local oldest, name, sequence

local function consider(id, record)
  local number = struct.unpack('>I6', record)
  if not sequence or number < sequence then oldest, name, sequence = record, id, number end
end

for i = 4, 14 do
  local priority, gone, found = 14 - i, 0, false
  repeat
    local ids = call('LRANGE', KEYS[i], gone, gone + 31)
    for _, id in ipairs(ids) do
      local record = call('HGET', KEYS[1], id)
      found = record and byte(record, 29) == 2 and byte(record, 30) == priority and sub(record, 39, 41) == ARGV[1]
      if found then
        consider(id, record)
        break
      end
      gone = gone + 1
    end
  until found or #ids == 0 or gone > 5000
  if gone > 0 then call('LTRIM', KEYS[i], gone, -1) end
end

for key = 2, 3 do
  for level = 0, 10 do
    local from, to = level * 2 ^ 45, '(' .. string.format('%.0f', (level + 1) * 2 ^ 45)
    for _, id in ipairs(call('ZRANGEBYSCORE', KEYS[key], from, to, 'LIMIT', 0, 1)) do
      local record = call('HGET', KEYS[1], id)
      if record and byte(record, 29) == 2 then consider(id, record) end
    end
  end
end
return oldest and { name, oldest }
