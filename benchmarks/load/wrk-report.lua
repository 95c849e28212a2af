-- One line for a script: requests, microseconds, requests that failed, p50 and p99 in microseconds.
done = function(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format("report\t%d\t%d\t%d\t%d\t%d\n", summary.requests, summary.duration, failed,
    latency:percentile(50), latency:percentile(99)))
end
