-- One commit: checks what it was decided upon, then writes all of it, then leases. Nothing is written unless every check holds.
-- KEYS  1 meta, 2 jobs, 3 order, 4 events, 5 fence, 6 counts, 7 expiry, 8 holders, 9 risky, 10 waits, 11 paused, then those that commands and leases name by number.
-- ARGV  the generation; the time ('' for the server's); silos that must not have been removed, the one that asks first; runs of jobs; other values
--       expected; blocks of order and of events; commands; the head of the channels' names; jobs that ended; notices with the silo each is for; leases.
--       Each group starts with its number.
--       A run: how many jobs; the place of the first one's newest event in this commit, from 1, each of the others having the next (0: they are only looked
--       at); 1 for jobs that are there; then their ids, of jobs that are there the header each must have, and of jobs that are written the records.
-- Layout of a record: src/Storage/Redis/README.md.
local meta, jobs, order, events, fence, counts, expiry, holders, risky, waits, paused = unpack(KEYS, 1, 11)
local call, sub, byte, char, floor, format = redis.call, string.sub, string.byte, string.char, math.floor, string.format
local packed, unpacked, band = struct.pack, struct.unpack, bit.band
local CHUNK, SPAN, LOOKS = 2000, 2 ^ 45, 5000
local SCHEDULED, QUEUED, RUNNING, BECAME_DUE, LEASED = 1, 2, 3, 5, 8
local EXPIRES, SUSPECT, KEPT_BY_LEASE = 1, 2, 250
local READY = { [0] = '/q0', '/q1', '/q2', '/q3', '/q4', '/q5', '/q6', '/q7', '/q8', '/q9', '/q10' }

-- A whole number as text. Left to itself Lua prints it as a fraction, which takes several times as long.
local function digits(n) return format('%d', n) end

local at = 0
local function text() at = at + 1 return ARGV[at] end
local function number() at = at + 1 return tonumber(ARGV[at]) end

-- Calls a command with as many arguments as there are, a chunk at a time.
local function many(command, key, list, from, to)
  for first = from, to, CHUNK do
    call(command, key, unpack(list, first, math.min(first + CHUNK - 1, to)))
  end
end

local books = call('HMGET', meta, 'generation', 'jobs', 'events')
if books[1] ~= text() then return { 'generation' } end
local lastJob, lastEvent = tonumber(books[2]), tonumber(books[3])
local firstJob, firstEvent = lastJob, lastEvent
local now = tonumber(text()) or 0

local me = ARGV[at + 2]
for _ = 1, number() do
  local silo = text()
  if call('HEXISTS', fence, silo) == 1 then return { 'removed', silo } end
end

local conflicts, fields, looked = {}, {}, 0
for _ = 1, number() do
  local size, place, isThere = number(), number(), text() == '1'
  local ids, guards = at, at + size
  local records = isThere and guards + size or guards
  at = place > 0 and records + size or records
  local before = firstEvent + place - 1
  for first = 1, size, CHUNK do
    local last = math.min(first + CHUNK - 1, size)
    local found = call('HMGET', jobs, unpack(ARGV, ids + first, ids + last))
    for i = first, last do
      local record = found[i - first + 1]
      local isExpected = not record
      if isThere then isExpected = record and sub(record, 13, 29) == ARGV[guards + i] end
      if not isExpected then
        conflicts[#conflicts + 1] = looked + i - 1
        conflicts[#conflicts + 1] = record
      elseif place > 0 then
        local n, stamp = #fields, nil
        if isThere then
          stamp = sub(record, 1, 6) .. packed('>I6', before + i)
        else
          lastJob = lastJob + 1
          stamp = packed('>I6I6', lastJob, before + i)
        end
        fields[n + 1] = ARGV[ids + i]
        fields[n + 2] = stamp .. ARGV[records + i]
      end
    end
  end
  looked = looked + size
end

for i = 1, number() do
  local found = call(ARGV[at + 1], KEYS[tonumber(ARGV[at + 2])], ARGV[at + 3])
  if (found or '') ~= ARGV[at + 4] then
    conflicts[#conflicts + 1] = looked + i - 1
    conflicts[#conflicts + 1] = found
  end
  at = at + 4
end
if #conflicts > 0 then return { 'conflict', conflicts } end

many('HSET', jobs, fields, 1, #fields)

local first = firstJob + 1
for _ = 1, number() do
  local size = number()
  call('XADD', order, format('%d-%d', first, size), 'i', text())
  first = first + size
end

for _ = 1, number() do
  lastEvent = lastEvent + number()
  call('XADD', events, format('%d-0', lastEvent), 'e', text())
end

for _ = 1, number() do
  local command, key, arguments = text(), KEYS[number()], number()
  call(command, key, unpack(ARGV, at + 1, at + arguments))
  at = at + arguments
end

-- Tells the silos that wait for jobs that ended; ours hears of it by the answer. A right to publish that is missing costs the hint, never the commit.
local channel = text()
local count = number()
if count > 0 and call('EXISTS', waits) == 1 then
  for first = at + 1, at + count, CHUNK do
    local last = math.min(first + CHUNK - 1, at + count)
    local found = call('HMGET', waits, unpack(ARGV, first, last))
    for i = first, last do
      local silos = found[i - first + 1]
      if silos then
        call('HDEL', waits, ARGV[i])
        for silo in string.gmatch(silos, '[^\n]+') do
          if silo ~= me then redis.pcall('PUBLISH', channel .. silo, '\1' .. ARGV[i]) end
        end
      end
    end
  end
end
at = at + count
for _ = 1, number() do redis.pcall('PUBLISH', channel .. text(), text()) end

-- Events that the script itself makes: runs of the same kind share a head.
local run, runKind, runNames, runHead, runSize = {}, nil, nil, nil, 0
local function endRun()
  if runSize == 0 then return end
  lastEvent = lastEvent + runSize
  call('XADD', events, format('%d-0', lastEvent), 'e', char(1, runSize) .. runHead .. table.concat(run))
  run, runKind, runSize = {}, nil, 0
end

local function event(kind, status, names, entry)
  if kind ~= runKind or names ~= runNames or runSize == 128 then
    endRun()
    runKind, runNames, runHead = kind, names, char(kind, status, 0) .. packed('>I7', now) .. names
  end
  runSize = runSize + 1
  run[runSize] = entry
  return lastEvent + runSize
end

local function better(a, b)
  if not b or a.rank ~= b.rank then return not b or a.rank > b.rank end
  return a.sequence < b.sequence
end

local function lease()
  local base, running, queue, code, max, aging, silo, place, nonces =
    number(), KEYS[number()], text(), text(), number(), number(), text(), text(), text()
  if call('SISMEMBER', paused, queue) == 1 then return { {}, {}, {}, 0, '', 1 } end
  local late, suspects, due = KEYS[base], KEYS[base + 1], KEYS[base + 2]
  local cells = {}
  for priority = 10, 0, -1 do cells[11 - priority] = queue .. READY[priority] end
  cells[12] = queue .. '/s'
  cells = call('HMGET', counts, unpack(cells))
  local ready = 0
  for i = 1, 11 do
    cells[i] = tonumber(cells[i] or 0)
    ready = ready + cells[i]
  end
  local scheduled = tonumber(cells[12] or 0)
  if ready == 0 and scheduled == 0 then return { {}, {}, {}, 0, '', 0 } end

  local taken, leased, promoted, expired, written, change = {}, {}, {}, {}, {}, {}
  local looks = 0
  local function tally(cell, step) change[cell] = (change[cell] or 0) + step end

  local function candidate(id, record)
    local rank = byte(record, 30)
    if aging > 0 then
      local created = (unpacked('>I6', id) - 1577836800000) * 10000
      if now > created then rank = rank + floor((now - created) / aging) end
    end
    return { id = id, record = record, rank = rank, sequence = (unpacked('>I6', record)) }
  end

  local function stands(id, record, status, suspect)
    return record and not taken[id] and byte(record, 29) == status and sub(record, 39, 41) == code
      and (suspect == nil or (band(byte(record, 31), SUSPECT) ~= 0) == suspect)
  end

  -- A source reads its index a step at a time; what was taken or no longer stands there is dropped from the index at the end.
  local function source(read, drop, fits)
    local found, records, i, offset, dropped, head, ended = {}, nil, 0, 0, {}, nil, false
    local self = {}
    function self.peek()
      if head and taken[head.id] then self.take() end
      while not head and not ended do
        if i == #found then
          found, i = read(offset), 0
          if #found == 0 then
            ended = true
            return nil
          end
          offset = offset + #found
          records = call('HMGET', jobs, unpack(found))
        end
        i = i + 1
        if fits(found[i], records[i]) then
          head = candidate(found[i], records[i])
        else
          dropped[#dropped + 1] = found[i]
          looks = looks + 1
          if looks > LOOKS then return nil end
        end
      end
      return head
    end
    function self.take()
      dropped[#dropped + 1] = head.id
      head = nil
    end
    function self.close() if #dropped > 0 then drop(dropped) end end
    return self
  end

  local step = math.min(max, aging > 0 and 32 or 512)
  local sources = {}
  local hasOthers = max > 0 and ready > 0 and call('EXISTS', late, suspects) > 0 -- beside those in the lists
  if max > 0 then
    for priority = 10, 0, -1 do
      if cells[11 - priority] > 0 then
        local key = KEYS[base + 13 - priority]
        sources[#sources + 1] = source(
          function(offset) return call('LRANGE', key, digits(offset), digits(offset + step - 1)) end,
          function(dropped) call('LTRIM', key, digits(#dropped), '-1') end,
          function(id, record) return stands(id, record, QUEUED, false) and byte(record, 30) == priority end)
        sources[#sources].rank = priority
      end
    end
    local function lateSource(from, to)
      sources[#sources + 1] = source(
        function(offset) return call('ZRANGEBYSCORE', late, from, to, 'LIMIT', digits(offset), digits(step)) end,
        function(dropped) many('ZREM', late, dropped, 1, #dropped) end,
        function(id, record) return stands(id, record, QUEUED, false) end)
    end
    if hasOthers and aging == 0 then lateSource('-inf', '+inf') end
    if hasOthers and aging > 0 then
      for level = 0, 10 do lateSource(level * SPAN, '(' .. string.format('%.0f', (level + 1) * SPAN)) end
    end
  end

  -- Jobs that may be what kills silos: one at a time on a silo, the best of the first few.
  local mayRisk = max > 0 and (hasOthers or scheduled > 0) and tonumber(call('HGET', risky, silo) or 0) < 1
  local suspected = {}
  if mayRisk then
    local found = call('ZRANGE', suspects, '0', '63')
    if #found > 0 then
      local records = call('HMGET', jobs, unpack(found))
      for i = 1, #found do
        if stands(found[i], records[i], QUEUED, true) then suspected[#suspected + 1] = candidate(found[i], records[i])
        else call('ZREM', suspects, found[i]) end
      end
      table.sort(suspected, better)
    end
  end

  -- Due jobs compete with the ready ones; those that are left become ready.
  local dues = {}
  local dueCount = 0
  if max > 0 and scheduled > 0 then
    local found = call('ZRANGEBYSCORE', due, '-inf', digits(now), 'LIMIT', '0', '1000')
    dueCount = #found
    if dueCount > 0 then
      local records = call('HMGET', jobs, unpack(found))
      for i = 1, dueCount do
        if stands(found[i], records[i], SCHEDULED) then dues[#dues + 1] = candidate(found[i], records[i]) end
      end
      table.sort(dues, better)
      call('ZREM', due, unpack(found))
    end
  end

  local function keep(job, list, record)
    written[#written + 1] = job.id
    written[#written + 1] = record
    list[#list + 1] = job.id
    list[#list + 1] = record
  end

  local function promote(job)
    local record = job.record
    local version, attempt, priority = unpacked('>I4', record, 13), unpacked('>I4', record, 32), byte(record, 30)
    local stamp = event(BECAME_DUE, QUEUED, sub(record, 36, 44), job.id .. sub(record, 7, 12) .. packed('>I4I3', version + 1, attempt))
    keep(job, promoted, sub(record, 1, 6) .. packed('>I6I4', stamp, version + 1) .. sub(record, 17, 28) .. char(QUEUED) .. sub(record, 30))
    call('ZADD', band(byte(record, 31), SUSPECT) ~= 0 and suspects or late, digits((10 - priority) * SPAN + job.sequence), job.id)
    tally('/s', -1)
    tally(READY[priority], 1)
  end

  local started = packed('>I7', now)
  local function take(job)
    local record, n = job.record, #leased / 2
    local version, epoch = unpacked('>I4I4', record, 13)
    local status, priority, flags = byte(record, 29, 31)
    local attempt = unpacked('>I4', record, 32) + 1
    local stamp = event(LEASED, RUNNING, sub(record, 36, 41) .. sub(place, 1, 3), job.id .. sub(record, 7, 12) .. packed('>I4I3', version + 1, attempt))
    keep(job, leased, sub(record, 1, 6) .. packed('>I6I4I4', stamp, version + 1, epoch + 1) .. sub(nonces, n * 8 + 1, n * 8 + 8)
      .. char(RUNNING, priority, band(flags, KEPT_BY_LEASE)) .. packed('>I4', attempt) .. sub(record, 36, 41) .. place .. started .. sub(record, 55))
    if band(flags, EXPIRES) ~= 0 then call('ZREM', expiry, job.id) end
    if band(flags, SUSPECT) ~= 0 then
      mayRisk = false
      call('HINCRBY', risky, silo, '1')
    end
    tally(status == QUEUED and READY[priority] or '/s', -1)
    tally('/r', 1)
  end

  local nextDue, nextSuspect, left, endedReady = 1, 1, {}, 0
  while #leased < 2 * max and #expired < 1000 and looks <= LOOKS do
    local best, from, previous
    for _, one in ipairs(sources) do
      -- Without aging a lower priority is not even looked at while a higher one has jobs.
      if aging > 0 or not best or not one.rank or best.rank <= one.rank then
        local head = one.peek()
        if head and better(head, best) then best, from = head, one end
      end
    end
    local suspect = mayRisk and suspected[nextSuspect]
    if suspect and better(suspect, best) then best, from = suspect, suspected end
    while dues[nextDue] and not mayRisk and band(byte(dues[nextDue].record, 31), SUSPECT) ~= 0 do
      left[#left + 1] = dues[nextDue]
      nextDue = nextDue + 1
    end
    if dues[nextDue] and better(dues[nextDue], best) then best, from = dues[nextDue], dues end
    if not best then break end

    if from == dues then nextDue = nextDue + 1
    elseif from == suspected then
      nextSuspect = nextSuspect + 1
      call('ZREM', suspects, best.id)
    else from.take() end
    taken[best.id] = true
    local limit = band(byte(best.record, 31), EXPIRES) ~= 0 and call('ZSCORE', expiry, best.id)
    if limit and tonumber(limit) <= now then
      expired[#expired + 1] = best.id
      if from ~= dues then endedReady = endedReady + 1 end
    else
      take(best)
    end
  end

  for i = nextDue, #dues do left[#left + 1] = dues[i] end
  for _, job in ipairs(left) do promote(job) end
  for _, one in ipairs(sources) do one.close() end
  many('HSET', jobs, written, 1, #written)
  local got = #leased / 2
  if got > 0 then
    local members = {}
    for i = 1, got do members[i] = leased[2 * i - 1] end
    many('SADD', running, members, 1, got)
    call('HINCRBY', holders, silo, digits(got))
  end
  for cell, by in pairs(change) do
    call('HINCRBY', counts, queue .. cell, digits(by))
    if sub(cell, 2, 2) == 'q' then ready = ready + by end
  end
  local bounded = max == 0 or got == max or #expired == 1000 or dueCount == 1000 or looks > LOOKS
  local following = scheduled > 0 and call('ZRANGE', due, '0', '0', 'WITHSCORES') or {}
  return { leased, promoted, expired, bounded and ready > endedReady and 1 or 0, following[2] or '', 0 }
end

local leases = {}
count = number()
if count > 0 and now == 0 then
  local time = call('TIME')
  now = (time[1] - 1577836800) * 10000000 + time[2] * 10
end
for i = 1, count do leases[i] = lease() end
endRun()

if lastJob > firstJob or lastEvent > firstEvent then call('HSET', meta, 'jobs', digits(lastJob), 'events', digits(lastEvent)) end
return { 'done', firstJob, firstEvent, now, lastEvent, leases }
