using System.Diagnostics.Metrics;

namespace Sigma.Gateway.Logs.Lines;

/// <summary>Figures of the log lines that are taken in.</summary>
internal sealed class LogsTelemetry : IDisposable
{
    readonly Meter _meter = new("Sigma.Gateway");
    readonly Counter<long> _lines, _cut, _repeated, _dropped, _closed;
    readonly UpDownCounter<long> _connections;

    public LogsTelemetry()
    {
        _lines = _meter.CreateCounter<long>("sigma.gateway.logs.lines", "{line}", "Log lines that the broker has taken, by integration and protocol");
        _cut = _meter.CreateCounter<long>("sigma.gateway.logs.lines.cut", "{line}", "Log lines that were too long and were cut, by integration");
        _repeated = _meter.CreateCounter<long>("sigma.gateway.logs.lines.repeated", "{line}",
            "Log lines that had come before, by their _id, by integration");
        _dropped = _meter.CreateCounter<long>("sigma.gateway.logs.syslog.dropped", "{datagram}", "Syslog datagrams that were dropped, by reason");
        _closed = _meter.CreateCounter<long>("sigma.gateway.logs.syslog.closed", "{connection}",
            "Syslog connections that were closed by us, by reason");
        _connections = _meter.CreateUpDownCounter<long>("sigma.gateway.logs.syslog.connections", "{connection}", "Open syslog connections");
        foreach (var counter in (Counter<long>[])[_lines, _cut, _repeated, _dropped, _closed])
            counter.Add(0); // so that the first one is seen as a step
    }

    public void Taken(LineCollector lines, string protocol)
    {
        _lines.Add(lines.Lines.Count, new("integration", lines.Integration.Name), new("protocol", protocol));
        if (lines.Cut > 0)
            _cut.Add(lines.Cut, new KeyValuePair<string, object?>("integration", lines.Integration.Name));
    }

    public void Repeated(string integration, int count) => _repeated.Add(count, new KeyValuePair<string, object?>("integration", integration));

    public void Dropped(string reason) => _dropped.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Opened() => _connections.Add(1);

    public void Closed() => _connections.Add(-1);

    public void ClosedBecause(string reason) => _closed.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Dispose() => _meter.Dispose();
}
