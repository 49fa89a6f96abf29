-- Asks the addresses after «--» in turn, or only the one wrk was given, and prints one line of JSON.
function init(arguments)
  if #arguments == 0 then return end
  local asked, place = {}, 0
  for _, path in ipairs(arguments) do asked[#asked + 1] = wrk.format("GET", path) end
  request = function()
    place = place % #asked + 1
    return asked[place]
  end
end

function done(summary, latency)
  local wrong = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "seconds": %.6f, "errors": %d, "p95_ms": %.3f}\n',
    summary.requests, summary.duration / 1e6,
    wrong.connect + wrong.read + wrong.write + wrong.status + wrong.timeout, latency:percentile(95) / 1e3))
end
